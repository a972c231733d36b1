# SPDX-License-Identifier: MIT
# https://learn.microsoft.com/en-us/power-apps/developer/data-platform/: webapi/query/page-results, webapi/query/select-columns,
# api-limits; https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow. As of 2026-11.
API, LABEL = "/api/data/v9.2/", "@OData.Community.Display.V1.FormattedValue"
LEAD = ("leadid,emailaddress1,firstname,lastname,companyname,telephone1,address1_country,statuscode,statecode,leadsourcecode,_ownerid_value,createdon,modifiedon")
def own(token="eyJ1"):
    return {"Accept": "application/json", "OData-MaxVersion": "4.0", "OData-Version": "4.0", "Authorization": "Bearer " + token,
            "Prefer": 'odata.maxpagesize=5000,odata.include-annotations="OData.Community.Display.V1.FormattedValue"'}

def login(token="eyJ1", answer=None):
    return post("/t-1/oauth2/v2.0/token", {"grant_type": "client_credentials", "client_id": "app", "client_secret": "hush", "scope": BASE + "/.default"},
                {"Accept": "application/json"}, answer or page({"token_type": "Bearer", "expires_in": 3599, "access_token": token}), form=True)

def ask(answer, what="leads", select=LEAD, order="createdon,leadid", token="eyJ1", **more):
    return get(API + what, {"$select": select, "$orderby": order, **more}, own(token), answer)

def found(*records, next=None):
    return page({"@odata.context": BASE + API + "$metadata#leads", "value": list(records), **({"@odata.nextLink": next} if next else {})},
                headers={"Content-Type": "application/json; odata.metadata=minimal", "OData-Version": "4.0"})

def error(status, code, message, **headers):
    return page({"error": {"code": code, "message": message}}, status, headers)

def lead(i):
    return {"@odata.etag": f'W/"{i}"', "leadid": f"a-{i}", "emailaddress1": f"p{i}@x.example", "firstname": "Ann", "lastname": "Lee", "companyname": "Acme", "telephone1": None,
            "address1_country": "Germany", "statuscode" + LABEL: "New", "statuscode": 1, "statecode" + LABEL: "Open", "statecode": 0, "leadsourcecode": None,
            "_ownerid_value" + LABEL: "Bob", "_ownerid_value": "u-1", "createdon" + LABEL: "11/1/2026 10:00 AM", "createdon": "2026-11-01T10:00:00Z", "modifiedon": "2026-11-02T10:00:00Z"}

# To be sent as it is, doubled encoding and all.
COOKIE = "%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%2520page%253d%25221%2522%22%20/%3E"
NEXT = BASE + API + "leads?$select=" + LEAD + "&$orderby=createdon,leadid&$skiptoken=" + COOKIE
def more(answer, token="eyJ1"):
    return ask(answer, token=token, **{"$skiptoken": '<cookie pagenumber="2" pagingcookie="%3ccookie%20page%3d%221%22" />'})

