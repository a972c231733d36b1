# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/stream", {}, own, page([{"results": [{"campaign": {"name": "a"}}, {"campaign": {"name": "b"}}]}, {"results": [{"campaign": {"name": "c"}}]}])),
]
