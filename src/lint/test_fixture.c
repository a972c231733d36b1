/* SPDX-License-Identifier: MIT */
#include "lint/test_parts.h"
#include "lint/walk.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A fixture: a file of records like any that `check` reads, with a column `expect` more. An
 * exporter around the file's own takes that column out, and adds the columns that the file does not
 * have: there too a field that is not named is blank.
 */

struct fixture_source {
    struct mop_source source;
    struct mop_source *inner;
    struct mop_test_run *t;
    size_t expect; /* column of the inner source */
    size_t rows;   /* that came */
    size_t nth;    /* of the batch: the row at hand */
    struct mop_map ids;
    struct mop_arena names, batch;
};

/* ---- the column `expect` ---- */

/* A word of the column, and where it stands. */
struct word {
    struct mop_sv text;
    struct mop_loc at;
};

static struct mop_loc place(const struct fixture_source *f, const struct mop_row *row, size_t byte)
{
    const struct mop_exporter *x = f->inner->exporter;
    struct mop_loc at = {f->source.name, (uint32_t)row->line, 0};
    if (x->locate) {
        struct mop_loc exact = x->locate(f->inner, f->nth, f->expect, byte);
        at.line = exact.line;
        at.col = exact.col;
    }
    return at;
}

static void fault(struct fixture_source *f, const char *id, const char *what, struct word w,
                  const char *hint)
{
    uint32_t span = w.at.col && w.text.n ? (uint32_t)w.text.n : 1;
    struct mop_diag *g =
        mop_diag(f->t->diags, MOP_FAULT, id, w.at, span, "%s '%.*s'", what, MOP_SV_ARG(w.text));
    mop_diag_hint(f->t->diags, g, "%s", hint);
}

static void unknown_rule(struct fixture_source *f, struct word w)
{
    const struct mop_record *r = f->t->fixture->record;
    struct mop_sv *words = mop_calloc(r->nchecks + 1, sizeof *words);
    char hint[200] = "'mopslint rules list' prints all ids; a row without findings says ok";
    for (size_t i = 0; i < r->nchecks; i++)
        words[i] = r->checks[i]->id;
    long near = mop_suggest(w.text, words, r->nchecks);
    if (near >= 0)
        snprintf(hint, sizeof hint, "did you mean '%.*s'?", MOP_SV_ARG(words[near]));
    fault(f, "unknown-rule", "this record type has no rule", w, hint);
    free(words);
}

/* RULE-ID:something that is no outcome? */
static bool has_outcome(struct fixture_source *f, struct word w)
{
    size_t colon = mop_sv_find(w.text, ':');
    if (colon == w.text.n || !mop_map_find(&f->ids, mop_sv_sub(w.text, 0, colon)))
        return false;
    w.text = mop_sv_sub(w.text, colon + 1, w.text.n);
    w.at.col += w.at.col ? (uint32_t)colon + 1 : 0;
    fault(f, "bad-value", "no outcome is called", w,
          "fail (which no outcome means, too), pass, undecided or na");
    return true;
}

/* RULE-ID or RULE-ID:outcome: is it a failure that is expected? */
static bool read_word(struct fixture_source *f, size_t owner, struct word w)
{
    struct mop_sv id = w.text, word = w.text;
    enum mop_outcome expected = MOP_FAIL;
    for (size_t i = 0; i < 4; i++) {
        size_t n = strlen(mop_outcome_names[i]);
        if (word.n > n + 1 && word.p[word.n - n - 1] == ':' &&
            mop_sv_ends(word, mop_sv_of(mop_outcome_names[i]))) {
            id = mop_sv_sub(word, 0, word.n - n - 1);
            expected = (enum mop_outcome)i;
        }
    }
    const uint64_t *item = mop_map_find(&f->ids, id);
    if (!item) {
        w.text = id;
        if (!has_outcome(f, w))
            unknown_rule(f, w);
        return false;
    }
    const struct mop_check *c = f->t->fixture->record->checks[*item];
    if (mop_test_find(f->t, owner, c)) {
        w.text = id;
        fault(f, "duplicate-id", "column 'expect' names twice", w,
              "a rule has one outcome in a record");
        return false;
    }
    mop_test_ask(f->t, owner,
                 &(struct mop_asked){.check = c,
                                     .id = c->id,
                                     .expected = expected,
                                     .at = w.at,
                                     .span = w.at.col ? (uint32_t)word.n : 1});
    return expected == MOP_FAIL;
}

