# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
history = json.loads(os.environ["PLAY"])
first = ["new"] if isinstance(history, list) and "lost" in history else [{"value": "new", "timestamp": "t"}]
script = [get("/v1/deals", {}, own, page({"results": [{"id": 9, "history": {"stage": first}}, {"id": 10, "history": {"stage": history}}]}))]
