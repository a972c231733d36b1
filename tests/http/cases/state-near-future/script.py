# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
def ask(*changed, **since):
    return [get("/v1/changes", {"page": 1, **since}, own, page({"data": [{"id": i, "changed": at} for i, at in changed], "more": False}))]
one, two = (1, "2026-11-01T08:00:00Z"), (2, "2026-11-22T11:59:00Z")
script = {"first": ask(one), "near": ask(two, since="2026-11-22T11:50:00Z"), "far": ask(one, two)}[os.environ["PLAY"]]
