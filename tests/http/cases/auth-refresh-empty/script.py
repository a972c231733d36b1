# SPDX-License-Identifier: MIT
script = [
    post("/token", {"grant_type": "refresh_token", "refresh_token": "old", "client_id": "me", "client_secret": "hush"}, {"Accept": "application/json"}, page({"access_token": "A1", "refresh_token": ""}), form=True),
    get("/leads", {}, {"Accept": "*/*", "Authorization": "Zoho-oauthtoken A1"}, page({"data": [{"id": 1}]})),
]
