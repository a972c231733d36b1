# SPDX-License-Identifier: MIT
# Read in by the cases' cmd: their connectors, and a vendor to talk to.
cp "$TOP"/tests/http/*.yaml .
unset CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR # of the machine
export ACME_TOKEN=token-of-acme
serve() { "${PYTHON:-python3}" "$TOP/tests/http/serve.py" script.py "$@"; }
serve_tls() { "${PYTHON:-python3}" "$TOP/tests/http/serve.py" --tls script.py "$@"; }
