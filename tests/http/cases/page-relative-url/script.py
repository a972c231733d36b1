# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/query", {"q": "SELECT Id,Owner.Name FROM Lead WHERE SystemModstamp >= 2026-01-01T00:00:00Z"}, own, page({"totalSize": 2, "done": False, "nextRecordsUrl": "/services/query/01g-2000", "records": [{"Id": "1", "Owner": {"Name": "Dana"}}]})),
    get("/services/query/01g-2000", {}, own, page({"totalSize": 2, "done": True, "records": [{"Id": "2", "Owner": None}]})),
]
