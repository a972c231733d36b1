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
