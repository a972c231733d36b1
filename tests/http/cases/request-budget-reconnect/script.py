# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
second = get("/v1/contacts", {"limit": 2, "after": "c2"}, own, page({"results": [{"id": 3, "email": "b@x.example"}]}))
script = [
    get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a@x.example"}], "paging": {"next": {"after": "c2"}}})),
    {**second, "answer": page({}, drop=True)},
    second,
]
if os.environ.get("PLAY") == "less":
    script.pop()
