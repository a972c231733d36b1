/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "check/words.h"
#include <string.h>

/* From failed bits to findings: which test failed, in which words, who repairs it. */

struct mop_h128 mop_judge_cells(struct mop_judge *j, struct mop_h128 (*hash)(struct mop_sv))
{
    struct mop_h128 sum = {0, 0};
    for (size_t i = 0; !j->row->fault && i < j->schema->n; i++) {
        const struct mop_cell *c = &j->row->cells[i];
        struct mop_buf *b = &j->cells[i];
        b->n = j->name_bytes[i];
        b->p[b->n++] = (char)c->presence; /* room for it was made with the name */
        mop_buf_sv(b, c->v);
        struct mop_h128 h = hash(mop_buf_view(b));
        sum.lo += h.lo;
        sum.hi += h.hi;
    }
    return sum;
}

struct mop_h128 mop_judge_hash(struct mop_judge *j)
{
    if (!j->hashed)
        j->hash = mop_judge_cells(j, mop_hash_stable);
    j->hashed = true;
    return j->hash;
}

struct mop_sv mop_judge_key(struct mop_judge *j)
{
    const struct mop_record *r = j->record;
    if (!r->nkey)
        return MOP_SV("");
    if (r->nkey == 1)
        return j->entries[r->key[0]->index]->v.written;
    mop_buf_reset(&j->key);
    for (size_t i = 0; i < r->nkey; i++) {
        mop_buf_str(&j->key, i ? "|" : "");
        mop_buf_sv(&j->key, j->entries[r->key[i]->index]->v.written);
    }
    return mop_arena_copy(j->run->scratch, mop_buf_view(&j->key));
}

struct mop_sv mop_judge_fixer(struct mop_judge *j, const struct mop_check *c)
{
    if (c->fixed_by_field) {
        const struct mop_value *v = &j->entries[c->fixed_by_field->index]->v;
        const uint64_t *item =
            v->state == MOP_ST_VALUE && v->known ? mop_value_find(v, &c->fixed_by_map) : NULL;
        if (item)
            return *(const struct mop_sv *)(uintptr_t)*item;
    }
    return c->fixed_by.n ? c->fixed_by : c->owner;
}

static enum mop_outcome outcome_of(const struct mop_test *t, void *ctx)
{
    return mop_judge_test(ctx, t);
}

static const struct mop_test *first_test(const struct mop_expr *e)
{
    const struct mop_test *t = e->op == MOP_OP_TEST ? e->test : NULL;
    for (size_t i = 0; i < e->n && !t; i++)
        t = first_test(e->kids[i]);
    return t;
}

/* The test to explain: the one to which the check owes its outcome; where its columns are missing,
 * the first. */
static const struct mop_test *find_test(struct mop_judge *j, const struct mop_check *c,
                                        bool undecided)
{
    j->words.negated = false;
    j->checking = c;
    if (!c->assert_)
        return NULL;
    const struct mop_test *t = mop_expr_blame(c->assert_, undecided ? MOP_UNDECIDED : MOP_FAIL,
                                              outcome_of, NULL, j, &j->words.negated);
    return t ? t : first_test(c->assert_);
}

static const struct mop_value *const *values_of(struct mop_judge *j, const struct mop_test *t)
{
    const struct mop_value **v = mop_arena_array(j->run->scratch, t->nfields + 1, sizeof *v);
    for (size_t i = 0; i < t->nfields; i++)
        v[i] = &j->entries[t->fields[i]->index]->v;
    return v;
}

/* A rule's own message: {field} stands for the record's value. */
static void own_message(struct mop_judge *j, struct mop_sv text)
{
    mop_buf_reset(&j->message);
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        if (open >= text.n || shut < open) {
            mop_buf_sv(&j->message, text);
            return;
        }
        const struct mop_field *f = mop_record_field(j->record, mop_sv_sub(text, open + 1, shut));
        mop_buf_sv(&j->message, mop_sv_sub(text, 0, f ? open : shut + 1));
        if (f)
            mop_buf_sv(&j->message, j->words.show(&j->words, f, j->entries[f->index]->v.written));
        text = mop_sv_sub(text, shut + 1, text.n);
    }
}

/* Of a derived field it is a column of its source that is lost. */
static const struct mop_field *lost_column(struct mop_judge *j, const struct mop_field *f)
{
    const struct mop_derive *d = f->derive;
    for (size_t i = 0; d && i < d->nfields; i++)
        if (j->entries[d->fields[i]->index]->v.state == MOP_ST_MISSING)
            return lost_column(j, d->fields[i]);
    return f;
}

