# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
record = {"id": 1, "stage": "lead", "at": "2026-01-01T10:00:00Z"}
import os
since = {"since": "2026-01-01T09:50:00Z"} if os.path.exists("state.json") else {}
script = [get("/v1/staged", since, own, page({"data": [record]}, delay=0.7))]
