# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
n = int(open("n").read()) if os.path.exists("n") else 0
open("n", "w").write(str(n + 1))
record = {"id": 1, "changed": "2026-01-01T10:00:00Z", "name": "Ann"}
more = [{}, {}, {"archived": "false"}, {"archived": "false", "since": "2026-01-01T09:50:00Z"}][n]
script = [get("/v1/changes", {"page": 1, **more}, own, page({"data": [record], "more": False}))]
