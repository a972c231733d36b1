# SPDX-License-Identifier: MIT
# Read in by the cmd of a vendor's case, whose script.py holds several scripts: `script = {...}[os.environ["PLAY"]]`.
. "$TOP/tests/http/case.sh"
# plays 'VARIABLE...' 'SOURCE OPTION...' SCRIPT...: fetches once per script; the variables tell the connector where the vendor is.
plays() {
    places=
    for variable in $1; do places="$places export $variable=\$BASE;"; done
    arguments=$2
    shift 2
    for PLAY; do
        export PLAY
        echo "== $PLAY"
        serve sh -c "$places exec mopslint fetch $arguments" 2>&1
        echo "exit $?"
    done
}
# course 'VARIABLE...' CONNECTOR 'STREAM...' PLAY...: the plays of serve.py's course() for each stream, a line for each: exit status,
# records written, and how the fetch says that it ended. `later` goes on from the bookmark of `first`.
course() {
    places=
    for variable in $1; do places="$places export $variable=\$BASE;"; done
    connector=$2 streams=$3
    shift 3
    for stream in $streams; do
        for play; do
            PLAY=$stream.$play options=
            export PLAY
            case $play in first | later) options="--state $stream.json" ;; limit) options='--deadline 5s' ;; esac
            rm -f out.csv
            serve sh -c "$places exec mopslint fetch $connector:$stream -o out.csv $options" >said 2>&1
            rc=$?
            records=none
            [ ! -e out.csv ] || records=$(($(wc -l <out.csv) - 1))
            printf '%s %s: exit %s, records %s; ' "$stream" "$play" "$rc" "$records"
            sed -n "s/^note: [^ ]*: \(fetched .*\)/\1/p; s/^[^ ]*: error: \(.*\)/\1/p; /^serve.py/p" said | paste -sd'|'
        done
    done
}
