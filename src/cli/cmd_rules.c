/* SPDX-License-Identifier: MIT */
#include "cli/check_settings.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "report/glossary.h"
#include "rules/keys.h"
#include "rules/kinds.h"
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
    bool words, files;
};

static int set_rules(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    (void)e;
    MOP_GROW(s->rules, s->nrules, s->caprules);
    s->rules[s->nrules++] = mop_arena_str(&s->arena, arg);
    return 0;
}

static int set_words(void *settings, struct mop_sv arg, struct mop_err *e)
{
    (void)arg, (void)e;
    ((struct settings *)settings)->words = true;
    return 0;
}

static int set_files(void *settings, struct mop_sv arg, struct mop_err *e)
{
    (void)arg, (void)e;
    ((struct settings *)settings)->files = true;
    return 0;
}

#define RULES_OPTION                                                                               \
    {                                                                                              \
        "rules", 'r', "FILE|PACK", "taxonomy whose rules are meant (repeatable)", NULL, set_rules, \
            true                                                                                   \
    }
#define COLOR_OPTION                                                                               \
    {                                                                                              \
        "color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, true                   \
    }
#define LAST_OPTION                                                                                \
    {                                                                                              \
        NULL, 0, NULL, NULL, NULL, NULL, false                                                     \
    }
static const struct mop_option options[] = {RULES_OPTION, COLOR_OPTION, LAST_OPTION};
static const struct mop_option schema_options[] = {COLOR_OPTION, LAST_OPTION};
static const struct mop_option list_options[] = {
    RULES_OPTION,
    {"words", 0, NULL, "the words of the report instead", NULL, set_words, true},
    {"files", 0, NULL, "the files that the taxonomy is made of instead", NULL, set_files, true},
    COLOR_OPTION,
    LAST_OPTION};

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

/* ---- list ---- */

static void list_kinds(void)
{
    printf("%-14s %-8s %-13s %s\n", "KIND", "SEVERITY", "DIMENSION", "WHAT IT ASKS");
    for (size_t i = 0; mop_kinds[i]; i++)
        if (!mop_explain_of_source(mop_kinds[i]))
            printf("%-14s %-8s %-13s %s\n", mop_kinds[i]->name,
                   mop_severity_names[mop_kinds[i]->severity],
                   mop_dimension_names[mop_kinds[i]->dimension], mop_kinds[i]->summary);
}

/* input.* are rules of every record type: one line, but for who owns it. */
static bool is_listed(const struct mop_ruleset *rs, size_t type, const struct mop_check *c)
{
    for (size_t i = 0; c->role == MOP_CHECK_INPUT && i < type; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++) {
            const struct mop_check *x = rs->records[i]->checks[k];
            if (x->kind == c->kind && mop_sv_eq(x->owner, c->owner))
                return true;
        }
    return false;
}

static void list_rules(const struct mop_ruleset *rs)
{
    printf("%-44s %-8s %-13s %-14s %s\n", "RULE", "SEVERITY", "DIMENSION", "EFFECT", "OWNER");
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++) {
            const struct mop_check *c = rs->records[i]->checks[k];
            if (is_listed(rs, i, c))
                continue;
            mop_explain_put(c->id, 44);
            printf(" %-8s %-13s %-14s ", mop_severity_names[c->severity],
                   mop_dimension_names[c->dimension], mop_effect_names[c->effect]);
            mop_explain_put(c->owner, 0);
            puts("");
        }
}

static void list_words(void)
{
    printf("%-14s %s\n", "WORD", "WHAT IT MEANS");
    for (const struct mop_word *w = mop_words_of_reports; w->word; w++)
        printf("%-14s %s\n", w->word, w->summary);
}

/* For programs: one a line. */
static void list_files(const struct mop_ruleset *rs)
{
    for (size_t i = 0; i < rs->nfiles; i++) {
        mop_explain_put(mop_sv_of(rs->files[i].path), 0);
        puts("");
    }
}

static int run_list(struct settings *s, struct mop_diags *d, struct mop_err *e)
{
    if (s->files && !s->nrules) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--files needs --rules FILE|PACK");
        return -1;
    }
    if (s->words) {
        list_words();
        return 0;
    }
    if (!s->nrules) {
        list_kinds();
        return 0;
    }
    struct mop_ruleset *rs = load(s, d);
    if (!rs)
        return 2;
    (s->files ? list_files : list_rules)(rs);
    mop_ruleset_free(rs);
    return 0;
}

/* ---- explain ---- */

static int run_explain(struct settings *s, struct mop_diags *d, struct mop_err *e)
{
    if (!s->word) {
        mop_err_set(e, 2, (struct mop_loc){0},
                    "explain needs the ID of a rule, the name of a kind, or a word of the report");
        mop_err_hint(e, "%s", mop_explain_hint);
        return -1;
    }
    struct mop_ruleset *rs = s->nrules ? load(s, d) : NULL;
    if (s->nrules && !rs)
        return 2;
    int code = mop_explain(mop_sv_of(s->word), rs, e);
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
    .usage = "mopslint rules list [-r FILE|PACK]... [--words|--files]",
    .summary = "the kinds of rules, or the rules of a taxonomy",
    .about = "Without -r: every kind a rule file may use, with its default severity and "
             "dimension.\nWith -r: every rule of that taxonomy.\nWith --words: every word of the "
             "report that 'rules explain' explains.\nWith -r and --files: every file that it is "
             "made of, one a line, "
             "packs and lists too.",
    .options = list_options,
    .run = list_main};
const struct mop_command mop_cmd_rules_explain = {
    .name = "rules explain",
    .usage = "mopslint rules explain [-r FILE|PACK]... ID|WORD",
    .summary = "what a rule or a kind asks, why, what to do; what a word of the report means",
    .about =
        "ID is a kind such as 'vocabulary', a type such as 'country', the id of a finding such as\n"
        "'lead.utm_source.alias' or 'lead.landing_page.url.https', of a finding of rules lint "
        "such\n"
        "as 'unused-vocabulary', a word of the report such as 'clean', or with -r any rule of that "
        "taxonomy.",
    .options = options,
    .run = explain_main};
const struct mop_command mop_cmd_rules_schema = {
    .name = "rules schema",
    .usage = "mopslint rules schema",
    .summary = "the rule language as a JSON Schema, for editors",
    .about =
        "Prints a JSON Schema that completes and documents the keys of rule files in an editor.",
    .options = schema_options,
    .run = schema_main};
