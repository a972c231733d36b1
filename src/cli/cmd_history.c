/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "cli/commands.h"
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* history list, show, compare, trend, prune, export. */

typedef struct mop_history_settings S;

/* ---- options ---- */

static int set_history(void *settings, struct mop_sv arg, struct mop_err *e)
{
    S *h = settings;
    (void)e;
    h->s.history = mop_arena_str(&h->s.arena, arg);
    h->s.said = 1;
    return 0;
}

static int set_config(void *settings, struct mop_sv arg, struct mop_err *e)
{
    S *h = settings;
    (void)e;
    h->s.config = mop_arena_str(&h->s.arena, arg);
    return 0;
}

static int set_profile(void *settings, struct mop_sv arg, struct mop_err *e)
{
    S *h = settings;
    (void)e;
    h->s.profile = mop_arena_str(&h->s.arena, arg);
    return 0;
}

static int set_format(void *settings, struct mop_sv arg, struct mop_err *e)
{
    static const char *const names[] = {"text", "json", "csv"};
    S *h = settings;
    for (size_t i = 0; i < 3; i++)
        if (mop_sv_eqs(arg, names[i])) {
            h->format = names[i];
            return 0;
        }
    return mop_option_refuse(e, "format", arg, "text, json or csv");
}

#define FLAG(name, member)                                                                         \
    static int name(void *settings, struct mop_sv arg, struct mop_err *e)                          \
    {                                                                                              \
        (void)arg;                                                                                 \
        (void)e;                                                                                   \
        ((S *)settings)->member = true;                                                            \
        return 0;                                                                                  \
    }
#define WORD(name, member)                                                                         \
    static int name(void *settings, struct mop_sv arg, struct mop_err *e)                          \
    {                                                                                              \
        (void)e;                                                                                   \
        ((S *)settings)->member = mop_arena_str(&((S *)settings)->s.arena, arg);                   \
        return 0;                                                                                  \
    }
#define NUMBER(name, option, member)                                                               \
    static int name(void *settings, struct mop_sv arg, struct mop_err *e)                          \
    {                                                                                              \
        S *h = settings;                                                                           \
        if (mop_sv_u64(arg, &h->member) && h->member)                                              \
            return 0;                                                                              \
        return mop_option_refuse(e, option, arg, "a number from 1");                               \
    }
FLAG(set_all, all)
FLAG(set_full, full)
FLAG(set_dry_run, dry_run)
WORD(set_score, score)
WORD(set_table, table)
WORD(set_run, run)
NUMBER(set_keep, "keep", keep)
NUMBER(set_last, "last", last)

static int set_older(void *settings, struct mop_sv arg, struct mop_err *e)
{
    S *h = settings;
    if (mop_duration_parse(arg, &h->older_us) && h->older_us > 0)
        return 0;
    return mop_option_refuse(e, "older-than", arg, "a time such as 400d");
}

static int set_now(void *settings, struct mop_sv arg, struct mop_err *e)
{
    S *h = settings;
    h->s.has_now = true;
    return mop_option_time("now", arg, &h->s.now_us, e);
}

