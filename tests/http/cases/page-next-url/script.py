# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/leads", {"$select": "leadid,statuscode@OData.Community.Display.V1.FormattedValue"}, {**own, "Prefer": "odata.maxpagesize=2"}, page({"value": [{"leadid": "a", "statuscode": 1, "statuscode@OData.Community.Display.V1.FormattedValue": "New"}], "@odata.nextLink": BASE + "/v1/leads?$skiptoken=%3Ccookie%20x%3D1%3E"})),
    get("/v1/leads", {"$skiptoken": "<cookie x=1>"}, {**own, "Prefer": "odata.maxpagesize=2"}, page({"value": [{"leadid": "b"}]})),
]
