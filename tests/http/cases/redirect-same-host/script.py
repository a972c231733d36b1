# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, status(307, {"Location": "/v2/contacts?limit=2"})),
    get("/v2/contacts", {"limit": 2}, own, page({"results": [{"id": 3, "email": "b@x.example", "nick": "b"}]})),
]
