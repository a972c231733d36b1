# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer pat-na1-x"}
asked = "email,firstname,lastname,company,phone,country,lifecyclestage,hs_lead_status,hubspot_owner_id,hs_analytics_source,hs_analytics_first_url,hs_analytics_first_referrer,hs_sa_first_engagement_date,hs_v2_date_entered_lead,hs_v2_date_entered_marketingqualifiedlead,hs_v2_date_entered_salesqualifiedlead,hs_v2_date_entered_opportunity,hs_v2_date_entered_customer"
# Shapes: HubSpot CRM objects v3 (list and search), as documented 2026-11.
script = [
    get("/crm/v3/objects/contacts", {"limit": 100, "properties": asked}, own, page({"status": "error", "message": "You have reached your daily limit.", "errorType": "RATE_LIMIT", "policyName": "DAILY"}, 429)),
]
