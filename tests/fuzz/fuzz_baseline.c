/* SPDX-License-Identifier: MIT */
/*
 * A baseline as somebody's editor, merge or disk left it: refused with its place, or read so that
 * writing and reading it again gives the same bytes.
 *
 * covers: src/report/baseline_read.c
 */
#include "fuzz_file.h"
#include "report/baseline.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void written(const struct mop_baseline *b, struct mop_buf *text)
{
    struct mop_out out;
    struct mop_err e = {0};
    mop_buf_init(text, 16 << 20);
    mop_out_init(&out, mop_out_to_buf, text);
    mop_baseline_write(b, &out);
    fuzz_require(mop_out_flush(&out, &e) == 0);
    mop_out_release(&out);
}

static struct mop_baseline *load(const void *p, size_t n)
{
    struct mop_err e = {0};
    const char *path = fuzz_file(p, n, ".baseline");
    struct mop_baseline *b = mop_baseline_load(path, MOP_SV("acme"), &e);
    fuzz_require(b ? e.code == 0 : e.code == 2 && e.at.line >= 1 && e.at.col >= 1);
    return b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct mop_buf once, twice;
    struct mop_baseline *b = load(data, n);
    if (!b)
        return 0;
    written(b, &once);
    struct mop_baseline *again = load(once.p, once.n);
    fuzz_require(again && mop_baseline_findings(b) == mop_baseline_findings(again));
    written(again, &twice);
    fuzz_require(once.n == twice.n && memcmp(once.p, twice.p, once.n) == 0);
    mop_buf_release(&once);
    mop_buf_release(&twice);
    mop_baseline_free(again);
    mop_baseline_free(b);
    return 0;
}
