#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-cli.sh [--update | --valgrind] [FILTER...]: the command line cases; README.md says what a case is.
# A filter is a part of a case's name; several mean any of them. CLI_ROOT: another folder of cases.
. "$(dirname "$0")/run-common.sh"
mode=run
case ${1-} in
--update) mode=update; shift ;;
--valgrind) mode=valgrind; shift ;;
esac
root=${CLI_ROOT:-tests/cli}

# One shell for all cases of a worker; each runs in a copy of its folder.
ln -s "$top/fixtures" "$work/fixtures"
ln -s "$top/rules" "$work/rules"
[ -d "$data" ] && ln -s "$data" "$work/data"
mkdir "$work/bin" "$work/result"
if [ "$mode" = valgrind ]; then
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nexec %s --log-file="$VALGRIND_LOG.%%p" %s "$@"\n' \
        "${valgrind//$'\n'/ }" "$build/test/mopslint" >"$work/bin/mopslint"
    chmod +x "$work/bin/mopslint"
else
    ln -s "$build/test/mopslint" "$work/bin/mopslint"
fi
PATH=$work/bin:$PATH
export build PATH TOP=$top
unset COLUMNS # what a page is wide

# compare WHAT EXPECTED GOT: prints a diff when they differ; in update mode makes them the same.
compare() {
    if [ "$mode" = update ]; then
        if [ -s "$3" ]; then cp "$3" "$2"; else rm -f "$2"; fi
        return 0
    fi
    [ -e "$2" ] || set -- "$1" /dev/null "$3"
    cmp -s "$2" "$3" && return 0
    diff -u --label "expected $1" --label "got $1" "$2" "$3" | head -n 40
    return 1
}

# What differs between machines is no part of a message.
plain() { sed -e "s|$1|CASE|g" -e "s|$build/|BUILD/|g" -e "s|$top|TOP|g"; }

run_case() {
    local case=$1 name here out rc want same=0 file
    name=${case#"$root"/}
    here=$work/run/$name
    out=$work/result/${name//\//__}
    if [ -e "$case/skip" ] && ! sh "$case/skip" >"$out.why" 2>&1; then
        mv "$out.why" "$out.skip"
        return
    fi
    if [ "$mode" = valgrind ] && [ -e "$case/no-valgrind" ]; then
        echo 'not under valgrind' >"$out.skip"
        return
    fi
    # Flat beside fixtures/, rules/ and data/, so that ../fixtures/... is the same path in every case.
    here=$work/${name//\//__}.case
    cp -r "$case" "$here"
    rm -rf "${here:?}"/{cmd,out,err,rc,expect,skip,no-valgrind}
    (cd "$here" && VALGRIND_LOG=$out.vg exec timeout "${CASE_SECONDS:-180}" sh "$top/$case/cmd") \
        >"$out.raw" 2>"$out.rawerr" </dev/null
    rc=$?
    plain "$here" <"$out.raw" >"$out.got"
    plain "$here" <"$out.rawerr" >"$out.goterr"
    echo "$rc" >"$out.gotrc"
    {
        if [ "$mode" = update ]; then
            if [ "$rc" -ne 0 ]; then echo "$rc" >"$case/rc"; else rm -f "$case/rc"; fi
        else
            want=$(cat "$case/rc" 2>/dev/null || echo 0)
            [ "$rc" -eq "$want" ] || { echo "exit status $rc, expected $want"; same=1; }
        fi
        compare out "$case/out" "$out.got" || same=1
        compare err "$case/err" "$out.goterr" || same=1
        if [ -d "$case/expect" ]; then
            while IFS= read -r file; do
                file=${file#"$case/expect/"}
                if [ ! -e "$here/$file" ]; then
                    echo "no file '$file' was made"
                    same=1
                else
                    plain "$here" <"$here/$file" >"$out.file"
                    compare "$file" "$case/expect/$file" "$out.file" || same=1
                fi
            done < <(find "$case/expect" -type f)
        fi
        if cat "$out".vg.* 2>/dev/null | grep -q .; then
            cat "$out".vg.* | head -n 60
            same=1
        fi
    } >"$out.diff" 2>&1
    echo "$same" >"$out.same"
    chmod -R u+rwX "$here" 2>/dev/null
    rm -rf "$here"
}
export -f run_case compare plain
export root mode work top

list=$(find "$root" -name cmd -type f | sed 's|/cmd$||' | LC_ALL=C sort)
if [ $# -gt 0 ]; then
    list=$(printf '%s\n' "$list" | grep -F "$(printf '%s\n' "$@")")
fi
[ -n "$list" ] || { echo "no case in $root ${*:+for $*}"; summary; }
# shellcheck disable=SC2016
printf '%s\n' "$list" | xargs -P "$jobs" -n 8 bash -c 'for case; do run_case "$case"; done' sh

while IFS= read -r case; do
    out=${case#"$root"/}
    out=$work/result/${out//\//__}
    if [ -e "$out.skip" ]; then
        skip "$case: $(head -n 1 "$out.skip")"
    elif [ "$(cat "$out.same" 2>/dev/null)" = 0 ]; then
        pass
    else
        fail "$case"
        sed 's/^/    /' "$out.diff"
    fi
done <<<"$list"
[ "$mode" != update ] || git status --short -- "$root" 2>/dev/null
summary
