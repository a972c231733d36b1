# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"start": 0}, own, page({"total": "2", "contacts": {"47": {"id": 47}, "48": {"id": 48}}})),
]
