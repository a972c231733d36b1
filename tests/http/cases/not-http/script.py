# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
raw = {"mail": b"220 mail.x.example ESMTP\r\n", "binary": bytes(range(256))}[os.environ["PLAY"]]
script = [get("/v1/contacts", {}, own, page({}, raw=raw))]
