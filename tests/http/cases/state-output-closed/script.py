# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/staged", {}, own, page({"data": [{"id": 1, "stage": "lead", "at": "2026-01-01T10:00:00Z"}]}))]
