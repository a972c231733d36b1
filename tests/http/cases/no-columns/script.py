own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/posts", {}, own, page([{" blank ": 1}] if play({"blank": True, "": False}, {}) else []))]
