# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    post("/v1/search", {"filter": [{"key": "id", "above": "0"}], "fields": ["id", "email"], "limit": 2, "exact": True, "ratio": 1.5, "text": "1"}, own, page({"results": [{"id": "1", "email": "e"}, {"id": "2", "email": "e"}], "total": 5, "after": "2"})),
    post("/v1/search", {"filter": [{"key": "id", "above": "0"}], "fields": ["id", "email"], "limit": 2, "exact": True, "ratio": 1.5, "text": "1", "after": "2"}, own, page({"results": [{"id": "3", "email": "e"}, {"id": "14", "email": "e"}], "total": 5, "after": "4"})),
    post("/v1/search", {"filter": [{"key": "id", "above": "14"}], "fields": ["id", "email"], "limit": 2, "exact": True, "ratio": 1.5, "text": "1"}, own, page({"results": [{"id": "15", "email": "e"}], "total": 1})),
]
