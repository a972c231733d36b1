# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
play = os.environ["PLAY"]
since = "Mon, 05 Jan 2026 10:20:30 GMT" if play == "1" else "Sat, 10 Jan 2026 08:00:00 GMT"
records = page({"data": [{"id": 1, "Modified_Time": "2026-01-10T08:00:00Z"}], "info": {"more_records": False}})
script = [get("/v1/Leads", {"page": 1}, {**own, "If-Modified-Since": since}, status(304) if play == "2" else records)]
