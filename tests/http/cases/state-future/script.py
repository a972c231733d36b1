# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
def ask(*changed, **since):
    return [get("/v1/changes", {"page": 1, **since}, own, page({"data": [{"id": i, "changed": at} for i, at in changed], "more": False}))]
one, two, three = (1, "2026-11-01T08:00:00Z"), (2, "2026-11-02T08:00:00Z"), (3, "2026-11-03T08:00:00Z")
script = play({"first": ask(one, two), "again": ask(one, two, three), "later": ask(three, since="2026-11-03T07:50:00Z")}, {})
