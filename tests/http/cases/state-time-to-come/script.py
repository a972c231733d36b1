# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
far = {"id": 1, "changed": "2099-01-01T00:00:00Z"}
script = ([get("/v1/changes", {"page": 1, "since": "2026-11-22T11:50:00Z"}, own, page({"data": [far, {"id": 2, "changed": "2026-11-22T11:59:00Z"}], "more": False}))]
          if os.path.exists("state.json") else [get("/v1/changes", {"page": 1}, own, page({"data": [far], "more": False}))])
