# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {}, own, page({"results": [{"id": 1}], "next": "a", "total": 3})),
    get("/v1/contacts", {"after": "a"}, own, page({"results": [{"id": 2}], "next": "b", "total": 4})),
]
