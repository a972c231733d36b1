# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
answer = {
    "left": page({"message": "slow down"}, 429, {"X-Daily-Left": "0", "X-Reset-In": "90", "Retry-After": "1"}),
    "used": page({"results": []}, 200, {"X-Quota": "it is used up"}),
    "date": page([{"errorCode": "REQUEST_LIMIT_EXCEEDED"}], 403, {"Retry-After": "Mon, 23 Nov 2026 00:00:00 GMT"}),
    "silent": page([{"errorCode": "REQUEST_LIMIT_EXCEEDED"}], 403),
}[os.environ["PLAY"]]
script = [get("/v1/contacts", {"limit": 2}, own, answer)]
