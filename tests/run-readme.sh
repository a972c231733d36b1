#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-readme.sh [FILE...]: the examples of the pages are tests. In a fenced block
#   ```yaml file=acme.yaml   (any language) the text is written to that file;
#   ```console               '$ command' is run, and what follows is what it prints, on stdout and stderr;
#                            a line '...' stands for any lines; '# exit 1' alone is the exit status (else any).
# Each page has a scratch folder; the blocks run in order. Blocks without a mark are not run.
. "$(dirname "$0")/run-common.sh"
mkdir "$work/bin" && ln -s "$build/test/mopslint" "$work/bin/mopslint"
export PATH=$work/bin:$PATH

# like EXPECTED GOT: equal, where a line '...' matches any number of lines.
like() {
    awk 'NR == FNR { want[++n] = $0; next } { got[++m] = $0 }
         function match_from(i, j) {
             for (; i <= n; i++) {
                 if (want[i] == "...") {
                     if (i == n) return 1
                     for (; j <= m + 1; j++) if (match_from(i + 1, j)) return 1
                     return 0
                 }
                 if (j > m || want[i] != got[j++]) return 0
             }
             return j == m + 1
         }
         END { exit !match_from(1, 1) }' "$1" "$2"
}

step() { # runs $command of page $1, line $2; what it shall print is in $work/want
    [ -n "$command" ] || return 0
    (cd "$here" && bash -c "$command") >"$work/got" 2>&1 </dev/null
    local rc=$? want_rc
    want_rc=$(sed -n 's/^# exit \([0-9]*\)$/\1/p' "$work/want")
    sed -i '/^# exit [0-9]*$/d' "$work/want"
    # awk tells its two files apart by their records: neither may be empty.
    echo >>"$work/want"
    echo >>"$work/got"
    if { [ -z "$want_rc" ] || [ "$rc" -eq "$want_rc" ]; } && like "$work/want" "$work/got"; then pass; else
        fail "$1:$2: $command (exit status $rc${want_rc:+, expected $want_rc})"
        diff -u --label page --label got "$work/want" "$work/got" | head -n 30 | sed 's/^/    /'
    fi
    command=
}

page() {
    local number=0 line in= file= fence='```' at=0
    here=$work/$(basename "$(dirname "$1")")-scratch
    rm -rf "$here" && mkdir -p "$here"
    ln -s "$top/fixtures" "$here/fixtures"
    command=
    while IFS= read -r line || [ -n "$line" ]; do
        number=$((number + 1))
        if [ -z "$in" ]; then
            case $line in
            "$fence"*file=*)
                in=file file=${line##*file=}
                file=${file%% *}
                mkdir -p "$(dirname "$here/$file")"
                : >"$here/$file" ;;
            "$fence"console*) in=console ;;
            "$fence"?*) in=other ;;
            "$fence") in=other ;;
            esac
        elif [ "$line" = "$fence" ]; then
            step "$1" "$at"
            in=
        elif [ "$in" = file ]; then
            printf '%s\n' "$line" >>"$here/$file"
        elif [ "$in" = console ]; then
            case $line in
            '$ '*)
                step "$1" "$at"
                command=${line#??} at=$number
                : >"$work/want" ;;
            *)
                # A command may go on after a backslash.
                if [ -n "$command" ] && [ "${command: -1}" = '\' ]; then command=${command%?}$line
                else printf '%s\n' "$line" >>"$work/want"; fi ;;
            esac
        fi
    done <"$1"
}

[ $# -gt 0 ] || set -- README.md rules/*.md contrib/README.md contrib/settings.md contrib/*/README.md
for page; do
    [ -e "$page" ] && page "$page"
done
summary
