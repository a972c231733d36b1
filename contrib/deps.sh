#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh build|test|ci: installs the Debian packages that are missing for it, and says which.
# deps.sh foreign: the servers of tests/run-foreign.sh from npm, into build/foreign (120 MB; needs node and npm).
# Asks on a terminal only. Without root it names the packages and the command, and exits 1.
set -eu

# A line is a package, or "command=package": there is nothing to do where the command is found. libcurl has to be 7.80 or
# later (Debian 12, Ubuntu 22.04): the Makefile looks, by pkg-config.
build='cc=gcc make=make pkg-config=pkg-config libc6-dev libpcre2-dev libjansson-dev libcsv-dev libyaml-dev
libutf8proc-dev libxxhash-dev zlib1g-dev libpsl-dev libidn2-dev libgmp-dev nettle-dev libsqlite3-dev curl-config=libcurl4-gnutls-dev
tzdata'
test="$build libcmocka-dev python3=python3 python3-jsonschema python3-yaml xmllint=libxml2-utils"
ci="$test clang=clang clang-tidy=clang-tidy clang-format=clang-format cppcheck=cppcheck valgrind=valgrind
mandoc=mandoc zsh=zsh fish=fish git=git tidy=tidy chromium=chromium
promtool=prometheus systemd-analyze=systemd logrotate=logrotate"

if [ "${1-}" = foreign ]; then
    here=$(dirname "$0")/.. there=${BUILD:-build}/foreign
    command -v npm >/dev/null || { echo "deps.sh foreign: there is no npm" >&2; exit 1; }
    mkdir -p "$there" && cp "$here/tests/foreign/package.json" "$there"
    cd "$there" && exec npm install --no-audit --no-fund --no-package-lock --loglevel=error
fi
case ${1-} in
build) wanted=$build ;;
test) wanted=$test ;;
ci) wanted=$ci ;;
*) echo "usage: deps.sh build|test|ci|foreign" >&2; exit 2 ;;
esac

missing=
for entry in $wanted; do
    case $entry in *=*) command -v "${entry%%=*}" >/dev/null 2>&1 && continue ;; esac
    package=${entry#*=}
    if command -v dpkg-query >/dev/null 2>&1; then
        case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in *' installed') continue ;; esac
    fi
    missing="$missing $package"
done
missing=${missing# }
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "This system has no apt-get. What mopslint needs goes by these names in Debian:"
    echo "  $missing"
    # Elsewhere the libraries may be there under other names; the build itself will tell.
    if command -v cc >/dev/null 2>&1 && command -v pkg-config >/dev/null 2>&1; then exit 0; fi
    exit 1
fi >&2

install="apt-get install --no-install-recommends $missing"
case $1 in build) what="'make demo'" ;; test) what="'make test'" ;; ci) what="'.ci/run'" ;; esac
if [ "$(id -u)" = 0 ]; then
    as=
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as=sudo
else
    printf '%s\n' "For $what these packages are missing, and installing them needs root:" "  $missing" \
        "Have it done with:" "  $install" >&2
    exit 1
fi
printf '%s\n' "For $what these packages are missing and will be installed:" "  $missing"
if [ -t 0 ] && [ -t 1 ] && [ -z "${CI-}" ]; then
    printf 'Go on? [Y/n] '
    read -r answer
    case $answer in '' | [Yy]*) ;; *) printf '%s\n' "Not installed. By hand:" "  $install" >&2; exit 1 ;; esac
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    $as env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -qq "$@" >"$log" 2>&1
}
# The package lists are fetched when a package is unknown to them, or when they prove to be old.
known() {
    for package in $missing; do
        apt-cache policy "$package" 2>/dev/null | grep -q 'Candidate: [0-9]' || return 1
    done
}
known || apt update || { tail -n 5 "$log" >&2; exit 1; }
# shellcheck disable=SC2086
apt install -y --no-install-recommends $missing ||
    { apt update && apt install -y --no-install-recommends $missing; } ||
    { tail -n 15 "$log" >&2; echo "hint: '$install' failed; the lines above say why" >&2; exit 1; }
