# SPDX-License-Identifier: MIT
# https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/: resources_query.htm, headers_queryoptions.htm,
# errorcodes.htm; OAuth 2.0 Client Credentials Flow (help.salesforce.com). As of 2026-11.
QUERY = "/services/data/v62.0/query"
LEAD = ("SELECT Id,Email,FirstName,LastName,Company,Phone,Country,Status,LeadSource,OwnerId,IsConverted,ConvertedDate,CreatedDate,"
        "SystemModstamp FROM Lead WHERE SystemModstamp >= 1970-01-01T00:00:00Z ORDER BY SystemModstamp, Id")
def own(token="00D!1"):
    return {"Accept": "application/json", "Sforce-Query-Options": "batchSize=2000", "Authorization": "Bearer " + token}

def login(token="00D!1"):
    return post("/services/oauth2/token", {"grant_type": "client_credentials", "client_id": "app", "client_secret": "hush"},
                {"Accept": "application/json"},
                page({"access_token": token, "instance_url": BASE, "id": BASE + "/id/00D/005", "token_type": "Bearer",
                      "issued_at": "1763791200000", "signature": "c2ln", "scope": "api"}), form=True)

def ask(answer, q=LEAD, token="00D!1"):
    return get(QUERY, {"q": q}, own(token), answer)

def more(answer, token="00D!1"):
    return get(QUERY + "/01gRO0000016PIAYA2-2000", {}, own(token), answer)

def lead(i, **more):
    return {"attributes": {"type": "Lead", "url": f"/services/data/v62.0/sobjects/Lead/00Q{i}"}, "Id": f"00Q{i}", "Email": f"p{i}@x.example",
            "FirstName": "Ann", "LastName": "Lee", "Company": "Acme", "Phone": None, "Country": None, "Status": "Open - Not Contacted",
            "LeadSource": "Web", "OwnerId": "0051", "IsConverted": False, "ConvertedDate": None,
            "CreatedDate": "2026-11-01T10:00:00.000+0000", "SystemModstamp": f"2026-11-0{i}T10:00:00.000+0000", **more}

def found(*records, total=None, next=False):
    return {"totalSize": len(records) if total is None else total, "done": not next,
            **({"nextRecordsUrl": QUERY + "/01gRO0000016PIAYA2-2000"} if next else {}), "records": list(records)}

def other(kind, **values):
    return {"attributes": {"type": kind, "url": "/services/data/v62.0/sobjects/" + kind + "/1"}, **values}

def error(code, message):
    return [{"message": message, "errorCode": code}]

