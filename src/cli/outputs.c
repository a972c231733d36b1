/* SPDX-License-Identifier: MIT */
#include "cli/clash.h"
#include "cli/metrics.h"
#include "base/interrupt.h"
#include "cli/notes.h"
#include "cli/output_paths.h"
#include "report/baseline.h"
#include "report/findings.h"
#include "report/outfile.h"
#include "report/report.h"
#include "tables.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- opening ---- */

static int open_file(const struct mop_outputs *o, struct mop_opened_report *x, struct mop_err *e)
{
    bool published = x->to.format->published;
    x->file = mop_outfile_open(x->to.file, o->s->show_values && !published, e);
    if (!x->file)
        return -1;
    x->in_place = !mop_outfile_is_beside(x->file);
    if (published)
        mop_outfile_publish(x->file);
    return 0;
}

static int open_report(struct mop_outputs *o, struct mop_output to, struct mop_err *e)
{
    struct mop_opened_report *x = &o->reports[o->nreports];
    x->to = to;
    x->to.file = to.file ? to.file : o->s->output;
    if (!x->to.file && o->s->quiet)
        return 0;
    if (open_file(o, x, e)) {
        o->s->metrics_told = x->to.format->published; /* nothing can be told there */
        return -1;
    }
    o->nreports++;
    return 0;
}

static int open_reports(struct mop_outputs *o, struct mop_err *e)
{
    const struct mop_output text = {&mop_format_text, NULL};
    o->reports = mop_arena_array(&o->s->arena, o->s->noutputs + 1, sizeof *o->reports);
    if (!o->s->noutputs)
        return open_report(o, text, e);
    for (size_t i = 0; i < o->s->noutputs; i++)
        if (open_report(o, o->s->outputs[i], e))
            return -1;
    return 0;
}

static int open_findings(struct mop_outputs *o, const struct mop_ruleset *rs, struct mop_err *e)
{
    struct mop_check_settings *s = o->s;
    o->names = mop_arena_array(&s->arena, s->nsources + 1, sizeof *o->names);
    for (size_t i = 0; i < s->nsources; i++)
        o->names[i] = s->sources[i].name;
    struct mop_findings_options fo = {rs, o->names, s->nsources, s->show_values};
    if (s->findings && !(o->findings = mop_findings_open(s->findings, &fo, e)))
        return -1;
    if (!s->findings_by)
        return 0;
    if (!s->findings_dir) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--findings-by: the folder is missing");
        mop_err_hint(e, "write --findings-by fixer=DIR");
        return -1;
    }
    o->by_fixer = mop_findings_open_by_fixer(s->findings_dir, &fo, e);
    return o->by_fixer ? 0 : -1;
}

static int open_baselines(struct mop_outputs *o, const struct mop_ruleset *rs, struct mop_err *e)
{
    if (o->s->baseline && !(o->known = mop_baseline_load(o->s->baseline, rs->name, e)))
        return -1;
    if (!o->s->write_baseline)
        return 0;
    o->fresh = mop_baseline_create(rs->name, o->known);
    o->fresh_file = mop_outfile_open(o->s->write_baseline, false, e);
    return o->fresh_file ? 0 : -1;
}

static int open_repairs(struct mop_outputs *o, struct mop_err *e)
{
    if (!o->s->repairs && !o->s->repairs_undo)
        return 0;
    o->has_repairs = true;
    return mop_repair_files_open(&o->repairs, o->s, e);
}

/* ---- findings ---- */

static int hand_on(struct mop_findings *to, const struct mop_finding *f, struct mop_err *e)
{
    if (!to)
        return 0;
    struct mop_finding_sink sink = mop_findings_sink(to);
    return sink.finding(sink.ctx, f, e);
}

/* Suppressed findings decide nothing anyway: they are neither forgiven nor new, but what stood in
 * the baseline stays in it. */
