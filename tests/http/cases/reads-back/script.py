# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a, \"b\"\nc ", "score": ""}, {"id": 2, "email": "=1+1", "score": None}, {"id": 3, "email": "\u00e9|;\t", "score": " x"}]})),
]
