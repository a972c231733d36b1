#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-http.sh [--update] [FILTER...]: sources over HTTP, against tests/http/serve.py on 127.0.0.1;
# cases are those of run-cli.sh (README.md), with a script.py each.
cd "$(dirname "$0")/.." || exit 3
export PYTHON=${PYTHON:-python3}
if ! "$PYTHON" -c 'import http.server, ssl' 2>/dev/null; then
    echo 'skip http: no python3'
    echo '0 passed, 0 failed, 1 skipped'
    exit 0
fi
CLI_ROOT=tests/http/cases exec bash tests/run-cli.sh "$@"
