# SPDX-License-Identifier: MIT
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
import os
play = os.environ["PLAY"]
word = {"True": "True", "yes": "Yes", "2": 2, "2.5": 2.5, "null": None, "False": "FALSE", "no": "no", "0": 0, "empty": "", "later": "later", "list": [],
        "done-yes": "yes", "done-0": 0, "done-empty": "", "done-soon": "soon"}[play]
first, second, third = {"rows": [{"id": 1}]}, {"rows": [{"id": 2}]}, {"rows": []}
if play.startswith("done"):
    script = [get("/v1/rows", {"page": 1}, own, page({**first, "done": word}))]
    if play == "done-0":
        script += [get("/v1/rows", {"page": 2}, own, page({**second, "done": 1}))]
else:
    script = [get("/v1/rows", {"offset": 0}, own, page({**first, "more": word}))]
    if play in ("True", "yes", "2"):
        script += [get("/v1/rows", {"offset": 1}, own, page({**second, "more": False}))]
    if play == "null":
        script += [get("/v1/rows", {"offset": 1}, own, page(second)), get("/v1/rows", {"offset": 2}, own, page(third))]
