# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1}], "paging": {"next": {"after": "a"}}})),
    get("/v1/contacts", {"limit": 2, "after": "a"}, own, page({"results": [{"id": 2}], "paging": {"next": {"after": "b"}}})),
    get("/v1/contacts", {"limit": 2, "after": "b"}, own, page({"results": [{"id": 3}], "paging": {"next": {"after": "c"}}})),
    get("/v1/contacts", {"limit": 2, "after": "c"}, own, page({"results": [{"id": 4}], "paging": {"next": {"after": "a"}}})),
]
