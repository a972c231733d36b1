# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    post("/v1/search", {"filter": [{"key": "id", "above": "0"}], "fields": ["id", "email"], "limit": 2, "exact": True, "ratio": 1.5, "text": "1"}, own, page({"results": [{"id": "2", "email": "e"}, {"id": "1", "email": "e"}], "total": 5, "after": "2"})),
]
