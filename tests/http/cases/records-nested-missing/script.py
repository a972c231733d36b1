# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
second = {"missing": {"error": "timeout"}, "text": {"results": "timeout"}, "null": {"results": None}}[os.environ["PLAY"]]
one = {"results": [{"campaign": {"name": "spring"}}]}
script = [get("/v1/stream", {}, own, page([one, second, one]))]
