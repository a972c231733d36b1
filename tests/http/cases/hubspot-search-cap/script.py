# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer pat-na1-x"}
asked = "email,firstname,lastname,company,phone,country,lifecyclestage,hs_lead_status,hubspot_owner_id,hs_analytics_source,hs_analytics_first_url,hs_analytics_first_referrer,hs_sa_first_engagement_date,hs_v2_date_entered_lead,hs_v2_date_entered_marketingqualifiedlead,hs_v2_date_entered_salesqualifiedlead,hs_v2_date_entered_opportunity,hs_v2_date_entered_customer"
# Shapes: HubSpot CRM objects v3 (list and search), as documented 2026-11.
def contact(i, **p):
    return {"id": str(i), "properties": {**{k: None for k in asked.split(",")}, "hs_object_id": str(i), **p}, "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-02-01T00:00:00Z", "archived": False}

def search(above, ids, total):
    return post("/crm/v3/objects/contacts/search", {
        "filterGroups": [{"filters": [
            {"propertyName": "lastmodifieddate", "operator": "GTE", "value": "0"},
            {"propertyName": "hs_object_id", "operator": "GT", "value": str(above)}]}],
        "properties": asked.split(","),
        "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
        "limit": 200, "after": "0"}, own,
        page({"total": total, "results": [contact(i) for i in ids],
              **({"paging": {"next": {"after": str(len(ids))}}} if len(ids) < total else {})}))


contacts = [3 * i + 1 for i in range(10250)]
script, above = [], 0
while not script or left[200:]:
    left = [i for i in contacts if i > above]
    script.append(search(above, left[:200], len(left)))
    above = left[:200][-1]
    if len(script) == 1:
        contacts = [i for i in contacts if i != 16] + [3 * 10250 + 1]  # 601 moves up
