# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1, "email": "a@x.example", "ann@x.example": 1}, {"id": 2, "email": "b@x.example", "nick": 2, "ann@contoso.com": 1, "statuscode@OData.Community.Display.V1.FormattedValue": "Open"}]}))]
