# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
answer = page({"results": [{"id": 1}], "total": 1})
play = os.environ["PLAY"]
connect = {"refused": 403, "password": 407}.get(play, 405)
may_stop = play == "none"
script = [] if play in ("refused", "password") else [get("/v1/contacts", {}, own, answer, through_proxy_to="http://vendor.example" if play == "through" else None)]
