# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [post("/v1/report:run", {"limit": "2", "offset": "0", "start": 0}, own, page(json.loads(os.environ["PLAY"])))]
