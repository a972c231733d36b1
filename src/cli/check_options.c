/* SPDX-License-Identifier: MIT */
#include "cli/check_settings.h"
#include "base/date.h"
#include "cli/http_options.h"
#include "tables.h"
#include <stdlib.h>
#include <string.h>

/* The options of `check`, one line each in the table at the end. */

typedef struct mop_check_settings S;
#define ARGS void *settings, struct mop_sv arg, struct mop_err *e
#define SELF                                                                                       \
    S *s = settings;                                                                               \
    (void)arg;                                                                                     \
    (void)e

static const char *keep(S *s, struct mop_sv arg)
{
    return mop_arena_str(&s->arena, arg);
}

static int set_rules(ARGS)
{
    SELF;
    MOP_GROW(s->rules, s->nrules, s->caprules);
    s->rules[s->nrules++] = keep(s, arg);
    return 0;
}

static int set_config(ARGS)
{
    SELF;
    s->config = keep(s, arg);
    return 0;
}
static int set_profile(ARGS)
{
    SELF;
    s->profile = keep(s, arg);
    return 0;
}
static int set_record(ARGS)
{
    SELF;
    s->record = keep(s, arg);
    s->record_used = false;
    return 0;
}

static int set_file(S *s, const char *option, struct mop_sv arg, const char **file,
                    struct mop_err *e)
{
    *file = keep(s, arg);
    if (arg.n)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "--%s: the file has no name", option);
    return -1;
}

static int set_output(ARGS)
{
    SELF;
    return set_file(s, "output", arg, &s->output, e);
}
static int set_findings(ARGS)
{
    SELF;
    return set_file(s, "findings", arg, &s->findings, e);
}
static int set_repairs(ARGS)
{
    SELF;
    return set_file(s, "repairs", arg, &s->repairs, e);
}
static int set_repairs_undo(ARGS)
{
    SELF;
    return set_file(s, "repairs-undo", arg, &s->repairs_undo, e);
}
static int set_baseline(ARGS)
{
    SELF;
    return set_file(s, "baseline", arg, &s->baseline, e);
}
static int set_write_baseline(ARGS)
{
    SELF;
    return set_file(s, "write-baseline", arg, &s->write_baseline, e);
}
static int set_history(ARGS)
{
    SELF;
    s->history = keep(s, arg);
    return 0;
}
static int set_ratchet(ARGS)
{
    SELF;
    s->verdict.ratchet = true;
    return 0;
}
static int set_show_values(ARGS)
{
    SELF;
    s->show_values = true;
    return 0;
}
static int set_columns_as_given(ARGS)
{
    SELF;
    s->columns_as_given = true;
    return 0;
}
static int set_allow_empty(ARGS)
{
    SELF;
    s->verdict.allow_empty = true;
    return 0;
}
static int set_full(ARGS)
{
    SELF;
    s->full = true;
    return 0;
}
static int set_quiet(ARGS)
{
    SELF;
    s->quiet = true;
    return 0;
}

/* --findings-by fixer DIR comes as one argument "fixer=DIR" or "fixer" with the directory as the
 * next operand. */
static int set_findings_by(ARGS)
{
    SELF;
    size_t eq = mop_sv_find(arg, '=');
    if (!mop_sv_eqs(mop_sv_sub(arg, 0, eq), "fixer"))
        return mop_option_refuse(e, "findings-by", arg, "fixer=DIR");
    s->findings_by = "fixer";
    if (eq < arg.n)
        s->findings_dir = keep(s, mop_sv_sub(arg, eq + 1, arg.n));
    return 0;
}

static int set_map(ARGS)
{
    SELF;
    size_t eq = mop_sv_find(arg, '=');
    if (!eq || eq == arg.n)
        return mop_option_refuse(e, "map", arg, "FIELD=COLUMN");
    MOP_GROW(s->maps, s->nmaps, s->capmaps);
    struct mop_sv own = mop_arena_copy(&s->arena, arg);
    s->maps[s->nmaps++] =
        (struct mop_column_map){mop_sv_sub(own, 0, eq), mop_sv_sub(own, eq + 1, own.n)};
    return 0;
}

#define FORMATS "text, json, markdown, html, sarif, junit, github, gitlab, prometheus"
static const char *const later_formats[] = {"ndjson", "csv"};

