# SPDX-License-Identifier: MIT
script = [
    get("/leads", {}, {"Accept": "application/json", "Authorization": "Bearer q"}, page([{"id": 1, "a": {"b": 2}}])),
]
