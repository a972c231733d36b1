# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/deals", {}, own, page({"results": [{"id": 9, "history": {"stage": [{"value": "won", "timestamp": "2026-02-01"}, {"value": "new", "timestamp": "2026-01-01"}]}}, {"id": 10, "history": {"stage": []}}, {"id": 11, "history": {"stage": [{"value": "new", "timestamp": "2026-03-01"}]}}]})),
]
