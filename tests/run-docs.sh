#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-docs.sh: the options of 'mopslint --help' and of its commands' --help against the man page and the
# three completions, both ways; and each page in its own checker, where there is one.
. "$(dirname "$0")/run-common.sh"
mopslint=$build/test/mopslint
for arguments in '' check gate fetch rules 'rules lint' 'rules list' 'rules explain' 'rules schema' 'rules test' history 'history list' \
    'history show' 'history compare' 'history trend' 'history prune' 'history export' doctor; do
    # shellcheck disable=SC2086
    if "$mopslint" $arguments --help >"$work/help.one" 2>"$work/err"; then
        pass
        cat "$work/help.one" >>"$work/help"
        awk 'length($0) > 100 { print "over 100 columns: " $0; bad = 1 } END { exit bad }' "$work/help.one" ||
            fail "mopslint $arguments --help is too wide"
    else
        fail "'mopslint $arguments --help' exits $?"
    fi
done
# Every program has these two, whatever its help lists.
echo ' --help --version' >>"$work/help"
grep -oE -- '(^|[[:space:],|[])--[a-z][a-z-]+' "$work/help" | grep -oE -- '--[a-z-]+' | sort -u >"$work/options"

# NAME FILE: FILE holds the options of NAME.
against() {
    sort -u "$2" | diff "$work/options" - >"$work/diff" && { pass; return; }
    fail "$1"
    sed -n 's/^< /    not in it: /p; s/^> /    no option: /p' "$work/diff"
}
grep -oE 'Fl -[a-z-]+' contrib/mopslint.1 | sed 's/Fl -/--/' >"$work/man"
against contrib/mopslint.1 "$work/man"
{ grep -oE -- '--[a-z][a-z-]+' contrib/completions/mopslint.bash | grep -v -- '-$'; } >"$work/bash"
against contrib/completions/mopslint.bash "$work/bash"
grep -oE -- '--[a-z][a-z-]+' contrib/completions/_mopslint >"$work/zsh"
against contrib/completions/_mopslint "$work/zsh"
sed -n "s/^complete .* -l \([a-z-]*\).*/--\1/p" contrib/completions/mopslint.fish >"$work/fish"
against contrib/completions/mopslint.fish "$work/fish"

# Every check of doctor has its place in the man page and in the README.
"$mopslint" doctor -f json 2>"$work/err" | sed -n 's/^   "id": "\(.*\)",$/\1/p' >"$work/ids"
[ -s "$work/ids" ] || fail 'doctor names no checks'
while IFS= read -r id; do
    grep -qx "\.It Cm $id" contrib/mopslint.1 && pass || fail "contrib/mopslint.1: no check '$id' of doctor"
    grep -q "^| \`$id\` |" README.md && pass || fail "README.md: no check '$id' of doctor"
done <"$work/ids"

# Every pack is offered.
for pack in rules/*.yaml; do
    [ -e "$pack" ] || continue
    name=$(basename "$pack" .yaml)
    for file in contrib/completions/*; do
        grep -qw -- "$name" "$file" || fail "$file does not offer the pack '$name'"
    done
done

checked() { # FILE COMMAND...: silent and content
    local file=$1
    shift
    command -v "$1" >/dev/null || { skip "$file: no $1"; return; }
    if "$@" "$file" >"$work/log" 2>&1 && ! [ -s "$work/log" ]; then pass; else
        fail "$file: $*"
        sed 's/^/    /' "$work/log"
    fi
}
checked contrib/mopslint.1 mandoc -T lint -W warning
checked contrib/completions/mopslint.bash bash -n
checked contrib/completions/_mopslint zsh -n
checked contrib/completions/mopslint.fish fish --no-execute
summary
