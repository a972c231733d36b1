# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
cursor = {"object": {"id": 2}, "list": [2, 3], "long": "c" * 70000, "empty": {}}[os.environ["PLAY"]]
script = [get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a", "score": 1}], "paging": {"next": {"after": cursor}}}))]
