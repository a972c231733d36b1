# SPDX-License-Identifier: MIT
import os
script = [get("/rows", {}, {"Accept": "application/json"}, page(os.environ["PLAY"]))]
