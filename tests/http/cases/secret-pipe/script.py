# SPDX-License-Identifier: MIT
def token(refresh, access, new):
    return post("/token", {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": "me", "client_secret": "hush"}, {"Accept": "application/json"}, page({"access_token": access, "refresh_token": new}), form=True)


def ask(access, answer):
    return get("/leads", {}, {"Accept": "*/*", "Authorization": "Zoho-oauthtoken " + access}, answer)


script = [token("old", "A1", "new"), ask("A1", status(401)), token("new", "A2", "newer"), ask("A2", page({"data": [{"id": 1}]}))]
