#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-schema.sh: the JSON report of the sample against its schema; every shipped taxonomy against what
# 'mopslint rules schema' prints; every structural error of tests/bad-rules and fixtures/lint refused by it; all of its
# keys documented; connector files the same way (connector_files.py).
. "$(dirname "$0")/run-common.sh"
mopslint=$build/test/mopslint
if ! "$python" -c 'import jsonschema, yaml' 2>/dev/null; then
    skip 'schema: no python3-jsonschema or python3-yaml'
    summary
fi
cat >"$work/validate.py" <<'PY'
import json, sys, yaml, jsonschema

class Text(yaml.SafeLoader):
    """mopslint reads scalars as text; only the empty, ~ and null ones have no value."""
Text.yaml_implicit_resolvers = {}
Text.add_implicit_resolver("tag:yaml.org,2002:null", __import__("re").compile(r"^(|~|null)$"), ["", "~", "n"])

schema = json.load(open(sys.argv[1], encoding="utf-8"))
check = jsonschema.validators.validator_for(schema)
check.check_schema(schema)
for path in sys.argv[2:]:
    text = open(path, encoding="utf-8")
    data = yaml.load(text, Text) if path.endswith((".yaml", ".yml")) else json.load(text)
    faults = list(check(schema).iter_errors(data))
    for f in faults[:10]:
        print(f"{path}: {'/'.join(map(str, f.absolute_path))}: {f.message[:200]}")
    if faults:
        sys.exit(1)
PY
validate() {
    if "$python" "$work/validate.py" "$@" >"$work/log" 2>&1; then pass; else
        fail "schema: ${*: -1}"
        tail -n 12 "$work/log" | sed 's/^/    /'
    fi
}

# The report's schema carries its name: contrib/mopslint.report-1.schema.json or the like.
for schema in contrib/schema/*report*.json; do
    if [ ! -e "$schema" ]; then skip 'schema: no contrib/*report*.json'; continue; fi
    for now in 2026-11-22T06:00:00Z 2030-01-01T00:00:00Z; do
        "$mopslint" check -r fixtures/demo/taxonomy.yaml --now $now -f json \
            fixtures/demo/leads.csv fixtures/demo/campaigns.csv >"$work/report.json" 2>"$work/err"
        validate "$schema" "$work/report.json"
        rm -f "$work/history"*
        for night in 2026-11-20T06:00:00Z $now; do # the second one says what changed
            "$mopslint" check -r fixtures/demo/taxonomy.yaml --now $night --history="$work/history" -f json \
                fixtures/demo/leads.csv fixtures/demo/campaigns.csv >"$work/report.json" 2>"$work/err"
        done
        validate "$schema" "$work/report.json"
    done
done
for config in "$top/tests/cli/doctor/mopslint.yaml" "$top/tests/cli/doctor-missing/all.yaml" nothing.yaml; do
    "$mopslint" doctor --config "$config" -f json >"$work/doctor.json" 2>"$work/err"
    validate contrib/schema/doctor.schema.json "$work/doctor.json"
done
# Settings: the examples of their page, every key that the program takes and no other, and what it refuses.
settings=contrib/schema/settings.schema.json
awk '/^```yaml file=(mopslint|every).yaml/ { sub(/.*file=/, ""); out = dir "/" $0; next } /^```/ { out = "" } out { print >out }' \
    dir="$work" contrib/settings.md
validate "$settings" "$work/mopslint.yaml" "$work/every.yaml" tests/cli/profile/mopslint.yaml tests/cli/config-options/settings.yaml
"$mopslint" check --help | sed -n 's/^ .*--\([a-z][a-z-]*\).*/\1/p' | grep -v '^help$' | sort -u >"$work/options"
{ echo 'check:'; sed 's/$/: {}/; s/^/  /' "$work/options"; } >"$work/all.yaml"
"$mopslint" check --config "$work/all.yaml" 2>&1 | sed -n "s/.*unknown setting '\([a-z-]*\)'.*/\1/p" | sort >"$work/refused"
comm -23 "$work/options" "$work/refused" >"$work/taken"
"$python" -c 'import json, sys; print(*sorted(json.load(open(sys.argv[1]))["properties"]["check"]["properties"]), sep="\n")' "$settings" |
    diff "$work/taken" - >"$work/log" && pass || { fail 'schema: options of the settings (<: not in it, >: no option)'; cat "$work/log"; }
