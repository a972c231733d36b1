# SPDX-License-Identifier: MIT
# https://developers.hubspot.com/docs/api-reference/: crm-deals-v3, crm-companies-v3, crm-contacts-v3 (propertiesWithHistory),
# marketing-campaigns-public-api-v3; docs/api/usage-details (limits). As of 2026-11.
own = {"Accept": "application/json", "Authorization": "Bearer pat-na1-x"}
DEAL = "dealname,dealstage,pipeline,amount,closedate,hubspot_owner_id,hs_analytics_source"
def ask(answer, after=None, path="/crm/v3/objects/deals", limit=100, **query):
    return get(path, {"limit": limit, **(query or {"properties": DEAL}), **({"after": after} if after else {})}, own, answer)

T = {"createdAt": "2026-11-01T10:00:00Z", "updatedAt": "2026-11-02T10:00:00Z"}
def record(i, **properties):
    return {"id": str(i), "properties": properties, **T, "archived": False}

def deal(i):
    return record(i, dealname=f"Deal {i}", dealstage="closedwon", pipeline="default", amount="12.50", closedate="2026-12-31T00:00:00Z", hubspot_owner_id="9", hs_analytics_source=None)

def found(*records, after=None):
    return page({"results": list(records), **({"paging": {"next": {"after": after, "link": BASE + "/?after=" + after}}} if after else {})})

def history(i, name, *values):
    return {**record(i), "propertiesWithHistory": {name: [{"value": v, "timestamp": t, "sourceType": "CRM_UI", "sourceId": "userId:1", "updatedByUserId": 1} for v, t in values]}}

CONTACT = ("email firstname lastname company phone country lifecyclestage hs_lead_status hubspot_owner_id hs_analytics_source hs_analytics_first_url "
           "hs_analytics_first_referrer hs_sa_first_engagement_date hs_v2_date_entered_lead hs_v2_date_entered_marketingqualifiedlead "
           "hs_v2_date_entered_salesqualifiedlead hs_v2_date_entered_opportunity hs_v2_date_entered_customer").split()
CAMPAIGN = "hs_name,hs_utm,hs_budget_items_sum_amount,hs_spend_items_sum_amount,hs_campaign_status,hs_start_date,hs_end_date,hs_owner"
def contact(i):
    return record(i, **{name: None for name in CONTACT}, hs_object_id=str(i), createdate=T["createdAt"], lastmodifieddate=T["updatedAt"])

