# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
answer = {"page": text(b'{"results": [' + b" " * (65 << 20) + b'{"id": 1}], "total": 1}', "application/json"),
          "headers": page({}, headers={f"X-{i}": "x" * 8000 for i in range(40)})}[os.environ["PLAY"]]
script = [get("/v1/contacts", {}, own, answer)]
