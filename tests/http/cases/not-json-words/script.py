own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
first = get("/v1/contacts", {"limit": 2}, own, page({"results": [{"id": 1}], "paging": {"next": {"after": "c2"}}}))
def second(body):
    return [first, get("/v1/contacts", {"limit": 2, "after": "c2"}, own, page(body) if isinstance(body, str) else text(body, "application/json"))]

script = play({
    "deep": second('{"results": ' + "[" * 3000 + "]" * 3000 + "}"),
    "twice": second('{"results": [{"id": 2, "email": "ann@x.example", "id": 3}]}'),
    "surrogate": second('{"results": [{"id": "\\ud800"}]}'),
    "mark": second(b'\xef\xbb\xbf{"results": []}'),
    "latin": second(b'{"results": [{"id": "jos\xe9"}]}'),
    "cut": second('{"results": [')[:1] + [second('{"results": [')[1]] * 3,
    "words": second('{"results": [{"id": ann@x.example}]}'),
    "second": [get("/v1/lists/a/members", {"count": 2, "offset": 0}, own, page({"members": [{"id": 1}], "total_items": 1})),
               get("/v1/lists/b/members", {"count": 2, "offset": 0}, own, page('{"members": oops}'))],
}, {})
