# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/leads", {"$select": "leadid,statuscode@OData.Community.Display.V1.FormattedValue"}, {**own, "Prefer": "odata.maxpagesize=2"}, page({"value": [{"leadid": "a"}], "@odata.nextLink": "http://127.0.0.2:%d/v1/leads" % PORT})),
]
