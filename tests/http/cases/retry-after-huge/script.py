# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/contacts", {"limit": 2}, own, status(429, {"Retry-After": "99999999999999999999"}))]
