# SPDX-License-Identifier: MIT
import base64, os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
query = {"q": "SELECT Id,Owner.Name FROM Lead WHERE SystemModstamp >= 2026-01-01T00:00:00Z"}
script = {
    "next": [get("/v1/query", query, own, page({"totalSize": 2, "done": False, "nextRecordsUrl": BASE.replace("//", "//me:hush@") + "/more", "records": [{"Id": "1", "Owner": None}]}))],
    "token": [post("/token", {"grant_type": "client_credentials", "scope": "crm.read crm.list", "resource": "crm"}, {"Accept": "application/json", "Authorization": "Basic " + base64.b64encode(b"me:hush").decode()}, page({"access_token": "A1", "instance_url": "http://crm.example"}), form=True)],
}[os.environ["PLAY"]]
