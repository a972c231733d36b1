#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-ops.sh [PART...]: what contrib/ has for a nightly run: metrics, alerts and dashboard; cron, systemd, logrotate.
# Parts: metrics systemd cron logrotate installed.
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

# The units with the program under test in place of the installed one.
units() {
    mkdir -p "$work/units" && cp contrib/systemd/mopslint@.timer "$work/units" &&
        sed "s|^ExecStart=/usr/local/bin/mopslint |ExecStart=$mopslint |" contrib/systemd/mopslint@.service >"$work/units/mopslint@.service"
}

systemd() {
    local readme=contrib/systemd/README.md figure
    ! grep -v '^#' contrib/systemd/secrets.env | grep -q . && pass || fail 'secrets.env: holds something'
    # What the comments say has to be what a connector asks for.
    "$mopslint" fetch --list >"$work/list"
    sed -n 's/^#\([A-Z_]*\)_FILE=.*/\1/p' contrib/systemd/secrets.env >"$work/names"
    [ -s "$work/names" ] || fail 'secrets.env: no example'
    while IFS= read -r name; do
        grep -q "^ *$name: " "$work/list" && pass || fail "secrets.env: no connector asks for $name"
    done <"$work/names"
    sed "s|/var/lib|$work|; s|taxonomy.yaml|$top/fixtures/demo/taxonomy.yaml|" contrib/systemd/mopslint.yaml >"$work/mopslint.yaml"
    mkdir -p "$work/mopslint/reports" "$work/mopslint/exports" "$work/prometheus/node-exporter"
    cp fixtures/demo/leads.csv "$work/mopslint/exports/leads-1.csv"
    "$mopslint" check --config "$work/mopslint.yaml" --profile nightly --without campaign >"$work/log" 2>&1
    if [ $? = 1 ] && [ -s "$work/mopslint/reports/nightly.html" ] && [ -s "$work/mopslint/nightly.history" ] &&
        [ -s "$work/prometheus/node-exporter/mopslint-nightly.prom" ] && ! [ -s "$work/log" ]; then pass; else
        fail 'systemd: the example of settings'
        cat "$work/log"
    fi
    if ! command -v systemd-analyze >/dev/null; then
        skip 'systemd: no systemd-analyze'
        return
    fi
    units
    # It says what it ignores on standard error, with exit status 0.
    try 'systemd-analyze verify' sh -c 'cd "$1" && systemd-analyze verify --man=no ./mopslint@.service ./mopslint@.timer 2>&1 |
        awk "/mopslint/ { print; bad = 1 } END { exit bad }"' sh "$work/units"
    try 'systemd-analyze calendar' sh -c "systemd-analyze calendar \"\$(sed -n 's/^OnCalendar=//p' contrib/systemd/mopslint@.timer)\""
    (cd "$work/units" && systemd-analyze security --offline=true --no-pager ./mopslint@.service) >"$work/log" 2>&1
    figure=$(grep -o 'Overall exposure level for .*: [0-9.]* [A-Z]*' "$work/log")
    case $figure in '') fail 'systemd-analyze security gives no figure'; tail -n 5 "$work/log" ;; esac
    if ! systemd-analyze --version | grep -q '^systemd 252 '; then
        skip "systemd: the README's figure is that of systemd 252; here: $figure"
    else
        if grep -qF "$figure" "$readme"; then pass; else fail "$readme: the figure is '$figure'"; fi
        # shellcheck disable=SC2016
        less_exposed 'PrivateNetwork=yes`: ' '$aPrivateNetwork=yes'
        # shellcheck disable=SC2016
        less_exposed 'RestrictAddressFamilies=AF_UNIX` as well: ' 's/^RestrictAddressFamilies=.*/RestrictAddressFamilies=AF_UNIX/'
    fi
}

# less_exposed WORDS CHANGE: after the change (of sed) the figure is what the README has after these words.
less_exposed() {
    local figure
    sed -i "$2" "$work/units/mopslint@.service"
    figure=$(cd "$work/units" && systemd-analyze security --offline=true --no-pager ./mopslint@.service 2>/dev/null |
        sed -n 's/.*Overall exposure level for .*: \([0-9.]*\) .*/\1/p')
    if [ "$figure" ] && grep -qF "$1$figure" contrib/systemd/README.md; then pass; else
        fail "contrib/systemd/README.md: after '$1' the figure is '$figure'"
    fi
}

# Units, crontab and script of an installation elsewhere name what is there, and run.
installed() {
    local there=$work/opt/it/share/mopslint/contrib
    try 'install-ops' make -s install-ops prefix="$work/opt/it"
    if grep -rn '/usr/local/' "$there" >"$work/log"; then fail 'installed: names another place'; cat "$work/log"; else pass; fi
    for schema in contrib/schema/*; do cmp -s "$schema" "$there/schema/${schema##*/}" && pass || fail "installed: $schema"; done
    mkdir -p "$work/opt/it/bin" "$work/there" && ln -sf "$mopslint" "$work/opt/it/bin/mopslint"
    grep -qx "ExecStart=$work/opt/it/bin/mopslint check .*" "$there/systemd/mopslint@.service" && pass || fail 'installed: ExecStart'
    grep -q "^PATH=$work/opt/it/bin:" "$there/cron/mopslint.cron" && pass || fail 'installed: PATH of the crontab'
    printf 'id,source\nL-1,google\n' >"$work/there/leads.csv"
    printf 'mopslint: 1\nname: t\nrecords: {lead: {key: id, fields: {id: {}, source: {values: [google]}}}}\n' >"$work/there/t.yaml"
    printf 'rules: [t.yaml]\nprofiles:\n  nightly: {sources: [%s/there/leads.csv]}\n' "$work" >"$work/there/mopslint.yaml"
    # The command of the crontab as cron runs it: no PATH that knows the program.
    try 'installed: the command of the crontab' env -i PATH=/usr/bin:/bin MOPSLINT_ETC="$work/there" MOPSLINT_STATE="$work/there" \
        MOPSLINT_LOG="$work/there/log" sh -c "$(sed -n 's/^30 1 \* \* \* mopslint //p' "$there/cron/mopslint.cron")"
    grep -q 'nightly exit 0' "$work/there/log" && pass || fail 'installed: no line of its run'
}

