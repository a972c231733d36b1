/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "cli/commands.h"
#include "cli/notes.h"
#include "report/rows.h"
#include "report/sections.h"
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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
    {"all", 0, NULL, "also runs that another one of the same night took the place of", NULL,
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

static int find_history(S *h, struct mop_err *e)
{
    if (h->s.history && *h->s.history)
        return 0;
    h->s.said = 0;
    if (read_config(h, e))
        return -1;
    return h->s.history && *h->s.history ? 0 : find_only(h, e);
}

/* ---- texts ---- */

static struct mop_sv time_text(struct mop_arena *a, int64_t us)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(us, NULL));
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static struct mop_sv share(struct mop_arena *a, int64_t tenths)
{
    return tenths < 0 ? MOP_SV("")
                      : mop_arena_printf(a, "%.*s %%", MOP_SV_ARG(mop_shown_tenths(a, tenths)));
}

static struct mop_sv tenths(struct mop_arena *a, int64_t n)
{
    return n < 0 ? MOP_SV_NONE : mop_shown_tenths(a, n);
}

static struct mop_sv number(struct mop_arena *a, int64_t n)
{
    return n < 0 ? MOP_SV_NONE : mop_arena_printf(a, "%lld", (long long)n);
}

/* ---- list ---- */

static struct mop_sv rules_text(const struct mop_log_run *r)
{
    if (!r->taxonomy.p)
        return MOP_SV("");
    return r->same_rules ? MOP_SV("same") : MOP_SV("changed");
}

/* What people want to know of a run beside its figures. */
static struct mop_sv said_of(struct mop_arena *a, const struct mop_log_run *r)
{
    if (r->superseded > 0)
        return mop_arena_printf(a, "run %lld took its place", (long long)r->superseded);
    return mop_log_is_complete(r) ? MOP_SV("") : r->message;
}

static int list_runs(S *h, struct mop_log *l, struct mop_err *e)
{
    static const char *const columns[] = {"#run",   "now",    "status", "#exit",    "#records",
                                          "#clean", "#money", "rules",  "taxonomy", "message"};
    static const struct mop_grid_column titles[] = {
        {"run", true, MOP_FIT_KEY},        {"as of", false, MOP_FIT_WHOLE},
        {"status", false, MOP_FIT_WHOLE},  {"exit", true, MOP_FIT_WHOLE},
        {"records", true, MOP_FIT_WHOLE},  {"clean", true, MOP_FIT_WHOLE},
        {"money", true, MOP_FIT_WHOLE},    {"rules", false, MOP_FIT_WHOLE},
        {"taxonomy", false, MOP_FIT_CLIP}, {"", false, MOP_FIT_CLIP}};
    struct mop_arena *a = &h->s.arena;
    struct mop_log_run *runs;
    struct mop_listing out;
    size_t n;
    if (mop_log_runs(l, a, h->all, &runs, &n, e))
        return -1;
    mop_listing_begin(&out, h->format, columns, titles, 10);
    for (size_t i = 0; i < n; i++) {
        const struct mop_log_run *r = &runs[i];
        struct mop_sv taxonomy =
            r->taxonomy.p ? mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(r->taxonomy),
                                             r->version.n ? " " : "", MOP_SV_ARG(r->version))
                          : MOP_SV_NONE;
        struct mop_sv cells[] = {number(a, r->id),
                                 time_text(a, r->now_us),
                                 r->status,
                                 number(a, r->exit),
                                 number(a, r->records),
                                 tenths(a, r->records_tenths),
                                 tenths(a, r->value_tenths),
                                 rules_text(r),
                                 taxonomy,
                                 r->message};
        struct mop_sv shown[] = {cells[0],
                                 cells[1],
                                 cells[2],
                                 cells[3],
                                 mop_shown_count(a, (uint64_t)r->records),
                                 share(a, r->records_tenths),
                                 share(a, r->value_tenths),
                                 cells[7],
                                 taxonomy,
                                 said_of(a, r)};
        mop_listing_row(&out, cells, shown);
    }
    return mop_listing_end(&out, "The history has no run yet.", e);
}

