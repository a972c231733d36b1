# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
first = get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": "1", "email": "a@x.example", "score": 1}], "paging": {"next": {"after": "c1"}}}))
script = {
    "null": [get("/v1/contacts", {"limit": 2}, own, page({"results": None}))],
    "next-null": [first, get("/v1/contacts", {"limit": 2, "after": "c1"}, own, page({"results": None}))],
    "optional-null": [post("/v1/report:run", {"limit": "2", "offset": "0", "start": 0}, own, page({"rowCount": 0, "rows": None}))],
}[os.environ["PLAY"]]
