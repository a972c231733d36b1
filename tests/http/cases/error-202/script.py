# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
status = int(os.environ["PLAY"])
out = status
if os.path.exists("turn"):
    os.remove("turn")
    script = [get("/v1/export.csv", {}, {**own, "Accept": "text/csv"}, text("a,b\n1,2\n", "text/csv", status))]
else:
    open("turn", "w").close()
    script = [post("/v1/report:run", {"limit": "2", "offset": "0", "start": 0}, own, page({"state": "queued"}, status))]
