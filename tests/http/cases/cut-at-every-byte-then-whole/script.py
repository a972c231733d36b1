# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
answer = page('{"results":[{"id":1},{"id":2}],"total":2}')
size = len(answer["body"])
def ask(**fault):
    return get("/v1/contacts", {}, own, {**answer, **fault})
script = [ask(**fault) for i in range(size) for fault in ({"cut": i}, {})]
open("runs", "w").write(str(len(script) // 2))
