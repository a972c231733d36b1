#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-ops.sh [PART...]: what contrib/ has for a nightly run: metrics, alerts and dashboard; cron, systemd, logrotate.
# Parts: metrics systemd cron logrotate.
. "$(dirname "$0")/run-common.sh"
mopslint=$build/test/mopslint
mkdir "$work/bin" && ln -s "$mopslint" "$work/bin/mopslint"
PATH=$work/bin:$PATH

# try NAME COMMAND...: succeeds; what it prints is shown if not.
try() {
    local name=$1
    shift
    if "$@" >"$work/log" 2>&1 </dev/null; then pass; else
        fail "$name"
        tail -n 20 "$work/log" | sed 's/^/    /'
    fi
}

metrics() {
    local demo=fixtures/demo own=tests/cli/prometheus
    "$mopslint" check -r $demo/taxonomy.yaml $demo/leads.csv $demo/campaigns.csv -q -f prometheus="$work/demo.prom" 2>"$work/err"
    "$mopslint" check -r $own/taxonomy.yaml --now 2026-11-22 --record lead $own/leads.csv --min-coverage 10 -q -f prometheus="$work/own.prom" 2>"$work/err"
    "$mopslint" check -r $own/taxonomy.yaml nowhere.csv -f prometheus="$work/died.prom" 2>"$work/err"
    "$mopslint" check -r $own/taxonomy.yaml --record lead $own/leads.csv --columns-as-given -q -f prometheus="$work/given.prom" 2>"$work/err"
    grep -q ' 3$' "$work/died.prom" && pass || fail 'metrics: of a run that died'
    if "$python" -c 'import yaml' 2>/dev/null; then
        try 'metrics: queries and page' "$python" tests/contrib/metrics.py "$work" "$work"/*.prom
    else skip 'metrics: no python3-yaml'; fi
    # One family's HELP is the same in every file, or the collector drops it.
    cat "$work"/*.prom | grep '^# HELP' | sort -u | cut -d' ' -f3 | uniq -d >"$work/twice"
    [ -s "$work/twice" ] && fail 'metrics: HELP differs between files' || pass
    if ! command -v promtool >/dev/null; then
        skip 'metrics: no promtool (Debian package prometheus)'
        return
    fi
    for file in "$work"/*.prom; do
        # It says what is wrong, or against the conventions, on standard error.
        try "promtool check metrics: $(basename "$file")" sh -c 'promtool check metrics <"$1" 2>&1 | awk "{ print; bad = 1 } END { exit bad }"' sh "$file"
    done
    [ -e "$work/queries.yaml" ] && try 'promtool: queries of the dashboard' promtool check rules "$work/queries.yaml"
    try 'promtool check rules' promtool check rules --lint=all --lint-fatal contrib/prometheus/alerts.yaml
    try 'promtool test rules' promtool test rules contrib/prometheus/alerts_test.yaml
}

for part in ${*:-metrics}; do "$part"; done
summary
