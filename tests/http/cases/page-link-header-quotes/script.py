own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/posts", {}, own, page([{"id": 1}], headers={"Link": "</v1/posts?page=2>;rel='next', </v1/posts>; rel='first'"})),
          get("/v1/posts", {"page": "2"}, own, page([{"id": 2}], headers={"Link": "</v1/posts>; rel='prev first'"}))]
