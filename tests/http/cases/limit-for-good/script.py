# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/contacts", {"limit": 2}, own, page({"message": "You have reached your secondly limit."}, 429))] * 3
