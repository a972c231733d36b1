#!/bin/sh
# SPDX-License-Identifier: MIT
# The examples of rules/README.md and of the packs' pages, as tests: see run.py.
exec "${PYTHON:-python3}" "$(dirname "$0")/run.py" "$@"
