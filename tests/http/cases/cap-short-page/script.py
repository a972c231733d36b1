# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
def search(above, after, found, total):
    body = {"filter": [{"key": "id", "above": above}], "fields": ["id", "email"], "limit": 2, "exact": True, "ratio": 1.5, "text": "1"}
    if after:
        body["after"] = after
    answer = {"results": [{"id": i, "email": "e"} for i in found], "total": total}
    if found and total > len(found):
        answer["after"] = str(int(after or 0) + 2)
    return post("/v1/search", body, own, page(answer))
script = [search("0", "", ["1"], 5), search("0", "2", ["2", "3"], 5), search("3", "", ["4", "5"], 2)]