cron() {
    local script=$top/contrib/cron/mopslint-cron
    # Five fields of time, a user, the installed script with a profile.
    awk '/^[0-9*]/ { if (NF == 8 && $6 == "mopslint" && $7 ~ "/share/mopslint/contrib/cron/mopslint-cron$") n++ } END { exit n != 1 }' \
        contrib/cron/mopslint.cron && pass || fail 'mopslint.cron: its line'
    tail -c 1 contrib/cron/mopslint.cron | od -c | grep -q '\\n' && pass || fail 'mopslint.cron: cron reads no line without its end'
    case $(stat -c %a "$script") in *[157]) pass ;; *) fail 'mopslint-cron cannot be run' ;; esac
    mkdir -p "$work/etc" "$work/state"
    export MOPSLINT=mopslint MOPSLINT_ETC=$work/etc MOPSLINT_STATE=$work/state MOPSLINT_LOG=$work/cron.log
    printf 'id,source\nL-1,google\n' >"$work/state/good.csv"
    printf 'id,source\nL-1,gogle\n' >"$work/state/bad.csv"
    printf 'mopslint: 1\nname: acme\nrecords: {lead: {key: id, fields: {id: {}, source: {values: [google]}}}}\n' >"$work/etc/t.yaml"
    printf 'rules: [t.yaml]\ncheck: {fail-on: error}\nprofiles:\n' >"$work/etc/mopslint.yaml"
    for name in good bad gone; do
        printf '  %s: {sources: [%s/%s.csv]}\n' $name "$work/state" $name >>"$work/etc/mopslint.yaml"
    done
    night() { # NAME PROFILE RC PATTERN: PATTERN of what is printed on standard error; empty: nothing is printed
        "$script" "$2" >"$work/out" 2>"$work/err" </dev/null
        local rc=$?
        if [ $rc = "$3" ] && ! [ -s "$work/out" ] && if [ "$4" ]; then grep -q -- "$4" "$work/err"; else ! [ -s "$work/err" ]; fi; then pass; else
            fail "cron: $1 (exit status $rc)"
            sed 's/^/    /' "$work/out" "$work/err"
        fi
    }
    night 'a good night' good 0 ''
    night 'data that falls short' bad 1 ''
    night 'a source that is gone' gone 3 "cannot open '$work/state/gone.csv'"
    night 'no such profile' goood 2 "did you mean 'good'"
    night 'a profile that is no name' '../x' 3 'usage'
    night 'an option for a profile' '--help' 3 'usage'
    # shellcheck disable=SC2016
    printf '%s\n' "HUBSPOT_TOKEN='a\$b'" >"$work/etc/secrets.env"
    chmod 644 "$work/etc/secrets.env"
    night 'secrets that others can read' good 3 'chmod 600'
    chmod 600 "$work/etc/secrets.env"
    night 'secrets as they should be' good 0 ''
    grep -q 'HUBSPOT\|a.b' "$work/cron.log" && fail 'cron: a secret in the log' || pass
    if command -v flock >/dev/null; then
        exec 8>"$work/state/.good.lock" && flock 8
        night 'the run before is still going' good 3 'still going'
        exec 8>&-
    else skip 'cron: no flock'; fi
    grep -cE '^[0-9-]{10}T[0-9:]{8}Z (good|bad|gone|goood|\?) (exit|not run)' "$work/cron.log" | grep -qx 9 && pass || {
        fail 'cron: a line a run'
        cat "$work/cron.log"
    }
    unset MOPSLINT MOPSLINT_ETC MOPSLINT_STATE MOPSLINT_LOG
}

logrotate() {
    if ! type -P logrotate >/dev/null; then # not this function
        skip 'logrotate: not there'
        return
    fi
    local own
    own="$(id -un) $(id -gn)"
    mkdir -p "$work/log.d" "$work/lib/reports"
    sed "s|/var/log/mopslint|$work/log.d|; s|/var/lib/mopslint|$work/lib|g; s|su mopslint mopslint|su $own|; s|0640 mopslint mopslint|0640 $own|" \
        contrib/logrotate/mopslint >"$work/rotate"
    chmod 644 "$work/rotate"
    printf 'a run\n' >"$work/log.d/cron.log"
    printf '{}\n' >"$work/lib/reports/nightly.json"
    try 'logrotate' command logrotate --force --state "$work/rotate.state" "$work/rotate"
    if [ -e "$work/log.d/cron.log.1" ] && ! [ -s "$work/log.d/cron.log" ]; then pass; else fail 'logrotate: the log'; ls -R "$work/log.d"; fi
    if [ -s "$work/lib/reports/nightly.json" ] && ls "$work/lib/reports"/nightly.json-*.gz >/dev/null 2>&1; then pass; else
        fail 'logrotate: the reports'
        ls "$work/lib/reports"
    fi
}

for part in ${*:-metrics systemd cron logrotate installed}; do "$part"; done
summary
