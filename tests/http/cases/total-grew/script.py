# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
def ask(offset, total, *ids):
    return get("/v1/lists/a/members", {"count": 2, "offset": offset}, own, page({"members": [{"id": i} for i in ids], "total_items": total}))
script = [ask(0, 3, 1, 2), ask(2, 4, 3), ask(3, 5, 4, 5)]
