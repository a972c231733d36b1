/* SPDX-License-Identifier: MIT */
#include "report/findings.h"
#include "report/outfile.h"
#include "report/shown.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const mop_finding_columns[] = {
#define X(name) #name,
    MOP_FINDING_COLUMNS(X)
#undef X
};

static const struct mop_findings_form *const forms[] = {&mop_findings_csv, &mop_findings_ndjson};

struct file {
    struct mop_outfile *file;
    struct mop_out out;
};
struct mop_findings {
    struct mop_findings_options o;
    const struct mop_findings_form *form;
    struct file *files; /* one, or one per fixer */
    size_t n, cap;
    bool finished;
    const char *dir;         /* NULL: one file */
    struct mop_map by_fixer; /* fixer -> index of its file */
    struct mop_map names;    /* file name, folded -> 0: taken */
    struct mop_arena arena, scratch;
};

/* ---- files ---- */

static int add_file(struct mop_findings *f, const char *path, struct mop_err *e)
{
    struct mop_outfile *file = mop_outfile_open(path, f->o.show_values, e);
    if (!file)
        return -1;
    MOP_GROW(f->files, f->n, f->cap);
    struct file *x = &f->files[f->n++];
    x->file = file;
    mop_out_init(&x->out, mop_outfile_write, file);
    f->form->head(&x->out);
    return 0;
}

static struct mop_findings *create(const struct mop_findings_options *o,
                                   const struct mop_findings_form *form)
{
    struct mop_findings *f = mop_alloc(sizeof *f);
    f->o = *o;
    f->form = form;
    mop_map_init(&f->by_fixer);
    mop_map_init(&f->names);
    mop_arena_init(&f->arena);
    mop_arena_init(&f->scratch);
    return f;
}

static const struct mop_findings_form *form_of(const char *path)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (mop_sv_ends(mop_sv_of(path), mop_sv_of(forms[i]->ending)))
            return forms[i];
    return NULL;
}

struct mop_findings *mop_findings_open(const char *path, const struct mop_findings_options *o,
                                       struct mop_err *e)
{
    const struct mop_findings_form *form = form_of(path);
    if (strcmp(path, "-") == 0) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--findings: standard output is for the report");
        mop_err_hint(e, "name a file that ends in .csv or .ndjson");
        return NULL;
    }
    if (!form && strncmp(path, "/dev/", 5) == 0)
        form = forms[0];
    if (!form) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--findings: cannot tell the format of '%s'", path);
        mop_err_hint(e, "let the name end in .csv or .ndjson");
        return NULL;
    }
    struct mop_findings *f = create(o, form);
    if (!add_file(f, path, e))
        return f;
    mop_findings_abort(f);
    return NULL;
}

/* ---- one file per fixer ---- */

enum { NAME_MAX_BYTES = 80 };

static bool is_safe(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (!first && (c == '-' || c == '.'));
}

/* Safe on every file system; a name that had to change gets a part of its hash. */
static char *file_name(struct mop_findings *f, struct mop_sv fixer, bool hashed)
{
    struct mop_buf b;
    mop_buf_init(&b, 256);
    struct mop_sv s = fixer.n ? fixer : MOP_SV("nobody");
    for (size_t i = 0; i < s.n && i < NAME_MAX_BYTES; i++) {
        hashed |= !is_safe(s.p[i], i == 0);
        mop_buf_chr(&b, is_safe(s.p[i], i == 0) ? s.p[i] : '_');
    }
    if (hashed || s.n > NAME_MAX_BYTES)
        mop_buf_printf(&b, "-%08x", (unsigned)(mop_hash_stable(s).lo & 0xFFFFFFFF));
    mop_buf_str(&b, f->form->ending);
    char *name = mop_arena_str(&f->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return name;
}

/* Names that differ in case alone are one file on some systems. */
static bool take_name(struct mop_findings *f, const char *name)
{
    char *folded = mop_arena_str(&f->arena, mop_sv_of(name));
    for (char *c = folded; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 'a' - 'A' : *c);
    bool added;
    mop_map_put(&f->names, mop_sv_of(folded), &added);
    return added;
}

static char *path_of(struct mop_findings *f, struct mop_sv fixer)
{
    char *name = file_name(f, fixer, false);
    if (!take_name(f, name))
        name = file_name(f, fixer, true);
    return mop_arena_str(&f->arena, mop_arena_printf(&f->arena, "%s/%s", f->dir, name));
}

struct mop_findings *
mop_findings_open_by_fixer(const char *dir, const struct mop_findings_options *o, struct mop_err *e)
{
    struct mop_findings *f = create(o, &mop_findings_csv);
    struct stat is;
    f->dir = mop_arena_str(&f->arena, mop_sv_of(dir));
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        mop_err_set(e, 3, (struct mop_loc){0}, "cannot make the folder '%s': %s", dir,
                    strerror(errno));
    } else if (stat(dir, &is) != 0 || !S_ISDIR(is.st_mode)) {
        mop_err_set(e, 3, (struct mop_loc){0}, "'%s' is not a folder", dir);
    } else {
        return f;
    }
    mop_findings_abort(f);
    return NULL;
}

static struct file *file_of(struct mop_findings *f, struct mop_sv fixer, struct mop_err *e)
{
    uint64_t *item = mop_map_find(&f->by_fixer, fixer);
    if (item)
        return &f->files[*item];
    if (add_file(f, path_of(f, fixer), e))
        return NULL;
    *mop_map_put(&f->by_fixer, mop_arena_copy(&f->arena, fixer), NULL) = f->n - 1;
    return &f->files[f->n - 1];
}

