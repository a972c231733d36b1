#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""serve.py LOG [COMMAND...]: plays the web on 127.0.0.1 until standard input or COMMAND ends.

A path says how to answer: /drop/keep/ok redirects twice and loses the query at the first. Each request
is a line of LOG: METHOD HOST TARGET RANGE ACTIVE, where ACTIVE is how many that host is being asked for.
Without a COMMAND, prints one line with its ports: plain, then TLS with good.pem, self.pem, expired.pem,
wrong.pem, and TLS 1.1 with good.pem. COMMAND is told by WEB (https), PLAIN (http) and CA; in what it prints, ports read PORT.
"""
import contextlib, gzip, os, socket, ssl, struct, subprocess, sys, threading, time, urllib.parse, warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = os.path.dirname(os.path.abspath(__file__))
lock = threading.Lock()
active, met = {}, {}
log = open(sys.argv[1], "w", encoding="ascii", buffering=1)

TAG = "<script>(function(w,i){})(window,'GTM-ABC123');</script>"
PAGES = {
    "": f"<title>Acme</title>{TAG}",
    "not-found": f"<title>Acme</title>{TAG}",
    "index.html": f"<title>Acme</title>{TAG}",
    "en": f"<title>Acme</title>{TAG}",
    "sorry": f"<title>Acme</title>{TAG}",
    "ok": f"<!doctype html><title>Spring sale</title>{TAG}<h1>Welcome</h1>",
    "untagged": "<title>Spring sale</title><p>none</p>",
    "commented": "<title>Spring sale</title><!-- GTM-ABC123 --><p>none</p>",
    "longtag": "<title>Spring sale</title><script>gtm('GTM-ABC1234', 'XGTM-ABC123', 'GTM-ABC123_b')</script><p>none</p>",
    "script": "<title>Spring sale</title><script>/* GTM-ABC123 */ a = 'http://x/' // GTM-ABC123\n</script><p>none</p>",
    "scripted": "<title>Spring sale</title><script>a = 'http://x/'; b = \"/*\"; gtm('GTM-ABC123') /* c */</script>",
    "whole": f"<html><title>Spring sale</title>{TAG}<p>long</p></html>",
    "soft": "<title>404 - Page not found</title><p>Sorry</p>",
    "softheading": f"<title>Acme</title>{TAG}<h1>Diese <b>Seite</b> wurde nicht gefunden</h1>",
    "model": f"<title>Chair 404 in oak</title>{TAG}<h1>Not found in any other shop</h1>",
    "blank": "  \n",
    "refresh": f"<title>Wait</title>{TAG}<meta http-equiv=Refresh content=\"0; URL='/ok?x=1&amp;y=2'\">",
    "canonical": f"<title>A</title>{TAG}<link rel='canonical' href='https://www.shop.example/ok'>",
    "same": f"<title>A</title>{TAG}<link href=/ok rel=canonical>",
    "far": "<title>A</title>" + "<p>\u00e4" * 50000 + TAG,
}
QUERIES = {
    "keep": lambda q: q,
    "drop": lambda q: "",
    "reorder": lambda q: "&".join(reversed(q.split("&"))),
    "reencode": lambda q: q.replace("+", "%20"),
    "twice": lambda q: q.replace("%", "%25"),
    "double": lambda q: q + "&" + q,
    "change": lambda q: q.lower(),
    "clickless": lambda q: "&".join(p for p in q.split("&") if not p.startswith("gclid=")),
    "differ": lambda q: q + "&utm_source=other",
    "sign": lambda q: q + "&e=ann%40acme.example",
    "add": lambda q: q + "&utm_term=shoes",
    "raw": lambda q: q.replace("%C3%BC", "\xc3\xbc"),
}
STATUS = {"404": 404, "403": 403, "410": 410, "500": 500, "204": 204}


class Web(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_CONNECT(self):
        """A proxy: the host says how it refuses, http-503.example by that status, hangup.example by nothing."""
        word, _, code = self.path.split(".")[0].partition("-")
        self.hang_up() if word == "hangup" else self.send(int(code or 403))

    def do_GET(self):
        if self.path.startswith("http://"):  # as a proxy, again by the host
            word, _, code = self.path[7:].split(".")[0].partition("-")
            if word == "hangup":
                return self.hang_up()
            if word == "to":  # http://to.example/to/ADDRESS
                return self.play("to", self.path.partition("/to/")[2], "")
            if code.isdigit():
                return self.send(int(code), **({"X-Squid-Error": "ERR_ACCESS_DENIED 0"} if word == "squid" else {}))
        host = self.headers.get("Host", "").split(":")[0]
        with lock:
            active[host] = active.get(host, 0) + 1
            log.write(f"{self.command} {host} {self.path} {self.headers.get('Range', '-')} {active[host]}\n")
        try:
            path, _, query = self.path.partition("?")
            word, _, rest = path[1:].partition("/")
            self.play(word, rest, query)
        finally:
            with lock:
                active[host] -= 1

    do_HEAD = do_GET

    def times(self):
        """How often this target was met, this time included."""
        with lock:
            met[self.command + self.path] = n = met.get(self.command + self.path, 0) + 1
        return n

    def play(self, word, rest, query):
        if word in QUERIES:
            query = QUERIES[word](query)
            self.send(302, Location="/" + rest + ("?" + query if query else ""))
        elif word == "fragment":
            self.send(302, Location=f"/{rest}#{query}")
        elif word == "to":  # /to/ESCAPED%20ADDRESS: the query goes along
            self.send(301, Location=urllib.parse.unquote(rest) + ("?" + query if query else ""))
        elif word == "code":  # /code/STATUS/...
            code, _, rest = rest.partition("/")
            self.send(int(code), Location="/" + rest + ("?" + query if query else ""))
        elif word == "up":  # a relative address
            self.send(302, Location="../" + rest + ("?" + query if query else ""))
        elif word == "ping":
            self.send(302, Location=f"https://{'go' if self.headers['Host'].startswith('shop') else 'shop'}.example/ping")
        elif word == "grow":
            self.send(302, Location=f"/grow?{query}&utm_n=1")
        elif word == "longto":
            self.send(302, Location="/ok?x=" + "x" * int(rest))
        elif word == "user":
            self.send(301, Location="/ok/ann%40acme.example")
        elif word in PAGES:
            self.page(PAGES[word].encode())
        elif word in STATUS:
            self.send(STATUS[word], b"" if word == "204" else b"<title>no</title>")
        elif word == "forever":
            self.send(302, Location=f"/forever/{int(rest) + 1}")
        elif word == "circle":
            self.send(302, Location="/keep/circle")
        elif word == "cookie":
            if "seen=1" in self.headers.get("Cookie", ""):
                self.page(PAGES["ok"].encode())
            else:
                self.send(302, Location=self.path, Set_Cookie="seen=1")
        elif word == "nowhere":
            self.send(302)
        elif word == "torn":
            self.send(302, Location="/ok", LOCATION="/keep/ok")
        elif word == "getonly":  # /getonly/STATUS/...
            code, _, rest = rest.partition("/")
            if self.command == "HEAD":
                self.send(int(code))
            else:
                self.play(*(rest.partition("/")[::2]), query)
        elif word == "headless" and self.command == "HEAD" or word == "hangup":
            self.hang_up()
        elif word == "headless":
            self.page(PAGES["ok"].encode())
        elif word == "once":  # /once/STATUS/...
            code, _, rest = rest.partition("/")
            if self.times() == 1:
                self.send(int(code), Retry_After="0")
            else:
                self.play(*(rest.partition("/")[::2]), query)
        elif word == "always":
            self.send(int(rest), Retry_After="0")
        elif word == "busy":
            self.send(429, Retry_After=rest)
        elif word == "reset":
            self.times() > 1 and self.page(PAGES["ok"].encode()) or self.hang_up(True)
        elif word == "slow":
            time.sleep(float(rest))
            self.page(PAGES["ok"].encode())
        elif word == "drip":  # a beginning, and no end
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "90")
            self.end_headers()
            for _ in range(90 if self.command == "GET" else 0):
                self.wfile.write(b"x")
                time.sleep(0.1)
        elif word == "claims":  # a length that nobody has
            self.send(200, Content_Type="text/html", Content_Length="1" + "0" * int(rest))
            self.close_connection = True
        elif word == "cutchunk":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(b"40\r\n" + PAGES["ok"].encode()[:20])
            self.close_connection = True
        elif word in ("text", "picture"):
            self.send(200, b"sale", Content_Type="text/plain" if word == "text" else "image/png")
        elif word == "huge":
            self.endless()
        elif word == "cut":
            self.send(200, PAGES["ok"].encode(), Content_Type="text/html", cut=20)
        elif word == "gzip":
            self.send(200, gzip.compress(PAGES["ok"].encode()), Content_Type="text/html", Content_Encoding="gzip")
        elif word == "bomb":
            self.send(200, gzip.compress(b" " * 20_000_000), Content_Type="text/html", Content_Encoding="gzip")
        elif word == "cutgzip":
            packed = gzip.compress(PAGES["whole"].encode())
            if rest == "ends":  # behind the end tag, in what looks like a whole page
                packed = gzip.compress((PAGES["whole"] + " " * 99).encode(), 0)
                rest = 60
            self.send(200, packed[: len(packed) - int(rest or 12)], Content_Type="text/html", Content_Encoding="gzip")
        elif word == "members":
            self.send(200, gzip.compress(b"<title>Spring</title>") + gzip.compress(TAG.encode()), Content_Type="text/html", Content_Encoding="gzip")
        elif word == "packedto":  # a redirect that calls its nothing packed
            self.send(302, Location="/ok", Content_Encoding="gzip")
        elif word == "openhtml":  # whole, though its HTML does not end
            self.send(200, gzip.compress(f"<html><body><title>Spring</title>{TAG}<p>sale".encode()), Content_Type="text/html", Content_Encoding="gzip")
        elif word == "badbr":
            self.send(200, PAGES["ok"].encode(), Content_Type="text/html", Content_Encoding="br")
        elif word == "longheader":
            self.send(200, X_Long="x" * 900000)
        elif word == "badgzip":
            self.send(200, b"this is no gzip", Content_Type="text/html", Content_Encoding="gzip")
        elif word == "pdf":
            self.send(200, b"%PDF-1.7", Content_Type="application/pdf")
        elif word == "norange":
            wanted = self.command == "GET" and self.headers.get("Range")
            self.send(416) if wanted else self.page(PAGES["ok"].encode())
        elif word == "ranged":
            self.ranged(PAGES["far"].encode())
        elif word == "headers":
            self.send(200, X_Long="x" * 60000)
        elif word == "manyheaders":
            self.send(200, **{f"X-{i}": "x" * 3000 for i in range(90)})
        elif word == "nohttp":
            self.wfile.write(b"220 mail.example ESMTP\r\n")
            self.close_connection = True
        elif word == "close":
            self.send(302, Location="/" + rest, Connection="close")
            self.close_connection = True
        elif word == "utf16":  # by its mark
            self.send(200, PAGES["ok"].encode("utf-16"), Content_Type="text/html")
        elif word == "utf16be":  # by what the header says
            self.send(200, PAGES["ok"].encode("utf-16-be"), Content_Type='text/html; charset="UTF-16BE"')
        elif word == "utf16soft":
            self.send(200, PAGES["soft"].encode("utf-16"), Content_Type="text/html; charset=utf-16")
        elif word == "refreshheader":
            self.page(PAGES["ok"].encode(), Refresh="5; url=https://go.example/ok")
        else:
            self.page(PAGES["soft"].encode(), 404)

    def page(self, body, code=200, **headers):
        self.send(code, body, Content_Type="text/html; charset=utf-8", **headers)
        return True

    def send(self, code, body=b"", cut=None, **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if code != 204 and "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:cut])
        if cut is not None:
            self.close_connection = True

    def ranged(self, body):
        if self.command == "HEAD" or "Range" not in self.headers:
            return self.page(body)
        last = min(int(self.headers["Range"].split("-")[1]), len(body) - 1)
        self.send(206, body[:last + 1], Content_Type="text/html", Content_Range=f"bytes 0-{last}/{len(body)}")

    def endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while self.command != "HEAD":
            self.wfile.write(b"<p>on and on</p>" * 1000)

    def hang_up(self, reset=False):
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()
        self.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, cert=None, old=False):
        super().__init__(("127.0.0.1", 0), Web)
        self.context = None
        if cert:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(f"{HERE}/{cert}.pem")
        if old:
            warnings.simplefilter("ignore", DeprecationWarning)
            self.context.set_ciphers("ALL:@SECLEVEL=0")
            self.context.minimum_version = self.context.maximum_version = ssl.TLSVersion.TLSv1_1

    def finish_request(self, request, client_address):
        if self.context:  # the handshake in the connection's own thread
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)
        if self.context:  # takes its leave, as GnuTLS calls an end without one an error
            with contextlib.suppress(OSError, ValueError):
                request.settimeout(1)
                request.unwrap()

    def handle_error(self, request, address):
        pass  # clients that do not trust it go away


servers = [Server()] + [Server(name) for name in ("good", "self", "expired", "wrong")] + [Server("good", old=True)]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
if len(sys.argv) == 2:
    print(*(server.server_port for server in servers), flush=True)
    sys.stdin.read()
else:
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    env.update(PLAIN=f"http://127.0.0.1:{servers[0].server_port}", WEB=f"https://127.0.0.1:{servers[1].server_port}",
               CA=f"{HERE}/ca.pem")
    done = subprocess.run(sys.argv[2:], env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=100)
    for data, to in ((done.stdout, sys.stdout), (done.stderr, sys.stderr)):
        for server in servers:
            data = data.replace(b":%d" % server.server_port, b":PORT")
        to.buffer.write(data)
    sys.exit(done.returncode)
