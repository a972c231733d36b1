# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
play = os.environ["PLAY"]
if play == "next":
    script = [get("/v1/posts", {}, own, page([{"id": 1}], headers={"Link": '</v1/posts?page=2>; rel="next"'})),
              get("/v1/posts", {"page": 2}, own, page([{"error": "page 2 timed out"}]))]
else:
    script = [get("/v1/posts" if play.startswith("[") else "/v1/rows", {}, own, page(json.loads(play)))]