/* Yesterday's list of one who has nothing to repair today must not stay. */
static int empty_old(struct mop_findings *f, struct mop_sv fixer, struct mop_err *e)
{
    struct stat is;
    if (mop_map_find(&f->by_fixer, fixer))
        return 0;
    char *path = mop_arena_str(
        &f->arena, mop_arena_printf(&f->arena, "%s/%s", f->dir, file_name(f, fixer, false)));
    if (stat(path, &is) != 0 || !S_ISREG(is.st_mode))
        return 0;
    return file_of(f, fixer, e) ? 0 : -1;
}

static int empty_old_of_check(struct mop_findings *f, const struct mop_check *c, struct mop_err *e)
{
    for (size_t i = 0; c->fixed_by_field && i < c->fixed_by_map.n; i++)
        if (empty_old(f, *(const struct mop_sv *)(uintptr_t)c->fixed_by_map.entries[i].item, e))
            return -1;
    return empty_old(f, c->fixed_by.n ? c->fixed_by : c->owner, e);
}

static int empty_all_old(struct mop_findings *f, struct mop_err *e)
{
    const struct mop_ruleset *rs = f->o.rules;
    for (size_t i = 0; f->dir && i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++)
            if (empty_old_of_check(f, rs->records[i]->checks[k], e))
                return -1;
    return 0;
}

/* ---- findings ---- */

static struct mop_sv number(struct mop_arena *a, uint64_t n)
{
    return n ? mop_arena_printf(a, "%llu", (unsigned long long)n) : MOP_SV("");
}

static const struct mop_sv baselines[] = {[MOP_NO_BASELINE] = {"", 0},
                                          [MOP_BASELINE_KNOWN] = {"known", 5},
                                          [MOP_BASELINE_NEW] = {"new", 3}};

static void fill_line(struct mop_findings *f, const struct mop_finding *x,
                      struct mop_finding_line *l)
{
    struct mop_arena *a = &f->scratch;
    const struct mop_check *c = x->check;
    bool show = f->o.show_values;
    l->cell[MOP_FC_source] = mop_sv_of(x->source < f->o.nsources ? f->o.sources[x->source] : "");
    l->cell[MOP_FC_line] = number(a, x->line);
    l->cell[MOP_FC_record] = c->record->name;
    l->cell[MOP_FC_key] = mop_shown_key(a, show, c->record, x->key);
    l->cell[MOP_FC_field] = x->field ? x->field->name : MOP_SV("");
    l->cell[MOP_FC_column] = x->column;
    l->cell[MOP_FC_rule] = c->id;
    l->cell[MOP_FC_severity] = mop_sv_of(mop_severity_names[c->severity]);
    l->cell[MOP_FC_outcome] = x->undecided ? MOP_SV("undecided") : MOP_SV("fail");
    l->cell[MOP_FC_suppressed] = x->suppressed ? MOP_SV("true") : MOP_SV("false");
    l->cell[MOP_FC_value] = mop_shown_found(a, show, c, x->field, x->value);
    l->cell[MOP_FC_proposal] = mop_shown_found(a, show, c, x->field, x->proposal);
    l->cell[MOP_FC_certain] = x->certain ? MOP_SV("true") : MOP_SV("false");
    l->cell[MOP_FC_fixer] = x->fixer;
    l->cell[MOP_FC_owner] = c->owner;
    l->cell[MOP_FC_message] = x->message;
    l->cell[MOP_FC_baseline] = baselines[x->baseline];
}

static int take(void *ctx, const struct mop_finding *x, struct mop_err *e)
{
    struct mop_findings *f = ctx;
    if (x->unread && x->undecided)
        return 0; /* one line tells of the record: input.* */
    struct file *file = f->dir ? file_of(f, x->fixer, e) : &f->files[0];
    if (!file)
        return -1;
    struct mop_finding_line l;
    fill_line(f, x, &l);
    f->form->line(&file->out, &l);
    mop_arena_reset(&f->scratch);
    if (!file->out.err.code)
        return 0;
    *e = file->out.err; /* a full disk ends the run, not each finding */
    return -1;
}

struct mop_finding_sink mop_findings_sink(struct mop_findings *f)
{
    return (struct mop_finding_sink){.finding = take, .ctx = f};
}

/* ---- the end ---- */

static void release(struct mop_findings *f)
{
    for (size_t i = 0; i < f->n; i++) {
        mop_out_release(&f->files[i].out);
        mop_outfile_abort(f->files[i].file);
    }
    free(f->files);
    mop_map_release(&f->by_fixer);
    mop_map_release(&f->names);
    mop_arena_release(&f->arena);
    mop_arena_release(&f->scratch);
    free(f);
}

int mop_findings_finish(struct mop_findings *f, struct mop_err *e)
{
    int rc = empty_all_old(f, e);
    f->finished = true;
    for (size_t i = 0; i < f->n && !rc; i++)
        rc = mop_out_flush(&f->files[i].out, e) || mop_outfile_finish(f->files[i].file, e) ? -1 : 0;
    return rc;
}

int mop_findings_commit(struct mop_findings *f, struct mop_err *e)
{
    int rc = f->finished ? 0 : mop_findings_finish(f, e);
    for (size_t i = 0; i < f->n && !rc; i++) {
        rc = mop_outfile_commit(f->files[i].file, e);
        f->files[i].file = NULL;
    }
    release(f);
    return rc;
}

void mop_findings_abort(struct mop_findings *f)
{
    if (f)
        release(f);
}