static void missing_message(struct mop_judge *j, const struct mop_field *f)
{
    f = lost_column(j, f);
    mop_buf_printf(&j->message, "the source has no column %.*s",
                   MOP_SV_ARG(mop_column_names(j->run->scratch, f)));
    struct mop_sv near = j->binding->nearest[f->index];
    if (near.n)
        mop_buf_printf(&j->message, "; the nearest header is '%.*s'", MOP_SV_ARG(near));
}

const struct mop_field *mop_judge_lacks(struct mop_judge *j, const struct mop_expr *e)
{
    const struct mop_field *gone = NULL;
    for (size_t i = 0; e && e->op == MOP_OP_TEST && i < e->test->nfields; i++)
        if (j->entries[e->test->fields[i]->index]->v.state == MOP_ST_MISSING)
            return e->test->fields[i];
    for (size_t i = 0; e && !gone && i < e->n; i++)
        gone = mop_judge_lacks(j, e->kids[i]);
    return gone;
}

/* Where the first fault of the record stands, and what it is. */
static void input_message(struct mop_judge *j, const struct mop_check *c)
{
    mop_buf_sv(&j->message, j->row->fault_note);
    if (j->row->fault_at.line)
        mop_buf_printf(&j->message, " (line %u, column %u)", j->row->fault_at.line,
                       j->row->fault_at.col);
    if (c->kind == &mop_kind_input_encoding)
        mop_buf_str(&j->message, "; if the source is in another encoding, name it with --encoding");
}

/* The first column with the fault; the schema's width: none, it is the row's. */
static size_t faulty_column(const struct mop_judge *j, const struct mop_check *c)
{
    int fault = c->kind == &mop_kind_input_nul ? MOP_CELL_NUL : MOP_CELL_ENCODING;
    size_t width = mop_schema_width(j->schema), i = j->row->fault ? width : 0;
    while (i < width && j->row->cells[i].fault != fault)
        i++;
    return i;
}

static const struct mop_field *field_of_column(const struct mop_judge *j, size_t column)
{
    for (size_t i = 0; i < j->record->nfields; i++)
        if (j->binding->column[i] == (int32_t)column)
            return j->record->fields[i];
    return NULL;
}

/* Does it hang on the record's date, and no column tells that? */
static bool lacks_date(const struct mop_judge *j, const struct mop_check *c)
{
    return j->dateless && (mop_check_windowed(c) || c->kind->flags & MOP_K_DATED);
}

/* The vocabulary of a field tested is another type's column of personal data. */
static bool knows_persons(const struct mop_test *t)
{
    bool persons = false;
    for (size_t i = 0; t && i < t->nfields && !persons; i++) {
        const struct mop_vocabulary *v = t->fields[i]->vocabulary;
        persons = v && v->from_record && v->from_field->personal;
    }
    return persons;
}

bool mop_judge_takes(const struct mop_judge *j, const struct mop_field *f)
{
    int32_t column = j->binding->column[f->index];
    return column >= 0 && column < (int32_t)j->schema->n;
}

static void explain(struct mop_judge *j, const struct mop_check *c, const struct mop_test *t,
                    bool undecided)
{
    mop_buf_reset(&j->message);
    mop_buf_reset(&j->proposal);
    j->words.certain = false;
    const struct mop_field *gone = mop_judge_lacks(j, c->assert_);
    if (undecided && !gone)
        gone = lacks_date(j, c) ? j->record->dated_by : mop_judge_lacks(j, c->when);
    j->private_ = c->personal && t && t->nfields ? t->fields[0] : NULL;
    j->names_private = knows_persons(t);
    if (c->role == MOP_CHECK_INPUT)
        input_message(j, c);
    else if (gone)
        missing_message(j, gone);
    else if (undecided)
        mop_undecided_explain(j, c, t);
    else if (t)
        mop_words_explain(j, t, values_of(j, t));
    if (c->message.n && !undecided && !gone)
        own_message(j, c->message);
    j->words.certain &= t && t->nfields && mop_judge_takes(j, t->fields[0]);
}

static const struct mop_field *subject_of(const struct mop_check *c, const struct mop_test *t)
{
    return c->field ? c->field : t && t->nfields ? t->fields[0] : NULL;
}

