/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "check/settle.h"
#include "check/weight.h"
#include "check/words.h"
#include <stdlib.h>
#include <string.h>

/* ---- per record: entries ---- */

static struct mop_entry *look_column(struct mop_judge *j, const struct mop_field *f)
{
    struct mop_dictionary *d = &j->dictionaries[f->index];
    int32_t column = j->binding->column[f->index];
    if (column < 0)
        return mop_dictionary_look(d, NULL, j->run);
    if (j->row->fault)
        return mop_dictionary_unreadable(d, j->run);
    return mop_dictionary_look(d, &j->row->cells[column], j->run);
}

static struct mop_entry *compute_derived(struct mop_judge *j, struct mop_field *f)
{
    struct mop_dictionary *d = &j->dictionaries[f->index];
    const struct mop_derive *how = f->derive;
    const struct mop_value **in = mop_arena_array(j->run->scratch, how->nfields + 1, sizeof *in);
    for (size_t i = 0; i < how->nfields; i++)
        in[i] = &j->entries[how->fields[i]->index]->v;
    struct mop_cell cell = {.presence = MOP_GIVEN};
    enum mop_state state = mop_derive_compute(how, in, j->run, j->run->scratch, &cell.v);
    if (state == MOP_ST_MISSING)
        return mop_dictionary_look(d, NULL, j->run);
    if (state == MOP_ST_UNREADABLE)
        return mop_dictionary_unreadable(d, j->run);
    if (state != MOP_ST_VALUE)
        cell.v = MOP_SV("");
    return mop_dictionary_look(d, &cell, j->run);
}

/* A field derived from one other is the same for the same value: the source's entry remembers it.
 */
static struct mop_entry *look_derived(struct mop_judge *j, struct mop_field *f)
{
    struct mop_field *source = mop_derive_sole_source(f);
    struct mop_entry *from = source ? j->entries[source->index] : NULL;
    const struct mop_dictionary *of = source ? &j->dictionaries[source->index] : NULL;
    for (size_t i = 0; of && i < of->nderived; i++) {
        if (of->derived[i] != f)
            continue;
        if (from->derived[i])
            return from->derived[i];
        struct mop_entry *e = compute_derived(j, f);
        if (!j->dictionaries[f->index].bypass &&
            j->dictionaries[f->index].map.n < MOP_DICTIONARY_MAX)
            from->derived[i] = e;
        return e;
    }
    return compute_derived(j, f);
}

static void find_date(struct mop_judge *j, bool known)
{
    const struct mop_value *date = known ? &j->entries[j->record->dated_by->index]->v : NULL;
    j->when = j->run->rules->as_of;
    j->dated = date && date->state == MOP_ST_VALUE && date->known && date->typed.has_when;
    if (j->dated)
        j->when = date->typed.when;
}

static void find_missing(struct mop_judge *j)
{
    j->missing = false;
    for (size_t i = 0; i < j->record->nfields; i++)
        j->missing |= j->entries[i]->v.state == MOP_ST_MISSING;
}

static void look_columns(struct mop_judge *j)
{
    const struct mop_record *r = j->record;
    for (size_t i = 0; i < r->nfields; i++)
        if (!r->fields[i]->derive)
            j->entries[i] = look_column(j, r->fields[i]);
}

/* The reading for the record's date, where that has a say; true: it has. */
static bool pick_reading(struct mop_judge *j, size_t i)
{
    struct mop_entry *e = j->entries[i];
    if (!e->dated)
        return false;
    j->entries[i] =
        mop_dictionary_on(&j->dictionaries[i], e, j->dateless ? NULL : &j->when.day, j->run);
    return true;
}

static bool reads_any(const struct mop_derive *d, const bool *of)
{
    for (size_t i = 0; i < d->nfields; i++)
        if (of[d->fields[i]->index])
            return true;
    return false;
}

/* Before the date is known that is made of a name, values in it count as inside their dates. What
 * is derived from them is derived anew by that date. */
static void derive_date(struct mop_judge *j)
{
    const struct mop_record *r = j->record;
    for (size_t i = 0; i < r->nderived; i++)
        j->entries[r->derived[i]->index] = look_derived(j, r->derived[i]);
    find_date(j, true);
}

static void look_all(struct mop_judge *j)
{
    const struct mop_record *r = j->record;
    bool late = r->dated_by && r->dated_by->derive;
    bool *moved = late ? mop_arena_array(j->run->scratch, r->nfields, sizeof *moved) : NULL;
    look_columns(j);
    find_date(j, r->dated_by && !late); /* a part asks which template applies by then */
    if (late)
        derive_date(j);
    for (size_t i = 0; i < r->nfields; i++)
        if (!r->fields[i]->derive && pick_reading(j, i) && late)
            moved[i] = true;
    for (size_t i = 0; i < r->nderived; i++) {
        size_t f = r->derived[i]->index;
        bool again = late && reads_any(r->derived[i]->derive, moved);
        if (!late || again)
            j->entries[f] = look_derived(j, r->derived[i]);
        if ((pick_reading(j, f) || again) && late)
            moved[f] = true;
    }
    find_missing(j);
}

