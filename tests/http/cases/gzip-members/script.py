# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import gzip, os
whole = b'{"results": [{"id": 1}]}'
packed = {"members": gzip.compress(whole[:9], mtime=0) + gzip.compress(whole[9:], mtime=0),
          "bytes": gzip.compress(whole, mtime=0) + b"more"}[os.environ["PLAY"]]
script = [get("/v1/contacts", {"limit": 2}, own, text(packed, "application/json", headers={"Content-Encoding": "gzip"}))]
