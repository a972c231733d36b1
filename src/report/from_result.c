/* SPDX-License-Identifier: MIT */
#include "report/from_result.h"
#include "report/problems_parts.h"

static void describe(struct mop_problems *p, const struct mop_result *r)
{
    p->taxonomy = mop_arena_copy(&p->arena, r->rules->name);
    p->version = mop_arena_copy(&p->arena, r->rules->version);
    p->digest = mop_arena_copy(&p->arena, mop_sv_of(r->rules->digest));
    p->now_us = r->rules->now_us;
    p->exit = r->exit;
    p->partial = r->status == MOP_RUN_PARTIAL;
    p->why_partial = mop_why_partial(r);
    p->fail_on = r->warnings_fail ? MOP_WARN : MOP_FAULT;
    p->has_baseline = r->baseline.given;
    for (size_t i = 0; i < r->nwhy; i++)
        mop_problems_note(p, "%.*s", MOP_SV_ARG(r->why[i].text));
}

void mop_problems_from_result(struct mop_problems *p, const struct mop_result *r)
{
    struct mop_from_result f = {.r = r, .p = p};
    mop_arena_init(&f.arena);
    mop_problems_init(p, "check");
    describe(p, r);
    mop_from_run(&f);
    mop_from_rules(&f);
    mop_problems_sort(p);
    mop_arena_release(&f.arena);
}

static int write_as(const struct mop_problem_format *format, const struct mop_result *r,
                    const struct mop_format_options *o, struct mop_out *out, struct mop_err *e)
{
    struct mop_problems p;
    struct mop_problem_options po = {.color = o->color, .width = o->width};
    mop_problems_from_result(&p, r);
    int rc = format->write(&p, &po, out, e);
    mop_problems_release(&p);
    return rc;
}

#define FORMAT(word, text)                                                                         \
    static int write_##word(const struct mop_result *r, const struct mop_format_options *o,        \
                            struct mop_out *out, struct mop_err *e)                                \
    {                                                                                              \
        return write_as(&mop_problems_##word, r, o, out, e);                                       \
    }                                                                                              \
    const struct mop_format mop_format_##word = {                                                  \
        .name = #word, .summary = (text), .write = write_##word}

FORMAT(sarif, "SARIF 2.1.0, for code scanning");
FORMAT(junit, "JUnit XML: a test per rule, for Jenkins and GitLab");
FORMAT(github, "annotations of a GitHub workflow");
FORMAT(gitlab, "GitLab's code quality report");
