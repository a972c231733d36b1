# SPDX-License-Identifier: MIT
# https://developers.klaviyo.com/en/reference/get_profiles, get_campaigns (revision 2026-07-15), docs/filtering_,
# docs/rate_limits_and_error_handling; https://github.com/klaviyo/openapi, openapi/stable/apis/get_profiles.json (links). As of 2026-11.
own = {"Accept": "application/vnd.api+json", "revision": "2026-07-15", "Authorization": "Klaviyo-API-Key pk_1"}
FIELDS = "email,phone_number,first_name,last_name,organization,location.country,created,updated"
QUERY = {"page[size]": 100, "fields[profile]": FIELDS, "sort": "created"}
JSONAPI = {"Content-Type": "application/vnd.api+json"}

def ask(answer, cursor=None):
    return get("/api/profiles", {**QUERY, **({"page[cursor]": cursor} if cursor else {})}, own, answer)

def profile(i):
    return {"type": "profile", "id": f"01H{i}", "attributes": {"email": f"p{i}@x.example", "phone_number": None, "first_name": "Ann", "last_name": "Lee",
            "organization": None, "location": {"country": "Germany"}, "created": "2026-11-01T10:00:00+00:00", "updated": "2026-11-02T10:00:00+00:00"},
            "links": {"self": f"https://a.klaviyo.com/api/profiles/01H{i}"}}

def found(*records, next=None):
    return page({"data": list(records), "links": {"self": BASE + "/api/profiles", "next": next, "prev": None}}, headers=JSONAPI)

def error(status, code, title, detail, **headers):
    return page({"errors": [{"id": "9f", "status": status, "code": code, "title": title, "detail": detail, "source": {"pointer": "/data"}, "links": {}, "meta": {}}]},
                status, {**JSONAPI, **headers})

NEXT = BASE + "/api/profiles?page%5Bsize%5D=100&fields%5Bprofile%5D=" + FIELDS.replace(",", "%2C") + "&sort=created&page%5Bcursor%5D=bmV4dA"
first = ask(found(profile(1), next=NEXT))
throttled = error(429, "throttled", "Request was throttled.", "Expected available in 0 seconds.", **{"Retry-After": "0", "RateLimit-Limit": "75, 75;w=1, 700;w=60"})
plays = {
    "pages": [first, ask(found(profile(2)), "bmV4dA")],
    "empty": [ask(found())],
    "limit": [first, ask(throttled, "bmV4dA"), ask(found(profile(2)), "bmV4dA")],
    "token": [ask(error(401, "authentication_failed", "Incorrect authentication credentials.", "Missing or invalid private key."))],
    "fault": [first, ask({**found(profile(2)), "cut": 30}, "bmV4dA"), ask(found(profile(2)), "bmV4dA")],
    "links-null": [ask(page({"data": [profile(1)], "links": None}, headers=JSONAPI))],
    "links-empty": [ask(page({"data": [profile(1)], "links": {}}, headers=JSONAPI))],
    "no-links": [ask(page({"data": [profile(1)]}, headers=JSONAPI))],
    "elsewhere": [ask(found(profile(1), next="https://klaviyo.example/api/profiles?page%5Bcursor%5D=bmV4dA"))],
    "campaigns": [get("/api/campaigns", {"filter": "and(equals(messages.channel,'email'),greater-or-equal(updated_at,1970-01-01T00:00:00Z))", "sort": "created_at",
                                         "fields[campaign]": "name,status,tracking_options,created_at,updated_at,scheduled_at,send_time"}, own,
                      page({"data": [{"type": "campaign", "id": "01G1", "attributes": {"name": "May", "status": "Sent", "tracking_options": {"add_tracking_params": True, "custom_tracking_params": [
                          {"type": "static", "name": "utm_source", "value": "klaviyo"}, {"type": "static", "name": "utm_medium", "value": "email"}], "is_tracking_clicks": True, "is_tracking_opens": True},
                          "created_at": "2026-11-01T10:00:00+00:00", "updated_at": "2026-11-02T10:00:00+00:00", "scheduled_at": None, "send_time": "2026-11-02T10:00:00+00:00"}, "links": {"self": ""}}],
                          "links": {"self": "", "next": None, "prev": None}}, headers=JSONAPI))],
    "first": [ask(found(profile(1)))],
    "later": [get("/api/profiles", {**QUERY, "filter": "greater-than(updated,2026-11-02T09:50:00Z)"}, own, found(profile(1), profile(2)))],
}
def listed(what, query, changed):
    def one(n, answer, **since):
        return get("/api/" + what, {**query, **since} if n == 1 else {"page[cursor]": "bmV4dA"}, own, answer)
    times = {name: "2026-11-02T10:00:00+00:00" for name in ("created", "updated", "created_at", "updated_at")}
    return course(one, [{"type": what, "id": f"01H{i}", "attributes": times} for i in (1, 2, 3)],
                  lambda records, next: found(*records, next=BASE + "/api/" + what + "?page%5Bcursor%5D=bmV4dA" if next else None), throttled,
                  error(401, "authentication_failed", "Incorrect authentication credentials.", "Missing or invalid private key."),
                  lambda answer: one(1, answer, filter=changed))

courses = {
    "profiles": listed("profiles", QUERY, "greater-than(updated,2026-11-02T09:50:00Z)"),
    "email_campaigns": listed("campaigns", {"filter": "and(equals(messages.channel,'email'),greater-or-equal(updated_at,1970-01-01T00:00:00Z))", "sort": "created_at", "fields[campaign]": "name,status,tracking_options,created_at,updated_at,scheduled_at,send_time"},
                              "and(equals(messages.channel,'email'),greater-or-equal(updated_at,2026-11-02T09:50:00Z))"),
}
script = play(plays, courses)
