# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
rows = [{"id": i, "changed": f"2026-03-0{i}T10:00:00Z", "email": f"p{i}@x.example"} for i in range(1, 4)]


def ask(number, data, more, **since):
    return get("/v1/all", {"page": number, **since}, own, page({"data": data, "more": more}))


since = {"since": "2026-03-02T09:50:00Z"}
script = {
    "lists": [get("/v1/lists/a/all", {}, own, page({"members": []})), get("/v1/lists/b/all", {}, own, page({"members": rows[:1]}))],
    "none": [get("/v1/lists/a/all", {}, own, page({"members": []})), get("/v1/lists/b/all", {}, own, page({"members": []}))],
    "first": [ask(1, rows[:2], False)],
    "later": [ask(1, rows[1:2], True, **since), ask(2, rows[2:], False, **since)],
}[os.environ["PLAY"]]
