/* SPDX-License-Identifier: MIT */
#include "fuzz_file.h"
#include "gate/checklist.h"
#include "gate/checks.h"
#include "tables.h"

/* A brief of any bytes: it is read, or there is a fault with a place; what is read goes through
 * every check and format, and what is shown is well-formed. */
/* covers: src/gate/brief.c src/gate/brief_links.c src/gate/brief_people.c src/gate/checks_days.c
 * src/gate/checks_inputs.c src/gate/checks_money.c src/gate/checks_people.c src/gate/links.c
 * src/gate/macros.c */
static void write_all(const struct mop_launch *g)
{
    struct mop_checklist_options o = {0};
    for (size_t i = 0; mop_checklist_formats[i]; i++) {
        struct mop_buf b;
        struct mop_out out;
        struct mop_err e = {0};
        mop_buf_init(&b, 256 << 20);
        mop_out_init(&out, mop_out_to_buf, &b);
        fuzz_require(mop_checklist_formats[i]->write(g, &o, &out, &e) == 0 && b.n > 0);
        mop_out_release(&out);
        mop_buf_release(&b);
    }
}

static void launch(struct mop_brief *b, struct mop_diags *d)
{
    static const char *const pack[] = {"gate"};
    struct mop_load_options lo = {.files = pack, .nfiles = 1, .now_us = INT64_C(1795338000000000)};
    struct mop_gate_options o = {
        .exporters = mop_exporters, .now_us = lo.now_us, .csv = &mop_exporter_csv};
    struct mop_arena arena;
    struct mop_launch g;
    struct mop_err e = {0};
    mop_arena_init(&arena);
    struct mop_ruleset *rs = mop_ruleset_load(&lo, d);
    struct mop_gate_policy *p = rs ? mop_gate_policy_read(rs, &arena, d) : NULL;
    fuzz_require(p != NULL);
    if (mop_gate_run(&g, b, p, &o, d, &e) == 0) {
        fuzz_require(mop_gate_exit(&g, false) <= 1);
        write_all(&g);
    } else {
        fuzz_require(d->faults > 0); /* a level that there is not */
    }
    mop_gate_release(&g);
    mop_ruleset_free(rs);
    mop_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *path = fuzz_file(data, n, ".yaml");
    struct mop_brief_options o = {.csv = &mop_exporter_csv};
    struct mop_diags d;
    struct mop_brief b;
    struct mop_err e = {0};
    mop_diags_init(&d);
    int rc = mop_brief_load(&b, path, &o, &d, &e);
    fuzz_require((rc == 0) == (d.faults == 0 && e.code == 0));
    if (rc == 0)
        launch(&b, &d);
    mop_brief_release(&b);
    mop_diags_release(&d);
    unlink(path);
    return 0;
}
