# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import gzip, os
packed = gzip.compress(b'{"results": [{"id": 1}, {"id": 2}], "total": 2}', mtime=0)
answer = {"whole": packed, "cut": packed[:-12], "other": b'{"results": [], "total": 0}',
          "bomb": gzip.compress(b'{"results": [' + b" " * (65 << 20) + b'{"id": 1}], "total": 1}', mtime=0)}[os.environ["PLAY"]]
script = [get("/v1/contacts", {}, own, text(answer, "application/json", headers={"Content-Encoding": "gzip"}))]
