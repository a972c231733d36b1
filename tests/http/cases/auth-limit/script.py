# SPDX-License-Identifier: MIT
import os
def token(answer):
    return post("/token", {"grant_type": "refresh_token", "refresh_token": "old", "client_id": "me", "client_secret": "hush"}, {"Accept": "application/json"}, answer, form=True)
script = {
    "wait": [token(page({}, 429, {"Retry-After": "1"})), token(page({"access_token": "A1"})),
             get("/leads", {}, {"Accept": "*/*", "Authorization": "Zoho-oauthtoken A1"}, page({"data": [{"id": 1}]}))],
    "down": [token(page({}, 500))] * 3,
    "limit": [token(page({}, 429))] * 3,
    "day": [token(page({}, 503, {"Retry-After": "7200"}))],
}[os.environ["PLAY"]]
