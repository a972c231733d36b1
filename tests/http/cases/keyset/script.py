# SPDX-License-Identifier: MIT
def ask(above, *ids):
    return get("/rows", {"above": above, "page": 1}, {"Accept": "application/json"}, page({"rows": [{"id": i} for i in ids]}))
script = [ask(0, 1, 2), ask(2, 3, 4), ask(4, 5), ask(5)]  # 2 is deleted after the first page
