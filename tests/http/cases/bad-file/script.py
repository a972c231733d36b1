# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import gzip, os
packed = gzip.compress(b"id,stage\n1,lead\n2,lead\n", mtime=0)
rows = '{"id":"1","stage":"lead"}\n'
play = os.environ["PLAY"]
body, packing = {"empty": (b"", {}), "gzip": (packed[:-9], {"Content-Encoding": "gzip"}), "ragged": (b"id,stage\n1\n2,lead\n", {}),
                 "csv": (b"id,stage\n1,lead\n2", {}), "ndjson": ((rows + rows[:9]).encode(), {}), "html": (b"<html>\n", {})}[play]
file = play in ("ndjson", "html")
kind = "application/x-ndjson" if file else "text/csv"
script = [get("/v1/export" if file else "/v1/export.csv", {}, {**own, "Accept": kind}, text(body, kind, headers=packing))]