static bool is_between(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '\t' || c == '\n';
}

static void read_expect(struct fixture_source *f, const struct mop_row *row, size_t owner,
                        struct mop_sv text)
{
    size_t i = 0, words = 0, failures = 0;
    struct word ok = {MOP_SV("expect"), place(f, row, 0)};
    while (i < text.n) {
        size_t from = i;
        while (i < text.n && !is_between(text.p[i]))
            i++;
        struct mop_sv text_of = mop_sv_sub(text, from, i);
        i += i < text.n;
        if (!text_of.n)
            continue;
        struct word w = {text_of, place(f, row, from)};
        words++;
        if (!mop_sv_eqs(text_of, "ok") && !mop_sv_eqs(text_of, "-"))
            failures += read_word(f, owner, w);
        else
            ok = w;
    }
    if (failures && !mop_sv_eqs(ok.text, "expect"))
        fault(f, "bad-value", "a rule is to fail beside", ok,
              "it says that the record fails nothing: take one of them out");
    if (!words)
        fault(f, "missing-value", "nothing is expected in column", ok,
              "write ok, or the ids of the rules that the record fails");
}

/* ---- rows ---- */

/* "utm_source: google, utm_medium: cpc": what is not empty. */
static struct mop_sv show(struct fixture_source *f, const struct mop_row *row)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < f->inner->schema.n; i++)
        if (i != f->expect && row->cells[i].v.n)
            mop_buf_printf(&b, "%s%.*s: %.*s", b.n ? ", " : "",
                           MOP_SV_ARG(f->inner->schema.columns[i]), MOP_SV_ARG(row->cells[i].v));
    struct mop_sv shown = mop_arena_copy(&f->t->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return shown;
}

static void take_row(struct fixture_source *f, struct mop_row *row)
{
    struct mop_cell *cells = mop_arena_array(&f->batch, f->source.schema.n + 1, sizeof *cells);
    struct mop_loc at = row->fault ? row->fault_at : place(f, row, 0);
    size_t n = 0,
           owner = mop_test_add_case(f->t, &(struct mop_test_case){.fixture = true, .at = at});
    mop_test_add_row(&f->t->from_file, &(struct mop_test_row){NULL, 0, owner});
    if (row->fault) {
        fault(f, "bad-value", "this row cannot be read:", (struct word){row->fault_note, at},
              "it needs as many cells as the header, its column expect too");
        return;
    }
    for (size_t i = 0; i < f->inner->schema.n; i++)
        if (i != f->expect)
            cells[n++] = row->cells[i];
    f->t->cases[owner].shown = show(f, row);
    read_expect(f, row, owner, row->cells[f->expect].v);
    row->cells = cells;
}

static int next(struct mop_source *s, struct mop_batch *b, struct mop_err *e)
{
    struct fixture_source *f = (struct fixture_source *)s;
    mop_arena_reset(&f->batch);
    int more = f->inner->exporter->next(f->inner, b, e);
    for (f->nth = 0; more > 0 && f->nth < b->n; f->nth++)
        take_row(f, &b->rows[f->nth]);
    f->rows += more > 0 ? b->n : 0;
    if (more == 0 && f->rows == 0) {
        struct mop_diag *g = mop_diag(f->t->diags, MOP_FAULT, "missing-value",
                                      (struct mop_loc){f->source.name, 1, 0}, 1,
                                      "the fixture has no records: it shows nothing");
        mop_diag_hint(f->t->diags, g, "add a row, or take the test out");
    }
    if (more < 0)
        f->t->file_err = *e;
    return more;
}

static void close_fixture(struct mop_source *s)
{
    struct fixture_source *f = (struct fixture_source *)s;
    if (f->inner)
        f->inner->exporter->close(f->inner);
    mop_map_release(&f->ids);
    mop_arena_release(&f->names);
    mop_arena_release(&f->batch);
    free(f);
}

/* ---- opening ---- */

static bool takes(const char *source)
{
    (void)source;
    return false;
}

static struct mop_source *open_none(const char *source, const struct mop_source_options *o,
                                    struct mop_err *e)
{
    (void)o;
    mop_err_set(e, 2, (struct mop_loc){source, 0, 0}, "a fixture is opened by its test");
    return NULL;
}

static const struct mop_exporter exporter = {"fixture", "records of a test", takes, open_none,
                                             next,      close_fixture,       NULL};

