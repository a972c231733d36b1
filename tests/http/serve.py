#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""serve.py [--tls] SCRIPT.py COMMAND...: plays a vendor on 127.0.0.1 while COMMAND runs.

SCRIPT.py makes a list `script` of exchanges, in the order in which they must come. A request whose
method, path, query, headers or body differ from the script's is answered 400 and fails the case;
so does an exchange that nobody asked for. The server's address is BASE in the script and in
COMMAND's environment, and reads BASE in what COMMAND prints.
"""
import json, os, socket, ssl, struct, subprocess, sys, threading, time, urllib.parse, warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = os.path.dirname(os.path.abspath(__file__))
NOW = "2026-11-22T12:00:00Z"  # the client's clock
PORT_FILE = ".port"
# What every HTTP client sends; all other headers must be those of the script.
TRANSPORT = {"host", "user-agent", "accept-encoding", "connection", "content-length", "proxy-connection"}
state = {"script": [], "at": 0, "faults": [], "lock": threading.Lock()}


def get(path, query=None, headers=None, answer=None, **more):
    """One expected GET; `answer` is made by page(), text() or status()."""
    return dict(method="GET", path=path, query=query or {}, headers=headers or {}, body=None, answer=answer, **more)


def post(path, body, headers=None, answer=None, query=None, form=False, **more):
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    return dict(method="POST", path=path, query=query or {}, headers={**(headers or {}), "Content-Type": kind},
                body=body, answer=answer, **more)


def page(data, status=200, headers=None, **fault):
    """A JSON answer. Faults: cut=N (bytes sent of those announced), chunk_cut=N, drop, reset=N, stall=SECONDS,
    trickle=SECONDS (for each byte), kill=SIGNAL (to the client), raw=BYTES (in place of all)."""
    text = data if isinstance(data, str) else json.dumps(data)
    return dict(status=status, headers={"Content-Type": "application/json", **(headers or {})}, body=text.encode(), **fault)


def text(body, kind, status=200, headers=None, **fault):
    return dict(status=status, headers={"Content-Type": kind, **(headers or {})},
                body=body if isinstance(body, bytes) else body.encode(), **fault)


def status(code, headers=None, **fault):
    return dict(status=code, headers=headers or {}, body=b"", **fault)


def course(ask, records, found, limit, expired, changed=None, login=None, none=None, overlap=False):
    """The plays that each stream of a connector has, on two pages of one record.

    ask(page, answer): the request; records: three of them, of which the third comes later; found(records, next): an
    answer. limit and expired: the vendor's words for these. changed(answer): the request for what changed since
    the first two. login(nth): the request for a token, where tokens expire on the way (then ask takes token=nth).
    overlap: the second page begins with the last record of the first."""
    begin = [login(1)] if login else []
    pages = [found(records[:1], True), found(records[0 if overlap else 1:2], False)]
    first, second = ask(1, pages[0]), ask(2, pages[1])
    again = [login(2), ask(2, pages[1], token=2)] if login else []
    return {
        "pages": [*begin, first, second],
        "empty": [*begin, ask(1, none or found([], False))],
        "limit": [*begin, first, ask(2, limit), second],
        "token": [*begin, first, ask(2, expired), *again],
        "fault": [*begin, first, ask(2, {**pages[1], "cut": len(pages[1]["body"]) - 3}), second],
        "first": [*begin, first, second],
        "later": [*begin, changed(found(records[1:], False))] if changed else [],
    }


def play(plays, courses):
    """The one that the environment names: NAME, or STREAM.NAME of a course."""
    return {**plays, **{f"{stream}.{name}": v for stream, c in courses.items() for name, v in c.items()}}[os.environ["PLAY"]]


def differences(want, method, path, query, headers, body):
    if (want["method"], want["path"]) != (method, path):
        yield f"{method} {path}, expected {want['method']} {want['path']}"
        return
    asked = {k: v if len(v) > 1 else v[0] for k, v in urllib.parse.parse_qs(query, True).items()}
    if asked != {k: v if isinstance(v, list) else str(v) for k, v in want["query"].items()}:
        yield f"query {asked}, expected {want['query']}"
    own = {k.lower(): v for k, v in headers.items() if k.lower() not in TRANSPORT}
    if own != {k.lower(): v for k, v in want["headers"].items()}:
        yield f"headers {own}, expected {want['headers']}"
    if want["body"] is None:
        if body:
            yield f"body {body!r}, expected none"
    elif want["headers"]["Content-Type"] == "application/json":
        if json.loads(body) != want["body"]:
            yield f"body {body!r}, expected {json.dumps(want['body'])}"
    elif dict(urllib.parse.parse_qsl(body.decode(), True)) != want["body"]:
        yield f"body {body!r}, expected {want['body']}"


class Vendor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def date_time_string(self, timestamp=None):
        return state["date"]

    def expected(self):
        with state["lock"]:
            at = state["at"]
            state["at"] += 1
        return state["script"][at] if at < len(state["script"]) else None

    def handle_one(self):
        url = urllib.parse.urlsplit(self.path)
        if self.command == "CONNECT":  # as to a proxy, for https
            self.answer(status(state["connect"]))
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        want = self.expected()
        if want and (f"{url.scheme}://{url.netloc}" if url.netloc else None) != want.get("through_proxy_to"):
            state["faults"].append(f"request {state['at']}: {self.path} came to the wrong server")
        faults = [f"{self.command} {url.path}: nothing more is expected"] if want is None else list(
            differences(want, self.command, url.path, url.query, dict(self.headers), body))
        if faults:
            state["faults"] += [f"request {state['at']}: {f}" for f in faults]
            self.answer(text("not what the script says\n", "text/plain", 400))
        else:
            self.answer(want["answer"])

    do_CONNECT = do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_one

    def abort(self):
        """The connection ends with a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def answer(self, a):
        body = a["body"]
        if a.get("delay"):
            time.sleep(a["delay"])
        if a.get("kill"):
            os.kill(state["child"].pid, a["kill"])
            self.close_connection = True
            return
        if a.get("drop"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if "raw" in a:
            self.wfile.write(a["raw"])
            self.close_connection = True
            return
        self.send_response(a["status"])
        for name, value in a["headers"].items():
            for one in value if isinstance(value, list) else [value]:
                self.send_header(name, one)
        if "chunk_cut" in a:
            self.send_header("Transfer-Encoding", "chunked")
        elif a["status"] not in (204, 304) and not a.get("no_length"):
            self.send_header("Content-Length", str(len(body)))
        if a.get("no_length") or "cut" in a or "chunk_cut" in a:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if "chunk_cut" in a:
            part = body[:a["chunk_cut"]]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        elif "reset" in a:
            self.wfile.write(body[:a["reset"]])
            self.wfile.flush()
            time.sleep(0.05)
            self.abort()
        elif "trickle" in a:
            for i in range(len(body)):
                self.wfile.write(body[i:i + 1])
                self.wfile.flush()
                time.sleep(a["trickle"])
        elif "stall" in a:
            self.wfile.write(body[:len(body) // 2])
            self.wfile.flush()
            time.sleep(a["stall"])
            self.close_connection = True
        else:
            self.wfile.write(body[:a.get("cut", len(body))])
            self.wfile.flush()


def last_port():
    """The vendor of a case is where it was, as long as nobody else is there: bookmarks are of one address."""
    if not os.path.exists(PORT_FILE):
        return 0
    with open(PORT_FILE, encoding="ascii") as f, socket.socket() as probe:
        port = int(f.read())
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass  # a client that goes away is what many cases are about


def main():
    args = sys.argv[1:]
    tls = args[0] == "--tls" and bool(args.pop(0))
    server = Server(("127.0.0.1", last_port()), Vendor)
    with open(PORT_FILE, "w", encoding="ascii") as f:
        f.write(str(server.server_port))
    address = f"127.0.0.1:{server.server_port}"
    base = ("https://" if tls else "http://") + address
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        other = os.environ.get("TLS_CERT")  # with its key
        context.load_cert_chain(*([other] if other else [f"{HERE}/test-cert.pem", f"{HERE}/test-key.pem"]))
        if os.environ.get("TLS_OLD"):  # older than what is safe
            warnings.simplefilter("ignore", DeprecationWarning)
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        server.socket = context.wrap_socket(server.socket, server_side=True)
    names = dict(get=get, post=post, page=page, text=text, status=status, course=course, play=play, BASE=base, PORT=server.server_port, json=json)
    with open(args[0], encoding="utf-8") as f:
        exec(compile(f.read(), args[0], "exec"), names)  # the case's own file
    state["script"] = names["script"]
    state["connect"] = names.get("connect", 405)
    state["date"] = names.get("date", "Sun, 22 Nov 2026 12:00:00 GMT")  # the vendor's clock
    threading.Thread(target=server.serve_forever, daemon=True).start()
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    env.update(BASE=base, CERT=f"{HERE}/test-cert.pem", MOP_HTTP_SEED="1", MOP_HTTP_NOW=NOW)
    done = state["child"] = subprocess.Popen(args[1:], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                             stderr=subprocess.PIPE)
    try:
        out, err = done.communicate(timeout=50)
    except subprocess.TimeoutExpired:
        done.kill()
        out, err = done.communicate()
    for data, to in ((out, sys.stdout), (err, sys.stderr)):
        data = data.replace(base.encode(), b"BASE").replace(address.encode(), b"HOST")
        to.buffer.write(data.replace(b":%d" % server.server_port, b":PORT"))
        to.flush()
    left = len(state["script"]) - state["at"]
    if left > 0 and not names.get("may_stop"):
        state["faults"].append(f"{left} of {len(state['script'])} exchanges were never asked for")
    for fault in state["faults"]:
        print(f"serve.py: {fault.replace(address, 'HOST')}", file=sys.stderr)
    sys.exit(99 if state["faults"] else done.returncode % 256)


main()
