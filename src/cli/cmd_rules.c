/* SPDX-License-Identifier: MIT */
#include "cli/check_settings.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "lint/lint.h"
#include "lint/rules_test.h"
#include "rules/keys.h"
#include "rules/kinds.h"
#include "values/types.h"
#include "values/url_checks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* rules list, explain, schema: the kinds and the rules of a taxonomy, from the tables they are
 * registered in. */

struct settings {
    struct mop_arena arena;
    const char **rules;
    size_t nrules, caprules;
    const char *word;
};

static int set_rules(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    (void)e;
    MOP_GROW(s->rules, s->nrules, s->caprules);
    s->rules[s->nrules++] = mop_arena_str(&s->arena, arg);
    return 0;
}

static const struct mop_option options[] = {
    {"rules", 'r', "FILE|PACK", "taxonomy whose rules are meant (repeatable)", NULL, set_rules,
     true},
    {"color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, true},
    {NULL, 0, NULL, NULL, NULL, NULL, false},
};

static int take_word(void *settings, const char *arg, struct mop_err *e)
{
    struct settings *s = settings;
    if (s->word) {
        mop_err_set(e, 2, (struct mop_loc){0}, "one ID at a time: '%s' is too many", arg);
        return -1;
    }
    s->word = arg;
    return 0;
}

static int no_operand(void *settings, const char *arg, struct mop_err *e)
{
    (void)settings;
    mop_err_set(e, 2, (struct mop_loc){0}, "unexpected argument '%s'", arg);
    return -1;
}

static struct mop_ruleset *load(struct settings *s, struct mop_diags *d)
{
    struct mop_load_options o = {
        .files = s->rules, .nfiles = s->nrules, .now_us = (int64_t)time(NULL) * 1000000};
    struct mop_ruleset *rs = mop_ruleset_load(&o, d);
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    mop_diags_print(d, &b, mop_cli_color(STDERR_FILENO));
    fwrite(b.p, 1, b.n, stderr);
    mop_buf_release(&b);
    return rs;
}

/* A text of the taxonomy, which may come from anywhere, in at least so many columns. */
static void put(struct mop_sv text, size_t columns)
{
    struct mop_buf plain, b;
    mop_buf_init(&plain, 1 << 20);
    mop_buf_init(&b, 1 << 22);
    mop_utf8_show(&plain, text, SIZE_MAX);
    mop_text_log(&b, mop_buf_view(&plain));
    mop_buf_release(&plain);
    size_t width = mop_utf8_width(mop_buf_view(&b));
    printf("%.*s%*s", (int)b.n, b.n ? b.p : "", (int)(width < columns ? columns - width : 0), "");
    mop_buf_release(&b);
}

/* ---- list ---- */

static void list_kinds(void)
{
    printf("%-14s %-8s %-13s %s\n", "KIND", "SEVERITY", "DIMENSION", "WHAT IT ASKS");
    for (size_t i = 0; mop_kinds[i]; i++)
        printf("%-14s %-8s %-13s %s\n", mop_kinds[i]->name,
               mop_severity_names[mop_kinds[i]->severity],
               mop_dimension_names[mop_kinds[i]->dimension], mop_kinds[i]->summary);
}

static void list_rules(const struct mop_ruleset *rs)
{
    printf("%-44s %-8s %-13s %-14s %s\n", "RULE", "SEVERITY", "DIMENSION", "EFFECT", "OWNER");
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++) {
            const struct mop_check *c = rs->records[i]->checks[k];
            put(c->id, 44);
            printf(" %-8s %-13s %-14s ", mop_severity_names[c->severity],
                   mop_dimension_names[c->dimension], mop_effect_names[c->effect]);
            put(c->owner, 0);
            puts("");
        }
}

static int run_list(struct settings *s, struct mop_diags *d, struct mop_err *e)
{
    (void)e;
    if (!s->nrules) {
        list_kinds();
        return 0;
    }
    struct mop_ruleset *rs = load(s, d);
    if (!rs)
        return 2;
    list_rules(rs);
    mop_ruleset_free(rs);
    return 0;
}

/* ---- explain ---- */

static void explain_kind(const struct mop_kind *k)
{
    printf("%s: %s\n\nseverity %s, dimension %s, unless the rule says otherwise\n", k->name,
           k->summary, mop_severity_names[k->severity], mop_dimension_names[k->dimension]);
    if (k->doc)
        printf("\n%s\n", k->doc);
}

