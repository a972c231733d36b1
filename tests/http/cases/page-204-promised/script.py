# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
play = os.environ["PLAY"]
if play.isdigit():
    since = {**own, "If-Modified-Since": "Mon, 05 Jan 2026 10:20:30 GMT"}
    script = [get("/v1/Leads", {"page": 1}, since, page({"data": [{"id": "1"}], "info": {"more_records": True}})),
              get("/v1/Leads", {"page": 2}, since, status(int(play)))]
else:
    total = {"cursor": 2, "all": 1}[play]
    script = [get("/v1/contacts", {}, own, page({"results": [{"id": 1}], "next": "c2", "total": total})),
              get("/v1/contacts", {"after": "c2"}, own, status(204))]
