# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import gzip, os
packed = gzip.compress(b'{"results": [{"id": 1}, {"id": 2}], "total": 2}', mtime=0)
plays = {"whole": [packed], "cut": [packed[:-12]], "no-checksum": [packed[:-8]], "no-size": [packed[:-4]], "damaged": [packed[:-8] + bytes(4) + packed[-4:]],
         "other": [b'{"results": [], "total": 0}'], "br": [packed], "error": [gzip.compress(b'{"message": "no such list"}', mtime=0)],
         "bomb": [gzip.compress(b'{"results": [' + b" " * (65 << 20) + b'{"id": 1}], "total": 1}', mtime=0)],
         "every": [packed[:i] for i in range(1, len(packed))]}
play = os.environ["PLAY"]
script = [get("/v1/contacts", {}, own, text(a, "application/json", 400 if play == "error" else 200, {"Content-Encoding": "br" if play == "br" else "gzip"})) for a in plays[play]]
open("runs", "w").write(str(len(script)))
