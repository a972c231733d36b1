# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
record = {"id": 1, "stage": "lead", "at": "2026-01-01T10:00:00Z"}
script = {"records": [get("/v1/staged", {}, own, page({"data": [record]}, delay=float(os.environ.get("DELAY", 0))))],
          "names": [get("/v1/posts", {}, own, page([{"id": 1, " a": 2}]))], "none": []}[os.environ["PLAY"]]