static void compare(struct mop_outputs *o, struct mop_finding *f)
{
    bool known = o->known && mop_baseline_take(o->known, f);
    if (o->known)
        f->baseline = known ? MOP_BASELINE_KNOWN : MOP_BASELINE_NEW;
    if (!f->suppressed) {
        bool error = f->check->severity == MOP_SEV_ERROR;
        o->known_errors += known && error;
        o->known_warnings += known && !error;
        if (o->known)
            mop_known_add(&o->known_values, f, known);
        o->fresh_findings += !known;
    }
    if (o->fresh && (known || !f->suppressed))
        mop_baseline_add(o->fresh, f);
}

static int take_finding(void *ctx, const struct mop_finding *f, struct mop_err *e)
{
    struct mop_outputs *o = ctx;
    struct mop_finding own = *f;
    compare(o, &own);
    if (!o->lost.code && (hand_on(o->findings, &own, e) || hand_on(o->by_fixer, &own, e))) {
        o->lost = *e; /* the run goes on: its reports are to tell of it */
        *e = (struct mop_err){0};
    }
    return 0;
}

int mop_outputs_open(struct mop_outputs *o, struct mop_check_settings *s,
                     const struct mop_ruleset *rs, struct mop_err *e)
{
    memset(o, 0, sizeof *o);
    o->s = s;
    mop_known_init(&o->known_values);
    if (open_reports(o, e) || open_baselines(o, rs, e) || open_findings(o, rs, e) ||
        open_repairs(o, e) || mop_clash_check(o, rs, e)) {
        if (e->code == 3)
            mop_output_paths_refuse(s, e);
        mop_outputs_release(o);
        return -1;
    }
    if (o->findings || o->by_fixer || o->known || o->fresh)
        o->sink = (struct mop_finding_sink){.finding = take_finding, .ctx = o};
    return 0;
}

struct mop_finding_sink *mop_outputs_sink(struct mop_outputs *o)
{
    return o->sink.finding ? &o->sink : NULL;
}

struct mop_repairs *mop_outputs_repairs(struct mop_outputs *o)
{
    return o->has_repairs ? &o->repairs.repairs : NULL;
}

void mop_outputs_forgive(const struct mop_outputs *o, struct mop_result *r)
{
    if (!o->known)
        return;
    r->known = &o->known_values;
    mop_result_forgive(r, o->known_errors, o->known_warnings, mop_baseline_stale(o->known));
}

/* ---- writing ---- */

/* Who sets COLUMNS wants that width wherever the page goes; else a terminal has one. 0: neither. */
static unsigned page_width(bool to_stdout)
{
    enum { WIDEST = 9999 };
    struct winsize w;
    const char *asked = getenv("COLUMNS");
    unsigned n = 0;
    for (; asked && *asked >= '0' && *asked <= '9' && n <= WIDEST; asked++)
        n = 10 * n + (unsigned)(*asked - '0');
    if (n && !*asked)
        return n;
    return to_stdout && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) ? w.ws_col : 0;
}

static int write_report(const struct mop_outputs *o, const struct mop_result *r,
                        struct mop_opened_report *x, struct mop_err *e)
{
    struct mop_format_options fo = {
        .max_samples = o->s->said_samples ? (size_t)o->s->max_samples : 0, .full = o->s->full};
    fo.width = page_width(!x->to.file);
    fo.path = x->to.file && strcmp(x->to.file, "-") != 0 ? x->to.file : NULL;
    fo.took_us = o->s->has_now ? 0 : mop_monotonic_us() - o->s->began_us;
    if (!x->to.file)
        fo.color = mop_cli_color(STDOUT_FILENO);
    x->written = true;
    x->refused = mop_report_finish(x->to.format, r, &fo, x->file, e) != 0;
    return x->refused ? -1 : 0;
}

static int finish_baseline(struct mop_outputs *o, struct mop_err *e)
{
    struct mop_out out;
    if (!o->fresh_file)
        return 0;
    mop_out_init(&out, mop_outfile_write, o->fresh_file);
    mop_baseline_write(o->fresh, &out);
    int rc = mop_out_flush(&out, e);
    mop_out_release(&out);
    return rc ? -1 : mop_outfile_finish(o->fresh_file, e);
}

