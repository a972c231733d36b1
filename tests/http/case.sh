# SPDX-License-Identifier: MIT
# Read in by the cases' cmd: their connectors, and a vendor to talk to.
cp "$TOP"/tests/http/*.yaml .
export ACME_TOKEN=token-of-acme
serve() { "${PYTHON:-python3}" "$TOP/tests/http/serve.py" script.py "$@"; }
serve_tls() { "${PYTHON:-python3}" "$TOP/tests/http/serve.py" --tls script.py "$@"; }
