# SPDX-License-Identifier: MIT
import os
total = 24
def ask(what, at, *names):
    return get("/rows", {what: at}, {"Accept": "application/json"}, page({"rows": [{"name": name} for name in names], "total": total}))
def rows(pages):
    return [ask("offset", 2 * i, "a", "a") for i in pages]
script = {"honest": rows(range(10)) + [ask("offset", 24)] + rows((10, 11)),
          "ignores": rows(range(10)) + [ask("offset", 24, "a", "a")],
          "pages": [ask("page", 1 + i, "a", "a") for i in range(10)] + [ask("page", 25)] + [ask("page", 11 + i, "a", "a") for i in range(2)],
          "gone": rows(range(10)) + [get("/rows", {"offset": 24}, {"Accept": "application/json"}, status(204))] + rows((10, 11))}[os.environ["PLAY"]]
