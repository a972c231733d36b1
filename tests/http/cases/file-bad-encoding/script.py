# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
play = os.environ["PLAY"]
latin = "text/csv; charset=iso-8859-1"
answer = {"ndjson": text(b'{"id":"1","stage":"l\xe9ad"}\n', "application/x-ndjson"),
          "csv": text(b"id,stage\n1,l\xe9ad\n", latin), "ascii": text(b"id,stage\n1,lead\n", latin)}[play]
kind = "application/x-ndjson" if play == "ndjson" else "text/csv"
script = [get("/v1/export" if play == "ndjson" else "/v1/export.csv", {}, {**own, "Accept": kind}, answer)]
