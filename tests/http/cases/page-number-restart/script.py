# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
def ask(above, number, *ids):
    return get("/v1/windows", {"above": above, "page": number}, own, page({"rows": [{"id": i} for i in ids]}))


script = [ask(0, 0, 1, 2), ask(0, 1, 3, 4), ask(4, 0, 5, 6), ask(4, 1, 7), ask(4, 2)]