static void explain_type(const struct mop_type *t)
{
    printf("%s: %s\n\na type, for `type:` of a field%s\n", t->name, t->summary,
           t->personal ? "; its values are masked in reports" : "");
}

static void explain_url_check(const struct mop_url_check *u)
{
    static const char *const severities[] = {"only where a rule asks for it: `url: {KEY: warning}`",
                                             "severity warning, unless the rule says otherwise",
                                             "severity error, unless the rule says otherwise"};
    printf("url.%s: %s\n\na check of a URL; %s\n\n", u->id, u->summary,
           severities[u->default_severity]);
}

/* The URL check of an id that ends in url.<check>, or NULL. */
static const struct mop_url_check *url_check_of_id(struct mop_sv id)
{
    struct mop_sv rest = id, part;
    while (mop_sv_next(&rest, '.', &part))
        if (mop_sv_eqs(part, "url") && rest.p)
            return mop_url_check_find(rest);
    return NULL;
}

static void put_named(const char *name, struct mop_sv text)
{
    if (!text.n)
        return;
    fputs(name, stdout);
    put(text, 0);
}

static void explain_check(const struct mop_check *c)
{
    put(c->id, 0);
    printf("\n  ");
    put(mop_sv_of(c->at.file ? c->at.file : "built in"), 0);
    printf(":%u:%u, from '", c->at.line, c->at.col);
    put(c->origin, 0);
    printf("'\n  severity %s, dimension %s, effect %s", mop_severity_names[c->severity],
           mop_dimension_names[c->dimension], mop_effect_names[c->effect]);
    put_named(", owner ", c->owner);
    put_named("\n  message: ", c->message);
    put_named("\n  why: ", c->why);
    puts("\n");
    if (url_check_of_id(c->id))
        explain_url_check(url_check_of_id(c->id));
    if (c->kind)
        explain_kind(c->kind);
}

static void explain_lint(const struct mop_lint_check *c)
{
    static const char *const levels[] = {"note", "warning", "error"};
    printf("%s: %s\n\na finding of rules lint, level %s\n\n%s\n", c->id, c->summary,
           levels[c->level], c->doc);
}

static const struct mop_coverage_kind *find_coverage(struct mop_sv id)
{
    for (size_t i = 0; i < MOP_COVERED; i++)
        if (mop_sv_eqs(id, mop_coverage_kinds[i].id))
            return &mop_coverage_kinds[i];
    return NULL;
}

static void explain_coverage(const struct mop_coverage_kind *c)
{
    printf("%s: %s\n\na note of rules test --uncovered\n\n%s\n", c->id, c->summary, c->doc);
}

static const struct mop_check *find_check(const struct mop_ruleset *rs, struct mop_sv id)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++)
            if (mop_sv_eq(rs->records[i]->checks[k]->id, id))
                return rs->records[i]->checks[k];
    return NULL;
}

/* The kind of an id: its last part, or the last two of input.* and lifecycle ids. */
static const struct mop_kind *kind_of_id(struct mop_sv id)
{
    const struct mop_kind *k = mop_kind_find(id);
    struct mop_sv rest = id, part;
    while (!k && mop_sv_next(&rest, '.', &part))
        k = rest.p ? mop_kind_find(rest) : mop_kind_find(part);
    return k;
}

static int not_found(struct mop_sv id, const struct mop_ruleset *rs, struct mop_err *e)
{
    struct mop_sv names[4096];
    size_t n = 0;
    for (size_t i = 0; mop_kinds[i] && n < 4096; i++)
        names[n++] = mop_sv_of(mop_kinds[i]->name);
    for (size_t i = 0; i < mop_types_n && n < 4096; i++)
        names[n++] = mop_sv_of(mop_types[i].name);
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id && n < 4096; c++)
            names[n++] = mop_sv_of(c->id);
    for (size_t i = 0; i < MOP_COVERED && n < 4096; i++)
        names[n++] = mop_sv_of(mop_coverage_kinds[i].id);
    for (size_t i = 0; rs && i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks && n < 4096; k++)
            names[n++] = rs->records[i]->checks[k]->id;
    long near = mop_suggest(id, names, n);
    mop_err_set(e, 2, (struct mop_loc){0}, "no rule or kind '%.*s'", MOP_SV_ARG(id));
    if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(e,
                     "'mopslint rules list' lists the kinds, with -r FILE the rules of a taxonomy");
    return -1;
}

