# SPDX-License-Identifier: MIT
def ask(after, next, *ids):
    return get("/rows", {"after": after} if after else {}, {"Accept": "application/json"}, page({"rows": [{"id": i} for i in ids], "next": next}))
script = [ask(None, "a", 1), ask("a", "b", 2), ask("b", None, 3)]
