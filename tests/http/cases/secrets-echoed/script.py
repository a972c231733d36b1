# SPDX-License-Identifier: MIT
import os
code = "YW55OnQvaytuIG9mIGFjbWU9PQ=="
said = {"plain": "t/k+n of acme==", "encoded": "t%2Fk%2Bn%20of%20acme%3D%3D", "basic": code}[os.environ["PLAY"]]
script = [get("/leads", {}, {"Accept": "*/*", "Authorization": "Basic " + code}, page({"message": "no such key: " + said}, 403, {"X-RateLimit-Of": said}))]
