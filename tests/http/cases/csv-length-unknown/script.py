# SPDX-License-Identifier: MIT
script = [
    get("/v1/export.csv", {}, {"Accept": "text/csv", "Authorization": "Bearer token-of-acme"}, text("id\n1\n", "text/csv", no_length=True)),
]
