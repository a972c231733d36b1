# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json"}
def ask(above, total, next, *ids):
    return get("/rows", {"above": above}, own, page({"rows": [{"id": i} for i in ids], "total": total, "next": next}))
def ask_page(above, number, total, *ids):
    return get("/rows", {"above": above, "page": number}, own, page({"rows": [{"id": i} for i in ids], "total": total}))
first = ask(0, 5, "2", 1, 2)
script = {
    "whole": [first, ask(2, 3, "4", 3, 4), ask(4, 1, None, 5)],
    "grew": [first, ask(2, 4, "4", 3, 4), ask(4, 2, None, 5, 6)],
    "to-nothing": [first, ask(2, 0, "4")],
    "to-one": [first, ask(2, 1, None, 3)],
    "none-left": [first, ask(2, 0, None)],
    "not-there": [first, get("/rows", {"above": 2}, own, status(404))],
    "names-more": [ask(0, 2, "2", 1, 2), ask(2, 0, "4")],
    "capped": [ask_page(0, 1, 9, 1, 2), ask_page(0, 2, 9, 3, 4), ask_page(4, 1, 4, 5, 6)],
}[os.environ["PLAY"]]
