T = {"createdAt": "2026-11-01T10:00:00Z", "updatedAt": "2026-11-02T10:00:00Z", "archived": False}
def listed(what, names, **properties):
    return [get(f"/crm/v3/objects/{what}", {"limit": 100, "properties": names}, {"Accept": "application/json", "Authorization": "Bearer pat-na1-x"},
                page({"results": [{"id": "1", "properties": {**dict.fromkeys(names.split(",")), **properties}, **T}]}))]

script = play({
    "hubspot:deals": listed("deals", "dealname,dealstage,pipeline,amount,closedate,hubspot_owner_id,hs_analytics_source", dealname="May", amount="1"),
    "hubspot:companies": listed("companies", "name,domain,industry,country,lifecyclestage,hubspot_owner_id,hs_analytics_source", name="Contoso", domain="contoso.com"),
    "./csv.yaml:leads": [get("/leads.csv", headers={"Accept": "*/*"}, answer=text("name,email\nDana,dana@contoso.com\n", "text/csv"))],
}, {})
