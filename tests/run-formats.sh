#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-formats.sh: what -f writes for CI platforms, of sound and of hostile data, against the platforms'
# schemas in ../shared/schemas (or MOPSLINT_SCHEMAS) and what they ask for beyond them.
. "$(dirname "$0")/run-common.sh"
schemas=${MOPSLINT_SCHEMAS:-$top/../shared/schemas}
if [ ! -e "$schemas/windyroad-JUnit.xsd" ]; then
    skip "formats: no schemas in $schemas"
    summary
elif ! "$python" -c 'import jsonschema' 2>/dev/null || ! command -v xmllint >/dev/null; then
    skip 'formats: no python3-jsonschema or no xmllint (libxml2-utils)'
    summary
fi
PATH=$build/test:$PATH

# formats NAME WANTED-EXIT FORMAT... -- COMMAND...: each format into a file of its own, all validated.
formats() {
    local name=$1 wanted=$2 files=() options=() rc
    shift 2
    while [ "$1" != -- ]; do
        local kind=$1
        [ "$kind" = json ] && kind=problems
        rm -f "$work/$name.$kind"
        files+=("$work/$name.$kind") options+=(-f "$1=$work/$name.$kind")
        shift
    done
    shift
    timeout 120 "$@" "${options[@]}" >"$work/log" 2>&1
    rc=$?
    if [ "$rc" -ne "$wanted" ]; then
        fail "formats: $name: exit status $rc"
    elif ! "$python" tests/formats/validate.py "$schemas" "${files[@]}" >"$work/log" 2>&1; then
        fail "formats: $name"
    elif ! "$python" tests/formats/agree.py "${files[@]}" >"$work/log" 2>&1; then
        fail "formats: $name: they do not agree"
    else
        pass
        return
    fi
    tail -n 12 "$work/log" | sed 's/^/    /'
}
check=(sarif junit github gitlab --)

now='--now 2026-11-22T06:00:00Z'
formats demo 1 "${check[@]}" mopslint check -r fixtures/demo/taxonomy.yaml $now fixtures/demo/leads.csv fixtures/demo/campaigns.csv
formats late 1 "${check[@]}" mopslint check -r fixtures/demo/taxonomy.yaml --now 2030-01-01T00:00:00Z --fail-on warning \
    --min-confidence 99 fixtures/demo/leads.csv fixtures/demo/campaigns.csv
for target in 10 100; do # the target decides, not the finding
    printf '%s\n' 'mopslint: 1' 'name: t' 'records: {lead: {key: id, fields: {id: , source: {values: [google]}}}}' \
        "reports: [{name: Leads, target: $target, needs: {lead: {fields: [source]}}}]" >"$work/target.yaml"
    printf 'id,source\n1,google\n2,bing\n' >"$work/target.csv"
    formats "target-$target" $((target > 50)) "${check[@]}" env -C "$work" mopslint check -r target.yaml $now --record lead target.csv
done
for brief in fixtures/gate/*.yaml fixtures/gate/fail/*.yaml; do
    [ "$brief" = fixtures/gate/taxonomy.yaml ] && continue
    mopslint gate -r fixtures/gate/taxonomy.yaml $now "$brief" -q >/dev/null 2>&1
    rc=$?
    formats "gate-$(basename "$brief" .yaml)" "$rc" "${check[@]}" mopslint gate -r fixtures/gate/taxonomy.yaml $now "$brief"
done
printf 'url\n::set-output name=x::y\n"<script>]]>&amp;\x1b[31m"\njavascript:alert(1)\n' >"$work/links.csv"
formats gate-hostile 1 "${check[@]}" env -C "$work" mopslint gate --links links.csv $now
"$python" tests/formats/hostile.py "$work"
hostile() {
    formats "$1" "$2" "${check[@]}" env -C "$work" mopslint check -r taxonomy.yaml $now --record lead "$3"
}
hostile values 1 'le ads,100%#[x].csv'
hostile many 1 many.csv
hostile bytes 1 bytes.csv
hostile broken 3 broken.csv
formats shown 1 "${check[@]}" env -C "$work" mopslint check -r taxonomy.yaml $now --show-values --record lead 'le ads,100%#[x].csv' many.csv
for folder in fixtures/findings/*/; do
    name=$(basename "$folder")
    for source in "$folder"fires.*; do
        mopslint check -r "$folder/taxonomy.yaml" $now "$source" -q >/dev/null 2>&1
        rc=$?
        [ $rc -eq 2 ] || formats "fires-$name" $rc "${check[@]}" mopslint check -r "$folder/taxonomy.yaml" $now "$source"
    done
done
# A pull request made of the fixtures, and of the rule files that do not load.
every=(text json sarif junit github gitlab markdown --)
formats lint-packs 0 "${every[@]}" mopslint rules lint $now rules/*.yaml
formats lint-all 2 "${every[@]}" mopslint rules lint $now fixtures/lint/*/bad.yaml
formats lint-bad 2 "${every[@]}" mopslint rules lint $now tests/bad-rules/*/rules.yaml
formats lint-hostile 1 "${every[@]}" env -C "$work" mopslint rules lint $now taxonomy.yaml
formats test-packs 0 "${every[@]}" mopslint rules test $now rules/*.yaml
formats test-hostile 1 "${every[@]}" env -C "$work" mopslint rules test $now taxonomy.yaml
summary