/* ---- per record: the verdict ---- */

static void clear_verdict(struct mop_judge *j)
{
    const struct mop_tally *t = &j->tally;
    memset(j->verdict.fail, 0, mop_verdict_words(t) * sizeof(uint64_t));
    j->verdict.cohorts = 0;
    j->nwaiting = 0;
    j->hashed = false;
}

static void set_outcome(const struct mop_check *c, enum mop_outcome o, void *ctx)
{
    struct mop_verdict *v = &((struct mop_judge *)ctx)->verdict;
    if (o == MOP_NA)
        return;
    mop_bit_set(v->applied, c->index);
    if (o == MOP_FAIL)
        mop_bit_set(v->fail, c->index);
    else if (o == MOP_UNDECIDED)
        mop_bit_set(v->undecided, c->index);
}

static enum mop_outcome inline_outcome(const struct mop_check *c, const struct mop_entry *e,
                                       void *ctx)
{
    (void)e;
    return mop_judge_check(ctx, c);
}

static void judge_field(struct mop_judge *j, size_t field)
{
    const struct mop_dictionary *d = &j->dictionaries[field];
    const struct mop_entry *e = j->entries[field];
    struct mop_verdict *v = &j->verdict;
    if (!e->settled) {
        j->guards[field] = mop_settle(d->field, e, inline_outcome, set_outcome, j);
        return;
    }
    j->guards[field] = (enum mop_severity)e->guard;
    for (size_t w = 0; w < d->nwords; w++) {
        v->fail[d->word + w] |= e->fail[w];
        v->undecided[d->word + w] |= e->undecided[w];
        v->applied[d->word + w] |= e->applied[w];
    }
    for (size_t i = 0; i < d->nopen; i++)
        if (!mop_guard_silences(j->guards[field], d->open[i]))
            set_outcome(d->open[i], mop_judge_check(j, d->open[i]), j);
}

static const char *const input_ids[] = {"input.encoding", "input.nul", "input.ragged",
                                        "input.json"};
enum { INPUT_ENCODING, INPUT_NUL, INPUT_RAGGED, INPUT_JSON, INPUT_IDS };

static void fail_input(struct mop_judge *j, int which)
{
    for (size_t i = 0; i < j->record->nchecks && i < INPUT_IDS; i++)
        if (mop_sv_eqs(j->record->checks[i]->id, input_ids[which]))
            set_outcome(j->record->checks[i], MOP_FAIL, j);
}

static void judge_input(struct mop_judge *j)
{
    if (j->row->fault)
        fail_input(j, j->row->fault == MOP_ROW_JSON ? INPUT_JSON : INPUT_RAGGED);
    if (!j->row->cell_faults)
        return;
    /* columns that no field reads as well: the file is not what it says */
    for (size_t i = 0; i < mop_schema_width(j->schema); i++)
        if (j->row->cells[i].fault)
            fail_input(j, j->row->cells[i].fault == MOP_CELL_NUL ? INPUT_NUL : INPUT_ENCODING);
}

/* Nothing of a ragged row can be told: every check that may apply is undecided. */
static void judge_faulty_row(struct mop_judge *j)
{
    for (size_t i = 0; i < j->record->nchecks; i++)
        if (j->record->checks[i]->role != MOP_CHECK_INPUT)
            set_outcome(j->record->checks[i], MOP_UNDECIDED, j);
}

/* A rule that tests one field is one of that field's checks: a failed guard of the same or higher
 * severity says it all. */
static bool silenced(const struct mop_judge *j, const struct mop_check *c)
{
    return c->role == MOP_CHECK_RULE && c->field &&
           mop_guard_silences(j->guards[c->field->index], c);
}

static void judge_checks(struct mop_judge *j)
{
    judge_input(j);
    if (j->row->fault) {
        judge_faulty_row(j);
        return;
    }
    for (size_t i = 0; i < j->record->nfields; i++)
        judge_field(j, i);
    for (size_t i = 0; i < j->nloose; i++)
        if (!silenced(j, j->loose[i]))
            set_outcome(j->loose[i], mop_judge_check(j, j->loose[i]), j);
}