#define COMMON                                                                                     \
    {"history", 0,                                                                                 \
     "FILE",    "the history; else that of mopslint.yaml, else the only one kept",                 \
     NULL,      set_history,                                                                       \
     true},                                                                                        \
        {"config", 0,          "FILE", "settings; else mopslint.yaml found upwards from here",     \
         NULL,     set_config, true},                                                              \
        {"profile", 0, "NAME", "the history of a run with that profile", NULL, set_profile, true}, \
    {                                                                                              \
        "color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, true                   \
    }
#define FORMATS(what)                                                                              \
    {                                                                                              \
        "format", 'f', "NAME", what, NULL, set_format, true                                        \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, NULL, NULL, NULL, false                                                     \
    }
static const struct mop_option list_options[] = {
    COMMON,
    FORMATS("text, json, csv"),
    {"all", 0, NULL, "also runs that another one with the same --now took the place of", NULL,
     set_all, true},
    END};
static const struct mop_option show_options[] = {COMMON, FORMATS("text, json"), END};
static const struct mop_option compare_options[] = {
    COMMON,
    FORMATS("text, json"),
    {"full", 0, NULL, "all that changed, not the most important lines", NULL, set_full, true},
    END};
static const struct mop_option trend_options[] = {
    COMMON,
    FORMATS("text, json, csv"),
    {"score", 0, "NAME", "a report, record type, dimension, owner or field; else the reports", NULL,
     set_score, true},
    {"last", 0, "N", "that many runs (30)", NULL, set_last, true},
    END};
static const struct mop_option prune_options[] = {
    COMMON,
    {"keep", 0, "N", "keep the last N complete runs, and all since", NULL, set_keep, true},
    {"older-than", 0, "TIME", "take out what is older, such as 400d", NULL, set_older, true},
    {"now", 0, "TIME", "the clock of --older-than: ISO 8601", NULL, set_now, true},
    {"dry-run", 0, NULL, "say what would be taken out", NULL, set_dry_run, true},
    END};
static const struct mop_option export_options[] = {
    COMMON,
    FORMATS("json, csv"),
    {"table", 0, "NAME", "one table: runs, scores, rules, ...; csv needs one", NULL, set_table,
     true},
    {"run", 0, "RUN", "of this run only", NULL, set_run, true},
    END};

static int take_run(void *settings, const char *arg, struct mop_err *e)
{
    S *h = settings;
    if (h->nwords < 2) {
        h->words[h->nwords++] = arg;
        return 0;
    }
    mop_err_set(e, 2, (struct mop_loc){0}, "unexpected argument '%s'", arg);
    return -1;
}

static int take_one(void *settings, const char *arg, struct mop_err *e)
{
    if (!((S *)settings)->nwords)
        return take_run(settings, arg, e);
    mop_err_set(e, 2, (struct mop_loc){0}, "one run at a time: '%s' is too many", arg);
    return -1;
}

static int take_none(void *settings, const char *arg, struct mop_err *e)
{
    (void)settings;
    mop_err_set(e, 2, (struct mop_loc){0}, "unexpected argument '%s'", arg);
    return -1;
}

/* ---- which history ---- */

/* The only one in the folder of histories. */
static int find_only(S *h, struct mop_err *e)
{
    glob_t g;
    const char *any = mop_log_default_path(&h->s.arena, MOP_SV("x"), e);
    if (!any)
        return -1;
    struct mop_sv folder = mop_sv_of(any);
    folder = mop_sv_sub(folder, 0, (size_t)(strrchr(any, '/') - any));
    const char *pattern = mop_arena_printf(&h->s.arena, "%.*s/*.history", MOP_SV_ARG(folder)).p;
    if (!glob(pattern, 0, NULL, &g) && g.gl_pathc == 1)
        h->s.history = mop_arena_str(&h->s.arena, mop_sv_of(g.gl_pathv[0]));
    else
        mop_err_set(e, 2, (struct mop_loc){0}, "which history? '%.*s' has %zu", MOP_SV_ARG(folder),
                    g.gl_pathc);
    globfree(&g);
    if (h->s.history && *h->s.history)
        return 0;
    if (h->s.has_profiles && !h->s.profile)
        mop_err_hint(e, "name the profile that keeps it with --profile NAME, or --history FILE");
    else
        mop_err_hint(e, "name one with --history FILE; 'mopslint check --history' makes one");
    return -1;
}

static int read_config(S *h, struct mop_err *e)
{
    struct mop_diags d;
    struct mop_buf b;
    mop_diags_init(&d);
    int bad = mop_config_read(&h->s, &d);
    mop_buf_init(&b, 16 << 20);
    mop_diags_print(&d, &b, mop_cli_color(STDERR_FILENO));
    fwrite(b.p, 1, b.n, stderr);
    mop_buf_release(&b);
    mop_diags_release(&d);
    if (bad)
        mop_err_set(e, 2, (struct mop_loc){0}, "the settings have errors");
    return bad;
}

/* `history: true`: that of the taxonomy, if it can still be loaded. */
static void find_by_taxonomy(S *h)
{
    struct mop_diags d;
    struct mop_err e = {0};
    struct mop_load_options o = {.files = h->s.rules, .nfiles = h->s.nrules};
    mop_diags_init(&d);
    struct mop_ruleset *rs = h->s.nrules ? mop_ruleset_load(&o, &d) : NULL;
    const char *path = rs ? mop_log_default_path(&h->s.arena, rs->name, &e) : NULL;
    if (path && access(path, F_OK) == 0)
        h->s.history = path;
    mop_ruleset_free(rs);
    mop_diags_release(&d);
}

static int find_history(S *h, struct mop_err *e)
{
    if (h->s.history && *h->s.history)
        return 0;
    h->s.said = 0;
    if (read_config(h, e))
        return -1;
    if (h->s.history && !*h->s.history)
        find_by_taxonomy(h);
    return h->s.history && *h->s.history ? 0 : find_only(h, e);
}

/* ---- the commands ---- */

static int run(const struct mop_command *c, int argc, char **argv,
               int (*operand)(void *, const char *, struct mop_err *),
               int (*body)(S *, struct mop_log *, struct mop_err *), bool writes)
{
    S h = {.format = "text", .older_us = -1};
    struct mop_err e = {0};
    struct mop_log *l = NULL;
    mop_check_settings_init(&h.s);
    int code = mop_options_parse(c, argc, argv, &h, operand, NULL, &e);
    if (code > 0) {
        mop_check_settings_release(&h.s);
        return 0;
    }
    if (!code)
        code = find_history(&h, &e);
    if (!code) {
        l = writes ? mop_log_change(h.s.history, &e) : mop_log_read(h.s.history, &e);
        code = l ? body(&h, l, &e) : -1;
    }
    mop_log_close(l);
    if (!writes && mop_history_left())
        code = 0; /* whoever looked has seen enough */
    code = code < 0 ? mop_cli_error(&e) : code;
    mop_check_settings_release(&h.s);
    return code;
}

#define MAIN(name, operand, body, writes)                                                          \
    static int name##_main(int argc, char **argv)                                                  \
    {                                                                                              \
        return run(&mop_cmd_history_##name, argc, argv, operand, body, writes);                    \
    }
MAIN(list, take_none, mop_history_list, false)
MAIN(show, take_one, mop_history_show, false)
MAIN(compare, take_run, mop_history_compare, false)
MAIN(trend, take_none, mop_history_trend, false)
MAIN(prune, take_none, mop_history_prune, true)
MAIN(export, take_none, mop_history_export, false)

#define RUN "A RUN is its number, 'last', 'last-1' (complete ones), or the day or time it was of.\n"
const struct mop_command mop_cmd_history_list = {
    .name = "history list",
    .usage = "mopslint history list [OPTION...]",
    .summary = "the runs of a history, and how they ended",
    .about =
        "One line a run, the newest last. 'clean' is the lowest of its reports, or where there "
        "are none\nof its record types. 'died' is a run that was killed.",
    .options = list_options,
    .run = list_main};
const struct mop_command mop_cmd_history_show = {
    .name = "history show",
    .usage = "mopslint history show [OPTION...] [RUN]",
    .summary = "one run: its status and its scores",
    .about = "Without RUN the last complete one.\n" RUN
             "-f json has all that is kept of it, the text of its taxonomy too.",
    .options = show_options,
    .run = show_main};
const struct mop_command mop_cmd_history_compare = {
    .name = "history compare",
    .usage = "mopslint history compare [OPTION...] [A [B]]",
    .summary = "what changed from one run to a later one, by data and by rules",
    .about =
        "Without A and B the last complete run and the one before it of the same record types;\n"
        "without B from A to the last one of the same record types.\n" RUN
        "What lies between them counts: the data's part is what it did in every step.",
    .options = compare_options,
    .run = compare_main};
const struct mop_command mop_cmd_history_trend = {
    .name = "history trend",
    .usage = "mopslint history trend [OPTION...]",
    .summary = "scores over the last runs",
    .about = "One line a run and score, for a table or a chart.",
    .options = trend_options,
    .run = trend_main};
const struct mop_command mop_cmd_history_prune = {
    .name = "history prune",
    .usage = "mopslint history prune --keep N | --older-than TIME [OPTION...]",
    .summary = "take old runs out",
    .about =
        "The last complete run always stays. A value that only those runs had is forgotten with "
        "them.",
    .options = prune_options,
    .run = prune_main};
const struct mop_command mop_cmd_history_export = {
    .name = "history export",
    .usage = "mopslint history export [OPTION...]",
    .summary = "all that is kept, as JSON, or a table of it as CSV",
    .about =
        "Tables: runs, sources, types, scores, rules, values (the worst of a rule), signatures\n"
        "(the 200 most frequent sets of rules that the same records fail), fields, stages,\n"
        "datasets, causes (of what the rules moved), files (of the taxonomy).\n"
        "Money is in millionths.",
    .examples = "  mopslint history export --history nights.history -f csv --table scores\n",
    .options = export_options,
    .run = export_main};
