# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
answer = page('{"results":[{"id":1},{"id":2}],"total":2}')
size = len(answer["body"])
def ask(**fault):
    return get("/v1/contacts", {}, own, {**answer, **fault})
again = [{}] if os.environ.get("THEN") else []
script = [ask(**fault) for i in range(size) for fault in [{"reset": i}] + again]
open("runs", "w").write(str(len(script) // (1 + len(again))))
