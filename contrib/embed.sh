#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh FILE.yaml...: C text with the bytes of the files and a table of them, for the Makefile.
set -eu
n=0
for file; do
    n=$((n + 1))
    printf 'static const unsigned char text_%s[] = {\n' "$n"
    od -An -v -tx1 "$file" | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'
    printf '};\n'
done
printf 'const struct mop_shipped_connector mop_shipped_connectors[] = {\n'
n=0
for file; do
    n=$((n + 1))
    printf '    {"%s", text_%s, sizeof text_%s},\n' "$(basename "$file" .yaml)" "$n" "$n"
done
printf '    {0, 0, 0}};\n'
