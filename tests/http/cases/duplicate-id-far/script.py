# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
def ask(cursor, ids, after):
    return get("/v1/contacts", {"limit": 2, **({"after": cursor} if cursor else {})}, own,
               page({"results": [{"id": i, "email": "", "score": 1} for i in ids], "paging": {"next": {"after": after}} if after else {}}))
script = [ask(f"{i}" if i else "", range(40000 * i + 1, 40000 * i + 40001), f"{i + 1}") for i in range(5)] + [ask("5", [int(os.environ["LAST"])], "")]
