# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
script = {
    "first": [get("/v1/scroll", {"cursor": "*", "fields": ["id", "email", "UTM_Source__c", "Owner.Name"]}, own,
                  page({"data": [{"id": 1, "email": "a@x.example", "UTM_Source__c": "google", "Owner": {"Name": "Ann"}}], "has_more": False}))],
    "links": [get("/v1/posts", {}, own, page([{"id": 1, "title": "x"}]))],
}[os.environ["PLAY"]]
