# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import json, os
answer = page(json.loads(os.environ["PLAY"]))
if os.environ["PLAY"].startswith('{"data":'):
    script = [get("/v1/people", {}, own, answer)]
else:
    script = [get("/leads", {}, {"Accept": "application/json"}, answer)]
