# SPDX-License-Identifier: MIT
script = [
    post("/token", {"grant_type": "refresh_token", "refresh_token": "old", "client_id": "me", "client_secret": "hush"}, {"Accept": "application/json"}, page({"access_token": "A1", "refresh_token": "new"}), form=True),
    get("/leads", {}, {"Accept": "*/*", "Authorization": "Zoho-oauthtoken A1"}, page({"data": [{"id": 1}], "next": "b"})),
    get("/leads", {"after": "b"}, {"Accept": "*/*", "Authorization": "Zoho-oauthtoken A1"}, page({"code": "INVALID_TOKEN"}, 401)),
    post("/token", {"grant_type": "refresh_token", "refresh_token": "new", "client_id": "me", "client_secret": "hush"}, {"Accept": "application/json"}, page({"access_token": "A2", "refresh_token": "newest"}), form=True),
    get("/leads", {"after": "b"}, {"Accept": "*/*", "Authorization": "Zoho-oauthtoken A2"}, page({"data": [{"id": 2}]})),
]
