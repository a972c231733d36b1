/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"
#include "rules/compile.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A rule file of any bytes: it loads, or there is a fault with a place; packs are not looked for.
 * Lint says the same about its loading, and every id that is told has a page. */
/* clang-format off */
/* covers: src/rules/check.c src/rules/dataset_load.c src/rules/digest.c src/rules/field.c src/rules/field_checks.c src/rules/files.c src/rules/head.c src/rules/keys.c src/rules/ladder.c src/rules/layer.c src/rules/lifecycle_load.c src/rules/load.c src/rules/merge.c src/rules/order.c src/rules/override.c src/rules/read.c src/rules/record.c src/rules/record_settings.c src/rules/report_load.c src/rules/rules_load.c src/rules/scope.c src/rules/subjects.c src/rules/vocabulary.c src/rules/vocabulary_load.c src/lint/governance_dates.c src/lint/governance_docs.c src/lint/lint_governance.c src/lint/lint_structure.c src/lint/logic_conditions.c src/lint/logic_reports.c src/lint/logic_stages.c src/lint/logic_templates.c src/lint/run.c src/lint/walk.c */
/* clang-format on */
static void require(bool holds)
{
    if (!holds)
        abort();
}

static const char *write_file(const uint8_t *data, size_t n)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/mopslint-fuzz-%ld.yaml",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, n, f) != n || fclose(f) != 0)
        abort();
    return path;
}

static void lint(const char *path, int64_t now_us, bool loads)
{
    struct mop_lint_options o = {.files = &path, .nfiles = 1, .now_us = now_us};
    struct mop_problems p;
    struct mop_diags sources;
    struct mop_err e = {0};
    mop_problems_init(&p, "rules lint");
    mop_diags_init(&sources);
    require(mop_lint_files(&o, &p, &sources, &e) == 0 && p.exit == (loads ? 0 : 2));
    for (size_t i = 0; i < p.n; i++)
        require(mop_lint_find(p.rules[p.list[i].rule].id) && p.list[i].message.n > 0);
    mop_diags_release(&sources);
    mop_problems_release(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *path = write_file(data, n);
    struct mop_load_options o = {.files = &path,
                                 .nfiles = 1,
                                 .now_us = INT64_C(1795327200000000),
                                 .packdir = "/nonexistent"};
    struct mop_diags d;
    struct mop_buf printed;
    mop_diags_init(&d);
    mop_buf_init(&printed, 64 << 20);
    struct mop_ruleset *rs = mop_ruleset_load(&o, &d);
    require((rs != NULL) == (d.faults == 0));
    for (size_t i = 0; rs && i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++)
            require(rs->records[i]->checks[k]->index == k &&
                    rs->records[i]->checks[k]->severity != MOP_SEV_OFF);
    mop_diags_print(&d, &printed, false);
    require(d.n == 0 || printed.n > 0);
    lint(path, o.now_us, rs != NULL);
    mop_ruleset_free(rs);
    mop_diags_release(&d);
    mop_buf_release(&printed);
    unlink(path);
    return 0;
}