static void judge_suppressions(struct mop_judge *j)
{
    const struct mop_ruleset *rs = j->run->rules;
    for (size_t i = 0; i < rs->nsuppressions; i++) {
        const uint64_t *checks = j->tally.suppressed[i].checks;
        if (!checks || mop_judge_condition(j, rs->suppressions[i].where, false) != MOP_TRUE)
            continue;
        mop_bit_set(j->verdict.covered, i);
        for (size_t w = 0; w < j->tally.words; w++)
            j->verdict.suppressed[w] |= checks[w];
    }
}

static void judge_needs(struct mop_judge *j)
{
    for (size_t i = 0; i < j->tally.nneeds; i++) {
        enum mop_truth inside = mop_judge_condition(j, j->needs[i]->where, true);
        if (inside == MOP_FALSE)
            continue;
        mop_bit_set(j->verdict.member, i);
        if (inside == MOP_UNKNOWN)
            mop_bit_set(j->verdict.unknown, i);
    }
}

static void judge_cohorts(struct mop_judge *j)
{
    const struct mop_ruleset *rs = j->run->rules;
    if (!j->dated) {
        j->tally.undated += j->record->dated_by != NULL;
        j->tally.dateless |= j->dateless;
        return;
    }
    for (size_t i = 0; i < rs->ncohorts; i++)
        if (mop_when_cmp(j->cohort_from[i], j->when) <= 0 && mop_when_cmp(j->when, rs->now) <= 0)
            j->verdict.cohorts |= UINT32_C(1) << i;
}

static void judge_slices(struct mop_judge *j)
{
    for (size_t i = 0; i < j->tally.nslices; i++) {
        const struct mop_field *f = j->tally.slices[i].field;
        const struct mop_value *v = f ? &j->entries[f->index]->v : NULL;
        j->verdict.slice_value[i] = UINT32_MAX;
        j->tally.slices[i].lost |= v && v->state == MOP_ST_MISSING;
        if (!v || v->state == MOP_ST_MISSING ||
            v->state == MOP_ST_UNREADABLE) /* nobody knows in which it stands */
            continue;
        struct mop_sv value = v->state != MOP_ST_VALUE ? MOP_SV("")
                              : v->known               ? v->meant
                                                       : v->written;
        j->verdict.slice_value[i] = mop_tally_slice(&j->tally, i, value);
    }
}

static void count_dataset(struct mop_judge *j, size_t i)
{
    const struct mop_expr *where = j->run->rules->datasets[i].where;
    enum mop_truth inside = mop_judge_condition(j, where, false);
    if (inside == MOP_TRUE)
        mop_dataset_record(&j->dataset[i], j->entries);
    j->dataset[i].lost |= inside == MOP_UNKNOWN && mop_judge_lacks(j, where);
}

static void count_filled(struct mop_judge *j)
{
    for (size_t i = 0; i < j->record->nfields; i++) {
        if (j->entries[i]->v.state == MOP_ST_VALUE) {
            j->tally.filled[i]++;
            j->entries[i]->records++;
        }
    }
    mop_filled_record(j);
    const struct mop_ruleset *rs = j->run->rules;
    for (size_t i = 0; i < rs->ndatasets; i++)
        if (rs->datasets[i].record == j->record)
            count_dataset(j, i);
    for (size_t i = 0; i < j->record->nlifecycles; i++)
        mop_funnel_record(&j->funnels[i], j->entries);
}

static void leave_out(struct mop_judge *j)
{
    for (size_t w = 0; j->tally.as_given && w < j->tally.words; w++) {
        j->verdict.fail[w] &= ~j->left_out[w];
        j->verdict.undecided[w] &= ~j->left_out[w];
        j->verdict.applied[w] &= ~j->left_out[w];
    }
}

/* Every record outside a check's dates, whatever its value; of a faulty row no date is known. */
static void count_grandfathered(struct mop_judge *j)
{
    if (j->row->fault || j->dateless)
        return;
    for (size_t i = 0; i < j->nwindowed; i++) {
        const struct mop_check *c = j->windowed[i];
        j->tally.rules_tally[c->index].grandfathered += !mop_window_has(&c->applies, j->when.day);
    }
}

static void note_veiled(struct mop_judge *j, const struct mop_check *c)
{
    if ((c->when || mop_check_windowed(c)) && mop_judge_applies(j, c) == MOP_UNDECIDED)
        mop_tally_veiled(&j->tally, &j->verdict, c->index);
}

/* What a refused value silences may turn out undecided once the value is right. */
static void note_all_veiled(struct mop_judge *j)
{
    bool any = false;
    for (size_t i = 0; i < j->record->nfields && !j->row->fault; i++) {
        const struct mop_field *f = j->record->fields[i];
        any |= j->guards[i] != MOP_SEV_OFF;
        for (size_t k = 0; j->guards[i] != MOP_SEV_OFF && k < f->nchecks; k++)
            if (mop_guard_silences(j->guards[i], f->checks[k]))
                note_veiled(j, f->checks[k]);
    }
    for (size_t i = 0; any && i < j->nloose; i++)
        if (silenced(j, j->loose[i]))
            note_veiled(j, j->loose[i]);
}

