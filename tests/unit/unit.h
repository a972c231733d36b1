/* SPDX-License-Identifier: MIT */
#ifndef MOP_UNIT_H
#define MOP_UNIT_H
/* cmocka wants these four first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/sv.h"
#include <stdio.h>

#define ROWS(table) (sizeof(table) / sizeof *(table))

/* A view of a literal for tables, NUL bytes and all. */
#define L(lit)                                                                                     \
    {                                                                                              \
        (lit), sizeof(lit) - 1                                                                     \
    }

/* Fails with the row's comment and both texts. */
static inline void check_text(const char *row, struct mop_sv got, struct mop_sv want)
{
    if (!mop_sv_eq(got, want))
        fail_msg("%s: got '%.*s', want '%.*s'", row, MOP_SV_ARG(got), MOP_SV_ARG(want));
}

static inline void check_true(const char *row, bool ok, const char *what)
{
    if (!ok)
        fail_msg("%s: %s", row, what);
}
#define CHECK(row, condition) check_true((row), (condition), #condition)
#endif
