# SPDX-License-Identifier: MIT
import base64, json, os, urllib.parse
token = os.environ["ACME_TOKEN"]
play = os.environ["PLAY"]
ask = {"Accept": "*/*", "Authorization": "Basic " + base64.b64encode(("any:" + token).encode()).decode()}
inner = json.dumps(token, ensure_ascii=False)
said = {"json": inner, "slash": inner.replace("/", "\\/"), "unicode": json.dumps(token).replace("/", "\\u002F"),
        "lower": urllib.parse.quote(token, "").replace("%2F", "%2f"), "plus": urllib.parse.quote_plus(token)}
if play in said:
    script = [get("/leads", {}, ask, page({"message": "not understood: " + said[play]}, 400))]
elif play == "type":
    script = [get("/leads", {}, ask, text("x", "text/html; charset=a-charset-of-sixty-bytes-" + urllib.parse.quote(token, "")))]
else:
    made = "/leads?anna%40private.example=1&bo@private.example&page=2&0123456789abcdef=1"
    script = [get("/leads", {}, ask, status(302, {"Location": made})),
              get("/leads", {"anna@private.example": 1, "bo@private.example": "", "page": 2, "0123456789abcdef": 1}, ask, page({"data": [{"id": 1}]}))]
