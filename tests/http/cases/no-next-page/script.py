# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/scroll", {"cursor": "*", "fields": ["id", "email"]}, own, page({"data": [{"id": 1}], "has_more": True})),
]