while IFS= read -r option; do
    grep -q "^  $option: " "$work/every.yaml" || fail "contrib/settings.md: no example of '$option'"
done <"$work/taken"
for wrong in 'chekc: {}' 'check: {fial-on: never}' 'sources: leads.csv' 'sources: [{record: lead}]' 'profiles: [nightly]' \
    'profiles: {n: {profiles: {}}}' 'profiles: {n: {check: {quiet: perhaps}}}' 'check: {format: pdf}'; do
    printf '%s\n' "$wrong" >"$work/wrong.yaml"
    if "$python" "$work/validate.py" "$settings" "$work/wrong.yaml" >/dev/null 2>&1; then fail "schema: passes '$wrong'"; else pass; fi
    "$mopslint" check --config "$work/wrong.yaml" >/dev/null 2>"$work/err"
    if [ $? = 2 ] && grep -q 'config-' "$work/err"; then pass; else fail "settings: taken '$wrong'"; fi
done

if "$mopslint" rules schema >"$work/rules.json" 2>"$work/err"; then
    if "$python" tests/schema_keys.py "$work/rules.json" tests/bad-rules fixtures/lint >"$work/log" 2>&1; then pass; else
        fail 'schema: what it lets pass, or leaves without words'
        sed 's/^/    /' "$work/log"
    fi
    if "$python" tests/schema_agrees.py "$mopslint" "$work/rules.json" tests/schema/* >"$work/log" 2>&1; then pass; else
        fail 'schema: where the loader and the schema of rule files do not agree'
        sed 's/^/    /' "$work/log"
    fi
    for taxonomy in rules/*.yaml fixtures/demo/taxonomy.yaml tests/real/*/taxonomy.yaml; do
        [ -e "$taxonomy" ] && validate "$work/rules.json" "$taxonomy"
    done
else
    fail "schema: 'mopslint rules schema' exits $?"
fi
if "$python" tests/connector_files.py "$mopslint" src/exporters/connectors/*.yaml tests/http/[!l]*.yaml tests/foreign/*.yaml tests/bench/pages.yaml >"$work/log" 2>&1; then
    pass
else
    fail "schema: connector files and what 'mopslint fetch --schema' says of them"
    sed 's/^/    /' "$work/log"
fi

# The gate: what it writes of every example campaign, and briefs by their own schema.
for brief in fixtures/gate/[!t]*.yaml fixtures/gate/fail/*.yaml; do
    "$mopslint" gate -r fixtures/gate/taxonomy.yaml --now 2026-11-22 -f json "$brief" >"$work/gate.json" 2>"$work/err"
    validate contrib/schema/gate.schema.json "$work/gate.json"
done
"$mopslint" gate --links 'https://acme.example/?utm_source=google' -f json >"$work/gate.json" 2>"$work/err"
validate contrib/schema/gate.schema.json "$work/gate.json"
"$mopslint" gate --schema >"$work/brief.json"
"$mopslint" gate --init >"$work/init.yaml"
validate "$work/brief.json" "$work/init.yaml" fixtures/gate/[!t]*.yaml fixtures/gate/fail/*.yaml
validate "$work/rules.json" fixtures/gate/taxonomy.yaml
# Conditions: what the gate refuses by their words alone, the schema does too.
for wrong in 'touches: stategy' 'risk: lwo' 'risk: {not: [low, hgih]}' 'recurring: maybe' 'printed: 1' 'rsik: low' 'start: soon' \
    'channels: {min: 3}' 'budget: {min: many}' 'market: {given: perhaps}' 'market: []'; do
    printf 'mopslint: 1\nname: x\nextends: [gate]\ngate: {triggers: {a: {level: standard, because: b, when: {%s}}}}\n' "$wrong" >"$work/wrong.yaml"
    if "$python" "$work/validate.py" "$work/rules.json" "$work/wrong.yaml" >/dev/null 2>&1; then fail "schema: passes '$wrong'"; else pass; fi
    "$mopslint" gate -r "$work/wrong.yaml" --links https://acme.example/ >/dev/null 2>"$work/err"
    if [ $? = 2 ] && grep -q "wrong.yaml:4:" "$work/err"; then pass; else fail "gate: takes '$wrong'"; fi
done
if "$python" tests/brief_schema.py "$work/brief.json" "$mopslint" >"$work/log" 2>&1; then pass; else
    fail 'schema: what that of briefs lets pass, or leaves without words'
    sed 's/^/    /' "$work/log"
fi
summary
