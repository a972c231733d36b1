# SPDX-License-Identifier: MIT
script = [
    get("/v1/export", {}, {"Accept": "application/x-ndjson", "Authorization": "Bearer token-of-acme"}, text('{"id": 1}\n{"id": 2, "a": {"b": null}}\n', "application/x-ndjson")),
]
