# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/changes", {"page": 1}, own, page({"data": [{"id": 1, "changed": "2026-01-01T10:00:00Z"}, {"id": 2, "changed": "2026-01-01T10:55:00Z"}, {"id": 3, "changed": "2026-01-01T11:00:00Z"}], "more": False}))]
