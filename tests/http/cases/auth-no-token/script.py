# SPDX-License-Identifier: MIT
import os
answer = {"none": {"token_type": "Bearer"}, "empty": {"access_token": "", "refresh_token": ""}, "two": {"access_token": "A\r\nX-Evil: 1"}, "base": {"access_token": "A1"}}[os.environ["PLAY"]]
script = [post("/token", {"grant_type": "refresh_token", "refresh_token": "old", "client_id": "me", "client_secret": "hush"}, {"Accept": "application/json"}, page(answer), form=True)]
