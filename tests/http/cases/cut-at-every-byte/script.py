# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
answer = page('{"results":[{"id":1},{"id":2}],"total":2}')
size = len(answer["body"])
def ask(**fault):
    return get("/v1/contacts", {}, own, {**answer, **fault})
faults = {"length": [{"cut": i} for i in range(size)], "chunks": [{"chunk_cut": i} for i in range(size + 1)],
          "neither": [{"cut": i, "no_length": True} for i in range(size)]}[os.environ["PLAY"]]
script = [ask(**f) for f in faults]
open("runs", "w").write(str(len(script)))