static int run_explain(struct settings *s, struct mop_diags *d, struct mop_err *e)
{
    if (!s->word) {
        mop_err_set(e, 2, (struct mop_loc){0},
                    "explain needs the ID of a rule or the name of a kind");
        mop_err_hint(e,
                     "'mopslint rules list' lists the kinds, with -r FILE the rules of a taxonomy");
        return -1;
    }
    struct mop_sv id = mop_sv_of(s->word);
    struct mop_ruleset *rs = s->nrules ? load(s, d) : NULL;
    if (s->nrules && !rs)
        return 2;
    const struct mop_check *c = rs ? find_check(rs, id) : NULL;
    const struct mop_url_check *u = url_check_of_id(id);
    const struct mop_kind *k = u ? mop_kind_find(MOP_SV("url")) : kind_of_id(id);
    const struct mop_type *t = mop_type_find(id);
    const struct mop_lint_check *lint = mop_lint_find(id);
    const struct mop_coverage_kind *coverage = find_coverage(id);
    int code = 0;
    if (c)
        explain_check(c);
    if (u && !c)
        explain_url_check(u);
    if (k && !c)
        explain_kind(k);
    if (lint && !c)
        explain_lint(lint);
    if (coverage && !c)
        explain_coverage(coverage);
    if (t && !c)
        explain_type(t);
    else if (!c && !k && !lint && !coverage)
        code = not_found(id, rs, e);
    mop_ruleset_free(rs);
    return code;
}

/* ---- schema ---- */

static int run_schema(struct settings *s, struct mop_diags *d, struct mop_err *e)
{
    struct mop_buf b;
    (void)s;
    (void)d;
    (void)e;
    mop_buf_init(&b, 16 << 20);
    mop_rules_schema(&b);
    fwrite(b.p, 1, b.n, stdout);
    mop_buf_release(&b);
    return 0;
}

/* ---- the commands ---- */

struct call {
    struct settings s;
    int (*body)(struct settings *, struct mop_diags *, struct mop_err *);
};

static int call_body(void *settings, struct mop_err *e)
{
    struct call *c = settings;
    struct mop_diags d;
    mop_diags_init(&d);
    int code = c->body(&c->s, &d, e);
    if (code < 0)
        code = mop_cli_error(e); /* its place lives in d */
    mop_diags_release(&d);
    return code;
}

static int run(const struct mop_command *c, int argc, char **argv,
               int (*operand)(void *, const char *, struct mop_err *),
               int (*body)(struct settings *, struct mop_diags *, struct mop_err *))
{
    struct call call = {.body = body}; /* options write to its first member */
    mop_arena_init(&call.s.arena);
    int code = mop_command_run(c, argc, argv, &call, operand, call_body);
    free((void *)call.s.rules);
    mop_arena_release(&call.s.arena);
    return code;
}

static int list_main(int argc, char **argv)
{
    return run(&mop_cmd_rules_list, argc, argv, no_operand, run_list);
}

static int explain_main(int argc, char **argv)
{
    return run(&mop_cmd_rules_explain, argc, argv, take_word, run_explain);
}

static int schema_main(int argc, char **argv)
{
    return run(&mop_cmd_rules_schema, argc, argv, no_operand, run_schema);
}

const struct mop_command mop_cmd_rules_list = {
    .name = "rules list",
    .usage = "mopslint rules list [-r FILE|PACK]...",
    .summary = "the kinds of rules, or the rules of a taxonomy",
    .about = "Without -r: every kind a rule file may use, with its default severity and "
             "dimension.\nWith -r: every rule of that taxonomy.",
    .options = options,
    .run = list_main};
const struct mop_command mop_cmd_rules_explain = {
    .name = "rules explain",
    .usage = "mopslint rules explain [-r FILE|PACK]... ID",
    .summary = "what a rule or a kind asks, why, and what to do",
    .about =
        "ID is a kind such as 'vocabulary', a type such as 'country', the id of a finding such as\n"
        "'lead.utm_source.alias' or 'lead.landing_page.url.https', of a finding of rules lint "
        "such\n"
        "as 'unused-vocabulary', or with -r any rule of that taxonomy.",
    .options = options,
    .run = explain_main};
const struct mop_command mop_cmd_rules_schema = {
    .name = "rules schema",
    .usage = "mopslint rules schema",
    .summary = "the rule language as a JSON Schema, for editors",
    .about =
        "Prints a JSON Schema that completes and documents the keys of rule files in an editor.",
    .options = options,
    .run = schema_main};
