# SPDX-License-Identifier: MIT
date = "Sun, 06 Nov 1994 08:49:37 GMT"  # 784111777, by the vendor's clock
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}


def limit(headers, **more):
    return [get("/v1/contacts", {"limit": 2}, own, page({"error": {"code": 4, **more}}, 400, headers))]


script = play({
    "milliseconds": limit({"X-Reset": "40500"}),
    "seconds": limit({"X-Reset": "41"}),
    "minutes": limit({"X-Reset": "7"}),
    "epoch": limit({"X-Reset": "784111820"}),
    "body": limit({}, retry_in=8),
}, {})
