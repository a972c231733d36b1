# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/rows", {}, own, page(os.environ["PLAY"]))]