/* ---- show, export: tables as they are ---- */

struct dump {
    struct mop_listing *out;
    const char *format;
    struct mop_out *to;
    bool first;
};

static int dump_row(void *ctx, const struct mop_log_table *t, const struct mop_sv *cells,
                    struct mop_err *e)
{
    struct dump *d = ctx;
    if (!strcmp(d->format, "csv"))
        mop_rows_csv(d->to, cells, t->ncolumns);
    else
        mop_rows_json(d->to, t->columns, cells, t->ncolumns, d->first);
    d->first = false;
    if (!d->to->err.code)
        return 0;
    *e = d->to->err;
    return -1;
}

static int to_stdout(void *ctx, const char *p, size_t n, struct mop_err *e)
{
    (void)ctx;
    if (fwrite(p, 1, n, stdout) == n)
        return 0;
    mop_err_set(e, 3, (struct mop_loc){0}, "cannot write to standard output");
    return -1;
}

static int dump_table(struct mop_log *l, const struct mop_log_table *t, int64_t run,
                      const char *format, struct mop_out *to, struct mop_err *e)
{
    struct dump d = {.format = format, .to = to, .first = true};
    bool csv = !strcmp(format, "csv");
    if (csv)
        mop_rows_csv_head(to, t->columns, t->ncolumns);
    else
        mop_out_str(to, "[");
    if (mop_log_each(l, t, run, dump_row, &d, e))
        return -1;
    if (!csv)
        mop_out_str(to, d.first ? "]" : "\n ]");
    return 0;
}

static int dump_all(struct mop_log *l, int64_t run, const struct mop_log_table *only,
                    const char *format, struct mop_err *e)
{
    struct mop_out to;
    int rc = 0;
    mop_out_init(&to, to_stdout, NULL);
    bool csv = !strcmp(format, "csv");
    mop_out_str(&to, csv ? "" : "{\"schema\": \"mopslint.history/1\"");
    for (const struct mop_log_table *t = mop_log_tables; t->name && !rc; t++) {
        if (only && t != only)
            continue;
        if (!csv) {
            mop_out_str(&to, ",\n \"");
            mop_out_str(&to, t->name);
            mop_out_str(&to, "\": ");
        }
        rc = dump_table(l, t, run, format, &to, e);
    }
    mop_out_str(&to, csv ? "" : "}\n");
    rc = rc ? rc : mop_out_flush(&to, e);
    mop_out_release(&to);
    return rc;
}

static const struct mop_log_run *find(S *h, struct mop_log *l, const char *name, struct mop_err *e)
{
    struct mop_log_run *runs;
    size_t n;
    if (mop_log_runs(l, &h->s.arena, true, &runs, &n, e))
        return NULL;
    return mop_log_find(runs, n, mop_sv_of(name), e);
}

static const char *const score_kinds[] = {"report", "all records", "dimension", "owner", "field"};

