/* SPDX-License-Identifier: MIT */
/* The metrics that a run finds where it writes its own: any bytes; and what it writes reads back.
 */
/* covers: src/report/prometheus.c */
#include "base/utf8.h"
#include "report/prometheus.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mop_sv text = {(const char *)data, size};
    struct mop_prometheus_run found = {0}, again = {0};
    struct mop_err e = {0};
    struct mop_buf b;
    struct mop_out out;
    mop_prometheus_read(text, &found);
    must(found.complete_us >= 0 && found.passed_us >= 0);
    found.dataset = text;
    mop_buf_init(&b, SIZE_MAX);
    mop_out_init(&out, mop_out_to_buf, &b);
    must(!mop_prometheus_tell(&found, &out, &e));
    mop_out_release(&out);
    must(mop_utf8_check(mop_buf_view(&b)) == b.n);
    must(mop_prometheus_read(mop_buf_view(&b), &again));
    must(again.complete_us == found.complete_us && again.passed_us == found.passed_us);
    mop_buf_release(&b);
    return 0;
}
