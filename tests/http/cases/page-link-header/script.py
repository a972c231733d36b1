# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/posts", {}, own, page([{"id": 1, "title": {"rendered": "A, \"b\""}, "n": 1.10}], headers={"Link": '<' + BASE + '/v1/posts?page=1>; rel="first", </v1/posts?page=2>; rel="next last"'})),
    get("/v1/posts", {"page": 2}, own, page([{"id": 2, "title": {"rendered": "B"}, "extra": True}])),
]