static int show_scores(S *h, struct mop_log *l, const struct mop_log_run *r, struct mop_err *e)
{
    static const struct mop_grid_column titles[] = {{"score", false, MOP_FIT_KEY},
                                                    {"of", false, MOP_FIT_KEY},
                                                    {"by", false, MOP_FIT_WHOLE},
                                                    {"clean", true, MOP_FIT_WHOLE},
                                                    {"why not", false, MOP_FIT_CLIP}};
    struct mop_arena *a = &h->s.arena;
    struct mop_log_score *s;
    struct mop_listing out;
    size_t n;
    if (mop_log_scores(l, a, r->id, &s, &n, e))
        return -1;
    mop_listing_begin(&out, "text", NULL, titles, 5);
    mop_para(&out.page, MOP_TONE_STRONG, "run %lld, %.*s: %.*s, exit status %lld", (long long)r->id,
             MOP_SV_ARG(time_text(a, r->now_us)), MOP_SV_ARG(r->status), (long long)r->exit);
    if (r->message.n)
        mop_para(&out.page, MOP_TONE_PLAIN, "%.*s", MOP_SV_ARG(r->message));
    if (r->taxonomy.p)
        mop_para(&out.page, MOP_TONE_PLAIN, "taxonomy %.*s %.*s, rules %.*s, text %.*s",
                 MOP_SV_ARG(r->taxonomy), MOP_SV_ARG(r->version),
                 MOP_SV_ARG(mop_sv_sub(r->digest, 0, 12)),
                 MOP_SV_ARG(mop_sv_sub(r->text_digest, 0, 12)));
    mop_para(&out.page, MOP_TONE_PLAIN, "%.*s%s%.*s%s, by mopslint %.*s",
             MOP_SV_ARG(mop_shown_records(a, (uint64_t)r->records, MOP_SV(""))),
             r->types.n ? " (" : "", MOP_SV_ARG(r->types), r->types.n ? ")" : "",
             MOP_SV_ARG(r->program));
    for (int of = MOP_SINCE_REPORT; of <= MOP_SINCE_FIELD; of++)
        for (size_t i = 0; i < n; i++) {
            struct mop_sv shown[] = {s[i].name.n ? s[i].name : mop_sv_of(score_kinds[s[i].of]),
                                     s[i].record, s[i].money ? MOP_SV("money") : MOP_SV("records"),
                                     share(a, s[i].tenths), s[i].reason};
            if (s[i].of == of)
                mop_listing_row(&out, shown, shown);
        }
    return mop_listing_end(&out, "It has no scores.", e);
}

static int show(S *h, struct mop_log *l, struct mop_err *e)
{
    const struct mop_log_run *r = find(h, l, h->nwords ? h->words[0] : "last", e);
    if (!r)
        return -1;
    if (!strcmp(h->format, "text"))
        return show_scores(h, l, r, e);
    if (!strcmp(h->format, "json"))
        return dump_all(l, r->id, NULL, "json", e);
    mop_err_set(e, 2, (struct mop_loc){0}, "history show: there is no csv of a run");
    mop_err_hint(e, "'mopslint history export -f csv --table scores --run %lld' is one",
                 (long long)r->id);
    return -1;
}

static const struct mop_log_table *find_table(const char *name, struct mop_err *e)
{
    struct mop_sv names[32];
    size_t n = 0;
    for (const struct mop_log_table *t = mop_log_tables; t->name; t++) {
        if (!strcmp(t->name, name))
            return t;
        names[n++] = mop_sv_of(t->name);
    }
    long near = mop_suggest(mop_sv_of(name), names, n);
    mop_err_set(e, 2, (struct mop_loc){0}, "--table: the history has no table '%s'", name);
    if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(e,
                     "there are runs, sources, types, scores, rules, values, signatures, fields, "
                     "stages, datasets, files");
    return NULL;
}

static int export_tables(S *h, struct mop_log *l, struct mop_err *e)
{
    const char *format = strcmp(h->format, "text") != 0 ? h->format : "json";
    const struct mop_log_table *only = h->table ? find_table(h->table, e) : NULL;
    const struct mop_log_run *r = h->run ? find(h, l, h->run, e) : NULL;
    if ((h->table && !only) || (h->run && !r))
        return -1;
    if (!strcmp(format, "csv") && !only) {
        mop_err_set(e, 2, (struct mop_loc){0}, "history export: csv is of one table");
        mop_err_hint(e,
                     "add --table scores; there are runs, sources, types, scores, rules, values, "
                     "signatures, fields, stages, datasets, files");
        return -1;
    }
    return dump_all(l, r ? r->id : 0, only, format, e);
}

/* ---- compare ---- */

static int compare_text(S *h, const struct mop_log_run *to, const struct mop_since *since,
                        struct mop_err *e)
{
    struct mop_listing out;
    mop_listing_begin(&out, "text", NULL, NULL, 0);
    out.nothing.since = since;
    out.page.brief = !h->full;
    mop_para(&out.page, MOP_TONE_PLAIN, "run %lld, %.*s", (long long)to->id,
             MOP_SV_ARG(time_text(&h->s.arena, to->now_us)));
    mop_section_since(&out.page);
    out.first = false;
    return mop_listing_end(&out, "", e);
}

