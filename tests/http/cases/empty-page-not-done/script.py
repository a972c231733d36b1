# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/rows", {"page": 1}, own, page({"rows": [{"id": 1}], "done": False})),
    get("/v1/rows", {"page": 2}, own, page({"rows": [], "done": False})),
]
