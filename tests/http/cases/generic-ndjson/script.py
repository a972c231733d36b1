# SPDX-License-Identifier: MIT
script = [
    get("/leads", {}, {"Accept": "application/x-ndjson"}, text('{"id": 1}\n', "application/x-ndjson")),
]