static int commit_baseline(struct mop_outputs *o, struct mop_err *e)
{
    struct mop_outfile *file = o->fresh_file;
    o->fresh_file = NULL;
    return file ? mop_outfile_commit(file, e) : 0;
}

static int commit_findings(struct mop_findings **f, struct mop_err *e)
{
    struct mop_findings *file = *f;
    *f = NULL;
    return file ? mop_findings_commit(file, e) : 0;
}

static int finish_files(struct mop_outputs *o, struct mop_err *e)
{
    if ((o->findings && mop_findings_finish(o->findings, e)) ||
        (o->by_fixer && mop_findings_finish(o->by_fixer, e)) || finish_baseline(o, e))
        return -1;
    return o->has_repairs ? mop_repair_files_finish(&o->repairs, e) : 0;
}

static int commit_files(struct mop_outputs *o, struct mop_err *e)
{
    if (commit_findings(&o->findings, e) || commit_findings(&o->by_fixer, e) ||
        commit_baseline(o, e))
        return -1;
    return o->has_repairs ? mop_repair_files_commit(&o->repairs, e) : 0;
}

static void say_baseline(const struct mop_outputs *o)
{
    unsigned long long all = mop_baseline_findings(o->fresh);
    if (!o->known) {
        mop_note("%s: %llu finding%s", o->s->write_baseline, all, all == 1 ? "" : "s");
        return;
    }
    unsigned long long gone = mop_baseline_stale(o->known), added = o->fresh_findings;
    mop_note("%s: %llu finding%s; %llu %s new and will not fail the next run", o->s->write_baseline,
             all, all == 1 ? "" : "s", added, added == 1 ? "is" : "are");
    if (gone)
        mop_note("%s: %llu of its findings %s gone", o->s->baseline, gone,
                 gone == 1 ? "is" : "are");
}

static void say_files(const struct mop_outputs *o)
{
    if (o->s->quiet)
        return;
    if (o->fresh)
        say_baseline(o);
    if (o->has_repairs)
        mop_repair_files_say(&o->repairs);
}

static int write_reports(struct mop_outputs *o, const struct mop_result *r, bool in_place,
                         struct mop_err *e)
{
    for (size_t i = 0; i < o->nreports; i++)
        if (o->reports[i].in_place == in_place && write_report(o, r, &o->reports[i], e))
            return -1;
    return 0;
}

static int commit_report(struct mop_opened_report *x, struct mop_err *e)
{
    struct mop_outfile *file = x->file;
    x->file = NULL;
    x->refused = mop_outfile_commit(file, e) != 0;
    return x->refused ? -1 : 0;
}

/* Those that say how the run ended get their names when nothing else can go wrong any more. */
static int commit_reports(struct mop_outputs *o, bool last, struct mop_err *e)
{
    for (size_t i = 0; i < o->nreports; i++)
        if (o->reports[i].to.format->last == last && commit_report(&o->reports[i], e))
            return -1;
    return 0;
}

/* What cannot be taken back is written when everything else has found its room. */
static int write_all(struct mop_outputs *o, const struct mop_result *r, bool whole,
                     struct mop_err *e)
{
    if (o->lost.code && whole) {
        *e = o->lost;
        return -1;
    }
    if (write_reports(o, r, false, e) || (whole && finish_files(o, e)) ||
        write_reports(o, r, true, e))
        return -1;
    return commit_reports(o, false, e) || (whole && commit_files(o, e)) ||
                   commit_reports(o, true, e)
               ? -1
               : 0;
}

/* This run made the folder, if there was none; its own files have no names yet. */
static bool has_files(const char *path)
{
    DIR *d = opendir(path);
    bool any = false;
    for (const struct dirent *f = d ? readdir(d) : NULL; f && !any; f = readdir(d))
        any = f->d_name[0] != '.';
    if (d)
        closedir(d);
    return any;
}

