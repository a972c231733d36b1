# SPDX-License-Identifier: MIT
import os
n = int(os.environ["PLAY"])
def ask(offset, *names):
    return get("/rows", {"offset": offset}, {"Accept": "application/json"}, page({"rows": [{"name": name} for name in names]}))
script = [ask(2 * i, "a", "b") for i in range(n)] + ([ask(2 * n)] if n < 10 else [])
