# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
rows = [{"id": i, "changed": f"2026-03-0{i}T10:00:00Z", "email": f"p{i}@x.example"} for i in (1, 2)]


def ask(data, **since):
    return [get("/v1/all", {"page": 1, **since}, own, page({"data": data, "more": False}))]


script = play({"first": ask(rows), "none": ask([]), "quiet": ask(rows[1:], since="2026-03-02T09:50:00Z")}, {})
