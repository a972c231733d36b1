#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check-includes.sh [FLAG...]: src/ includes in one direction only, a library shows in its one place,
# every header compiles alone.
set -u
cd "$(dirname "$0")/.." || exit 3
bad=0
say() { printf '%s\n' "$*"; bad=1; }

# room: the rooms whose headers it may include.
direction='
base:
record: base
values: base
exporters: record base
rules: record values base
check: rules record values base
score: check rules record values base
report: score check rules record values base
history: report score check rules record values base
gate: pipeline report score check rules record values base
lint: pipeline report score check exporters rules record values base
pipeline: report score check rules record values base
tables: exporters report score check rules record values base
api: tables pipeline report score check rules record values base mopslint
cli: tables pipeline history gate lint exporters report score check rules record values base'

# header (a pattern): the files that may include it (a pattern). "*": any, but in one folder only.
libraries='
csv\.h: src/exporters/csv[^/]*$
curl/.*: src/(base/transport|exporters/http|gate/live)[^/]*$
pcre2\.h: src/base/regex[^/]*$
yaml\.h: src/base/yaml[^/]*$
sqlite3\.h: src/history/
jansson\.h: src/(base/json_doc|exporters/(json|http)|report/json|rules/derive_json)[^/]*$
utf8proc\.h: src/base/
xxhash\.h: src/base/
zlib\.h: src/(exporters/|gate/live_unpack)[^/]*$
iconv\.h: src/exporters/
libpsl\.h: *
idn2\.h: *
gmp\.h: *
nettle/.*: src/(rules/digest|base/hmac|report/html_assets)[^/]*$'

# Every include as "FILE:LINE kind NAME", kind " for ours and < for the system's.
includes=$(grep -nE '^[[:space:]]*#[[:space:]]*include' -r src include --include='*.[ch]' |
    sed -nE 's/^([^:]+):([0-9]+):[[:space:]]*#[[:space:]]*include[[:space:]]*(["<])([^">]+).*/\1:\2 \3 \4/p')

# room of a path below src: its folder, or of src/x.c and src/x_part.c itself x.
room() {
    local path=${1#src/}
    case $path in */*) echo "${path%%/*}" ;; *) path=${path%.*} && echo "${path%%_*}" ;; esac
}
# ../base/sv.h as seen from src/record: src/base/sv.h. -Isrc counts too.
resolve() {
    local dir=$1 name=$2
    if [ -e "$dir/$name" ]; then realpath --relative-to=. "$dir/$name"
    elif [ -e "src/$name" ]; then echo "src/$name"
    fi
}

while read -r at kind name; do
    [ "$kind" = '"' ] || continue
    file=${at%%:*}
    target=$(resolve "$(dirname "$file")" "$name")
    case $file in
    include/*) case $target in include/*) ;; *) say "$at: a public header includes '$name'" ;; esac; continue ;;
    esac
    case $target in
    src/*) ;;
    *) continue ;; # public headers, and what does not exist: the compiler tells
    esac
    from=$(room "$file")
    to=$(room "$target")
    [ "$from" = "$to" ] && continue
    allowed=$(printf '%s\n' "$direction" | sed -n "s/^$from: *//p")
    if ! printf '%s\n' "$direction" | grep -q "^$from:"; then
        say "$at: no rule says what src/$from may include"
    else
        case " $allowed " in *" $to "*) ;; *) say "$at: $from may not include $to ('$name')" ;; esac
    fi
done <<<"$includes"

while IFS=: read -r header where; do
    [ -n "$header" ] || continue
    where=${where# }
    users=$(printf '%s\n' "$includes" | grep -E " < $header\$" | cut -d: -f1 | sort -u)
    [ -n "$users" ] || continue
    if [ "$where" = '*' ]; then
        [ "$(printf '%s\n' "$users" | xargs -n 1 dirname | sort -u | wc -l)" -le 1 ] ||
            say "<${header//\\/}> shows in more than one folder:" $users
    else
        stray=$(printf '%s\n' "$users" | grep -vE "^$where")
        [ -z "$stray" ] || say "<${header//\\/}> does not belong in:" $stray
    fi
done <<<"$libraries"

# Alone and twice; public headers without the private ones in reach.
alone() {
    local file=$1
    shift
    printf '#include "%s"\n#include "%s"\nextern int mop_nothing;\n' "$file" "$file" |
        ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only "$@" -I. -x c - 2>&1 ||
        { echo "$file does not compile alone"; return 1; }
}
export -f alone
find src -name '*.h' -print0 | xargs -0 -r -P "$(nproc)" -I{} bash -c 'alone "$@"' sh {} "$@" || bad=1
find include -name '*.h' -print0 | xargs -0 -r -P "$(nproc)" -I{} bash -c 'alone "$@"' sh {} -Iinclude || bad=1
exit $bad
