# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get(f"/v1/lists/{l}/all", {}, own, page({"members": [{"id": l}]})) for l in ("b", "a")]
