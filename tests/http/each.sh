# SPDX-License-Identifier: MIT
# each.sh SOURCE: fetches once per fault of the script, whose number is in the file `runs`; how they ended, counted.
# Nothing may be left behind by a fetch that is not whole.
i=0
while [ "$i" -lt "$(cat runs)" ]; do
    i=$((i + 1))
    rm -f out.csv err
    mopslint fetch -q "$1" -o out.csv 2>err
    rc=$?
    echo "exit $rc $(grep -o '\[[a-z-]*\]$' err) $([ -f out.csv ] && cksum <out.csv)"
done | sort | uniq -c | sed 's/^ *//; s/ *$//'
ls | grep 'out.csv.' || :
