# SPDX-License-Identifier: MIT
# RFC 8288 (Link), RFC 6585 (429), RFC 6750 (401 with invalid_token). NDJSON has no RFC: application/x-ndjson as of ndjson-spec 1.0.
expired = status(401, {"WWW-Authenticate": 'Bearer error="invalid_token", error_description="The access token expired"'})
limited = status(429, {"Retry-After": "0"})

def ask(accept, answer, query={}):
    return get("/", query, {"Accept": accept, "Authorization": "Bearer q"}, answer)

def json_page(records, next):
    return page(records, headers={"Link": f'<{BASE}/?page=1>; rel="first", <{BASE}/?page=2>; rel="next"' if next else f'<{BASE}/?page=1>; rel="first"'})

def filed(kind, whole, empty):
    cut = {**text(whole, kind), "cut": len(whole) - 3}
    return {"pages": [ask(kind, text(whole, kind))], "empty": [ask(kind, text(empty, kind))], "limit": [ask(kind, limited), ask(kind, text(whole, kind))],
            "token": [ask(kind, expired)], "fault": [ask(kind, cut), ask(kind, text(whole, kind))]}

courses = {
    "json": course(lambda n, answer: ask("application/json", answer, {"page": 2} if n == 2 else {}), [{"id": 1}, {"id": 2}, {"id": 3}], json_page, limited, expired),
    "csv": filed("text/csv", "id,name\r\n1,Ann\r\n2,Bob\r\n", "id,name\r\n"),
    "ndjson": filed("application/x-ndjson", '{"id": 1}\n{"id": 2}\n', ""),
}
script = play({}, courses)
