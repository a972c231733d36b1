# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/scroll", {"cursor": "*", "fields": ["id", "email"]}, own, page({"data": [{"id": 1, "email": ""}], "cursor": "n", "has_more": True})),
    get("/v1/scroll", {"cursor": "n", "fields": ["id", "email"]}, own, page({"data": [{"id": 2, "email": "x"}], "cursor": "again", "has_more": False})),
]
