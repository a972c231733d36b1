# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import gzip, os
packed = gzip.compress(b"id,name\n1,Ann\n2,Bo\n", mtime=0)
play = os.environ["PLAY"]
answers = {"whole": [packed], "other": [packed], "cut": [packed[:i] for i in range(len(packed))]}[play]
script = [get("/v1/export.csv", {}, {**own, "Accept": "text/csv"}, text(a, "text/csv", headers={"Content-Encoding": "br" if play == "other" else "gzip"})) for a in answers]
open("runs", "w").write(str(len(script)))
