# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme", "Prefer": "odata.maxpagesize=2"}
where = {"none": "http://[::1", "mail": "mailto:ann@x.example", "long": BASE + "/" + "x" * 70000}[os.environ["PLAY"]]
script = [get("/v1/leads", {"$select": "leadid,statuscode@OData.Community.Display.V1.FormattedValue"}, own,
              page({"value": [{"leadid": "1"}], "@odata.nextLink": where}))]
