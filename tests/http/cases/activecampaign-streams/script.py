# SPDX-License-Identifier: MIT
# https://developers.activecampaign.com/reference/: list-all-contacts, list-all-custom-field-values, list-all-deals,
# list-all-campaigns, pagination, rate-limits, authentication. As of 2026-11.
own = {"Accept": "application/json", "Api-Token": "k-1"}
# What each is sorted by: of contacts the id, as "pagination" recommends; of deals and campaigns what their pages name, in upper case; the
# page of custom field values names no order.
order = {"contacts": {"orders[id]": "ASC"}, "fieldValues": {}, "deals": {"orders[cdate]": "ASC"}, "campaigns": {"orders[sdate]": "ASC"}}
def ask(answer, offset=0, what="contacts", **more):
    return get("/api/3/" + what, {"limit": 100, "offset": offset, **order[what]}, own, answer)

def contact(i):
    return {"cdate": "2026-11-01T10:00:00-05:00", "email": f"p{i}@x.example", "phone": "", "firstName": "Ann", "lastName": "Lee", "orgname": "Acme", "deleted": "0",
            "udate": "2026-11-02T10:00:00-05:00", "links": {"fieldValues": "..."}, "id": str(i), "organization": None}

def found(*records, total=None, name="contacts"):
    return page({name: list(records), "meta": {"page_input": {"segmentid": 0}, "total": str(len(records) if total is None else total)}})

first = ask(found(contact(1), total=2))
T = {"cdate": "2026-11-01T10:00:00-05:00", "udate": "2026-11-02T10:00:00-05:00", "mdate": "2026-11-02T10:00:00-05:00"}
plays = {
    "pages": [first, ask(found(contact(1), contact(2), total=2))],
    "empty": [ask(found())],
    "limit": [first, ask(page({"message": "Too Many Requests"}, 429, {"Retry-After": "0"})), ask(found(contact(1), contact(2), total=2))],
    "token": [ask(page({"message": "You are not authorized to access this resource. Please check your API key."}, 403))],
    "fault": [first, ask({**found(contact(1), contact(2), total=2), "reset": 30}), ask(found(contact(1), contact(2), total=2))],
    "grows": [first, ask(found(contact(1), contact(2), total=3)), ask(found(contact(2), contact(3), total=3), 1)],
    # 1 is deleted and 3 added behind the first page: 2 has moved up, and is on no page.
    "moved": [ask(found(contact(0), contact(1), total=4)), ask(found(contact(2), contact(3), total=4), 1)],
    "fields": [ask(found({"id": "9", "contact": "1", "field": "4", "value": "google", "owner": "1", **T}, name="fieldValues"), what="fieldValues")],
    "deals": [ask(found({"id": "5", "title": "Big", "stage": "2", "group": "1", "status": "0", "value": "120050", "currency": "eur", "owner": "1", "contact": "1", "organization": None, **T}, name="deals"), what="deals")],
    "campaigns": [ask(found({"id": "6", "name": "May", "type": "single", "status": "5", "analytics_campaign_name": "may_news", "send_amt": "40", "ldate": None, **T}, name="campaigns"), what="campaigns")],
    "first": [ask(found(contact(1)))],
    "later": [get("/api/3/contacts", {"limit": 100, "offset": 0, "orders[id]": "ASC", "filters[updated_after]": "2026-11-02T14:50:00Z"}, own, found(contact(1), contact(2)))],
}
def listed(what, since="2026-11-02T14:50:00Z"):
    def one(n, answer, **since):
        return get("/api/3/" + what, {"limit": 100, "offset": 0, **order[what], **since}, own, answer)
    return course(one, [{"id": str(i), **T} for i in (1, 2, 3)], lambda records, next: found(*records, total=2 if records else 0, name=what),
                  page({"message": "Too Many Requests"}, 429, {"Retry-After": "0"}),
                  page({"message": "You are not authorized to access this resource. Please check your API key."}, 403),
                  lambda answer: one(1, answer, **{"filters[updated_after]": since}), overlap=True)

courses = {"contacts": listed("contacts"), "contact_fields": listed("fieldValues"), "deals": listed("deals", "2026-11-01"), "campaigns": listed("campaigns")}
script = play(plays, courses)
