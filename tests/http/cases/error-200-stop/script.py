# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"success": False, "errors": [{"code": "610", "message": "Requested resource not found"}]})),
]
