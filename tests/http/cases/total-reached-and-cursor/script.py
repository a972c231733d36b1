# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
total = 2 if os.path.exists("turn") else 1
open("turn", "w").close()
script = [get("/v1/contacts", {}, own, page({"results": [{"id": 1}], "next": "a", "total": total})),
          get("/v1/contacts", {"after": "a"}, own, page({"results": [], "next": "b", "total": total}))]
