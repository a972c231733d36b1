# SPDX-License-Identifier: MIT
import base64
script = [
    get("/leads", {}, {"Accept": "*/*", "Authorization": "Basic " + base64.b64encode(b"any:token-of-acme").decode()}, page({"data": [{"id": 1}]})),
]
