/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "check/settle.h"
#include "check/weight.h"
#include "check/words.h"
#include <stdlib.h>
#include <string.h>

/* What the judge of a record type has before its first record, and before each source. */

static void find_loose(struct mop_judge *j)
{
    const struct mop_record *r = j->record;
    j->loose = mop_arena_array(&j->arena, r->nchecks + 1, sizeof *j->loose);
    for (size_t i = 0; i < r->nchecks; i++) {
        struct mop_check *c = r->checks[i];
        bool settled = c->field && mop_dictionary_settles(&j->dictionaries[c->field->index], c);
        if (c->role != MOP_CHECK_INLINE && c->role != MOP_CHECK_INPUT && !settled)
            j->loose[j->nloose++] = c;
    }
}

static void find_windowed(struct mop_judge *j)
{
    const struct mop_record *r = j->record;
    j->windowed = mop_arena_array(&j->arena, r->nchecks + 1, sizeof *j->windowed);
    for (size_t i = 0; i < r->nchecks; i++)
        if (mop_check_windowed(r->checks[i]))
            j->windowed[j->nwindowed++] = r->checks[i];
}

static void find_needs(struct mop_judge *j)
{
    const struct mop_ruleset *rs = j->run->rules;
    j->needs = mop_arena_array(&j->arena, j->tally.nneeds + 1, sizeof *j->needs);
    for (size_t i = 0; i < rs->nreports; i++)
        for (size_t k = 0; k < rs->reports[i].nneeds; k++)
            if (rs->reports[i].needs[k].record == j->record)
                j->needs[rs->reports[i].needs[k].index] = &rs->reports[i].needs[k];
}

static void find_cohorts(struct mop_judge *j)
{
    const struct mop_ruleset *rs = j->run->rules;
    j->cohort_from = mop_arena_array(&j->arena, rs->ncohorts + 1, sizeof *j->cohort_from);
    for (size_t i = 0; i < rs->ncohorts; i++)
        j->cohort_from[i] = mop_when_of_instant(
            rs->now_us - (int64_t)rs->cohort_days[i] * 86400 * 1000000, rs->zone);
}

static void init_sets(struct mop_judge *j, struct mop_verdict *v)
{
    const struct mop_tally *t = &j->tally;
    uint64_t *words = mop_arena_array(&j->arena, mop_verdict_words(t) + 1, sizeof *words);
    v->fail = words;
    v->undecided = words + t->words;
    v->applied = words + 2 * t->words;
    v->suppressed = words + 3 * t->words;
    v->member = words + 4 * t->words;
    v->unknown = v->member + t->need_words;
    v->covered = v->unknown + t->need_words;
}

static void init_verdict(struct mop_judge *j)
{
    struct mop_verdict *v = &j->verdict;
    init_sets(j, v);
    v->classes = mop_arena_alloc(&j->arena, j->record->nweights + 1);
    v->weight = mop_arena_array(&j->arena, j->record->nweights + 1, sizeof *v->weight);
    v->slice_value = mop_arena_array(&j->arena, j->tally.nslices + 1, sizeof *v->slice_value);
    j->after = *v;
    init_sets(j, &j->after);
    j->made.repaired = MOP_NOT_REPAIRED;
}

/* ---- what kinds ask back about the record at hand ---- */

static enum mop_truth run_condition(struct mop_run *run, const struct mop_expr *e)
{
    return mop_judge_condition(run->judge, e, false);
}

static enum mop_outcome run_applies(struct mop_run *run, const struct mop_check *c)
{
    return mop_judge_applies(run->judge, c);
}

static bool run_lookup(struct mop_run *run, const struct mop_derive_lookup *l, struct mop_sv key,
                       struct mop_sv *value, enum mop_state *state)
{
    struct mop_judge *j = run->judge;
    return mop_references_look(j->references, l, key, value, state);
}

static bool run_changes(struct mop_run *run, const struct mop_lifecycle *l, struct mop_sv of,
                        struct mop_stage_changes *out)
{
    const struct mop_judge *j = run->judge;
    return mop_histories_find(&j->references->histories, l, of, out);
}

static bool run_day(struct mop_run *run, int32_t *day)
{
    const struct mop_judge *j = run->judge;
    *day = j->when.day;
    return !j->dateless;
}

static void hook_run(struct mop_judge *j)
{
    j->run->condition = run_condition;
    j->run->applies = run_applies;
    j->run->lookup = run_lookup;
    j->run->changes = run_changes;
    j->run->day = run_day;
}

