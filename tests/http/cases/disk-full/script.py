# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
many = page({"results": [{"id": i, "email": "", "score": 1} for i in range(70000)]})
script = {"file": [get("/v1/export.csv", {}, {**own, "Accept": "text/csv"}, text("id\n" * 100000, "text/csv"))],
          "ids": [get("/v1/contacts", {"limit": 2}, own, many)]}[os.environ["PLAY"]]
