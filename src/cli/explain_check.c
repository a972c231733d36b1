/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "cli/explain.h"
#include "report/sections.h"
#include "rules/args.h"
#include <stdio.h>

/* What a taxonomy says of one of its rules, under the names that its keys have there. */

static void put_named(const char *name, struct mop_sv text)
{
    if (!text.n)
        return;
    printf("  %s: ", name);
    mop_explain_put(text, 0);
    puts("");
}

static void put_node(const char *name, const struct mop_node *n)
{
    if (!n || n->null)
        return;
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    mop_yaml_flow(&b, n);
    put_named(name, mop_buf_view(&b));
    mop_buf_release(&b);
}

static void put_day(const char *name, int32_t day)
{
    int y, m, d;
    mop_civil_of_day(day, &y, &m, &d);
    printf("%s%04d-%02d-%02d", name, y, m, d);
}

static void put_where(const struct mop_check *c)
{
    mop_explain_put(c->id, 0);
    printf("\n  ");
    mop_explain_put(mop_sv_of(c->at.file ? c->at.file : "built in"), 0);
    printf(":%u:%u, from '", c->at.line, c->at.col);
    mop_explain_put(c->origin, 0);
    printf("'\n  severity %s, dimension %s, effect %s\n", mop_severity_names[c->severity],
           mop_dimension_names[c->dimension], mop_effect_names[c->effect]);
    if (c->phase_until == INT32_MIN)
        return;
    put_day("  severity until ", c->phase_until);
    printf("; after it %s\n", mop_severity_names[c->final_severity]);
}

static void put_window(const struct mop_window *w)
{
    if (w->from == INT32_MIN && w->until == INT32_MAX)
        return;
    printf("  applies:");
    if (w->from != INT32_MIN)
        put_day(" from ", w->from);
    if (w->until != INT32_MAX)
        put_day(" until ", w->until);
    puts("");
}

/* The fields it is about, each with what the taxonomy says it holds. */
static void put_fields(const struct mop_check *c)
{
    for (size_t i = 0; i < c->nsubjects; i++) {
        printf("%s", i ? "          " : "  fields: ");
        mop_explain_put(c->subjects[i]->name, 0);
        if (c->subjects[i]->description.n) {
            printf(": ");
            mop_explain_put(c->subjects[i]->description, 0);
        }
        puts("");
    }
}

static void put_tags(const struct mop_check *c)
{
    for (size_t i = 0; i < c->ntags; i++) {
        printf("%s", i ? ", " : "  tags: ");
        mop_explain_put(c->tags[i], 0);
    }
    printf("%s", c->ntags ? "\n" : "");
}

/* An entry of `examples` is a record or a list of records. */
static void put_examples(const struct mop_check *c, const char *which, const char *name)
{
    const struct mop_node *n = c->examples ? mop_node_get(c->examples, which) : NULL;
    for (size_t i = 0; n && n->kind == MOP_LIST && i < n->n; i++)
        put_node(name, n->item[i]);
}

void mop_explain_check(const struct mop_check *c)
{
    struct mop_arena a;
    mop_arena_init(&a);
    put_where(c);
    put_named("description", c->description);
    put_named("what is wrong", mop_rule_phrase(&a, c));
    put_named("why", c->why);
    put_fields(c);
    put_node("when", c->when_node);
    put_window(&c->applies);
    put_node(c->role == MOP_CHECK_RULE ? "then" : "asks", c->asks);
    put_named("owner", c->owner);
    put_node("fixed by", c->fixed_by_node);
    put_named("message", c->message);
    put_tags(c);
    put_examples(c, "pass", "passes");
    put_examples(c, "fail", "fails");
    puts("");
    mop_arena_release(&a);
}
