#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-foreign.sh: the HTTP exporter against servers that nobody here wrote: json-server (pages by the Link header), PouchDB
# (CouchDB's _all_docs: offset and total), Prism with a published OpenAPI description (refuses what is not in it). They are
# those of $MOPSLINT_FOREIGN/node_modules (build/foreign, where 'sh contrib/deps.sh foreign' puts them), or in PATH.
. "$(dirname "$0")/run-common.sh"
home=${MOPSLINT_FOREIGN:-$build/foreign}
modules=$home/node_modules
export PATH=$modules/.bin:$PATH NODE_PATH=$modules NO_COLOR=1
mkdir "$work/bin" && ln -s "$build/test/mopslint" "$work/bin/mopslint"
PATH=$work/bin:$PATH
cd "$work" || exit 3
servers=
trap '[ -z "$servers" ] || kill $servers 2>/dev/null; rm -rf "$work"' EXIT

# serve NAME COMMAND...: starts it, with a free port for PORT in its words, and waits until it listens; sets $BASE.
serve() {
    local name=$1 port
    shift
    port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "${@//PORT/$port}" >"$name.log" 2>&1 </dev/null &
    servers="$servers $!"
    export BASE=http://127.0.0.1:$port
    "$python" - "$port" <<'PY' && return
import socket, sys, time
for _ in range(300):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1]))).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
sys.exit(1)
PY
    fail "$name: does not listen"
    tail -n 5 "$name.log" | sed 's/^/    /'
    return 1
}
# fetch NAME RC PATTERN RECORDS SOURCE: exit status, what is said, and how many different records came ('none': no file).
fetch() {
    local name=$1 want=$2 pattern=$3 records=$4 rc got=none
    rm -f out.csv
    mopslint fetch "$5" -o out.csv >said 2>&1 </dev/null
    rc=$?
    [ ! -e out.csv ] || got=$(tail -n +2 out.csv | sort -u | wc -l)
    if [ "$rc" -eq "$want" ] && [ "$got" = "$records" ] && grep -qF -- "$pattern" said; then pass; else
        fail "$name: exit status $rc, $got records; expected $want, $records, '$pattern'"
        sed 's/^/    /' said
    fi
}
have() { # COMMAND or MODULE, what it is for
    { command -v "$1" || [ -d "$modules/$1" ]; } >/dev/null 2>&1 && return
    skip "foreign: $2: neither in PATH nor in ${modules#"$top"/} (sh contrib/deps.sh foreign)"
    return 1
}

"$python" -c 'import json
print(json.dumps({"leads": [{"id": i, "email": f"p{i}@x.example", "stage": "lead"} for i in range(1, 258)], "none": []}))' >db.json
cp "$top"/tests/foreign/*.yaml .
export GENERIC_AUTHORIZATION= PET_TOKEN=any

if have json-server json-server && serve json-server json-server --quiet --host 127.0.0.1 --port PORT db.json; then
    GENERIC_URL="$BASE/leads?_page=1&_limit=100" fetch 'json-server: three pages' 0 'fetched 257 records in 3 requests' 257 generic:json
    GENERIC_URL="$BASE/none?_page=1" fetch 'json-server: nothing' 3 '[no-columns]' none generic:json
    GENERIC_URL="$BASE/gone" fetch 'json-server: no such list' 3 '[refused]' none generic:json
    GENERIC_URL="$BASE/db" fetch 'json-server: no list' 3 '[no-records-list]' none generic:json
fi
if have express-pouchdb PouchDB && serve pouchdb node "$top/tests/foreign/pouchdb.js" "$work" PORT; then
    "$python" - "$BASE" <<'PY'
import json, sys, urllib.request
def send(method, path, body=None):
    request = urllib.request.Request(sys.argv[1] + path, body and json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method)
    urllib.request.urlopen(request).read()
send("PUT", "/leads")
send("POST", "/leads/_bulk_docs", {"docs": [{"_id": f"l{i:04}", "email": f"p{i}@x.example", "stage": "lead"} for i in range(257)]})
PY
    fetch 'PouchDB: three pages' 0 'fetched 257 of 257 records in 3 requests' 257 ./pouchdb.yaml:leads
    fetch 'PouchDB: no such database' 3 '[refused]' none ./pouchdb.yaml:gone
fi
description=$modules/@readme/oas-examples/3.0/json/petstore.json
if have prism Prism && have @readme/oas-examples 'an OpenAPI description' && serve prism prism mock -h 127.0.0.1 -p PORT "$description"; then
    fetch 'Prism: a request of the description' 0 'fetched 1 record' 1 ./petstore.yaml:pets
    fetch 'Prism: a value that it does not have' 3 '[refused]' none ./petstore.yaml:sold
    PET_TOKEN= fetch 'Prism: without a token' 3 '[unauthorized]' none ./petstore.yaml:pets
fi
summary
