# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer hush-hush"}
def ask(last, after, answer):
    body = {"filter": [{"key": "id", "above": last}], "fields": ["id", "email"], "limit": 2, "exact": True, "ratio": 1.50, "text": "1"}
    return post("/v1/search", {**body, **({"after": after} if after else {})}, own, answer)
script = {
    "search": [ask("0", "", page({"results": [{"id": 1, "email": "ann@x.example"}], "after": "ann@x.example", "total": 2}, headers={"X-RateLimit-Remaining": "99", "X-Person": "ann@x.example"})),
               ask("0", "ann@x.example", page({"results": [{"id": 2, "email": "bo@x.example"}], "total": 2}))],
    "words": [ask("0", "", page({"message": "no access for hush-hush"}, 403))],
    "next": [get("/v1/posts", {}, own, page([{"id": 1}], headers={"Link": f'<{BASE}/v1/posts?access_token=hush-hush&p=2>; rel="next"'})),
             get("/v1/posts", {"access_token": "hush-hush", "p": "2"}, own, page([{"id": 2}]))],
    "path": [get("/v1/posts", {}, own, page([{"id": 1}], headers={"Link": '</v1/posts/PAGETOKEN/20>; rel="next"'})),
             get("/v1/posts/PAGETOKEN/20", {}, own, page([{"id": 2, "hush-hush": 1}]))],
    "away": [get("/v1/export.csv", {}, {**own, "Accept": "text/csv"}, status(302, {"Location": f"http://localhost:{PORT}/signed/s3cret/file?sig=s3cret"})),
             get("/signed/s3cret/file", {"sig": "s3cret"}, {"Accept": "*/*"}, text("id\n1\n", "text/csv"))],
}[os.environ["PLAY"]]
