# SPDX-License-Identifier: MIT
# https://developers.pipedrive.com/docs/api/v1/Deals#getDeals, Persons#getPersons, Organizations, Stages (API v2);
# https://pipedrive.readme.io/docs/core-api-concepts-pagination, core-api-concepts-rate-limiting (x-daily-requests-left is about POST
# and PUT); https://github.com/pipedrive/client-nodejs, src/versions/v2/models/get-deals-response-all-of.ts (additional_data). As of 2026-11.
own = {"Accept": "application/json", "x-api-token": "0f1e2d"}

def ask(answer, what="deals", cursor=None, sort={"sort_by": "id", "sort_direction": "asc"}):
    return get("/api/v2/" + what, {"limit": 500, **sort, **({"cursor": cursor} if cursor else {})}, own, answer)

def found(*records, next=None):
    return page({"success": True, "data": list(records), "additional_data": {"next_cursor": next}},
                headers={"x-ratelimit-limit": "20", "x-ratelimit-remaining": "19", "x-ratelimit-reset": "2"})

def error(code, message, **more):
    return page({"success": False, "error": message, "code": "ERR", **more}, code)

def deal(i):
    return {"id": i, "title": f"Deal {i}", "owner_id": 1, "person_id": 7, "org_id": None, "pipeline_id": 1, "stage_id": 2, "value": 12.5, "currency": "EUR",
            "add_time": "2026-11-01T10:00:00Z", "update_time": "2026-11-02T10:00:00Z", "stage_change_time": None, "status": "open", "is_deleted": False,
            "probability": None, "lost_reason": None, "visible_to": 3, "close_time": None, "won_time": None, "lost_time": None,
            "expected_close_date": "2026-12-31", "label_ids": [], "origin": "ManuallyCreated", "channel": None, "custom_fields": {}}

first = ask(found(deal(1), next="eyJpZCI6Mn0"))
T = {"add_time": "2026-11-01T10:00:00Z", "update_time": "2026-11-02T10:00:00Z"}
plays = {
    "pages": [first, ask(found(deal(2)), cursor="eyJpZCI6Mn0")],
    "empty": [ask(found())],
    "nothing": [ask(page({"success": True, "data": None, "additional_data": {"next_cursor": None}}))],  # "Responses"
    "limit": [first, ask(page({"success": False, "error": "request over limit", "errorCode": 429}, 429, {"Retry-After": "0", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2"}), cursor="eyJpZCI6Mn0"),
              ask(found(deal(2)), cursor="eyJpZCI6Mn0")],
    # The tokens of the day; and writing used up, while only the window of two seconds is full.
    "tokens": [first, ask(page({"success": False, "error": "request over limit", "errorCode": 429}, 429, {"x-daily-ratelimit-token-remaining": "0", "x-ratelimit-reset": "2"}), cursor="eyJpZCI6Mn0")],
    "no-writing": [first, ask(page({"success": False, "error": "request over limit", "errorCode": 429}, 429, {"x-daily-requests-left": "0", "x-ratelimit-reset": "0"}), cursor="eyJpZCI6Mn0"),
                   ask(found(deal(2)), cursor="eyJpZCI6Mn0")],
    "limit-stays": 6 * [ask(page({"success": False, "error": "request over limit", "errorCode": 429}, 429, {"x-ratelimit-reset": "0"}))],
    "token": [ask(error(401, "unauthorized access", errorCode=401, error_info="Please check developers.pipedrive.com"))],
    "fault": [first, ask({**found(deal(2)), "reset": 20}, cursor="eyJpZCI6Mn0"), ask(found(deal(2)), cursor="eyJpZCI6Mn0")],
    "refused": [first, ask(page({"success": False, "error": "Scope and URL mismatch"}), cursor="eyJpZCI6Mn0")],
    "no-paging": [ask(page({"success": True, "data": [deal(1)]}))],
    "no-cursor": [ask(page({"success": True, "data": [deal(1)], "additional_data": {}}))],
    "same-cursor": [first, ask(found(deal(2), next="eyJpZCI6Mn0"), cursor="eyJpZCI6Mn0")],
    "persons": [ask(found({"id": 7, "name": "Ann Lee", "first_name": "Ann", "last_name": "Lee", "org_id": 3, "owner_id": 1, "marketing_status": "subscribed",
                           "emails": [{"value": "old@x.example", "primary": False, "label": "home"}, {"value": "ann@x.example", "primary": True, "label": "work"}],
                           "phones": [], **T}), "persons")],
    "organizations": [ask(found({"id": 3, "name": "Acme", "owner_id": 1, "address": {"value": "Main St 1", "country": "Germany"}, **T}), "organizations")],
    "stages": [ask(found({"id": 2, "order_nr": 1, "name": "Qualified", "is_deleted": False, "deal_probability": 100, "pipeline_id": 1,
                          "is_deal_rot_enabled": False, "days_to_rotten": None, **T}), "stages", sort={})],
    "first": [ask(found(deal(1)))],
    "later": [ask(found(deal(1), deal(2)), sort={"sort_by": "id", "sort_direction": "asc", "updated_since": "2026-11-02T09:50:00Z"})],
}
over = page({"success": False, "error": "request over limit", "errorCode": 429}, 429, {"Retry-After": "0", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2"})
SORT = {"sort_by": "id", "sort_direction": "asc"}
def listed(what, sort=SORT):
    return course(lambda n, answer: ask(answer, what, [None, "eyJ"][n - 1], sort), [{"id": i, **T} for i in (1, 2, 3)],
                  lambda records, next: found(*records, next="eyJ" if next else None), over, error(401, "unauthorized access"),
                  lambda answer: ask(answer, what, None, {**sort, "updated_since": "2026-11-02T09:50:00Z"}))

courses = {"deals": listed("deals"), "persons": listed("persons"), "organizations": listed("organizations"), "stages": listed("stages", {})}
script = play(plays, courses)