static int unknown_format(struct mop_sv name, struct mop_err *e)
{
    for (size_t i = 0; i < sizeof later_formats / sizeof *later_formats; i++)
        if (mop_sv_eqs(name, later_formats[i])) {
            mop_err_set(e, 2, (struct mop_loc){0}, "--format: '%.*s' is not there yet",
                        MOP_SV_ARG(name));
            mop_err_hint(e, "this version writes " FORMATS "; every finding goes to "
                            "--findings FILE.csv or FILE.ndjson");
            return -1;
        }
    struct mop_sv names[MOP_FORMATS_MAX];
    size_t n = 0;
    for (; n < MOP_FORMATS_MAX && mop_formats[n]; n++)
        names[n] = mop_sv_of(mop_formats[n]->name);
    return mop_option_no_format(e, name, names, n);
}

static int set_format(ARGS)
{
    SELF;
    size_t eq = mop_sv_find(arg, '=');
    struct mop_sv name = mop_sv_sub(arg, 0, eq);
    for (size_t i = 0; mop_formats[i]; i++) {
        if (!mop_sv_eqs(name, mop_formats[i]->name))
            continue;
        MOP_GROW(s->outputs, s->noutputs, s->capoutputs);
        struct mop_output *o = &s->outputs[s->noutputs++];
        *o = (struct mop_output){mop_formats[i], NULL};
        return eq < arg.n ? set_file(s, "format", mop_sv_sub(arg, eq + 1, arg.n), &o->file, e) : 0;
    }
    return unknown_format(name, e);
}

static int set_fail_on(ARGS)
{
    static const char *const names[] = {"", "error", "warning", "never"};
    SELF;
    for (int i = MOP_FAIL_ON_ERROR; i <= MOP_FAIL_ON_NEVER; i++)
        if (mop_sv_eqs(arg, names[i])) {
            s->verdict.fail_on = i;
            return 0;
        }
    return mop_option_refuse(e, "fail-on", arg, "error, warning or never");
}

/* "95", "94.95", "95%" in millionths of the whole. */
static int read_percent(const char *option, struct mop_sv arg, int64_t *out, struct mop_err *e)
{
    mop_i128 v;
    struct mop_sv text = arg.n && arg.p[arg.n - 1] == '%' ? mop_sv_sub(arg, 0, arg.n - 1) : arg;
    if (!mop_decimal_parse(text, (struct mop_marks){'.', 0}, &v) || v < 0 ||
        v > 100 * (mop_i128)MOP_UNIT || v % (MOP_UNIT / 10000))
        return mop_option_refuse(e, option, arg,
                                 "a percentage from 0 to 100 with at most four decimals");
    *out = (int64_t)(v / 100); /* MOP_UNIT is a million: 1 % of it is 10,000 millionths */
    return 0;
}

static int set_min_confidence(ARGS)
{
    SELF;
    return read_percent("min-confidence", arg, &s->verdict.min_confidence, e);
}
static int set_min_value(ARGS)
{
    SELF;
    return read_percent("min-value-confidence", arg, &s->verdict.min_value_confidence, e);
}
static int set_min_coverage(ARGS)
{
    SELF;
    return read_percent("min-coverage", arg, &s->verdict.min_coverage, e);
}

static int set_min_report(ARGS)
{
    SELF;
    size_t eq = arg.n;
    while (eq > 0 && arg.p[eq - 1] != '=')
        eq--;
    if (eq < 2)
        return mop_option_refuse(e, "min-report", arg, "NAME=N");
    MOP_GROW(s->min_reports, s->nmin_reports, s->capmin_reports);
    struct mop_min_report *m = &s->min_reports[s->nmin_reports];
    m->name = mop_arena_copy(&s->arena, mop_sv_sub(arg, 0, eq - 1));
    if (read_percent("min-report", mop_sv_sub(arg, eq, arg.n), &m->millionths, e))
        return -1;
    s->nmin_reports++;
    return 0;
}

static int set_cohort(ARGS)
{
    SELF;
    uint64_t days;
    if (!arg.n || arg.p[arg.n - 1] != 'd' || !mop_sv_u64(mop_sv_sub(arg, 0, arg.n - 1), &days) ||
        !days || days > 36500)
        return mop_option_refuse(e, "cohort", arg, "a number of days such as 7d");
    s->verdict.cohort_days = (int32_t)days;
    return 0;
}

