# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a@x.example", "score": 1}], "paging": {"next": {"after": "b"}}})),
    get("/v1/contacts", {"limit": 2, "after": "b"}, own, page({"message": "cursor expired"}, 404)),
]
