# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {}, own, page({"results": [{"id": 1}, {"id": 2}], "next": None, "total": 1})),
]
