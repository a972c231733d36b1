# SPDX-License-Identifier: MIT
script = [
    get("/v1/export.csv", {}, {"Accept": "text/csv", "Authorization": "Bearer token-of-acme"}, text("id;name\n1;\"a, \"\"b\"\"\"\n2;\n", "text/csv; charset=utf-8")),
]
