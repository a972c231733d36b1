# SPDX-License-Identifier: MIT
script = [
    get("/v1/export.csv", {}, {"Accept": "text/csv", "Authorization": "Bearer token-of-acme"}, status(307, {"Location": "http://localhost:%d/files/1?sig=s3cret" % PORT})),
    get("/files/1", {"sig": "s3cret"}, {"Accept": "*/*"}, text("id\n1\n", "text/csv")),
]
