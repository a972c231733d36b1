# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"message": "slow down"}, 429, {"X-Daily-Left": "12", "Retry-After": "0"})),
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a@x.example", "score": 1}], "paging": {}})),
]