static void add_stale(struct mop_result *r, struct mop_sv *list, const char *path)
{
    struct stat st;
    if (!path || stat(path, &st) != 0)
        return;
    if (S_ISREG(st.st_mode) || (S_ISDIR(st.st_mode) && has_files(path)))
        list[r->nstale++] = mop_arena_copy(&r->arena, mop_sv_of(path));
}

/* What has not taken its name yet does not; what stands there is of an earlier run. */
static void find_stale(const struct mop_outputs *o, struct mop_result *r)
{
    const struct mop_repair_files *f = &o->repairs;
    size_t n = o->has_repairs ? f->nsources : 0;
    struct mop_sv *list = mop_arena_array(&r->arena, 2 * n + 4, sizeof *list);
    r->stale = list;
    r->nstale = 0;
    add_stale(r, list, o->findings ? o->s->findings : NULL);
    add_stale(r, list, o->by_fixer ? o->s->findings_dir : NULL);
    add_stale(r, list, o->fresh_file ? o->s->write_baseline : NULL);
    for (size_t i = 0; i < n; i++) {
        add_stale(r, list, f->to && f->to[i].file ? f->to[i].path : NULL);
        add_stale(r, list, f->undo && f->undo[i].file ? f->undo[i].path : NULL);
    }
}

/* An output was refused: no other one may be green. */
static void tell_unwritten(struct mop_outputs *o, struct mop_result *r, const struct mop_err *why)
{
    mop_result_unwritten(r, why->msg);
    find_stale(o, r);
    for (size_t i = 0; i < o->nreports; i++) {
        struct mop_opened_report *x = &o->reports[i];
        struct mop_err e = {0};
        o->s->metrics_refused |= x->refused && x->to.format->last;
        if (x->refused || (x->in_place && x->written) || x->to.format->last)
            continue; /* the metrics are told by whoever knows the exit status */
        if (!x->in_place) {
            mop_outfile_abort(x->file);
            x->file = NULL;
        }
        if ((!x->file && open_file(o, x, &e)) || write_report(o, r, x, &e) || commit_report(x, &e))
            mop_cli_error(&e);
    }
}

/* All was read, but nothing is written: that is no run that passed. */
static int interrupted(struct mop_err *e)
{
    mop_err_set(e, 3, (struct mop_loc){0}, "interrupted before anything was written");
    return -1;
}

int mop_outputs_write(struct mop_outputs *o, struct mop_result *r, struct mop_err *e)
{
    bool whole = r->status != MOP_RUN_PARTIAL;
    if (mop_interrupted) /* who pressed Ctrl-C wants no report of half the data */
        return whole || r->unkept ? interrupted(e) : 0;
    if (!whole)
        find_stale(o, r);
    int rc = write_all(o, r, whole, e);
    if (rc)
        tell_unwritten(o, r, e);
    o->s->metrics_told = !rc;
    if (r->status != MOP_RUN_PARTIAL)
        say_files(o);
    else if (!rc && (o->findings || o->by_fixer || o->fresh || o->has_repairs))
        mop_note("%s: findings, baseline and repairs are not written", mop_why_partial(r));
    return rc;
}

void mop_outputs_tell(struct mop_outputs *o, struct mop_result *r)
{
    find_stale(o, r);
    for (size_t i = 0; i < o->nreports; i++) {
        struct mop_opened_report *x = &o->reports[i];
        struct mop_err e = {0};
        if (!x->in_place && !x->to.format->last &&
            (write_report(o, r, x, &e) || commit_report(x, &e)))
            mop_cli_error(&e);
    }
}

void mop_outputs_release(struct mop_outputs *o)
{
    for (size_t i = 0; i < o->nreports; i++)
        mop_outfile_abort(o->reports[i].file);
    if (o->findings)
        mop_findings_abort(o->findings);
    if (o->by_fixer)
        mop_findings_abort(o->by_fixer);
    mop_outfile_abort(o->fresh_file);
    mop_known_release(&o->known_values);
    mop_baseline_free(o->known);
    mop_baseline_free(o->fresh);
    if (o->has_repairs)
        mop_repair_files_release(&o->repairs);
}
