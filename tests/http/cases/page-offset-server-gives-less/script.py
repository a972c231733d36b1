# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/lists/a/members", {"count": 2, "offset": 0}, own, page({"members": [{"id": "1"}], "total_items": 3})),
    get("/v1/lists/a/members", {"count": 2, "offset": 1}, own, page({"members": [{"id": "2"}], "total_items": 3})),
    get("/v1/lists/a/members", {"count": 2, "offset": 2}, own, page({"members": [{"id": "3"}], "total_items": 3})),
]
