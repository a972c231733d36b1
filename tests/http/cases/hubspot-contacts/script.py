# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer pat-na1-x"}
asked = "email,firstname,lastname,company,phone,country,lifecyclestage,hs_lead_status,hubspot_owner_id,hs_analytics_source,hs_analytics_first_url,hs_analytics_first_referrer,hs_sa_first_engagement_date,hs_v2_date_entered_lead,hs_v2_date_entered_marketingqualifiedlead,hs_v2_date_entered_salesqualifiedlead,hs_v2_date_entered_opportunity,hs_v2_date_entered_customer"
# Shapes: HubSpot CRM objects v3 (list and search), as documented 2026-11.
def contact(i, **p):
    return {"id": str(i), "properties": {**{k: None for k in asked.split(",")}, "hs_object_id": str(i), **p}, "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-02-01T00:00:00Z", "archived": False}

script = [
    get("/crm/v3/objects/contacts", {"limit": 100, "properties": asked}, own, page({"results": [contact(1, email="a@x.example", lifecyclestage="lead")], "paging": {"next": {"after": "1", "link": BASE + "/?after=1"}}})),
    get("/crm/v3/objects/contacts", {"limit": 100, "after": "1", "properties": asked}, own, page({"status": "error", "message": "You have reached your ten_secondly_rolling limit.", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"}, 429, {"Retry-After": "0"})),
    get("/crm/v3/objects/contacts", {"limit": 100, "after": "1", "properties": asked}, own, page({"results": [contact(2)]})),
]
