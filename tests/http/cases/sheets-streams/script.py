# SPDX-License-Identifier: MIT
# https://support.google.com/docs/answer/183965 (publish to the web), export?format=csv of a shared sheet;
# both answer 307 to googleusercontent.com, and a sheet that is not shared with a login page. As of 2026-11.
own = {"Accept": "text/csv"}
def ask(answer, path="/spreadsheets/d/1AbC/export", query={"format": "csv", "gid": 7}):
    return get(path, query, own, answer)

def sheet(body, **fault):
    return text(body, "text/csv", headers={"Content-Disposition": 'attachment; filename="Campaigns.csv"'}, **fault)

rows = "utm_campaign,utm_source\r\nmay,google\r\njune,\"bing, ads\"\r\n"
plays = {
    "shared": [ask(sheet(rows))],
    "empty": [ask(sheet("utm_campaign,utm_source\r\n"))],
    "redirect": [ask(status(307, {"Location": f"http://localhost:{PORT}/export/54/1AbC?format=csv&gid=7"})), get("/export/54/1AbC", {"format": "csv", "gid": 7}, {"Accept": "*/*"}, sheet(rows))],
    "limit": [ask(text("Sorry", "text/html", 429, {"Retry-After": "0"})), ask(sheet(rows))],
    "private": [ask(text("<!doctype html><title>Google Sheets: Sign-in</title>", "text/html; charset=utf-8"))],
    "fault": [ask(sheet(rows, cut=30)), ask(sheet(rows))],
    "gone": [ask(text("<html>Page not found", "text/html; charset=utf-8", 404))],
    "published": [ask(sheet(rows), "/spreadsheets/d/e/1AbC/pub", {"gid": 7, "single": "true", "output": "csv"})],
}

def filed(*place):
    limit, login = text("Sorry", "text/html", 429, {"Retry-After": "0"}), text("<!doctype html><title>Google Sheets: Sign-in</title>", "text/html; charset=utf-8")
    return {"pages": [ask(sheet(rows), *place)], "empty": [ask(sheet("utm_campaign,utm_source\r\n"), *place)], "limit": [ask(limit, *place), ask(sheet(rows), *place)],
            "token": [ask(login, *place)], "fault": [ask(sheet(rows, cut=30), *place), ask(sheet(rows), *place)]}

courses = {"shared": filed(), "published": filed("/spreadsheets/d/e/1AbC/pub", {"gid": 7, "single": "true", "output": "csv"})}
script = play(plays, courses)