/* By which exclusion, or their number: by none. *unsure: a missing column leaves it open. */
static size_t excluded_by(struct mop_judge *j, bool *unsure)
{
    size_t i = 0;
    *unsure = false;
    for (; i < j->record->nexcludes; i++) {
        const struct mop_expr *where = j->record->excludes[i].where;
        enum mop_truth truth = mop_judge_condition(j, where, false);
        if (truth == MOP_TRUE)
            break;
        *unsure |= truth == MOP_UNKNOWN && mop_judge_lacks(j, where);
    }
    return i;
}

static bool excluded(struct mop_judge *j)
{
    bool unsure;
    size_t by = excluded_by(j, &unsure);
    if (by == j->record->nexcludes) {
        j->tally.unsure |= unsure && !j->tally.as_given;
        return false;
    }
    j->tally.excluded[by]++;
    j->tally.excluded_total++;
    if (j->sink && j->sink->judged)
        j->sink->judged(j->sink->ctx, &(struct mop_judged){.type = j->record,
                                                           .source = j->source,
                                                           .record = j->row->record,
                                                           .excluded = &j->record->excludes[by]});
    return true;
}

/* What of the verdict may be told again without being counted again. */
static void judge_record(struct mop_judge *j)
{
    judge_checks(j);
    judge_suppressions(j);
    judge_needs(j);
    mop_judge_weights(j);
}

bool mop_judge_again(struct mop_judge *j, const struct mop_row *row)
{
    j->row = row;
    clear_verdict(j);
    look_all(j);
    if (excluded_by(j, &(bool){false}) < j->record->nexcludes)
        return false;
    judge_record(j);
    return true;
}

void mop_judge_tell(struct mop_judge *j, size_t source, uint64_t record, struct mop_judge *at_hand)
{
    const struct mop_verdict *v = &j->verdict;
    if (j->sink && j->sink->judged)
        j->sink->judged(j->sink->ctx, &(struct mop_judged){j->record, source, record, NULL, v->fail,
                                                           v->undecided, v->applied, at_hand});
}

static void count_record(struct mop_judge *j)
{
    if (j->nwaiting || (j->repairs && j->made.repaired != MOP_NOT_REPAIRED)) {
        mop_crossrecord_hold(j);
        return;
    }
    mop_judge_tell(j, j->source, j->row->record, j);
    mop_tally_add(&j->tally, &j->verdict);
    if (j->repairs)
        mop_tally_repaired(&j->tally, &j->verdict);
}

int mop_judge_row(struct mop_judge *j, const struct mop_row *row, struct mop_err *e)
{
    mop_arena_reset(j->run->scratch);
    j->run->judge = j;
    j->row = row;
    j->serial++;
    j->tally.records++;
    clear_verdict(j);
    look_all(j);
    if (j->sink && j->sink->looked)
        j->sink->looked(j->sink->ctx, j);
    mop_references_record(j->references, j->record, j->entries);
    if (j->repairs)
        mop_repairs_record(j);
    if (excluded(j))
        return 0;
    mop_references_vocabularies(j->references, j->record, j->entries);
    mop_histories_record(&j->references->histories, j->record, j->entries);
    judge_record(j);
    leave_out(j);
    note_all_veiled(j);
    count_grandfathered(j);
    judge_cohorts(j);
    judge_slices(j);
    count_filled(j);
    if (mop_judge_findings(j, e))
        return -1;
    if (j->repairs)
        mop_repair_record(j);
    count_record(j);
    return 0;
}

/* A fact, not a count: how often a value is judged again in a bypassed column must not show. */
static bool reached_limit(const struct mop_judge *j, const struct mop_expr *e)
{
    bool limited = false;
    if (e && e->op == MOP_OP_TEST && e->test->nfields == 1 &&
        !(e->test->kind->flags & (MOP_K_ROW | MOP_K_CROSS)))
        limited = j->dictionaries[e->test->fields[0]->index].limited[e->test->slot];
    for (size_t i = 0; e && !limited && i < e->n; i++)
        limited = reached_limit(j, e->kids[i]);
    return limited;
}

int mop_judge_finish(struct mop_judge *j, bool whole, struct mop_err *e)
{
    for (size_t i = 0; i < j->record->nchecks; i++) {
        const struct mop_check *c = j->record->checks[i];
        j->tally.rules_tally[i].limited = reached_limit(j, c->assert_) || reached_limit(j, c->when);
    }
    if (whole)
        return mop_crossrecord_finish(j, e);
    mop_crossrecord_leave(j);
    return 0;
}
