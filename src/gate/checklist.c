/* SPDX-License-Identifier: MIT */
#include "gate/checklist.h"
#include "gate/checks.h"
#include "report/shown.h"
#include "values/ga4.h"
#include <string.h>

/* What all checklists say in the same words, and the table of them. */

const struct mop_checklist_part mop_checklist_parts[] = {
    {"Blockers", "[ ]", MOP_GATE_FAILED, true},
    {"Not seen on the network", "[?]", MOP_GATE_NOT_SEEN, true},
    {"Warnings", "[!]", MOP_GATE_WARNED, true},
    {"Waived", "[w]", MOP_GATE_WAIVED, false},
    {"Not asked", "[-]", MOP_GATE_NOT_ASKED, false},
    {"Passed", "[x]", MOP_GATE_PASSED, false},
};
const size_t mop_checklist_nparts = sizeof mop_checklist_parts / sizeof *mop_checklist_parts;

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

void mop_checklist_verdict(const struct mop_launch *g, const struct mop_checklist_options *o,
                           struct mop_buf *out)
{
    static const char *const words[] = {"GO", "HOLD", "HOLD", "NOT CHECKED"};
    size_t failed = mop_gate_count(g, MOP_GATE_FAILED);
    size_t warned = mop_gate_count(g, MOP_GATE_WARNED);
    size_t unseen = mop_gate_unseen(g);
    size_t waived = mop_gate_count(g, MOP_GATE_WAIVED);
    mop_buf_str(out, words[mop_gate_exit(g, o->warnings_fail)]);
    const char *sep = ": ";
    if (failed)
        mop_buf_printf(out, "%s%zu blocker%s", sep, failed, plural(failed)), sep = ", ";
    if (unseen)
        mop_buf_printf(out, "%s%zu not seen", sep, unseen), sep = ", ";
    if (warned)
        mop_buf_printf(out, "%s%zu warning%s", sep, warned, plural(warned)), sep = ", ";
    if (waived)
        mop_buf_printf(out, "%s%zu waived", sep, waived);
}

static void add_masked(struct mop_buf *out, const char *before, struct mop_sv text,
                       const char *after)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_buf_str(out, before);
    mop_buf_sv(out, mop_shown_value(&a, false, NULL, text));
    mop_buf_str(out, after);
    mop_arena_release(&a);
}

/* What GA4 makes of links that come without a word on what is meant: "; GA4 files 2 under Email".
 */
static void add_channels(const struct mop_launch *g, struct mop_buf *out)
{
    const char *name, *before = "; GA4 files ";
    size_t unfiled = 0;
    for (size_t k = 0; (name = mop_ga4_channel_name(MOP_SV_NONE, k)); k++) {
        size_t n = 0;
        for (size_t i = 0; i < g->b->nlinks; i++)
            n += g->ga4[i] && !strcmp(g->ga4[i], name);
        if (n)
            mop_buf_printf(out, "%s%zu under %s", before, n, name);
        before = n ? ", " : before;
    }
    for (size_t i = 0; i < g->b->nlinks; i++)
        unfiled += !g->ga4[i];
    if (unfiled)
        mop_buf_printf(out, "; %zu not filed: no tags, or macros in them", unfiled);
}

void mop_checklist_level(const struct mop_launch *g, struct mop_buf *out)
{
    const char *sep = ": ";
    if (g->links_only) {
        mop_buf_printf(out, "%zu link%s, without a brief%.*s", g->b->nlinks, plural(g->b->nlinks),
                       MOP_SV_ARG(g->b->lists));
        add_channels(g, out);
        return;
    }
    mop_buf_printf(out, "level %.*s", MOP_SV_ARG(g->p->levels[g->level].name));
    if (g->level != g->derived) {
        mop_buf_printf(out, ", %s from %.*s", g->level < g->derived ? "lowered" : "raised",
                       MOP_SV_ARG(g->p->levels[g->derived].name));
        if (g->b->level_reason.text.p)
            add_masked(out, " (", g->b->level_reason.text, ")");
    }
    for (size_t i = 0; i < g->nreasons; i++) {
        if (g->reasons[i]->level != g->derived)
            continue;
        mop_buf_printf(out, "%s%.*s", sep, MOP_SV_ARG(g->reasons[i]->because));
        sep = "; ";
    }
}

void mop_checklist_who(const struct mop_launch *g, enum mop_role role, struct mop_buf *out)
{
    struct mop_sv who = mop_gate_person(g, role);
    if (g->links_only)
        mop_buf_str(out, "whoever builds the links");
    else if (who.n)
        mop_buf_printf(out, "%.*s (%s)", MOP_SV_ARG(who), mop_role_names[role]);
    else
        mop_buf_printf(out, "nobody named (%s)", mop_role_names[role]);
}

void mop_checklist_place(const struct mop_launch *g, struct mop_loc at, struct mop_buf *out)
{
    (void)g;
    if (!at.file || !at.line)
        return;
    mop_buf_printf(out, "%s:%u", at.file, at.line);
    if (at.col)
        mop_buf_printf(out, ":%u", at.col);
}

const char *mop_checklist_mark(const struct mop_gate_result *r, const struct mop_gate_item *x)
{
    bool beside = r->state == MOP_GATE_FAILED && x->level != MOP_FAULT;
    return !beside ? "" : x->level == MOP_WARN ? "(only warns) " : "(only noted) ";
}

void mop_checklist_remark(const struct mop_launch *g, const struct mop_gate_result *r,
                          struct mop_buf *out)
{
    (void)g;
    if (r->waiver) {
        mop_buf_printf(out, "waived by %.*s because ", MOP_SV_ARG(r->waiver->by.text));
        add_masked(out, "", r->waiver->reason.text, "");
    } else
        mop_buf_sv(out, r->why);
}

