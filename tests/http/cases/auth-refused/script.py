# SPDX-License-Identifier: MIT
script = [
    post("/token", {"grant_type": "refresh_token", "refresh_token": "old", "client_id": "me", "client_secret": "hush"}, {"Accept": "application/json"}, page({"error": "invalid_grant", "error_description": "old is revoked"}, 400), form=True),
]
