own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/contacts", {"limit": 2}, own, page({"results": []}, headers={"X-Long": "a" * 200000}))]
