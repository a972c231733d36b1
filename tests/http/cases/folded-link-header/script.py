# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
link = {"second-line": '</v1/posts>; rel="prev",\r\n </v1/posts?page=2>; rel="next"',
        "value-below": '\r\n </v1/posts?page=2>; rel="next"',
        "tab": '</v1/posts>; rel="prev",\r\n\t </v1/posts?page=2>; rel="next"',
        "thrice": '</v1/posts>; rel="prev",\r\n </v1/posts?page=2>;\r\n  rel="next"'}[os.environ["PLAY"]]
script = [get("/v1/posts", {}, own, page([{"id": 1}], headers={"Link": link})),
          get("/v1/posts", {"page": "2"}, own, page([{"id": 2}]))]
