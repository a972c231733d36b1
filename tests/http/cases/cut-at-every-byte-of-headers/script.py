# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
answer = page('{"results":[{"id":1},{"id":2}],"total":2}')
size = len(answer["body"])
def ask(**fault):
    return get("/v1/contacts", {}, own, {**answer, **fault})
raw = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % size + answer["body"]
script = [ask(raw=raw[:i]) for i in range(len(raw))]
open("runs", "w").write(str(len(script)))