two = [ask(page(found(lead(1), total=2, next=True))), more(page(found(lead(2), total=2)))]
expired = page(error("INVALID_SESSION_ID", "Session expired or invalid"), 401)
T = "2026-11-01T10:00:00.000+0000"
plays = {
    "pages": [login(), *two],
    "empty": [login(), ask(page(found()))],
    "daily-limit": [login(), ask(page(found(lead(1), total=2, next=True))),
                    more(page(error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), 403, {"Sforce-Limit-Info": "api-usage=15000/15000"}))],
    "long-limit": [login(), ask(page(error("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."), 403))],
    "limit": [login(), ask(page(error("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."), 403))],
    "token": [login(), two[0], more(expired), login("00D!2"), more(page(found(lead(2), total=2)), "00D!2")],
    "revoked": [login(), ask(expired), login("00D!2"), ask(expired, token="00D!2")],
    "fault": [login(), two[0], more(page(found(lead(2), total=2), cut=40)), two[1]],
    "short": [login(), ask(page(found(lead(1), total=2)))],
    "history": [login(), ask(page(found(other("LeadHistory", Id="0171", LeadId="00Q1", OldValue="Open - Not Contacted", NewValue="Working - Contacted", CreatedDate=T))),
                             "SELECT Id,LeadId,OldValue,NewValue,CreatedDate FROM LeadHistory WHERE Field = 'Status' AND CreatedDate >= 1970-01-01T00:00:00Z ORDER BY CreatedDate, Id")],
    "opportunities": [login(), ask(page(found(other("Opportunity", Id="0061", Name="Big", StageName="Prospecting", Amount=1200.5, CloseDate="2026-12-31", IsClosed=False,
                                                    IsWon=False, LeadSource=None, Campaign=other("Campaign", Name="May"), AccountId="0011", OwnerId="0051", CreatedDate=T, SystemModstamp=T))),
                                   "SELECT Id,Name,StageName,Amount,CloseDate,IsClosed,IsWon,LeadSource,Campaign.Name,AccountId,OwnerId,CreatedDate,SystemModstamp"
                                   " FROM Opportunity WHERE SystemModstamp >= 1970-01-01T00:00:00Z ORDER BY SystemModstamp, Id")],
    "stages": [login(), ask(page(found(other("OpportunityFieldHistory", Id="0181", OpportunityId="0061", OldValue="Prospecting", NewValue="Closed Won", CreatedDate=T))),
                            "SELECT Id,OpportunityId,OldValue,NewValue,CreatedDate FROM OpportunityFieldHistory WHERE Field = 'StageName' AND CreatedDate >= 1970-01-01T00:00:00Z ORDER BY CreatedDate, Id")],
    "campaigns": [login(), ask(page(found(other("Campaign", Id="7011", Name="May", Type="Email", Status="Planned", IsActive=True, ParentId=None, StartDate="2026-05-01", EndDate=None,
                                                BudgetedCost=100, ActualCost=None, OwnerId="0051", CreatedDate=T, SystemModstamp=T))),
                               "SELECT Id,Name,Type,Status,IsActive,ParentId,StartDate,EndDate,BudgetedCost,ActualCost,OwnerId,CreatedDate,SystemModstamp"
                               " FROM Campaign WHERE SystemModstamp >= 1970-01-01T00:00:00Z ORDER BY SystemModstamp, Id")],
    "members": [login(), ask(page(found(other("CampaignMember", Id="00v1", CampaignId="7011", Campaign=other("Campaign", Name="May"), LeadId="00Q1", ContactId=None, Status="Sent",
                                              HasResponded=False, FirstRespondedDate=None, CreatedDate=T, SystemModstamp=T))),
                             "SELECT Id,CampaignId,Campaign.Name,LeadId,ContactId,Status,HasResponded,FirstRespondedDate,CreatedDate,SystemModstamp"
                             " FROM CampaignMember WHERE SystemModstamp >= 1970-01-01T00:00:00Z ORDER BY SystemModstamp, Id")],
    "first": [login(), *two],
    "later": [login(), ask(page(found(lead(2), lead(3))), LEAD.replace("1970-01-01T00:00:00Z", "2026-11-02T09:50:00Z"))],
}
def listed(kind, since, select, key="SystemModstamp"):
    def one(n, answer, token=1, day="1970-01-01T00:00:00Z"):
        q = f"SELECT {select} FROM {kind} WHERE {since} >= {day} ORDER BY {key}, Id"
        return ask(answer, q, f"00D!{token}") if n == 1 else more(answer, f"00D!{token}")
    plays = course(one, [other(kind, Id=f"0{i}", SystemModstamp=T, CreatedDate=T) for i in (1, 2, 3)], lambda records, next: page(found(*records, total=2 if records else 0, next=next)),
                   page(error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), 403), expired,
                   lambda answer: one(1, answer, day="2026-11-01T09:50:00Z"), lambda nth: login(f"00D!{nth}"))
    return {**plays, "limit": plays["limit"][:3]}  # that of 24 hours: not waited for

CHANGE = "OldValue,NewValue,CreatedDate"
courses = {
    "leads": listed("Lead", "SystemModstamp", LEAD[7:LEAD.index(" FROM")]),
    "campaigns": listed("Campaign", "SystemModstamp", "Id,Name,Type,Status,IsActive,ParentId,StartDate,EndDate,BudgetedCost,ActualCost,OwnerId,CreatedDate,SystemModstamp"),
    "campaign_members": listed("CampaignMember", "SystemModstamp", "Id,CampaignId,Campaign.Name,LeadId,ContactId,Status,HasResponded,FirstRespondedDate,CreatedDate,SystemModstamp"),
    "opportunities": listed("Opportunity", "SystemModstamp", "Id,Name,StageName,Amount,CloseDate,IsClosed,IsWon,LeadSource,Campaign.Name,AccountId,OwnerId,CreatedDate,SystemModstamp"),
    "lead_status_history": listed("LeadHistory", "Field = 'Status' AND CreatedDate", "Id,LeadId," + CHANGE, "CreatedDate"),
    "opportunity_stage_history": listed("OpportunityFieldHistory", "Field = 'StageName' AND CreatedDate", "Id,OpportunityId," + CHANGE, "CreatedDate"),
}
script = play(plays, courses)
