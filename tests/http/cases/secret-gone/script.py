# SPDX-License-Identifier: MIT
script = []
