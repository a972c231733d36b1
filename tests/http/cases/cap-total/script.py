# SPDX-License-Identifier: MIT
import os
def ask(number, total, *ids, **above):
    return get("/rows", {"page": number, **above}, {"Accept": "application/json"}, page({"rows": [{"id": i} for i in ids], "total": total}))
script = {
    "total_cap": [ask(1, 4, 1, 2), ask(2, 4, 3, 4)],
    "total_restart": [ask(1, 4, 1, 2, above=0), ask(2, 4, 3, 4, above=0), ask(1, 3, 5, 6, above=4), ask(2, 3, 7, above=4)],
}[os.environ["PLAY"]]
