/* SPDX-License-Identifier: MIT */
#include "fuzz_require.h"

#include "../../src/exporters/connector.h"

/* clang-format off */
/* covers: src/exporters/connector.c src/exporters/connector_read.c src/exporters/connector_request.c src/exporters/connector_stream.c src/base/keys.c */
/* clang-format on */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct mop_arena a;
    struct mop_diags d;
    struct mop_buf b;
    mop_arena_init(&a);
    mop_diags_init(&d);
    mop_buf_init(&b, 64 << 20);
    const struct mop_connector *c =
        mop_connector_parse(&a, "fuzz.yaml", (struct mop_sv){(const char *)data, n}, &d);
    fuzz_require((c == NULL) == (d.faults > 0));
    for (size_t i = 0; c && i < c->nstreams; i++)
        fuzz_require(c->streams[i].decoder != MOP_DECODE_JSON || c->streams[i].records.many ||
                     !c->streams[i].records.n);
    mop_diags_print(&d, &b, false);
    mop_buf_release(&b);
    mop_diags_release(&d);
    mop_arena_release(&a);
    return 0;
}
