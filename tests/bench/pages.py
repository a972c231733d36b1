#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""pages.py RECORDS FILE: serves /leads?page=1 and so on, a thousand small records each, on 127.0.0.1; its address goes to FILE when
all pages are made, so that whoever reads them waits for nothing but the sending."""
import os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = 1000
total = int(sys.argv[1])


def record(i):
    return '{"id":%d,"email":"p%d@x.example","stage":"%s","country":"Germany","amount":%d.50}' % (i, i, "lead" if i % 3 else "customer", i % 9999)


pages = [('{"total":%d,"data":[%s]}' % (total, ",".join(map(record, range(at, min(at + PAGE, total)))))).encode()
         for at in range(0, total, PAGE)] + [b'{"total":%d,"data":[]}' % total]


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    def do_GET(self):
        body = pages[min(int(self.path.rsplit("=", 1)[1]), len(pages)) - 1]
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
with open(sys.argv[2] + ".part", "w", encoding="ascii") as f:
    f.write(f"http://127.0.0.1:{server.server_port}\n")
os.rename(sys.argv[2] + ".part", sys.argv[2])
server.serve_forever()
