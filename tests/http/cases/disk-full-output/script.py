# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
def ask(n, first=0, **since):
    return [get("/v1/staged", since, own, page({"data": [{"id": i, "stage": "", "at": f"2026-11-0{2 if i else 1}T10:00:00Z"} for i in range(first, n)]}))]
script = {"one": ask(1), "many": ask(200, since="2026-11-01T09:50:00Z"), "again": ask(200, 1, since="2026-11-02T09:50:00Z")}[os.environ["PLAY"]]
