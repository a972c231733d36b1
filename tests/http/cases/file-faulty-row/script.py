# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
play = os.environ["PLAY"]
kind = "application/x-ndjson" if play == "line.ndjson" else "text/csv"
script = [get("/v1/export" if play == "line.ndjson" else "/v1/export.csv", {}, {**own, "Accept": kind}, text(open(play, "rb").read(), kind))]
