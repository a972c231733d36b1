# SPDX-License-Identifier: MIT
import os
own = {"Accept": "application/json", "Authorization": "Bearer token-of-acme"}
rows = 'record_id,email\n1,a@acme.example\n'
lines = '{"record_id":"1","email":"a@acme.example"}\n'
error = '{"error":{"code":504,"message":"query timed out"}}\n'
plays = {
    "one-column": "Error: the export is not ready\n", "list": "email\n", "list-named": "email\n", "no-column": "Error,code\nbusy,5\n",
    "html": "\ufeff\n<!DOCTYPE html>\n<title>Sign in</title>\n", "json": '{"error":"busy","code":5}\n',
    "csv-end": rows + "Error: query timed out\n", "csv-end-accepted": rows + "2,b@acme.example\n", "footer": rows + "a,b,c\n",
    "object": error, "problem": '{"type":"about:blank","title":"Too busy","status":503,"detail":"come back"}\n',
    "fine": '{"code":0,"message":"ok"}\n', "log": '{"message":"hello","timestamp":"2026-01-01"}\n',
    "log-named": '{"message":"hello","timestamp":"2026-01-01"}\n', "graphql": '{"data":null,"errors":[{"message":"busy"}]}\n',
    "object-end": lines + error, "text-end": lines + "Error: query timed out\n", "log-lines": '{"message":"a"}\n{"message":"b"}\n',
}
play = os.environ["PLAY"]
lines_come = play in ("object", "problem", "fine", "log", "log-named", "graphql", "object-end", "text-end", "log-lines")
kind = "application/x-ndjson" if lines_come else "text/csv"
generic = "GENERIC_COLUMNS" in os.environ
headers = {"Accept": kind, "Authorization": own["Authorization"]} if generic else {**own, "Accept": kind}
script = [get("/v1/export" if lines_come else "/v1/export.csv", {}, headers, text(plays[play].encode(), kind))]
