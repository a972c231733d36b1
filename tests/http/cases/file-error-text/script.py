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
    # Errors by other names; in the place of a record, with others behind it; records that have such a column, too.
    "exception": '{"exception":"java.lang.OutOfMemoryError","timestamp":"2026-11-01"}\n', "fault": lines + '{"fault":{"faultstring":"quota"}}\n',
    "odata": lines + '{"odata.error":{"code":"5","message":{"lang":"en","value":"timeout"}}}\n', "dotnet": lines + '{"Message":"An error has occurred."}\n',
    "inside": lines + '{"Error":"row 2 cannot be read"}\n' + lines, "inside-fault": lines + '{"errorMessage":"row 2","statusCode":500}\n' + lines,
    "inside-known": lines + '{"exception":"row 2"}\n' + lines, "known-error": lines + error,
    "sparse": '{"record_id":"1","error":""}\n{"error":"bounced"}\n{"record_id":"2","error":"none"}\n',
    "csv-table": "error,message\n504,query timed out\n", "csv-code": "Code,Message\n5,busy\n6,busy\n", "csv-error": "Error: no rows\nat line 5\n",
    "csv-sentence": "Error: the export failed, try later\n", "csv-table-named": "error,message\n504,query timed out\n",
    "csv-column": "email,error,message\na@acme.example,bounced,no such user\n",
}
play = os.environ["PLAY"]
lines_come = play in ("object", "problem", "fine", "log", "log-named", "graphql", "object-end", "text-end", "log-lines", "exception", "fault", "odata", "dotnet", "sparse",
                      "known-error") or play.startswith("inside")
kind = "application/x-ndjson" if lines_come else "text/csv"
generic = "GENERIC_COLUMNS" in os.environ
headers = {"Accept": kind, "Authorization": own["Authorization"]} if generic else {**own, "Accept": kind}
script = [get("/v1/export" if lines_come else "/v1/export.csv", {}, headers, text(plays[play].encode(), kind))]
