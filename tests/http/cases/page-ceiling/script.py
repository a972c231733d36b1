# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {}, own, page({"results": [{"id": 1}], "next": "c1"})),
    get("/v1/contacts", {"after": "c1"}, own, page({"results": [{"id": 2}], "next": "c2"})),
]
