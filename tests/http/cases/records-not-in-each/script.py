# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
rows = [[{"person": {"id": 1}}, {"person": {"id": 2}}],
        [{"person": {"id": 1}}, {"persona": {"id": 2}}, {"person": {"id": 3}}],
        [{"x": 1}]][int(os.environ["PLAY"])]
script = [get("/v1/people", {}, own, page({"rows": rows}))]
