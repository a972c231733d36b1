/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

const struct mop_lint_check mop_lint_regex[] = {{.id = NULL}};
