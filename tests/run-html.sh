#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-html.sh: pages of `check -f html`, of sound, hostile, broken and very large data, as elements (html/check.py) and
# in a headless browser (html/browse.py), whose pictures stay in build/html.
. "$(dirname "$0")/run-common.sh"
PATH=$build/test:$PATH
pages=$build/html
rm -rf "$pages"
mkdir -p "$pages"
now='--now 2026-11-22T06:00:00Z'

# page NAME WANTED-EXIT COMMAND...: the command writes $pages/NAME.html twice, the same bytes, and it holds.
page() {
    local name=$1 wanted=$2 rc file=$pages/$1.html
    shift 2
    timeout 300 "$@" -q -f html="$file" >"$work/log" 2>&1
    rc=$?
    if [ "$rc" -ne "$wanted" ]; then
        fail "html: $name: exit status $rc"
    elif ! "$python" tests/html/check.py --never=jane.roe "$file" >"$work/log" 2>&1; then
        fail "html: $name"
    elif ! tidied "$file"; then
        fail "html: $name: tidy"
    else
        pass
        return
    fi
    tail -n 12 "$work/log" | sed 's/^/    /'
}

# HTML Tidy knows no <title> of a picture.
tidied() {
    command -v tidy >/dev/null || return 0
    tidy -q -e "$1" 2>&1 | grep -v 'Warning: <title> proprietary attribute "id"' >"$work/log"
    ! [ -s "$work/log" ]
}
command -v tidy >/dev/null || skip 'html: no tidy'

demo=(mopslint check -r fixtures/demo/taxonomy.yaml $now fixtures/demo/leads.csv fixtures/demo/campaigns.csv)
page demo 1 "${demo[@]}"
cp "$pages/demo.html" "$work/demo.html"
page demo 1 "${demo[@]}" --threads 7
if cmp -s "$pages/demo.html" "$work/demo.html"; then pass; else fail 'html: demo: other bytes with other threads'; fi
page given 1 "${demo[@]}" --columns-as-given --min-confidence 99
head -c 20000 fixtures/demo/leads.csv >"$work/leads.csv"
printf '\n"never closed' >>"$work/leads.csv"
page broken 3 mopslint check -r fixtures/demo/taxonomy.yaml $now "$work/leads.csv" fixtures/demo/campaigns.csv

"$python" tests/formats/hostile.py "$work"
hostile() {
    page "$1" "$2" env -C "$work" mopslint check -r taxonomy.yaml $now --record lead "$3"
}
hostile values 1 'le ads,100%#[x].csv'
hostile many 1 many.csv
hostile bytes 1 bytes.csv
hostile unclosed 3 broken.csv
# 600 rules with long names, 300 reports, 300 checks of the data, 500 suppressions.
"$python" tests/html/many.py "$work" 600 2000
page large 1 env -C "$work" mopslint check -r many.yaml $now leads.csv
if [ "$(wc -c <"$pages/large.html")" -gt 200000 ] && grep -q 'and [0-9,]* more' "$pages/large.html"; then pass; else
    fail 'html: large: it does not say what it leaves out'
fi
# Whether to send it is told of each report, by name at least; the losses after them have room.
if [ "$(grep -o 'report [0-9]* &lt;z' "$pages/large.html" | sort -u | wc -l)" -eq 300 ] && grep -q '<p>on HOLD: ' "$pages/large.html" &&
    grep -q '>How much is wrong: ' "$pages/large.html"; then pass; else
    fail 'html: large: some report is neither sent nor held'
fi
# The same with a history: what changed is more than has room.
mkdir "$work/since" && "$python" tests/html/many.py "$work/since" 600 60
since=(env -C "$work/since" mopslint check -r many.yaml leads.csv --history=nights.history --now)
"${since[@]}" 2026-11-21T06:00:00Z -q >/dev/null 2>&1
sed -i 5,25d "$work/since/leads.csv"
page since 1 "${since[@]}" 2026-11-22T06:00:00Z
for folder in fixtures/findings/*/; do
    name=$(basename "$folder")
    for source in "$folder"fires.*; do
        mopslint check -r "$folder/taxonomy.yaml" $now "$source" -q >/dev/null 2>&1
        rc=$?
        [ $rc -eq 2 ] || page "fires-$name" $rc mopslint check -r "$folder/taxonomy.yaml" $now "$source"
    done
done

# Real exports: their commands, with a page beside what they print.
mkdir "$work/bin"
printf '#!/bin/sh\nexec %s "$@" -f html="$HTML_PAGE"\n' "'$build/test/mopslint'" >"$work/bin/mopslint"
chmod +x "$work/bin/mopslint"
for name in maven_crm x_education facebook_creatives hubspot_dummy; do
    if ! [ -d "$data" ]; then
        skip "html: $name: no $data"
        continue
    fi
    (cd "tests/real/$name" && PATH=$work/bin:$PATH DATA=$data HTML_PAGE=$pages/$name.html sh ./cmd >/dev/null 2>&1)
    if "$python" tests/html/check.py "$pages/$name.html" >"$work/log" 2>&1 && tidied "$pages/$name.html"; then pass; else
        fail "html: $name"
        tail -n 12 "$work/log" | sed 's/^/    /'
    fi
done

# What the card of repairs says, against the plan and against the repaired data.
if "$python" tests/html/first.py "$build/test/mopslint" "$work/first" >"$work/log" 2>&1; then pass; else
    fail 'html: who repairs what first'
    tail -n 12 "$work/log" | cut -c1-600 | sed 's/^/    /'
fi

# A page with a history: the unit's model has one.
if MOP_KEEP_PAGE=$pages/history.html "$build/test/unit/test_report_html" >"$work/log" 2>&1 &&
    "$python" tests/html/check.py --never=jane.roe "$pages/history.html" >"$work/log" 2>&1 && tidied "$pages/history.html"; then pass; else
    fail 'html: history'
    tail -n 12 "$work/log" | sed 's/^/    /'
fi

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
if [ -z "$browser" ]; then
    skip 'html: no chromium, so no page was rendered'
else
    for name in demo large values broken history; do
        mkdir -p "$pages/$name"
        if "$python" tests/html/browse.py "$browser" "$pages/$name.html" "$pages/$name" >"$work/log" 2>&1; then pass; else
            fail "html: $name in the browser"
            tail -n 12 "$work/log" | sed 's/^/    /'
        fi
    done
fi
summary