static int compare_json(const struct mop_since *since, struct mop_err *e)
{
    struct mop_out to;
    mop_out_init(&to, to_stdout, NULL);
    mop_since_json(&to, since);
    int rc = mop_out_flush(&to, e);
    mop_out_release(&to);
    return rc;
}

static int need_scores(const struct mop_log_run *r, struct mop_err *e)
{
    if (mop_log_is_complete(r))
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "run %lld has no scores: it is '%.*s'", (long long)r->id,
                MOP_SV_ARG(r->status));
    return -1;
}

/* A is the earlier one; alone it is compared with the last run. */
static int compare(S *h, struct mop_log *l, struct mop_err *e)
{
    const char *names[] = {h->nwords ? h->words[0] : "last-1",
                           h->nwords > 1 ? h->words[1] : "last"};
    const struct mop_since *since;
    const struct mop_log_run *from = find(h, l, names[0], e),
                             *to = from ? find(h, l, names[1], e) : NULL;
    if (!to || need_scores(from, e) || need_scores(to, e))
        return -1;
    if (from->id >= to->id) {
        mop_err_set(e, 2, (struct mop_loc){0}, "run %lld is not earlier than run %lld",
                    (long long)from->id, (long long)to->id);
        mop_err_hint(e, "the earlier one comes first: mopslint history compare A B");
        return -1;
    }
    if (!strcmp(h->format, "csv")) {
        mop_err_set(e, 2, (struct mop_loc){0}, "history compare: there is no csv of it");
        mop_err_hint(e, "-f json has all that changed");
        return -1;
    }
    if (mop_log_compare(l, &h->s.arena, from, to, &since, e))
        return -1;
    return strcmp(h->format, "json") != 0 ? compare_text(h, to, since, e) : compare_json(since, e);
}

/* ---- trend ---- */

static bool is_asked(const S *h, const struct mop_log_score *s, bool reports)
{
    if (!h->score)
        return s->of == (reports ? MOP_SINCE_REPORT : MOP_SINCE_OVERALL);
    return mop_sv_eqs(s->of == MOP_SINCE_OVERALL ? s->record : s->name, h->score);
}

static const struct mop_log_run *run_of(const struct mop_log_run *runs, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (runs[i].id == id)
            return &runs[i];
    return NULL;
}

/* The id from which on there are so many complete runs. */
static int64_t first_of_last(const struct mop_log_run *runs, size_t n, uint64_t many)
{
    for (size_t i = n; i > 0; i--)
        if (mop_log_is_complete(&runs[i - 1]) && runs[i - 1].superseded < 0 && !--many)
            return runs[i - 1].id;
    return 0;
}