const struct mop_field *mop_judge_propose(struct mop_judge *j, const struct mop_check *c)
{
    const struct mop_test *t = find_test(j, c, false);
    if (!t || !t->nfields)
        return NULL;
    explain(j, c, t, false);
    return j->words.certain && j->proposal.n ? t->fields[0] : NULL;
}

/* What the finding is about: field, column, value and line. */
static void locate(struct mop_judge *j, const struct mop_check *c, const struct mop_test *t,
                   struct mop_finding *f)
{
    f->field = subject_of(c, t);
    size_t column = f->field ? (size_t)j->binding->column[f->field->index] : SIZE_MAX;
    f->line = j->row->line;
    if (c->role == MOP_CHECK_INPUT) {
        column = faulty_column(j, c);
        f->field = field_of_column(j, column);
        f->line = j->row->fault_at.line ? j->row->fault_at.line : f->line;
    }
    bool there = column < mop_schema_width(j->schema);
    f->column = there ? j->schema->columns[column] : MOP_SV("");
    f->value = f->field && c->role != MOP_CHECK_INPUT ? j->entries[f->field->index]->v.written
               : there                                ? j->row->cells[column].v
                                                      : MOP_SV("");
    if (!f->value.p)
        f->value = MOP_SV("");
}

bool mop_judge_wants(const struct mop_judge *j, const struct mop_check *c, size_t source,
                     uint64_t record)
{
    return !j->sink || !j->sink->wants || j->sink->wants(j->sink->ctx, c, source, record);
}

/* A name whose parts have dates. */
static bool is_by_date(const struct mop_judge *j, const struct mop_test *t)
{
    return t && t->kind == &mop_kind_template &&
           j->entries[t->fields[0]->index]->v.as_of == MOP_AS_OF_DAY;
}

static int emit(struct mop_judge *j, const struct mop_check *c, bool undecided, struct mop_err *e)
{
    if (!mop_judge_wants(j, c, j->source, j->row->record))
        return 0;
    const struct mop_test *t = find_test(j, c, undecided);
    struct mop_finding finding = {.check = c,
                                  .undecided = undecided,
                                  .unread = j->row->fault != 0,
                                  .source = j->source,
                                  .record = j->row->record,
                                  .suppressed = mop_bit_get(j->verdict.suppressed, c->index),
                                  .key = mop_judge_key(j),
                                  .fixer = mop_judge_fixer(j, c),
                                  .hash = mop_judge_hash(j)};
    if (finding.suppressed)
        finding.suppressed_by = mop_tally_suppressor(&j->tally, &j->verdict, c->index);
    locate(j, c, t, &finding);
    finding.by_date = is_by_date(j, t);
    bool wanted = !undecided && (finding.by_date ||
                                 mop_tally_wants(&j->tally, c->index, finding.value, finding.hash));
    if (!wanted && !j->sink && undecided)
        return 0;
    if (wanted || j->sink)
        explain(j, c, t, undecided);
    finding.message = mop_buf_view(&j->message);
    finding.proposal = mop_buf_view(&j->proposal);
    finding.certain = j->words.certain;
    if (!undecided && !mop_judge_lacks(j, c->assert_))
        mop_tally_value(&j->tally,
                        &finding); /* of a missing column there is no value and no record to show */
    return j->sink ? j->sink->finding(j->sink->ctx, &finding, e) : 0;
}

static void count_fixer(struct mop_judge *j, const struct mop_check *c)
{
    if (c->severity == MOP_SEV_ERROR)
        mop_tally_fixer(&j->tally, mop_judge_fixer(j, c), j->serial, mop_judge_loss(j));
}

/* What waits for the end of the run has its finding then, whatever is open now. */
static bool waits(const struct mop_judge *j, const struct mop_check *c)
{
    for (size_t i = 0; i < j->nwaiting; i++)
        if (j->waiting[i].check == c)
            return true;
    return false;
}

int mop_judge_findings(struct mop_judge *j, struct mop_err *e)
{
    const struct mop_verdict *v = &j->verdict;
    size_t n = j->record->nchecks;
    for (size_t i = mop_bit_next(v->fail, n, 0); i < n; i = mop_bit_next(v->fail, n, i + 1)) {
        count_fixer(j, j->record->checks[i]);
        if (emit(j, j->record->checks[i], false, e))
            return -1;
    }
    for (size_t i = mop_bit_next(v->undecided, n, 0); j->sink && i < n;
         i = mop_bit_next(v->undecided, n, i + 1))
        if (!waits(j, j->record->checks[i]) && emit(j, j->record->checks[i], true, e))
            return -1;
    return 0;
}
