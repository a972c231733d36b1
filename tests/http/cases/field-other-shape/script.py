# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
owners = [{"Name": "ada"}, "kim", "lee", 7, None, "", False, [], {}]
query = {"q": "SELECT Id,Owner.Name FROM Lead WHERE SystemModstamp >= 2026-01-01T00:00:00Z"}
script = [get("/v1/query", query, own, page({"totalSize": len(owners), "done": True, "records": [{"Id": i, "Owner": o} for i, o in enumerate(owners)]}))]
