# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/contacts", {}, own, page({"results": [{"id": i} for i in range(20)], "total": 20}, trickle=0.05))]
