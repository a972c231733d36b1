# SPDX-License-Identifier: MIT
import os
lines = {"no-number": "Content-Length: 5x", "beyond": "Content-Length: 99999999999999999999999", "two": "Content-Length: 3\r\nContent-Length: 5",
         "identity": "Transfer-Encoding: identity", "same": "Content-Length: 5\r\nContent-Length: 5", "chunked": "Transfer-Encoding: Chunked"}[os.environ["PLAY"]]
body = "id\n1\n" if lines[0] == "C" or "identity" in lines else "5\r\nid\n1\n\r\n0\r\n\r\n"
script = [get("/v1/export.csv", {}, {"Accept": "text/csv", "Authorization": "Bearer token-of-acme"},
              dict(body=b"", raw=f"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n{lines}\r\nConnection: close\r\n\r\n{body}".encode()))]
