/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_REQUIRE_H
#define FUZZ_REQUIRE_H
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static void fuzz_require(bool holds)
{
    if (!holds)
        abort();
}
#endif