def search(since, answer):
    return post("/crm/v3/objects/contacts/search", {"filterGroups": [{"filters": [
        {"propertyName": "lastmodifieddate", "operator": "GTE", "value": str(since)}, {"propertyName": "hs_object_id", "operator": "GT", "value": "0"}]}],
        "properties": CONTACT, "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}], "limit": 200, "after": "0"}, own, answer)

def found_search(*records):
    return page({"total": len(records), "results": list(records)})

# CollectionResponseWithTotalPublicCampaign: the total is of all pages.
def found_campaigns(*records, after=None, total=None):
    total = total or (2 if records and (after or records[0]["id"] == "2") else len(records))
    return page({"total": total, "results": list(records), **({"paging": {"next": {"after": after, "link": BASE + "/?after=" + after}}} if after else {})})

secondly = page({"status": "error", "message": "You have reached your secondly limit.", "errorType": "RATE_LIMIT", "correlationId": "c0", "policyName": "SECONDLY"}, 429, {"Retry-After": "0"})
first = ask(found(deal(1), after="NTI1"))
plays = {
    "pages": [first, ask(found(deal(2)), "NTI1")],
    "empty": [ask(found())],
    "limit": [first, ask(secondly, "NTI1"), ask(found(deal(2)), "NTI1")],
    "token": [ask(page({"status": "error", "message": "Authentication credentials not found.", "correlationId": "c0", "category": "INVALID_AUTHENTICATION"}, 401))],
    "fault": [first, ask({**found(deal(2)), "cut": 30}, "NTI1"), ask(found(deal(2)), "NTI1")],
    "no-after": [ask(page({"results": [deal(1)], "paging": {"next": {"link": "?after=NTI1"}}}))],
    "next-empty": [ask(page({"results": [deal(1)], "paging": {"next": {}}}))],
    "next-null": [ask(page({"results": [deal(1)], "paging": {"next": None}}))],
    "paging-empty": [ask(page({"results": [deal(1)], "paging": {}}))],
    "search-no-after": [search(0, page({"total": 1, "results": [contact(1)], "paging": {"next": {"link": "?after=1"}}}))],
    "companies": [ask(found(record(3, name="Acme", domain="acme.example", industry=None, country="Germany", lifecyclestage="customer", hubspot_owner_id=None, hs_analytics_source="DIRECT_TRAFFIC")),
                      path="/crm/v3/objects/companies", properties="name,domain,industry,country,lifecyclestage,hubspot_owner_id,hs_analytics_source")],
    "campaigns": [ask(found_campaigns({"id": "0a1b", "properties": {"hs_name": "May", "hs_utm": "may-news", "hs_budget_items_sum_amount": "500", "hs_spend_items_sum_amount": "120.5", "hs_campaign_status": "in_progress", "hs_start_date": "2026-05-01", "hs_end_date": None, "hs_owner": "9"}, **T}),
                      path="/marketing/v3/campaigns", properties=CAMPAIGN)],
    "campaigns-fewer": [ask(found_campaigns(*[record(i) for i in (1, 2, 3)], total=9), path="/marketing/v3/campaigns", properties=CAMPAIGN)],
    "contact-history": [ask(found(history(1, "lifecyclestage", ("customer", "2026-11-02T10:00:00Z"), ("lead", "2026-11-01T10:00:00Z")), history(2, "lifecyclestage"), after="Mg"),
                            path="/crm/v3/objects/contacts", limit=50, propertiesWithHistory="lifecyclestage"),
                        ask(found(history(3, "lifecyclestage", ("subscriber", "2026-11-03T10:00:00Z"))), "Mg", path="/crm/v3/objects/contacts", limit=50, propertiesWithHistory="lifecyclestage")],
    "deal-history": [ask(found(history(1, "dealstage", ("closedwon", "2026-11-02T10:00:00Z"))), limit=50, propertiesWithHistory="dealstage")],
    "first": [search(0, found_search(contact(1)))],
    "later": [search(1793613000000, found_search(contact(1), contact(2)))],
}
expired = page({"status": "error", "message": "The OAuth token used to make this call expired.", "category": "EXPIRED_AUTHENTICATION", "correlationId": "c0"}, 401)
def listed(path, make, limit=100, found=found, **query):
    return course(lambda n, answer: ask(answer, [None, "NTI1"][n - 1], path, limit, **query), [make(1), make(2), make(3)],
                  lambda records, next: found(*records, after="NTI1" if next else None), secondly, expired)

def searched(what, names, changed):
    def ask(answer, since=0, above="0"):
        return post(f"/crm/v3/objects/{what}/search", {"filterGroups": [{"filters": [
            {"propertyName": changed, "operator": "GTE", "value": str(since)}, {"propertyName": "hs_object_id", "operator": "GT", "value": above}]}],
            "properties": names.split(","), "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}], "limit": 200, "after": "0"}, own, answer)
    return course(lambda n, answer: ask(answer, above=str(n - 1)), [record(1), record(2), record(3)],
                  lambda records, next: page({"total": len(records) + next, "results": records, **({"paging": {"next": {"after": "1"}}} if next else {})}),
                  secondly, expired, lambda answer: ask(answer, 1793613000000))

COMPANY = "name,domain,industry,country,lifecyclestage,hubspot_owner_id,hs_analytics_source"
courses = {
    "contacts": listed("/crm/v3/objects/contacts", record, properties=",".join(CONTACT)),
    "companies": listed("/crm/v3/objects/companies", record, properties=COMPANY),
    "deals": listed("/crm/v3/objects/deals", record, properties=DEAL),
    "campaigns": listed("/marketing/v3/campaigns", record, found=found_campaigns, properties=CAMPAIGN),
    "contact_stage_history": listed("/crm/v3/objects/contacts", lambda i: history(i, "lifecyclestage", ("lead", T["createdAt"])), 50, propertiesWithHistory="lifecyclestage"),
    "deal_stage_history": listed("/crm/v3/objects/deals", lambda i: history(i, "dealstage", ("closedwon", T["createdAt"])), 50, propertiesWithHistory="dealstage"),
    "contacts_search": searched("contacts", ",".join(CONTACT), "lastmodifieddate"),
    "companies_search": searched("companies", COMPANY, "hs_lastmodifieddate"),
    "deals_search": searched("deals", DEAL, "hs_lastmodifieddate"),
}
script = play(plays, courses)
