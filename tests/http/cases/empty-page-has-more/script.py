# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/rows", {"offset": 0}, own, page({"rows": [], "more": True})),
]
