# SPDX-License-Identifier: MIT
# https://developer.mautic.org/: #authorization (Basic), #contacts (List Contacts), #campaigns, #error-handling. As of 2026-11.
# Mautic itself has no limit; a proxy before it may answer 429.
import base64
own = {"Accept": "application/json", "Authorization": "Basic " + base64.b64encode(b"lint:hush").decode()}
def ask(answer, start=0, what="contacts"):
    return get("/api/" + what, {"start": start, "limit": 200, "orderBy": "id", "orderByDir": "asc"}, own, answer)

def contact(i, *utm):
    core = {"id": 2, "group": "core", "label": "Email", "alias": "email", "type": "email", "value": f"p{i}@x.example"}
    return {"id": i, "isPublished": True, "dateAdded": "2026-11-01T10:00:00+00:00", "dateModified": None, "owner": None, "points": 5, "lastActive": None, "tags": [{"tag": "vip"}, {"tag": "fair"}],
            "utmtags": list(utm), "stage": {"id": 1, "name": "lead"}, "fields": {"core": {"email": core}, "all": {"id": i, "email": f"p{i}@x.example", "firstname": "Ann", "lastname": "Lee", "company": None,
            "phone": None, "country": "Germany"}}}

def found(*records, total=None, name="contacts"):
    return page({"total": str(len(records) if total is None else total), name: {str(r["id"]): r for r in records} if records else []})

def error(status, message):
    return page({"errors": [{"code": status, "message": message, "details": []}]}, status)

first = ask(found(contact(1), total=2))
plays = {
    "pages": [first, ask(found(contact(1), contact(2), total=2))],
    "empty": [ask(found())],
    "limit": [first, ask(text("slow down", "text/plain", 429, {"Retry-After": "0"})), ask(found(contact(1), contact(2), total=2))],
    "token": [ask(error(401, "API authorization denied."))],
    "fault": [first, ask({**found(contact(1), contact(2), total=2), "cut": 30}), ask(found(contact(1), contact(2), total=2))],
    # 1 is deleted and 4 added behind the first page: 3 has moved up, and is on no page.
    "moved": [ask(found(contact(1), contact(2), total=4)), ask(found(contact(3), contact(4), total=4), 1)],
    # Mautic of a user who is signed out, or with its API switched off, in the words of the login page.
    "off": [ask(text("<html><title>Mautic</title>", "text/html; charset=UTF-8"))],
    "utm": [ask(found(contact(1, {"id": 1, "utmCampaign": "may", "utmSource": "google", "utmMedium": "cpc", "utmContent": None, "utmTerm": None},
                                 {"id": 2, "utmCampaign": "june", "utmSource": "Google", "utmMedium": "cpc", "utmContent": None, "utmTerm": "crm"}), contact(2)))],
    "campaigns": [ask(found({"id": 3, "name": "May", "description": None, "isPublished": True, "publishUp": None, "publishDown": None, "dateAdded": "2026-11-01T10:00:00+00:00", "dateModified": None},
                            name="campaigns"), what="campaigns")],
}
def listed(make, what="contacts", since=None):
    """since: the column that is compared, for streams of what is new or was changed."""
    def one(n, answer, day="1970-01-01"):
        where = {"where[0][col]": since, "where[0][expr]": "gte", "where[0][val]": day} if since else {}
        return get("/api/" + what, {"start": 0, "limit": 200, "orderBy": "id", "orderByDir": "asc", **where}, own, answer)
    return course(one, [make(1), make(2), make(3)], lambda records, next: found(*records, total=2 if records else 0, name=what),
                  text("slow down", "text/plain", 429, {"Retry-After": "0"}), error(401, "API authorization denied."), lambda answer: one(1, answer, "2026-11-01"), overlap=True)

def changed(i):
    return {**contact(i), "dateModified": "2026-11-01T12:00:00+00:00"}

courses = {
    "contacts": listed(contact),
    "contacts_added": listed(contact, since="date_added"),
    "contacts_changed": listed(changed, since="date_modified"),
    "contact_utm_tags": listed(lambda i: contact(i, {"id": i, "utmSource": "google"})),
    "campaigns": listed(lambda i: {"id": i, "name": "May"}, "campaigns"),
}
script = play(plays, courses)
