# SPDX-License-Identifier: MIT
import os
def ask(offset, ids, **more):
    return get("/rows", {"offset": offset}, {"Accept": "application/json"}, page({"rows": [{"id": i} for i in ids], **more}))
script = {
    "overlap.whole": [ask(0, [1, 2, 3]), ask(2, [3, 4, 5]), ask(4, [5]), ask(5, [])],
    "overlap.short": [ask(0, [1, 2, 3]), ask(2, [3]), ask(3, [4, 5]), ask(4, [5]), ask(5, [])],
    "overlap.added": [ask(0, [1, 2, 3]), ask(2, [3, 4, 5]), ask(4, [5, 6]), ask(5, [6]), ask(6, [])],
    "overlap.deleted": [ask(0, [1, 2, 3]), ask(2, [4, 5])],  # 1
    "overlap.last-deleted": [ask(0, [1, 2, 3]), ask(2, [3, 4, 5]), ask(4, [])],  # 5, or any
    "overlap.emptied": [ask(0, [1, 2, 3]), ask(2, [])],
    "overlap.left-out": [ask(0, [1, 2, 3]), get("/rows", {"offset": 2}, {"Accept": "application/json"}, page({}))],
    "overlap_total.whole": [ask(0, [1, 2, 3], total=5), ask(2, [3, 4, 5], total=5)],
    "overlap_total.exchanged": [ask(0, [1, 2, 3], total=5), ask(2, [4, 5, 6], total=5)],  # 1 for 6
    "overlap_total.deleted": [ask(0, [1, 2, 3], total=5), ask(2, [4, 5], total=4)],
}[os.environ["PLAY"]]
