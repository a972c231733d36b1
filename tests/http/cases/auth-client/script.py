# SPDX-License-Identifier: MIT
import base64
script = [
    post("/token", {"grant_type": "client_credentials", "scope": "crm.read crm.list", "resource": "crm"}, {"Accept": "application/json", "Authorization": "Basic " + base64.b64encode(b"me:hush").decode()}, page({"access_token": "A1", "instance_url": BASE + "/org7"}), form=True),
    get("/org7/leads", {}, {"Accept": "*/*", "Authorization": "Bearer A1"}, page({"data": [{"id": 1}]})),
]
