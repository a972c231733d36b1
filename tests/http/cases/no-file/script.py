# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/export.csv", {}, {**own, "Accept": "text/csv"}, status(204))]
