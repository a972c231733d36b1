# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}


def ask(*changed, **since):
    return [get("/v1/changes", {"page": 1, **since}, own, page({"data": [{"id": i, "changed": at} for i, at in changed], "more": False}))]


# 1767261600123 is 2026-01-01T10:00:00.123Z.
script = play({"first": ask((1, 1767261000000), (2, 1767261600123)), "later": ask((2, 1767261600123), (3, 1767261600124), since="1767261000123")}, {})
