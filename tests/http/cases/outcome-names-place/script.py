# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}


def ask(name, offset, answer):
    return get(f"/v1/lists/{name}/members", {"count": 2, "offset": offset}, own, answer)


def members(total, *items):
    return page({"members": list(items), "total_items": total})


first = [ask("a", 0, members(1, {"id": 1})), ask("b", 0, members(4, {"id": 2}, {"id": 3}))]
script = play({
    "record": first + [ask("b", 2, members(4, {"id": 4}, "five"))],
    "status": first + [ask("b", 2, page({"message": "no such list"}, 403))],
    "answer": first + [ask("b", 2, text("<html>", "application/json"))],
    "total": first + [ask("b", 2, members(4))],
    "long": [first[0], ask("much%2Ftoo%2Blong_to_be_shown_in_whole_by_a_message", 0, members(1))],
}, {})
