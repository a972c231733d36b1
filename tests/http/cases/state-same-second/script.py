# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
at = "2026-01-01T10:00:00Z"
if os.path.exists("state.json"):
    script = [get("/v1/staged", {"since": "2026-01-01T09:50:00Z"}, own,
                  page({"data": [{"id": 1, "stage": "customer", "at": at}, {"at": at, "stage": "lead", "id": 2}]}))]
else:
    script = [get("/v1/staged", {}, own,
                  page({"data": [{"id": 1, "stage": "lead", "at": at}, {"id": 2, "stage": "lead", "at": at}]}))]
