# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/contacts", {"limit": 2}, own, status(307, {"Location": "/v1/signed/S3CRET/contacts?sig=S3CRET"})),
    get("/v1/signed/S3CRET/contacts", {"sig": "S3CRET"}, own, status(307, {"Location": "/v1/signed/OTHER/20"})),
    get("/v1/signed/OTHER/20", {}, own, page({"results": [{"id": 3, "email": "b@x.example"}]})),
]