static int find_expect(struct fixture_source *f)
{
    const struct mop_schema *s = &f->inner->schema;
    f->expect = 0;
    while (f->expect < s->n && !mop_sv_eqs(s->columns[f->expect], "expect"))
        f->expect++;
    if (f->expect < s->n)
        return 0;
    struct mop_diag *g =
        mop_diag(f->t->diags, MOP_FAULT, "missing-column", (struct mop_loc){f->source.name, 1, 0},
                 1, "a fixture needs a column 'expect'");
    mop_diag_hint(
        f->t->diags, g,
        f->t->fixture->record->source.skip_lines
            ? "the header stands behind the 'skip_lines' of the taxonomy's 'source', here "
              "as in what it is a piece of"
            : "it holds ok, or the ids of the rules that the record fails");
    return -1;
}

static void unknown_column(struct fixture_source *f, size_t i)
{
    const struct mop_record *r = f->t->fixture->record;
    const struct mop_schema *s = &f->inner->schema;
    struct mop_sv *names = mop_calloc(r->nfields + 1, sizeof *names);
    for (size_t k = 0; k < r->nfields; k++)
        names[k] = r->fields[k]->name;
    long near = mop_suggest(s->columns[i], names, r->nfields);
    struct mop_diag *g = mop_diag(
        f->t->diags, MOP_WARN, "unknown-column",
        s->at ? s->at[i] : (struct mop_loc){f->source.name, 1, 0}, (uint32_t)s->columns[i].n,
        "no field of '%.*s' reads column '%.*s'", MOP_SV_ARG(r->name), MOP_SV_ARG(s->columns[i]));
    if (near >= 0)
        mop_diag_hint(f->t->diags, g, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_diag_hint(f->t->diags, g,
                      "take it out, or begin its name with x- if it is for readers alone");
    free(names);
}

/* A column that is misspelt would leave its field blank, and the row would show something else. */
static void see_columns(struct fixture_source *f, const struct mop_binding *bound)
{
    const struct mop_record *r = f->t->fixture->record;
    for (size_t i = 0, col = 0; i < f->inner->schema.n; i++) {
        bool read = i == f->expect || mop_sv_starts(f->inner->schema.columns[i], MOP_SV("x-"));
        for (size_t k = 0; !read && k < r->nfields; k++)
            read = !r->fields[k]->derive && bound->column[k] == (int32_t)col;
        if (!read)
            unknown_column(f, i);
        col += i != f->expect;
    }
}

/* The file's columns without `expect`, then the fields that it has no column for. */
static int make_schema(struct fixture_source *f, struct mop_err *e)
{
    struct mop_record *r = f->t->fixture->record;
    struct mop_schema *s = &f->source.schema;
    struct mop_binding bound;
    s->columns = mop_arena_array(&f->names, f->inner->schema.n + r->nfields, sizeof *s->columns);
    for (size_t i = 0; i < f->inner->schema.n; i++)
        if (i != f->expect)
            s->columns[s->n++] = f->inner->schema.columns[i];
    if (mop_bind(&bound, r, s, f->source.name, NULL, 0, &f->names, e))
        return -1;
    see_columns(f, &bound);
    for (size_t i = 0; i < r->nfields; i++)
        if (!r->fields[i]->derive && bound.column[i] < 0)
            s->columns[s->n++] = r->fields[i]->name;
    return 0;
}

static const struct mop_exporter *exporter_for(const struct mop_test_run *t, const char *file)
{
    const struct mop_exporter *const *x = t->o->exporters;
    while (x[1] && !(*x)->takes(file))
        x++;
    return *x;
}

struct mop_source *mop_test_fixture_open(struct mop_test_run *t, struct mop_err *e)
{
    const struct mop_rule_test *x = t->fixture;
    struct mop_source_options options =
        mop_bind_options(&(struct mop_source_options){0}, x->record);
    struct fixture_source *f = mop_alloc(sizeof *f);
    mop_map_init(&f->ids);
    mop_arena_init(&f->names);
    mop_arena_init(&f->batch);
    f->t = t;
    f->source.exporter = &exporter;
    f->source.name = x->file;
    for (size_t i = 0; i < x->record->nchecks; i++)
        *mop_map_put(&f->ids, x->record->checks[i]->id, NULL) = i;
    if (mop_lint_fixture(t->diags, mop_node_get(x->at, "file"), x->file))
        f->inner = exporter_for(t, x->file)->open(x->file, &options, e);
    if (f->inner && find_expect(f) == 0 && make_schema(f, e) == 0)
        return &f->source;
    close_fixture(&f->source);
    return NULL;
}