static int set_max_samples(ARGS)
{
    SELF;
    s->said_samples = true;
    if (!mop_sv_u64(arg, &s->max_samples) || s->max_samples > 1000)
        return mop_option_refuse(e, "max-samples", arg, "a number from 0 to 1000");
    return 0;
}

static int set_threads(ARGS)
{
    SELF;
    if (!mop_sv_u64(arg, &s->threads) || !s->threads || s->threads > 256)
        return mop_option_refuse(e, "threads", arg, "a number from 1 to 256");
    return 0;
}

static int add_text(S *s, struct mop_sv **list, size_t *n, size_t *cap, struct mop_sv arg)
{
    MOP_GROW(*list, *n, *cap);
    (*list)[(*n)++] = mop_arena_copy(&s->arena, arg);
    return 0;
}

static int set_without(ARGS)
{
    SELF;
    return add_text(s, &s->without, &s->nwithout, &s->capwithout, arg);
}
static int set_select(ARGS)
{
    SELF;
    return add_text(s, &s->select, &s->nselect, &s->capselect, arg);
}
static int set_ignore(ARGS)
{
    SELF;
    return add_text(s, &s->ignore, &s->nignore, &s->capignore, arg);
}

static int set_now(ARGS)
{
    SELF;
    s->has_now = true;
    return mop_option_time("now", arg, &s->now_us, e);
}

static int set_delimiter(ARGS)
{
    SELF;
    bool tab = mop_sv_eqs(arg, "tab") || mop_sv_eqs(arg, "TAB") || mop_sv_eqs(arg, "\\t");
    if (!tab && (arg.n != 1 || (unsigned char)arg.p[0] > 126 || arg.p[0] == '"' ||
                 arg.p[0] == '\n' || arg.p[0] == '\r'))
        return mop_option_refuse(e, "delimiter", arg, "one ASCII character or tab");
    s->source.delimiter = tab ? '\t' : arg.p[0];
    return 0;
}

static int set_encoding(ARGS)
{
    SELF;
    s->source.encoding = keep(s, arg);
    return 0;
}

static int set_u32(const char *option, struct mop_sv arg, uint32_t *out, struct mop_err *e)
{
    uint64_t v;
    if (!mop_sv_u64(arg, &v) || v > 1000000)
        return mop_option_refuse(e, option, arg, "a number from 0 to 1000000");
    *out = (uint32_t)v;
    return 0;
}

static int set_skip_lines(ARGS)
{
    SELF;
    return set_u32("skip-lines", arg, &s->source.skip_lines, e);
}
static int set_newlines(ARGS)
{
    SELF;
    return set_u32("max-field-newlines", arg, &s->source.max_field_newlines, e);
}

int mop_set_progress(ARGS)
{
    static const char *const names[] = {"auto", "always", "never"};
    SELF;
    for (int i = 0; i < 3; i++)
        if (mop_sv_eqs(arg, names[i])) {
            s->progress = i;
            return 0;
        }
    return mop_option_refuse(e, "progress", arg, "auto, always or never");
}

