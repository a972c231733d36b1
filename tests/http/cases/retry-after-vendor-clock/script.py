# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
date = "Sun, 22 Nov 2026 10:59:59 GMT"  # an hour behind
script = [
    get("/v1/contacts", {"limit": 2}, own, page({}, 429, {"Retry-After": "Sunday, 22-Nov-26 11:00:01 GMT"})),
    get("/v1/contacts", {"limit": 2}, own, page({"results": []})),
]
