# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
first = [get("/v1/changes", {"page": 1}, own, page({"data": [{"id": 1, "changed": "2026-01-01T10:00:00Z"}, {"id": 2, "changed": "2026-01-01T10:55:00Z"}, {"id": 3, "changed": "2026-01-01T11:00:00Z"}], "more": False}))]
second = [get("/v1/changes", {"page": 1, "since": "2026-01-01T10:50:00Z"}, own, page({"data": [{"id": 9}], "more": False}))]
script = second if os.path.exists("state.json") else first
