# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
date = "Sun, 22 Nov 2026 11:00:00 GMT"
one, two = {"id": 1, "changed": "2026-11-22T08:00:00Z"}, {"id": 2, "changed": "2026-11-22T11:30:00Z"}
moved = {"id": 1, "changed": "2026-11-22T11:05:00Z"}  # after its page was read
script = {
    "first": [get("/v1/changes", {"page": 1}, own, page({"data": [one], "more": True})),
              get("/v1/changes", {"page": 2}, own, page({"data": [two], "more": False}))],
    "later": [get("/v1/changes", {"page": 1, "since": "2026-11-22T10:50:00Z"}, own, page({"data": [moved, two], "more": False}))],
}[os.environ["PLAY"]]
