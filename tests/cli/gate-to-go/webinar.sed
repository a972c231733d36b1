s/2026-12 Nordics Pump Webinar/2026-12_nordics_pump_webinar/
s/Leads/leads/
s/market: Nordics/market: nordics/
s/^start: .*/start: 2026-12-07/
s/^touches:/touches: [sales_handoff]/
s/to: SDR Nordics/to: SDR Nordics, sla: 8h/
s/^crm_campaign_id: \(.*\)/&\nutm_id: \1/
s/E-Mail/email/
s/UTM_Source=HubSpot/utm_source=hubspot/
s/&amp;/\&/g
s/utm_campaign=.*/&\&utm_id=7015g000000XyZ/
s/maintenance, i/&/
/reminder$/,/url/s/utm_id=.*/&\&utm_content=reminder/
s/decision: Anna/decision: anna/
s/"ben, cho"/ben/
s/review: dev/&, stop: anna, routing: eli/
