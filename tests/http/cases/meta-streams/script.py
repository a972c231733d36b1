# SPDX-License-Identifier: MIT
# https://developers.facebook.com/docs/marketing-api/reference/: ad-account/ads, ad-account/campaigns, ad-creative;
# docs/graph-api/results, docs/graph-api/overview/rate-limiting, docs/graph-api/guides/error-handling. As of 2026-11.
own = {"Accept": "application/json", "Authorization": "Bearer EAAB-hush"}
AD = ("id,name,account_id,status,effective_status,campaign{id,name},adset{id,name},creative{id,url_tags,link_url},created_time,updated_time")
CAMPAIGN = "id,name,account_id,objective,status,effective_status,insights.date_preset(maximum){spend},start_time,stop_time,created_time,updated_time"
def ask(answer, what="101/ads", fields=AD, **more):
    return get("/v24.0/act_" + what, {"fields": fields, "limit": 100, **more}, own, answer)

T = {"created_time": "2026-11-01T10:00:00+0000", "updated_time": "2026-11-02T10:00:00+0000"}
def ad(i):
    return {"id": f"2384{i}", "name": f"Ad {i}", "account_id": "101", "status": "ACTIVE", "effective_status": "ACTIVE", "campaign": {"id": "7", "name": "May"},
            "adset": {"id": "8", "name": "All"}, "creative": {"id": "9", "url_tags": "utm_source=facebook&utm_medium=paid_social"}, **T}

def found(*records, next=False):
    cursors = {"cursors": {"before": "QVFI", "after": "QVFJ"}}  # the last page has them too
    link = {"next": BASE + "/v24.0/act_101/ads?access_token=EAAB-hush&fields=" + AD.replace("{", "%7B").replace("}", "%7D").replace(",", "%2C") + "&limit=100&after=QVFJ"}
    return page({"data": list(records), **({"paging": {**cursors, **(link if next else {})}} if records else {})})

def error(status, code, message, kind="OAuthException", **more):
    return page({"error": {"message": message, "type": kind, "code": code, "fbtrace_id": "A1", **more}}, status, {"WWW-Authenticate": 'OAuth "Facebook Platform"'})

def more(answer):
    return ask(answer, access_token="EAAB-hush", after="QVFJ")

first = ask(found(ad(1), next=True))
def campaign(i, account):
    return {"id": str(i), "name": f"May {i}", "account_id": account, "objective": "OUTCOME_LEADS", "status": "PAUSED", "effective_status": "PAUSED", "insights": {"data": [{"spend": "12.50", "date_start": "2026-05-01", "date_stop": "2026-05-31"}], "paging": {"cursors": {"before": "MAZD", "after": "MAZD"}}},
            "start_time": "2026-05-01T00:00:00+0000", **T}

plays = {
    "pages": [first, more(found(ad(2)))],
    "empty": [ask(found())],
    "limit": [first, more(error(400, 17, "User request limit reached", error_subcode=2446079))],
    "token": [ask(error(400, 190, "Error validating access token: Session has expired", error_subcode=463))],
    "fault": [first, more(error(500, 1, "Please reduce the amount of data you're asking for, then retry your request")), more({**found(ad(2)), "cut": 30}), more(found(ad(2)))],
    "error-beside-data": [ask(page({"data": [ad(1)], "error": {"message": "Please reduce the amount of data", "type": "OAuthException", "code": 99}}))],
    "no-paging": [ask(page({"data": [ad(1)]}))],
    "no-next": [ask(page({"data": [ad(1)], "paging": {}}))],
    "campaigns": [ask(found(campaign(1, "101")), "101/campaigns", CAMPAIGN), ask(found(campaign(2, "102")), "102/campaigns", CAMPAIGN)],
    "first": [ask(found(ad(1)))],
    "later": [ask(found(ad(1), ad(2)), updated_since=1793612400 + 600)],
}
def listed(what, fields, make):
    def one(n, answer, **since):
        return get("/v24.0/act_101/" + what, {"fields": fields, "limit": 100, **since} if n == 1 else {"access_token": "EAAB-hush", "after": "QVFJ"}, own, answer)
    link = {"next": BASE + "/v24.0/act_101/" + what + "?access_token=EAAB-hush&after=QVFJ"}
    return course(one, [make(1), make(2), make(3)], lambda records, next: page({"data": records, "paging": {"cursors": {"after": "QVFJ"}, **(link if next else {})}}),
                  error(400, 17, "User request limit reached", error_subcode=2446079), error(400, 190, "Error validating access token: Session has expired", error_subcode=463),
                  lambda answer: one(1, answer, updated_since=1793612400 + 600))

courses = {"ads": listed("ads", AD, ad), "campaigns": listed("campaigns", CAMPAIGN, lambda i: campaign(i, "101"))}
for c in courses.values():
    c["limit"] = c["limit"][:2]  # within the hour, and that is beyond the deadline
script = play(plays, courses)
