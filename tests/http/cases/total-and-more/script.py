# SPDX-License-Identifier: MIT
import os
def ask(offset, more, *ids):
    return get("/rows", {"offset": offset}, {"Accept": "application/json"}, page({"rows": [{"id": i} for i in ids], "total": 2, "more": more}))
script = [ask(0, True, 1, 2), *{"more": [ask(2, False, 3)], "nothing": [ask(2, False)], "for-ever": [ask(2, True)]}[os.environ["PLAY"]]]
