# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
again = {"error": {"code": 4}}
script = [
    get("/v1/contacts", {"limit": 2}, own, page(again, 400, {"X-Reset": "5", "Retry-After": "3000"})),
    get("/v1/contacts", {"limit": 2}, own, page(again, 400, {"X-Reset": "soon", "Retry-After": "Sun, 22 Nov 2026 11:00:00 GMT"})),
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a@x.example", "score": 1}], "paging": {}})),
]
