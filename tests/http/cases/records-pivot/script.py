# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
script = [
    get("/v1/people", {}, own, page({"data": [{"id": 1, "emails": [{"value": "old", "primary": False}, {"value": "new", "primary": True}], "fieldValues": [{"field": "6", "value": "x"}, {"field": "7", "value": "MQL"}], "tags": ["a", "b;c"], "labels": [1, "two"]}, {"id": 2, "emails": [], "tags": ["a"], "labels": [3.10]}]})),
]
