# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/Leads", {"page": 1}, {**own, "If-Modified-Since": "Mon, 05 Jan 2026 10:20:30 GMT"}, status(304)),
]
