# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a", "score": 1}], "paging": {"next": {"after": "b"}}})),
    get("/v1/contacts", {"limit": 2, "after": "b"}, own, text("<html><form action=login></form></html>", "text/html; charset=utf-8")),
]
