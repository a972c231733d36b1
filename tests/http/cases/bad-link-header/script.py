# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/posts", {}, own, page([{"id": 1}], headers={"Link": BASE + '/v1/posts?page=2; rel="next"'}))]
