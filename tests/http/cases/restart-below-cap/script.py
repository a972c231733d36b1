# SPDX-License-Identifier: MIT
def ask(above, number, *ids):
    return get("/rows", {"above": above, "page": number}, {"Accept": "application/json"}, page({"rows": [{"id": i} for i in ids]}))
script = [ask(0, 1, 1, 2), ask(0, 2, 3), ask(3, 1, 4), ask(3, 2, 5), ask(5, 1)]