void mop_judge_init(struct mop_judge *j, struct mop_run *run, struct mop_record *r,
                    struct mop_references *refs, const struct mop_judge_options *o)
{
    memset(j, 0, sizeof *j);
    mop_arena_init(&j->arena);
    j->record = r;
    j->run = run;
    j->references = refs;
    j->sink = o->sink;
    j->repairs = o->repairs;
    refs->repairs |= o->repairs != NULL;
    j->show_values = o->show_values;
    mop_tally_init(&j->tally, run->rules, r, o->max_samples);
    j->tally.as_given = o->columns_as_given;
    j->left_out = mop_arena_array(&j->arena, j->tally.words + 1, sizeof(uint64_t));
    mop_crossrecord_init(&j->cross);
    struct mop_buf *bufs[] = {&j->message, &j->proposal, &j->key, &j->what, &j->shown};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        mop_buf_init(bufs[i], 80u << 20);
    j->dictionaries = mop_arena_array(&j->arena, r->nfields + 1, sizeof *j->dictionaries);
    for (size_t i = 0; i < r->nfields; i++)
        mop_dictionary_init(&j->dictionaries[i], r->fields[i]);
    j->tally.dictionaries = j->dictionaries;
    j->entries = mop_arena_array(&j->arena, r->nfields + 1, sizeof *j->entries);
    j->guards = mop_arena_array(&j->arena, r->nfields + 1, sizeof *j->guards);
    const struct mop_ruleset *rs = run->rules;
    j->dataset = mop_arena_array(&j->arena, rs->ndatasets + 1, sizeof *j->dataset);
    for (size_t i = 0; i < rs->ndatasets; i++)
        mop_dataset_init(&j->dataset[i], &rs->datasets[i],
                         mop_when_of_instant(rs->now_us, rs->zone));
    j->funnels = mop_arena_array(&j->arena, r->nlifecycles + 1, sizeof *j->funnels);
    for (size_t i = 0; i < r->nlifecycles; i++)
        mop_funnel_init(&j->funnels[i], r->lifecycles[i], rs);
    hook_run(j);
    find_loose(j);
    mop_filled_init(j);
    find_windowed(j);
    find_needs(j);
    find_cohorts(j);
    init_verdict(j);
    mop_words_init(j);
}

static void release_cells(struct mop_judge *j)
{
    for (size_t i = 0; i < j->ncells; i++)
        mop_buf_release(&j->cells[i]);
    free(j->cells);
    free(j->name_bytes);
}

void mop_judge_release(struct mop_judge *j)
{
    for (size_t i = 0; i < j->record->nfields; i++)
        mop_dictionary_release(&j->dictionaries[i]);
    for (size_t i = 0; i < j->run->rules->ndatasets; i++)
        mop_dataset_release(&j->dataset[i]);
    for (size_t i = 0; i < j->record->nlifecycles; i++)
        mop_funnel_release(&j->funnels[i]);
    struct mop_buf *bufs[] = {&j->message, &j->proposal, &j->key, &j->what, &j->shown};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        mop_buf_release(bufs[i]);
    mop_crossrecord_release(&j->cross);
    mop_tally_release(&j->tally);
    free(j->waiting);
    free(j->leaves);
    free(j->column_names);
    free(j->source_names);
    release_cells(j);
    mop_arena_release(&j->arena);
}

/* ---- --columns-as-given ---- */

static bool column_missing(const struct mop_judge *j, const struct mop_field *f)
{
    const struct mop_derive *d = f->derive;
    bool missing = !d && j->binding->column[f->index] < 0;
    for (size_t i = 0; d && !missing && i < d->nfields; i++)
        missing = column_missing(j, d->fields[i]);
    return missing;
}

static bool reads_missing(const struct mop_judge *j, const struct mop_expr *e)
{
    bool missing = false;
    for (size_t i = 0; e && e->op == MOP_OP_TEST && !missing && i < e->test->nfields; i++)
        missing = column_missing(j, e->test->fields[i]);
    if (e && e->op == MOP_OP_TEST && !missing)
        missing = mop_histories_lost(&j->references->histories, e->test);
    for (size_t i = 0; e && !missing && i < e->n; i++)
        missing = reads_missing(j, e->kids[i]);
    return missing;
}

static void find_left_out(struct mop_judge *j)
{
    memset(j->left_out, 0, j->tally.words * sizeof *j->left_out);
    for (size_t i = 0; j->tally.as_given && i < j->record->nchecks; i++) {
        const struct mop_check *c = j->record->checks[i];
        if (!reads_missing(j, c->assert_) && !reads_missing(j, c->when) &&
            !(mop_check_windowed(c) && j->dateless))
            continue;
        mop_bit_set(j->left_out, i);
        mop_bit_set(j->tally.left_out, i);
    }
}

/* A record's hash is that of its cells with their columns' names: the names are written down once.
 */
static void name_cells(struct mop_judge *j, const struct mop_schema *s)
{
    release_cells(j);
    j->ncells = s->n;
    j->cells = mop_calloc(s->n + 1, sizeof *j->cells);
    j->name_bytes = mop_calloc(s->n + 1, sizeof *j->name_bytes);
    for (size_t i = 0; i < s->n; i++) {
        mop_buf_init(&j->cells[i], 80u << 20);
        mop_buf_sv(&j->cells[i], s->columns[i]);
        mop_buf_add(&j->cells[i], "\0", 2); /* what ends the name, and the presence */
        j->name_bytes[i] = j->cells[i].n - 1;
    }
}

void mop_judge_source(struct mop_judge *j, const struct mop_binding *b, const struct mop_schema *s,
                      size_t source, const char *name)
{
    j->binding = b;
    j->schema = s;
    j->source = source;
    j->dateless = j->record->dated_by && column_missing(j, j->record->dated_by);
    find_left_out(j);
    name_cells(j, s);
    size_t nf = j->record->nfields;
    j->column_names = mop_realloc(j->column_names, (source + 1) * nf + 1, sizeof *j->column_names);
    for (size_t i = 0; i < nf; i++)
        j->column_names[source * nf + i] =
            b->column[i] >= 0 ? mop_arena_copy(&j->arena, s->columns[b->column[i]]) : MOP_SV("");
    j->source_names = mop_realloc(j->source_names, source + 1, sizeof *j->source_names);
    j->source_names[source] = name;
    if (j->repairs)
        mop_repairs_source(j);
}
