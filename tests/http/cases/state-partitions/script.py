# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
def ask(which, since, *members):
    return get(f"/v1/lists/{which}/changed", {"since": since} if since else {}, own,
               page({"members": [{"id": i, "changed": at} for i, at in members]}))
# 1767261600 is 2026-01-01T10:00:00Z
script = {
    "a": [ask("a", "", (1, 1767261600), (2, 1767265200))],
    "a,b": [ask("a", "2026-01-01", (1, 1767261600), (2, 1767265200), (3, 1767265200)), ask("b", "", (1, 1767348000))],
    "b": [ask("b", "2026-01-02", (1, 1767348000))],
    "a,b again": [ask("a", "2026-01-01", (1, 1767261600), (2, 1767265200), (3, 1767265200)), ask("b", "2026-01-02", (1, 1767434400))],
}[os.environ["PLAY"]]
