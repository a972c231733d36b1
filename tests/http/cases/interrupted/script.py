# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
script = [get("/v1/changes", {"page": 1}, own, page({"data": [{"id": 1, "changed": "2026-01-01T10:00:00Z"}], "more": True})),
          get("/v1/changes", {"page": 2}, own, page({}, kill=int(os.environ["PLAY"])))]
