# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
kind, path, body = {"csv": ("text/csv", "/v1/export.csv", "id,name\n1,Ann\n2,Bo\n"),
                    "ndjson": ("application/x-ndjson", "/v1/export", '{"id":1}\n{"id":2}\n')}[os.environ["PLAY"]]
script = [get(path, {}, {**own, "Accept": kind}, text(body, kind, **fault))
          for i in range(1, len(body)) for fault in ({"cut": i}, {"chunk_cut": i}, {"cut": i, "no_length": True})]
open("runs", "w").write(str(len(script)))
