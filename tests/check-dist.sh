#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check-dist.sh TARBALL: what a packager does with it: unpack, build, test, stage, take away again;
# then installs it elsewhere and uses it from an empty folder.
set -eu
tarball=$(realpath "$1")
make=${MAKE:-make}
work=$(mktemp -d "${TMPDIR:-/tmp}/mopslint-dist.XXXXXX")
trap 'rm -rf "$work"' EXIT
fault() { echo "distcheck: $*" >&2; exit 1; }
unset MAKEFLAGS MAKELEVEL MFLAGS BUILD

tar -xzf "$tarball" -C "$work"
cd "$work"/*/
$make all
$make check SUITES="${DIST_SUITES:-unit cli}"

# Staged below DESTDIR: everything is there, nothing points into the stage, uninstall leaves no file.
$make install DESTDIR="$work/stage" prefix=/usr >"$work/log" || { cat "$work/log"; fault 'install failed'; }
for file in bin/mopslint lib/libmopslint.a lib/libmopslint.so.0 lib/libmopslint.so lib/pkgconfig/mopslint.pc \
    share/mopslint/contrib/cron/mopslint-cron share/mopslint/contrib/systemd/mopslint@.service \
    share/mopslint/contrib/mopslint.mk share/mopslint/contrib/gate/README.md share/mopslint/contrib/ci/gate/action.yml \
    share/mopslint/contrib/ci/action.yml share/mopslint/contrib/ci/gate-workflow.yml share/mopslint/contrib/ci/gate-gitlab-ci.yml \
    share/mopslint/contrib/ci/github-workflow.yml share/mopslint/contrib/ci/gitlab-ci.yml \
    share/mopslint/contrib/schema/report.schema.json share/mopslint/contrib/schema/gate.schema.json \
    share/doc/mopslint/connectors/README.md share/doc/mopslint/connectors/outcomes.md share/doc/mopslint/connectors/vendors.md \
    share/man/man1/mopslint.1 share/mopslint/rules/utm.yaml share/bash-completion/completions/mopslint \
    share/zsh/site-functions/_mopslint share/fish/vendor_completions.d/mopslint.fish; do
    [ -e "$work/stage/usr/$file" ] || fault "not installed: $file"
done
! grep -rlF "$work/stage" "$work/stage" || fault 'these files name the stage'
$make uninstall DESTDIR="$work/stage" prefix=/usr >/dev/null
left=$(find "$work/stage" ! -type d)
[ -z "$left" ] || fault "left behind: $left"

# Installed for use: by absolute path, from an empty folder, with a pack by its name.
inst=$work/inst
$make install prefix="$inst" >"$work/log" || { cat "$work/log"; fault 'install failed'; }
empty=$work/empty
mkdir "$empty"
(
    cd "$empty"
    "$inst/bin/mopslint" --version
    "$inst/bin/mopslint" rules list -r utm >"$work/list" || fault "'rules list -r utm' exits $?"
    [ -s "$work/list" ] || fault "'rules list -r utm' is empty"
    [ -z "$(ls -A)" ] || fault "left in the working folder: $(ls -A)"
)
# A program that embeds it: the headers, the shared library and the .pc file fit together.
{
    for header in "$inst"/include/mopslint/*.h; do echo "#include <mopslint/${header##*/}>"; done
    echo 'int main(void) { return 0; }'
} >"$work/embed.c"
export PKG_CONFIG_PATH=$inst/lib/pkgconfig
# shellcheck disable=SC2046
${CC:-cc} -Wall -Wextra -Werror -o "$work/embed" "$work/embed.c" $(pkg-config --cflags --libs mopslint)
LD_LIBRARY_PATH=$inst/lib "$work/embed"
# The static library, with the libraries that it stands on as they come.
# shellcheck disable=SC2046
${CC:-cc} -pthread -o "$work/embed-static" "$work/embed.c" $(pkg-config --cflags mopslint) "$inst/lib/libmopslint.a" \
    -lcsv -lm $(pkg-config --libs $(pkg-config --print-requires-private mopslint))
"$work/embed-static"
nm -D --defined-only "$inst/lib/libmopslint.so.0" | awk '$2 ~ /[TDBR]/ && $3 !~ /^mopslint_/ { print; bad = 1 } END { exit bad }' ||
    fault 'the shared library exports names that are not its own'
$make uninstall prefix="$inst" >/dev/null
left=$(find "$inst" ! -type d)
[ -z "$left" ] || fault "left behind: $left"
echo 'distcheck: good'
