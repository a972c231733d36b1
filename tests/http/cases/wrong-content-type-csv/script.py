# SPDX-License-Identifier: MIT
script = [
    get("/v1/export.csv", {}, {"Accept": "text/csv", "Authorization": "Bearer token-of-acme"}, text("<html>Sign in</html>", "text/html")),
]
