# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/posts", {}, own, page([{str(i): i for i in range(40000)}]))]
