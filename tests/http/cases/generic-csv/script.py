# SPDX-License-Identifier: MIT
script = [
    get("/leads.csv", {"x": 1}, {"Accept": "text/csv"}, text("id,name\n1,a\n", "text/csv")),
]
