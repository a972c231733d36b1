#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh FILE.yaml...: C text with the bytes of the files and a table of them, for the Makefile.
# embed.sh --texts FILE...: the bytes only, file.css as text_file_css.
set -eu
bytes() { # NAME FILE
    printf 'static const unsigned char text_%s[] = {\n' "$1"
    od -An -v -tx1 "$2" | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
    printf '};\n'
}
if [ "$1" = --texts ]; then
    shift
    for file; do
        bytes "$(basename "$file" | tr . _)" "$file"
    done
    exit
fi
n=0
for file; do
    n=$((n + 1))
    bytes "$n" "$file"
done
printf 'const struct mop_shipped_connector mop_shipped_connectors[] = {\n'
n=0
for file; do
    n=$((n + 1))
    printf '    {"%s", text_%s, sizeof text_%s},\n' "$(basename "$file" .yaml)" "$n" "$n"
done
printf '    {0, 0, 0}};\n'
