/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "report/rows.h"
#include <string.h>

/* history show, export: one run; tables as they are. */

typedef struct mop_history_settings S;

/* ---- show, export: tables as they are ---- */

struct dump {
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
    mop_out_init(&to, mop_history_to_stdout, NULL);
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
             MOP_SV_ARG(mop_history_time(a, r->now_us)), MOP_SV_ARG(r->status), (long long)r->exit);
    if (r->message.n)
        mop_para(&out.page, MOP_TONE_PLAIN, "%.*s", MOP_SV_ARG(mop_shown_reason(a, r->message)));
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
            struct mop_sv shown[] = {s[i].name.n ? s[i].name
                                                 : mop_sv_of(mop_history_score_kinds[s[i].of]),
                                     s[i].record, s[i].money ? MOP_SV("money") : MOP_SV("records"),
                                     mop_history_share(a, s[i].tenths), s[i].reason};
            if (s[i].of == of)
                mop_listing_row(&out, shown, shown);
        }
    return mop_listing_end(&out, "It has no scores.", e);
}

int mop_history_show(S *h, struct mop_log *l, struct mop_err *e)
{
    const struct mop_log_run *r = mop_history_find(h, l, h->nwords ? h->words[0] : "last", e);
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
                     "stages, datasets, causes, files");
    return NULL;
}

int mop_history_export(S *h, struct mop_log *l, struct mop_err *e)
{
    const char *format = strcmp(h->format, "text") != 0 ? h->format : "json";
    const struct mop_log_table *only = h->table ? find_table(h->table, e) : NULL;
    const struct mop_log_run *r = h->run ? mop_history_find(h, l, h->run, e) : NULL;
    if ((h->table && !only) || (h->run && !r))
        return -1;
    if (!strcmp(format, "csv") && !only) {
        mop_err_set(e, 2, (struct mop_loc){0}, "history export: csv is of one table");
        mop_err_hint(e,
                     "add --table scores; there are runs, sources, types, scores, rules, values, "
                     "signatures, fields, stages, datasets, causes, files");
        return -1;
    }
    return dump_all(l, r ? r->id : 0, only, format, e);
}
