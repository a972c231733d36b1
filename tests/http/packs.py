#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""packs.py MOPSLINT: every stream that names a `record`, under every shipped pack that has such a record type: a healthy
record, with a value at each place that the connector file reads, must pass. A line for each: the record type and how it was found, and which fields that the pack needs the vendor does not have
(src/exporters/connectors/vendors.md says so, too). "FAILS" must stand nowhere."""

import http.server
import json
import os
import subprocess
import sys
import threading

import yaml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
NOW = "2026-11-22T12:00:00Z"
# Packs of one vendor's own words.
OF_VENDOR = {"hubspot-lifecycle": "hubspot", "salesforce-lifecycle": "salesforce"}
# How the vendors write times.
TIMES = {"hubspot": "T10:00:00.000Z", "salesforce": "T10:00:00.000+0000", "meta": "T10:00:00+0000", "zoho": "T10:00:00+02:00",
         "activecampaign": "T10:00:00-05:00", "mailchimp": "T10:00:00+00:00", "mautic": "T10:00:00+00:00"}
VALUES = {
    "email": "dana@contoso.com", "first_name": "Dana", "last_name": "Miller", "name": "May launch", "company": "Contoso", "phone": "+49 30 901820",
    "country": "DE", "lead_source": "ORGANIC_SEARCH", "owner": "77", "spend": "120.50", "amount": "1200.00", "domain": "contoso.com",
    "is_converted": "false", "deleted": "0", "opted_out": "false", "converted_at": "", "url": "https://contoso.com/may", "url_tags": "",
    "utm_source": "google", "utm_medium": "cpc", "utm_campaign": "may-launch", "utm_content": "a", "utm_term": "shoes", "utm_id": "m1",
    "landing_url": "https://contoso.com/may", "landing_referrer": "https://www.google.com/", "lifecycle_stage": "lead", "status": "Open - Not Contacted",
    "mql_at": "", "sql_at": "", "opportunity_at": "", "customer_at": "", "close_date": "2026-12-31", "stage": "Prospecting"}


def healthy(connector, column):
    if column in VALUES:
        return VALUES[column]
    return "2026-11-02" + TIMES.get(connector, "T10:00:00Z") if column.endswith("_at") else "7"


def put(record, pointer, value):
    """`value` at an RFC 6901 pointer; * and numbers stand for the first item of a list."""
    names = [t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:]]
    for i, name in enumerate(names):
        more = names[i + 1] if i + 1 < len(names) else None
        empty = value if more is None else [] if more in ("*", "0") else {}
        if name in ("*", "0"):
            if not record:
                record.append(empty)
            record = record[0]
        elif more is None:
            record[name] = value
        else:
            record = record.setdefault(name, empty)


def place(field):
    return (field, None, {}) if isinstance(field, str) else (field.get("at") or field["parent"], field.get("take"), field.get("where", {}))


def answer(connector, stream):
    """A page with one healthy record, and what ends it."""
    record = {}
    paths = [(p, "0") for p in [stream.get("primary_key"), stream.get("incremental", {}).get("cursor_field")] if p]
    for pointer, value in paths:
        put(record, pointer, "7" if pointer == stream.get("primary_key") else "2026-11-02T10:00:00Z")
    for column, field in stream["fields"].items():
        pointer, take, where = place(field)
        if not pointer.endswith("/*"):
            put(record, pointer, healthy(connector, column))
            continue
        items = record
        for name in pointer.split("/")[1:-1]:
            items = items.setdefault(name, [] if name == pointer.split("/")[-2] else {})
        item = {}
        for at, text in where.items():
            put(item, at, text)
        put(item, take, healthy(connector, column)) if take else None
        items.append(item if take else healthy(connector, column))
    page = {"instance_url": BASE, "api_domain": BASE, "access_token": "t", "token_type": "Bearer", "expires_in": 3600}
    selector = stream["record_selector"]
    if selector.get("expand"):
        put(record, selector["expand"], {k: v for k, v in record.items()})
    put(page, selector["records"], record)
    pages = stream["paginator"]
    for key, value in (("always", {}), ("with_records", {}), ("total", 1), ("has_more", False), ("done", True)):
        if key in pages and not (key == "always" and pages.get("done") == pages[key]):
            put(page, pages[key], value)
    return page


class Vendor(http.server.BaseHTTPRequestHandler):
    page = {}

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.dumps(Vendor.page).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET


def load(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as f:
        return yaml.safe_load(f)


def words(value):
    return value if isinstance(value, list) else [value] if value else []


def judge(mopslint, env, source, pack, types):
    """What the report says of the source: the record type, the needed fields that have no column, and what fails beside them."""
    without = ["--without", "campaign"] if "campaign" in types and not source.endswith("campaigns") else []
    got = subprocess.run([mopslint, "check", "-r", pack, source, "--now", NOW, "--fail-on", "never", "-q", "-f", "json=r.json", *without],
                         env=env, capture_output=True, text=True)
    if got.returncode > 1:
        return f"FAILS {got.stderr.strip()}"
    with open("r.json", encoding="utf-8") as f:
        report = json.load(f)
    read = report["sources"][0]
    said = f"{read['record']}, {read['how']}"
    if got.returncode:
        return said + ("; nothing to judge" if not report["types"][0]["assessed"] else f"; exit {got.returncode}")
    missing = [c["field"] for c in report["columns_not_found"] if c["expected"]]
    fails = [r["id"] for r in report["rules"] if r.get("failed") and r["severity"] == "error" and (r["field"] not in missing if r["field"] else not missing)]
    return said + ("; no column for " + " ".join(missing) if missing else "") + (" FAILS " + " ".join(fails) if fails else "")


def main():
    packs = {f[:-5]: {name: r.get("kind", name) for name, r in load("rules", f).get("records", {}).items()}
             for f in sorted(os.listdir(os.path.join(ROOT, "rules"))) if f.endswith(".yaml")}
    for file in sorted(os.listdir(os.path.join(ROOT, "src/exporters/connectors"))):
        if not file.endswith(".yaml"):
            continue
        connector = load("src/exporters/connectors", file)
        name = connector["name"]
        env = {**os.environ, **{c["env"]: "x" for c in connector["config"].values() if "default" not in c}}
        for c in connector["config"].values():
            if "https://" in c.get("description", "") or "https://" in c.get("default", ""):
                env[c["env"]] = BASE
        env["MAILCHIMP_AUDIENCES"] = "x"
        for stream, s in connector["streams"].items():
            for pack, types in packs.items():
                if not set(words(s.get("record"))) & (set(types) | set(types.values())) or OF_VENDOR.get(pack, name) != name:
                    continue
                Vendor.page = answer(name, s)
                print(f"{name}:{stream} {pack}: {judge(sys.argv[1], env, f'{name}:{stream}', pack, types)}".replace(BASE, "BASE"), flush=True)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
BASE = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
main()
