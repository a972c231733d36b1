# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/deals", {}, own, page({"results": [{"id": 9}, {"id": 10}]}))]
