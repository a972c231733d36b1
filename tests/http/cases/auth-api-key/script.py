# SPDX-License-Identifier: MIT
script = [
    get("/leads", {}, {"Accept": "*/*", "X-Api-Key": "key token-of-acme"}, page({"data": [{"id": 1}]})),
]