static int trend(S *h, struct mop_log *l, struct mop_err *e)
{
    static const char *const columns[] = {"score", "of",    "record",   "#run",   "now",
                                          "basis", "clean", "assessed", "#tenths"};
    static const struct mop_grid_column titles[] = {
        {"score", false, MOP_FIT_KEY},   {"of", false, MOP_FIT_WHOLE},
        {"", false, MOP_FIT_WHOLE},      {"run", true, MOP_FIT_WHOLE},
        {"as of", false, MOP_FIT_WHOLE}, {"by", false, MOP_FIT_WHOLE},
        {"", true, MOP_FIT_WHOLE},       {"", true, MOP_FIT_WHOLE},
        {"clean", true, MOP_FIT_WHOLE}};
    struct mop_arena *a = &h->s.arena;
    struct mop_log_score *s;
    struct mop_log_run *runs;
    struct mop_listing out;
    size_t n, nruns;
    bool reports = false, any = false;
    if (mop_log_scores(l, a, 0, &s, &n, e) || mop_log_runs(l, a, false, &runs, &nruns, e))
        return -1;
    int64_t first = first_of_last(runs, nruns, h->last ? h->last : 30);
    for (size_t i = 0; i < n; i++)
        reports |= s[i].of == MOP_SINCE_REPORT;
    for (size_t i = 0; i < n; i++)
        any |= is_asked(h, &s[i], reports);
    if (h->score && !any && n) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--score: the history has no score '%s'", h->score);
        mop_err_hint(e, "'mopslint history show' lists them");
        return -1;
    }
    mop_listing_begin(&out, h->format, columns, titles, 9);
    for (size_t i = 0; i < n; i++) {
        const struct mop_log_run *r = run_of(runs, nruns, s[i].run);
        if (!r || r->id < first || !is_asked(h, &s[i], reports))
            continue;
        struct mop_sv name = s[i].of == MOP_SINCE_OVERALL ? s[i].record : s[i].name;
        struct mop_sv cells[] = {name,
                                 mop_sv_of(score_kinds[s[i].of]),
                                 s[i].record,
                                 number(a, r->id),
                                 time_text(a, r->now_us),
                                 s[i].money ? MOP_SV("value") : MOP_SV("records"),
                                 s[i].clean,
                                 s[i].assessed,
                                 number(a, s[i].tenths)};
        struct mop_sv shown[] = {name,       cells[1],   MOP_SV(""),
                                 cells[3],   cells[4],   s[i].money ? MOP_SV("money") : cells[5],
                                 MOP_SV(""), MOP_SV(""), share(a, s[i].tenths)};
        mop_listing_row(&out, cells, shown);
    }
    return mop_listing_end(&out, "The history has no complete run yet.", e);
}

/* ---- prune ---- */

static int64_t clock_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * 1000000;
}

/* The first run that stays; the last complete one always does. */
static int64_t first_kept(const S *h, const struct mop_log_run *runs, size_t n)
{
    int64_t now = h->s.has_now ? h->s.now_us : clock_us();
    int64_t last = first_of_last(runs, n, 1), first = 0;
    if (h->keep)
        first = first_of_last(runs, n, h->keep);
    for (size_t i = 0; h->older_us > 0 && i < n; i++)
        if (runs[i].now_us < now - h->older_us)
            first = runs[i].id + 1;
    return last && first > last ? last : first;
}

static int prune(S *h, struct mop_log *l, struct mop_err *e)
{
    struct mop_log_run *runs;
    uint64_t gone = 0;
    size_t n;
    if (!h->keep == (h->older_us < 0)) {
        mop_err_set(e, 2, (struct mop_loc){0}, "history prune: which runs are to stay?");
        mop_err_hint(e, "add --keep 400 or --older-than 400d, one of them");
        return -1;
    }
    if (mop_log_runs(l, &h->s.arena, true, &runs, &n, e))
        return -1;
    int64_t first = first_kept(h, runs, n);
    for (size_t i = 0; i < n; i++)
        gone += runs[i].id < first;
    if (!h->dry_run && gone && mop_log_prune(l, first, &gone, e))
        return -1;
    printf("%llu of %zu runs %s\n", (unsigned long long)gone, n,
           h->dry_run ? "would be taken out" : "taken out");
    return 0;
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
    code = code < 0 ? mop_cli_error(&e) : code;
    mop_check_settings_release(&h.s);
    return code;
}

#define MAIN(name, operand, body, writes)                                                          \
    static int name##_main(int argc, char **argv)                                                  \
    {                                                                                              \
        return run(&mop_cmd_history_##name, argc, argv, operand, body, writes);                    \
    }
MAIN(list, take_none, list_runs, false)
MAIN(show, take_one, show, false)
MAIN(compare, take_run, compare, false)
MAIN(trend, take_none, trend, false)
MAIN(prune, take_none, prune, true)
MAIN(export, take_none, export_tables, false)

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
    .about = "Without A and B the last two complete runs; without B from A to the last one.\n" RUN
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
        "Tables: runs, sources, types, scores, rules, values (the worst of a rule), signatures,\n"
        "fields, stages, datasets, files (of the taxonomy).",
    .examples = "  mopslint history export --history nights.history -f csv --table scores\n",
    .options = export_options,
    .run = export_main};
