# SPDX-License-Identifier: MIT
mails = [{"value": "a@x.example", "main": True}]
good = [{"tags": ["a", "b"], "mails": mails, "stage": {"name": "lead"}, "phones": ["1", "2"]}, {"tags": {"1": "a"}, "mails": {"1": mails[0]}},
        {"tags": [], "mails": [None], "stage": [], "phones": []}, {"tags": "", "mails": False, "stage": None}]
lost = [{"tags": "b"}, {"tags": 7}, {"mails": "a@x.example"}, {"mails": [*mails, "b@x.example"]}, {"stage": [{"name": "sql"}]}]
script = [get("/rows", {}, {"Accept": "application/json"}, page({"rows": [{"id": i, **r} for i, r in enumerate(good + lost)]}))]
