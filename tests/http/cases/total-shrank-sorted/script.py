# SPDX-License-Identifier: MIT
import os
def ask(after, total, next, *ids):
    return get("/rows", {"after": after} if after else {}, {"Accept": "application/json"}, page({"rows": [{"id": i} for i in ids], "next": next, "total": total}))
script = [ask(None, 4, "2", 1, 2), *{"grew": [ask("2", 5, None, 3, 4, 5)], "shrank": [ask("2", 3, None, 4)]}[os.environ["PLAY"]]]
