# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
at = int(os.environ["KILL_AT"])
# Ten pages; the client is killed at the one of that number.
script = [get("/v1/changes", {"page": i, **({"since": "2026-01-01T00:50:00Z"} if os.path.exists("state.json") else {})}, own, page({"data": [{"id": i, "changed": "2026-01-01T01:%02d:00Z" % i}], "more": i < 10}, kill=9 * (i == at))) for i in range(1, 11 if at > 10 else at + 1)]
