#!/bin/sh
# SPDX-License-Identifier: MIT
# certs.sh: makes the certificates of serve.py anew: an authority, and under it hosts' certificates that
# are good, expired, and another host's; one that vouches for itself. All but one last a century.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
# leaf FILE NAMES FROM TO
leaf() {
    key "$work/key"
    openssl req -new -key "$work/key" -subj "/CN=mopslint test $1" -out "$work/csr"
    printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\n' "$2" >"$work/ext"
    : >"$work/index"
    openssl rand -hex 16 >"$work/serial"
    openssl ca -batch -notext -config "$work/ca.cnf" -cert ca.pem -keyfile "$work/ca.key" -in "$work/csr" \
        -extfile "$work/ext" -startdate "$3" -enddate "$4" -out "$work/crt" 2>/dev/null
    cat "$work/key" "$work/crt" >"$1.pem"
}
cat >"$work/ca.cnf" <<EOF
[ca]
default_ca = own
[own]
database = $work/index
serial = $work/serial
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
EOF
key "$work/ca.key"
openssl req -x509 -new -key "$work/ca.key" -subj "/CN=mopslint test authority" -days 36500 -out ca.pem \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
names=DNS:shop.example,DNS:www.shop.example,DNS:go.example,DNS:other.example,DNS:rebind.example,DNS:mixed.example
names=$names,DNS:xn--bcher-kva.example,IP:127.0.0.1
leaf good "$names" 20260101000000Z 21260101000000Z
leaf expired "$names" 20200101000000Z 20210101000000Z
leaf wrong DNS:elsewhere.example 20260101000000Z 21260101000000Z
key "$work/key"
openssl req -x509 -new -key "$work/key" -subj "/CN=shop.example" -days 36500 -out "$work/crt" -addext "subjectAltName=$names"
cat "$work/key" "$work/crt" >self.pem
