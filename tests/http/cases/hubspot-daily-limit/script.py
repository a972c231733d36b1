# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer pat-na1-x"}
asked = "email,firstname,lastname,company,country,lifecyclestage,hs_lead_status,hubspot_owner_id,hs_analytics_source"
# Shapes: HubSpot CRM objects v3 (list and search), as documented 2026-11.
script = [
    get("/crm/v3/objects/contacts", {"limit": 100, "properties": asked}, own, page({"status": "error", "message": "You have reached your daily limit.", "errorType": "RATE_LIMIT", "policyName": "DAILY"}, 429)),
]