first = ask(found(lead(1), next=NEXT))
T = {"createdon": "2026-11-01T10:00:00Z", "modifiedon": "2026-11-02T10:00:00Z"}
plays = {
    "pages": [login(), first, more(found(lead(2)))],
    "empty": [login(), ask(found())],
    "limit": [login(), first, more(error(429, "0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds.", **{"Retry-After": "0"})), more(found(lead(2)))],
    "token": [login(), first, more(status(401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})), login("eyJ2"), more(found(lead(2)), "eyJ2")],
    "wrong-secret": [login(answer=page({"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided.", "error_codes": [7000215]}, 401))],
    "fault": [login(), first, more({**found(lead(2)), "cut": 30}), more(found(lead(2)))],
    "contacts": [login(), ask(found({"@odata.etag": 'W/"1"', "contactid": "c-1", "emailaddress1": "p1@x.example", "firstname": "Ann", "lastname": "Lee", "telephone1": None, "address1_country": None,
                                     "_parentcustomerid_value": "k-1", "_originatingleadid_value": "a-1", "donotbulkemail" + LABEL: "Allow", "donotbulkemail": False, "_ownerid_value": "u-1", **T}), "contacts",
                              "contactid,emailaddress1,firstname,lastname,telephone1,address1_country,_parentcustomerid_value,_originatingleadid_value,donotbulkemail,_ownerid_value,createdon,modifiedon",
                              "createdon,contactid")],
    "opportunities": [login(), ask(found({"@odata.etag": 'W/"1"', "opportunityid": "o-1", "name": "Big", "stepname": "2-Develop", "statecode" + LABEL: "Open", "statecode": 0, "statuscode" + LABEL: "In Progress",
                                          "statuscode": 1, "estimatedvalue" + LABEL: "€1,200.50", "estimatedvalue": 1200.5, "actualvalue": None, "estimatedclosedate": "2026-12-31", "actualclosedate": None,
                                          "_campaignid_value" + LABEL: "May", "_campaignid_value": "m-1", "_originatingleadid_value": "a-1", "_ownerid_value": "u-1", **T}), "opportunities",
                                   "opportunityid,name,stepname,statecode,statuscode,estimatedvalue,actualvalue,estimatedclosedate,actualclosedate,_campaignid_value,_originatingleadid_value,_ownerid_value,createdon,modifiedon",
                                   "createdon,opportunityid")],
    "campaigns": [login(), ask(found({"@odata.etag": 'W/"1"', "campaignid": "m-1", "name": "May", "codename": "C-1", "typecode" + LABEL: "Event", "typecode": 3, "statuscode" + LABEL: "Launched", "statuscode": 2,
                                      "actualstart": "2026-05-01", "actualend": None, "budgetedcost": 100, "totalactualcost": 0, "_ownerid_value": "u-1", **T}), "campaigns",
                               "campaignid,name,codename,typecode,statuscode,actualstart,actualend,budgetedcost,totalactualcost,_ownerid_value,createdon,modifiedon", "createdon,campaignid")],
    "first": [login(), ask(found(lead(1)))],
    "later": [login(), ask(found(lead(1), lead(2)), **{"$filter": "modifiedon ge 2026-11-02T09:50:00Z"})],
}
expired = status(401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
limited = error(429, "0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds.", **{"Retry-After": "0"})
def listed(what, key, select, order):
    def one(n, answer, token=1, **more):
        own_query = {"$select": select, "$orderby": order, **more} if n == 1 else {"$skiptoken": "2"}
        return get(API + what, own_query, own(f"eyJ{token}"), answer)
    return course(one, [{key: f"k-{i}", **T} for i in (1, 2, 3)], lambda records, next: found(*records, next=BASE + API + what + "?$skiptoken=2" if next else None), limited, expired,
                  lambda answer: one(1, answer, **{"$filter": "modifiedon ge 2026-11-02T09:50:00Z"}), lambda nth: login(f"eyJ{nth}"))

courses = {
    "leads": listed("leads", "leadid", LEAD, "createdon,leadid"),
    "contacts": listed("contacts", "contactid", "contactid,emailaddress1,firstname,lastname,telephone1,address1_country,_parentcustomerid_value,_originatingleadid_value,donotbulkemail,"
                       "_ownerid_value,createdon,modifiedon", "createdon,contactid"),
    "opportunities": listed("opportunities", "opportunityid", "opportunityid,name,stepname,statecode,statuscode,estimatedvalue,actualvalue,estimatedclosedate,actualclosedate,_campaignid_value,"
                            "_originatingleadid_value,_ownerid_value,createdon,modifiedon", "createdon,opportunityid"),
    "campaigns": listed("campaigns", "campaignid", "campaignid,name,codename,typecode,statuscode,actualstart,actualend,budgetedcost,totalactualcost,_ownerid_value,createdon,modifiedon", "createdon,campaignid"),
}
script = play(plays, courses)