void mop_checklist_way(const struct mop_gate_item *x, struct mop_buf *out)
{
    struct mop_sv way = x->way, hop;
    for (const char *sep = ""; way.n && mop_sv_next(&way, '\n', &hop); sep = " -> ")
        mop_buf_printf(out, "%s%.*s", sep, MOP_SV_ARG(hop));
}

const struct mop_gate_result *mop_checklist_next(const struct mop_launch *g,
                                                 const struct mop_checklist_part *part,
                                                 enum mop_role role, size_t *i)
{
    while (*i < g->n) {
        const struct mop_gate_result *r = &g->results[(*i)++];
        if (r->state == part->state && (role == MOP_ROLES || r->by == role))
            return r;
    }
    return NULL;
}

/* ---- problems ---- */

static void add_result(struct mop_problems *p, const struct mop_launch *g,
                       const struct mop_gate_result *r)
{
    struct mop_buf who, remark;
    mop_buf_init(&who, 1 << 12);
    mop_buf_init(&remark, 1 << 14);
    mop_checklist_who(g, r->by, &who);
    mop_checklist_remark(g, r, &remark);
    bool waived = r->state == MOP_GATE_WAIVED;
    bool skipped = waived || r->state == MOP_GATE_NOT_ASKED; /* no test that passed */
    struct mop_problem_rule rule = {.id = r->id,
                                    .summary = r->summary,
                                    .doc = mop_sv_of(r->check ? r->check->doc : ""),
                                    .group = MOP_SV("gate"),
                                    .level = r->severity == MOP_SEV_WARNING ? MOP_WARN : MOP_FAULT,
                                    .owner = mop_buf_view(&who),
                                    .skipped = skipped ? mop_buf_view(&remark) : MOP_SV("")};
    size_t at = mop_problems_rule(p, &rule);
    for (size_t i = 0; i < r->n; i++) {
        const struct mop_gate_item *x = &r->items[i];
        mop_problems_add(
            p, &(struct mop_problem){.rule = at,
                                     .level = x->unseen ? MOP_FAULT : x->level,
                                     .at = x->at,
                                     .span = x->span,
                                     .message = x->message,
                                     .hint = x->repair,
                                     .detail = x->way,
                                     .count = 1,
                                     .undecided = x->unseen,
                                     .suppressed = waived ? mop_buf_view(&remark) : MOP_SV("")});
    }
    if (waived)
        mop_problems_note(p, "%.*s: %.*s", MOP_SV_ARG(r->id), MOP_SV_ARG(mop_buf_view(&remark)));
    mop_buf_release(&who);
    mop_buf_release(&remark);
}

void mop_checklist_problems(const struct mop_launch *g, const struct mop_checklist_options *o,
                            struct mop_problems *p)
{
    struct mop_buf words;
    mop_buf_init(&words, 1 << 16);
    p->taxonomy = g->o->rules ? g->o->rules->name : g->p->origin;
    p->now_us = g->o->now_us;
    p->fail_on = o->warnings_fail ? MOP_WARN : MOP_FAULT;
    p->sources = o->sources;
    p->exit = mop_gate_exit(g, o->warnings_fail);
    if (o->never_fails && p->exit == 1)
        p->exit = 0;
    p->partial = p->exit == 3;
    p->why_partial = "links were not checked";
    for (size_t i = 0; i < g->n; i++)
        add_result(p, g, &g->results[i]);
    mop_checklist_verdict(g, o, &words);
    mop_problems_figure(p, "verdict", "%.*s", MOP_SV_ARG(mop_buf_view(&words)));
    mop_buf_reset(&words);
    mop_checklist_level(g, &words);
    mop_problems_note(p, "%.*s", MOP_SV_ARG(mop_buf_view(&words)));
    if (!g->links_only)
        mop_problems_figure(p, "digest", "%s", g->b->digest);
    mop_problems_sort(p);
    mop_buf_release(&words);
}

static int write_problems(const char *name, const struct mop_launch *g,
                          const struct mop_checklist_options *o, struct mop_out *out,
                          struct mop_err *e)
{
    struct mop_problems p;
    struct mop_problem_options po = {o->color, o->width};
    size_t i = 0;
    while (strcmp(mop_problem_formats[i]->name, name) != 0)
        i++;
    mop_problems_init(&p, "gate");
    mop_checklist_problems(g, o, &p);
    int rc = mop_problem_formats[i]->write(&p, &po, out, e);
    mop_problems_release(&p);
    return rc;
}

#define PROBLEMS(name, words)                                                                      \
    static int write_##name(const struct mop_launch *g, const struct mop_checklist_options *o,     \
                            struct mop_out *out, struct mop_err *e)                                \
    {                                                                                              \
        return write_problems(#name, g, o, out, e);                                                \
    }                                                                                              \
    static const struct mop_checklist_format name = {#name, words, write_##name};
PROBLEMS(junit, "a test report: each check is a case")
PROBLEMS(github, "annotations of a workflow")
PROBLEMS(gitlab, "GitLab's code quality report")
PROBLEMS(sarif, "SARIF 2.1.0")

const struct mop_checklist_format *const mop_checklist_formats[] = {&mop_checklist_text,
                                                                    &mop_checklist_markdown,
                                                                    &mop_checklist_html,
                                                                    &mop_checklist_json,
                                                                    &junit,
                                                                    &github,
                                                                    &gitlab,
                                                                    &sarif,
                                                                    NULL};
