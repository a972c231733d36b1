# SPDX-License-Identifier: MIT
# https://mailchimp.com/developer/marketing/api/list-members/list-members-info/, api/campaigns/list-campaigns/,
# docs/methods-parameters/, docs/errors/, docs/fundamentals/ (limits). As of 2026-11.
import base64
own = {"Accept": "application/json", "Authorization": "Basic " + base64.b64encode(b"mopslint:abc-us19").decode()}
FIELDS = "total_items," + ",".join("members." + f for f in (
    "contact_id id email_address status merge_fields.FNAME merge_fields.LNAME merge_fields.PHONE location.country_code source tags list_id"
    " timestamp_signup timestamp_opt last_changed").split())

def ask(answer, offset=0, audience="a1"):
    return get(f"/3.0/lists/{audience}/members", {"count": 1000, "offset": offset, "sort_field": "timestamp_opt", "sort_dir": "ASC", "fields": FIELDS}, own, answer)

def member(i, audience="a1"):
    return {"id": f"md5{i}", "contact_id": f"c{i}", "email_address": f"p{i}@x.example", "status": "subscribed",
            "merge_fields": {"FNAME": "Ann", "LNAME": "Lee", "PHONE": ""}, "location": {"country_code": "DE"}, "source": "API - Generic",
            "tags": [{"id": 1, "name": "vip"}, {"id": 2, "name": "fair"}], "list_id": audience, "timestamp_signup": "",
            "timestamp_opt": "2026-11-01T10:00:00+00:00", "last_changed": "2026-11-02T10:00:00+00:00"}

def found(*members, total=None):
    return page({"members": list(members), "total_items": len(members) if total is None else total})

def problem(status, title, detail):
    return page({"type": "https://mailchimp.com/developer/marketing/docs/errors/", "title": title, "status": status, "detail": detail, "instance": "1-2-3"},
                status, {"Content-Type": "application/problem+json; charset=utf-8"})

first = ask(found(member(1), total=2))
CAMPAIGN = "total_items," + ",".join("campaigns." + f for f in (
    "id settings.title settings.subject_line type status tracking.google_analytics recipients.list_id emails_sent create_time send_time").split())
plays = {
    "pages": [first, ask(found(member(1), member(2), total=2))],
    "empty": [ask(found())],
    "limit": [first, ask(problem(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections.")), ask(found(member(1), member(2), total=2))],
    "token": [ask(problem(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter."))],
    "fault": [first, ask({**found(member(1), member(2), total=2), "cut": 30}), ask(found(member(1), member(2), total=2))],
    "moved": [first, ask(found(member(2), member(1), total=2))],  # signed up anew
    "audiences": [ask(found(member(1))), ask(found(member(1, "b2")), audience="b2")],
    "none": [],
    "campaigns": [get("/3.0/campaigns", {"count": 1000, "offset": 0, "sort_field": "create_time", "sort_dir": "ASC", "fields": CAMPAIGN}, own,
                      page({"campaigns": [{"id": "k1", "type": "regular", "status": "sent", "emails_sent": 40, "create_time": "2026-11-01T10:00:00+00:00", "send_time": "2026-11-02T10:00:00+00:00",
                                           "settings": {"title": "May", "subject_line": "Hello"}, "tracking": {"google_analytics": "may_news"}, "recipients": {"list_id": "a1"}}], "total_items": 1}))],
    "first": [ask(found(member(1)))],
    "later": [get("/3.0/lists/a1/members", {"count": 1000, "offset": 0, "sort_field": "timestamp_opt", "sort_dir": "ASC", "fields": FIELDS,
                                            "since_last_changed": "2026-11-02T09:50:00Z"}, own, found(member(1), member(2)))],
}
def listed(path, name, make, query):
    def one(n, answer, **since):
        return get(path, {"count": 1000, "offset": 0, **query, **since}, own, answer)
    return course(one, [make(1), make(2), make(3)], lambda records, next: page({name: records, "total_items": 2 if records else 0}),
                  problem(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections."),
                  problem(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter."),
                  lambda answer: one(1, answer, since_last_changed="2026-11-02T09:50:00Z"), overlap=True)

courses = {
    "members": listed("/3.0/lists/a1/members", "members", member, {"sort_field": "timestamp_opt", "sort_dir": "ASC", "fields": FIELDS}),
    "campaigns": listed("/3.0/campaigns", "campaigns", lambda i: {"id": f"k{i}"}, {"sort_field": "create_time", "sort_dir": "ASC", "fields": CAMPAIGN}),
}
script = play(plays, courses)
