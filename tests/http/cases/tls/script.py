# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a@x.example", "score": 1.50}, {"id": 2, "email": None}], "paging": {"next": {"after": "c2"}}})),
    get("/v1/contacts", {"limit": 2, "after": "c2"}, own, page({"results": [{"id": 3, "email": "b@x.example", "nick": "b"}]})),
]
may_stop = True  # where the certificate is not trusted