const struct mop_option mop_check_option_table[] = {
    {"rules", 'r', "FILE|PACK", "taxonomy: a rule file, or a shipped pack by name (repeatable)",
     "taxonomy", set_rules, true},
    {"config", 0, "FILE", "settings; else mopslint.yaml found upwards from here", NULL, set_config,
     true},
    {"profile", 0, "NAME", "the settings of that profile before the others", NULL, set_profile,
     true},
    {"select", 0, "WHAT", "judge by these rules only: ID, tag:, dimension:, owner:", NULL,
     set_select, false},
    {"ignore", 0, "WHAT", "judge without these rules", NULL, set_ignore, false},
    {"without", 0, "TYPE", "leave a record type out, with what refers to it", NULL, set_without,
     false},
    {"now", 0, "TIME", "the clock of the run: ISO 8601", NULL, set_now, false},
    {"record", 0, "TYPE", "record type of the sources after it", "sources", set_record, true},
    {"map", 0, "FIELD=COLUMN", "which column is the field (repeatable)", NULL, set_map, false},
    {"delimiter", 0, "CHAR", "of CSV; else detected among , ; TAB |", NULL, set_delimiter, false},
    {"encoding", 0, "NAME", "of the source, such as windows-1252; else UTF-8 or by BOM", NULL,
     set_encoding, false},
    {"skip-lines", 0, "N", "lines before the header", NULL, set_skip_lines, false},
    {"max-field-newlines", 0, "N", "newlines in one quoted field (1000)", NULL, set_newlines,
     false},
    {"columns-as-given", 0, NULL,
     "ad hoc file: rules without columns are not judged, no overall score", NULL,
     set_columns_as_given, false},
    MOP_HTTP_OPTION_LINES,
    {"format", 'f', "NAME[=FILE]", FORMATS, "output", set_format, false},
    {"full", 0, NULL, "all details of text and markdown: worst values, figures, records", NULL,
     set_full, false},
    {"output", 'o', "FILE", "the report's file, for a format without one", NULL, set_output, false},
    {"findings", 0, "FILE", "every finding, as .csv or .ndjson", NULL, set_findings, false},
    {"findings-by", 0, "fixer=DIR", "one findings file per fixer", NULL, set_findings_by, false},
    {"repairs", 0, "FILE", "certain repairs, one row per record, ready to import", NULL,
     set_repairs, false},
    {"repairs-undo", 0, "FILE", "what takes the repairs back", NULL, set_repairs_undo, false},
    {"history", 0, "[=FILE]", "keep the run, tell what changed; else a file by the taxonomy's name",
     NULL, set_history, false},
    {"max-samples", 0, "N", "records shown per rule (5)", NULL, set_max_samples, false},
    {"show-values", 0, NULL, "do not mask personal data", NULL, set_show_values, false},
    {"color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, false},
    {"progress", 0, "WHEN", "auto, always, never: on standard error", NULL, mop_set_progress,
     false},
    {"quiet", 'q', NULL, "no report on standard output, no notes", NULL, set_quiet, false},
    {"fail-on", 0, "LEVEL", "findings that fail the run: error, warning, never", "verdict",
     set_fail_on, false},
    {"min-confidence", 0, "N", "least overall confidence of every record type", NULL,
     set_min_confidence, false},
    {"min-value-confidence", 0, "N", "the same by money", NULL, set_min_value, false},
    {"min-report", 0, "NAME=N", "least confidence of a report (repeatable)", NULL, set_min_report,
     false},
    {"min-coverage", 0, "N", "least share of records checked by more than `required`", NULL,
     set_min_coverage, false},
    {"cohort", 0, "Nd", "gates and targets look at the last N days", NULL, set_cohort, false},
    {"baseline", 0, "FILE", "findings in it do not fail the run; errors that are new do", NULL,
     set_baseline, false},
    {"write-baseline", 0, "FILE", "write this run's findings as a baseline", NULL,
     set_write_baseline, false},
    {"ratchet", 0, NULL, "fail only on worse than the history's best settled level", NULL,
     set_ratchet, false},
    {"allow-empty", 0, NULL, "a run in which nothing was assessed may pass", NULL, set_allow_empty,
     false},
    {"threads", 0, "N", "how many threads may work (1: this version uses one)", NULL, set_threads,
     false},
    {NULL, 0, NULL, NULL, NULL, NULL, false},
};

void mop_check_settings_init(S *s)
{
    memset(s, 0, sizeof *s);
    mop_arena_init(&s->arena);
    s->max_samples = 5;
    s->record_used = true;
    s->verdict.min_confidence = s->verdict.min_value_confidence = s->verdict.min_coverage = -1;
}

void mop_check_settings_release(S *s)
{
    void *lists[] = {(void *)s->rules,      s->sources,    s->maps,   s->outputs,
                     s->min_reports,        s->without,    s->select, s->ignore,
                     (void *)s->connectors, s->http.extras};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]);
    mop_arena_release(&s->arena);
}

int mop_check_operand(void *settings, const char *arg, struct mop_err *e)
{
    S *s = settings;
    (void)e;
    if (s->findings_by && !s->findings_dir) {
        s->findings_dir = arg;
        return 0;
    }
    MOP_GROW(s->sources, s->nsources, s->capsources);
    s->sources[s->nsources++] = (struct mop_pipeline_source){.name = arg, .record = s->record};
    s->record_used = true;
    return 0;
}
