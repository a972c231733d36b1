# SPDX-License-Identifier: MIT
# https://www.zoho.com/crm/developer/docs/api/v8/: get-records.html, refresh.html, status-codes.html, api-limits.html;
# https://github.com/zoho/crm-oas, v8.0/record/operations/getRecords (info and its more_records are required). As of 2026-11.
LEAD = "Email,First_Name,Last_Name,Company,Phone,Country,Lead_Status,Lead_Source,Owner,Created_Time,Modified_Time"
def own(token="1000.a"):
    return {"Accept": "application/json", "Authorization": "Zoho-oauthtoken " + token}

def login(token="1000.a", answer=None):
    return post("/oauth/v2/token", {"grant_type": "refresh_token", "client_id": "1000.app", "client_secret": "hush", "refresh_token": "1000.long"},
                {"Accept": "application/json"},
                answer or page({"access_token": token, "api_domain": BASE, "token_type": "Bearer", "expires_in": 3600}, headers={"Content-Type": "application/json;charset=UTF-8"}), form=True)

def ask(answer, cursor=None, what="Leads", fields=LEAD, token="1000.a", **more):
    more = more or {"converted": "both"}
    return get("/crm/v8/" + what, {"fields": fields, "per_page": 200, "sort_by": "id", "sort_order": "asc", "approved": "both", **({} if more == {"plain": True} else more),
                                   **({"page_token": cursor} if cursor else {})}, own(token), answer)

OWNER = {"name": "Bob", "id": "4876876000000225013", "email": "bob@acme.example"}
T = {"Owner": OWNER, "Created_Time": "2026-11-01T10:00:00+05:30", "Modified_Time": "2026-11-02T10:00:00+05:30"}
def lead(i):
    return {"id": f"48768760000011{i}", "Email": f"p{i}@x.example", "First_Name": None, "Last_Name": "Lee", "Company": "Acme", "Phone": None, "Country": None,
            "Lead_Status": "Contacted", "Lead_Source": "Web Download", **T}

def found(*records, next=None):
    return page({"data": list(records), "info": {"call": False, "per_page": 200, "next_page_token": next, "count": len(records), "sort_by": "id", "page": 1, "previous_page_token": None,
                                                 "page_token_expiry": "2026-11-23T10:00:00+05:30" if next else None, "sort_order": "asc", "email": False, "more_records": bool(next)}})

def error(status, code, message, details={}, headers={}):
    return page({"code": code, "details": details, "message": message, "status": "error"}, status, headers)

# https://github.com/zoho/crm-oas/blob/main/v8.0/apis/operations/getAvailableApis/examples/response-429-sample.md, as of 2026-11.
RATE = "Rate limit exceeded. Please retry after the specified time."

first = ask(found(lead(1), next="c8582xx9e7c7"))
plays = {
    "pages": [login(), first, ask(found(lead(2)), "c8582xx9e7c7")],
    "empty": [login(), ask(status(204))],
    "limit": [login(), first, ask(error(429, "TOO_MANY_REQUESTS", "You have exceeded the number of concurrent requests."), "c8582xx9e7c7"), ask(found(lead(2)), "c8582xx9e7c7")],
    "token": [login(), first, ask(error(401, "INVALID_TOKEN", "invalid oauth token"), "c8582xx9e7c7"), login("1000.b"), ask(found(lead(2)), "c8582xx9e7c7", token="1000.b")],
    # No credits are left. What the vendor says then it documents nowhere; the header it does.
    "credits": [login(), first, ask(error(429, "TOO_MANY_REQUESTS", "in the vendor's words", headers={"X-API-CREDITS-REMAINING": "0"}), "c8582xx9e7c7")],
    # The same without it cannot be told from a limit that passes; nor some credits that are left.
    "credits-unsaid": [login(), first, ask(error(429, "TOO_MANY_REQUESTS", RATE, {"retry_after": 60, "limit": 100, "window": 60}, {"X-API-CREDITS-REMAINING": "17"}), "c8582xx9e7c7")],
    "no-info": [login(), ask(page({"data": [lead(1)]}))],
    # The vendor refuses with 200.
    "revoked": [login(answer=page({"error": "invalid_code"}))],
    "fault": [login(), first, ask({**found(lead(2)), "cut": 30}, "c8582xx9e7c7"), ask(found(lead(2)), "c8582xx9e7c7")],
    "contacts": [login(), ask(found({"id": "1", "Email": "p1@x.example", "First_Name": "Ann", "Last_Name": "Lee", "Account_Name": {"name": "Acme", "id": "7"}, "Phone": None, "Mailing_Country": None,
                                     "Lead_Source": None, "Email_Opt_Out": False, **T}), what="Contacts", plain=True,
                              fields="Email,First_Name,Last_Name,Account_Name,Phone,Mailing_Country,Lead_Source,Email_Opt_Out,Owner,Created_Time,Modified_Time")],
    "deals": [login(), ask(found({"id": "2", "Deal_Name": "Big", "Stage": "Qualification", "Amount": 1200.5, "Closing_Date": "2026-12-31", "Probability": 10, "Lead_Source": None, "Campaign_Source": None,
                                  "Account_Name": {"name": "Acme", "id": "7"}, **T}), what="Deals", plain=True,
                           fields="Deal_Name,Stage,Amount,Closing_Date,Probability,Lead_Source,Campaign_Source,Account_Name,Owner,Created_Time,Modified_Time")],
    "campaigns": [login(), ask(found({"id": "3", "Campaign_Name": "May", "Type": "Email", "Status": "Planning", "Start_Date": "2026-05-01", "End_Date": None, "Budgeted_Cost": 100, "Actual_Cost": 0, **T}),
                               what="Campaigns", plain=True, fields="Campaign_Name,Type,Status,Start_Date,End_Date,Budgeted_Cost,Actual_Cost,Owner,Created_Time,Modified_Time")],
    "first": [login(), ask(found(lead(1)))],
    "later": [login(), {**ask(found(lead(1), lead(2))), "headers": {**own(), "If-Modified-Since": "2026-11-02T00:00:00+00:00"}}],
    "unchanged": [login(), {**ask(status(304)), "headers": {**own(), "If-Modified-Since": "2026-11-02T00:00:00+00:00"}}],
}
def listed(what, fields, **more):
    def one(n, answer, token=1):
        return ask(answer, [None, "c85"][n - 1], what, fields, "1000." + "ab"[token - 1], **(more or {"plain": True}))
    return course(one, [{"id": str(i), **T} for i in (1, 2, 3)], lambda records, next: found(*records, next="c85" if next else None),
                  error(429, "TOO_MANY_REQUESTS", "You have exceeded the number of concurrent requests."), error(401, "INVALID_TOKEN", "invalid oauth token"),
                  lambda answer: {**one(1, answer), "headers": {**own(), "If-Modified-Since": "2026-11-02T00:00:00+00:00"}}, lambda nth: login("1000." + "ab"[nth - 1]), status(204))

courses = {
    "leads": listed("Leads", LEAD, converted="both"),
    "contacts": listed("Contacts", "Email,First_Name,Last_Name,Account_Name,Phone,Mailing_Country,Lead_Source,Email_Opt_Out,Owner,Created_Time,Modified_Time"),
    "deals": listed("Deals", "Deal_Name,Stage,Amount,Closing_Date,Probability,Lead_Source,Campaign_Source,Account_Name,Owner,Created_Time,Modified_Time"),
    "campaigns": listed("Campaigns", "Campaign_Name,Type,Status,Start_Date,End_Date,Budgeted_Cost,Actual_Cost,Owner,Created_Time,Modified_Time"),
}
script = play(plays, courses)
