/* SPDX-License-Identifier: MIT */
#include "check/crossrecord.h"
#include "check/judge.h"
#include "rules/args.h"
#include <stdlib.h>
#include <string.h>

void mop_crossrecord_init(struct mop_crossrecord *c)
{
    memset(c, 0, sizeof *c);
    mop_arena_init(&c->arena);
    mop_map_init(&c->base_by_key);
}

void mop_crossrecord_release(struct mop_crossrecord *c)
{
    mop_map_release(&c->base_by_key);
    mop_arena_release(&c->arena);
    free(c->bases);
    free(c->held);
    free(c->waiting);
    free(c->holder);
}

/* ---- holding ---- */

static size_t verdict_words(const struct mop_tally *t)
{
    return 4 * t->words + 2 * t->need_words;
}

static uint32_t intern_base(struct mop_judge *j, const struct mop_verdict *v)
{
    struct mop_crossrecord *c = &j->cross;
    size_t words = verdict_words(&j->tally), nw = j->record->nweights, size = words * 8 + nw + 4;
    char *key = mop_arena_alloc(j->run->scratch, size + 8);
    memcpy(key, v->fail, words * 8); /* the verdict's sets lie side by side */
    memcpy(key + words * 8, v->classes, nw);
    memcpy(key + words * 8 + nw, &v->cohorts, 4);
    uint64_t *found = mop_map_find(&c->base_by_key, (struct mop_sv){key, size});
    if (found)
        return (uint32_t)*found;
    bool added;
    struct mop_sv own = mop_arena_copy(&c->arena, (struct mop_sv){key, size});
    *mop_map_put(&c->base_by_key, own, &added) = c->nbases;
    MOP_GROW(c->bases, c->nbases, c->capbases);
    c->bases[c->nbases] = (struct mop_base){(const uint64_t *)(const void *)own.p,
                                            (const uint8_t *)own.p + words * 8, v->cohorts};
    return (uint32_t)c->nbases++;
}

static struct mop_waiting_value *copy_values(struct mop_arena *a, const struct mop_waiting *w)
{
    struct mop_waiting_value *v = mop_arena_array(a, w->test->nfields + 1, sizeof *v);
    for (size_t i = 0; i < w->test->nfields; i++) {
        v[i] = w->values[i];
        v[i].written = mop_arena_copy(a, v[i].written);
        v[i].meant =
            mop_sv_eq(v[i].written, v[i].meant) ? v[i].written : mop_arena_copy(a, v[i].meant);
    }
    return v;
}

/* Fixers that the record's findings so far were counted for, so that it is not counted twice. */
static void note_fixers(struct mop_judge *j, struct mop_held *h)
{
    for (size_t i = 0; i < j->tally.nfixers; i++)
        h->nfixers += j->tally.fixers[i].last_record == j->serial;
    h->fixers = mop_arena_array(&j->cross.arena, h->nfixers, sizeof *h->fixers);
    size_t n = 0;
    for (size_t i = 0; i < j->tally.nfixers; i++)
        if (j->tally.fixers[i].last_record == j->serial)
            h->fixers[n++] = (uint32_t)i;
}

/* What the tests of a tree said, once for all its waiting tests. */
static void hold_leaves(struct mop_crossrecord *c, struct mop_waiting *own,
                        const struct mop_waiting *before)
{
    if (!own->leaves)
        return;
    own->scratch_leaves = own->leaves;
    if (before && before->scratch_leaves == own->leaves && before->check == own->check &&
        c->holder[c->nholder - 1] == c->nheld)
        own->leaves = before->leaves;
    else
        own->leaves = (uint8_t *)(uintptr_t)mop_arena_copy(
                          &c->arena, (struct mop_sv){(char *)own->leaves, own->nleaves})
                          .p;
}

static void hold_waiting(struct mop_judge *j, const struct mop_waiting *w)
{
    struct mop_crossrecord *c = &j->cross;
    MOP_GROW(c->waiting, c->nwaiting, c->capwaiting);
    struct mop_waiting *own = &c->waiting[c->nwaiting++];
    *own = *w;
    own->values = copy_values(&c->arena, w);
    own->after = w->after.p ? mop_arena_copy(&c->arena, w->after) : MOP_SV_NONE;
    own->fixer = mop_judge_fixer(j, w->check);
    hold_leaves(c, own, c->nwaiting > 1 ? own - 1 : NULL);
    MOP_GROW(c->holder, c->nholder, c->capholder);
    c->holder[c->nholder++] = (uint32_t)c->nheld;
}

void mop_crossrecord_hold(struct mop_judge *j)
{
    struct mop_crossrecord *c = &j->cross;
    struct mop_held h = {.source = (uint32_t)j->source,
                         .line = j->row->line,
                         .record = j->row->record,
                         .serial = j->serial};
    bool repaired = j->repairs && j->repaired != MOP_NOT_REPAIRED;
    h.base = h.base_after = intern_base(j, &j->verdict);
    h.hash = h.hash_after = mop_judge_hash(j);
    h.repaired = repaired ? j->repaired : MOP_NOT_REPAIRED;
    if (repaired) {
        h.base_after = intern_base(j, &j->after);
        h.hash_after = j->after_hash;
    }
    h.key = mop_arena_copy(&c->arena, mop_judge_key(j));
    h.weight = mop_arena_array(&c->arena, j->record->nweights, sizeof *h.weight);
    if (j->record->nweights)
        memcpy(h.weight, j->verdict.weight, j->record->nweights * sizeof *h.weight);
    h.slice_value = mop_arena_array(&c->arena, j->tally.nslices, sizeof *h.slice_value);
    if (j->tally.nslices)
        memcpy(h.slice_value, j->verdict.slice_value, j->tally.nslices * sizeof *h.slice_value);
    note_fixers(j, &h);
    h.first = c->nwaiting;
    h.n = j->nwaiting;
    for (size_t i = 0; i < j->nwaiting; i++)
        hold_waiting(j, &j->waiting[i]);
    MOP_GROW(c->held, c->nheld, c->capheld);
    c->held[c->nheld++] = h;
}

/* ---- finishing ---- */

static bool has_private_key(const struct mop_judge *j)
{
    for (size_t i = 0; i < j->record->nkey && !j->show_values; i++)
        if (j->record->key[i]->personal)
            return true;
    return false;
}

/* By its line where its key may not be shown: stars would find nothing. */
static const char *call_rival(struct mop_judge *j, const struct mop_waiting *w)
{
    const struct mop_held *h = &j->cross.held[w->rival];
    struct mop_arena *a = j->run->scratch;
    bool by_key =
        h->key.n && !has_private_key(j) && !(j->record->nkey && w->check->role == MOP_CHECK_RECORD);
    const struct mop_field *personal = NULL;
    for (size_t i = 0; i < j->record->nkey; i++)
        personal = j->record->key[i]->personal ? j->record->key[i] : personal;
    /* of several parts a mask that keeps a domain would keep the next part, too */
    struct mop_sv key = personal && !j->show_values && j->record->nkey > 1
                            ? mop_sv_sub(h->key, 0, mop_sv_find(h->key, '@'))
                            : h->key;
    const char *text = by_key
                           ? mop_arena_printf(a, "record '%.*s'",
                                              MOP_SV_ARG(j->words.show(&j->words, personal, key)))
                                 .p
                           : mop_arena_printf(a, "line %llu", (unsigned long long)h->line).p;
    return text;
}

/* {field} of a rule's own message: known are the fields that the test reads, others keep their
 * name. */
static void own_message(struct mop_judge *j, const struct mop_waiting *w, struct mop_sv text)
{
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        if (open >= shut || shut >= text.n)
            break;
        struct mop_sv name = mop_sv_sub(text, open + 1, shut);
        mop_buf_sv(&j->message, mop_sv_sub(text, 0, open));
        size_t i = 0;
        while (i < w->test->nfields && !mop_sv_eq(w->test->fields[i]->name, name))
            i++;
        mop_buf_sv(&j->message, i < w->test->nfields ? j->words.show(&j->words, w->test->fields[i],
                                                                     w->values[i].written)
                                                     : name);
        text = mop_sv_sub(text, shut + 1, text.n);
    }
    mop_buf_sv(&j->message, text);
}

static void explain(struct mop_judge *j, const struct mop_waiting *w)
{
    struct mop_value *values =
        mop_arena_array(j->run->scratch, w->test->nfields + 1, sizeof *values);
    const struct mop_value **v = mop_arena_array(j->run->scratch, w->test->nfields + 1, sizeof *v);
    for (size_t i = 0; i < w->test->nfields; i++) {
        values[i].state = (enum mop_state)w->values[i].state;
        values[i].known = values[i].state == MOP_ST_VALUE;
        values[i].written = w->values[i].written;
        values[i].meant = w->values[i].meant;
        v[i] = &values[i];
    }
    mop_buf_reset(&j->message);
    mop_buf_reset(&j->proposal);
    j->words.certain = false;
    j->private_ = NULL;
    j->words.other = MOP_SV_NONE;
    j->private_ = w->check->personal && w->test->nfields ? w->test->fields[0] : NULL;
    if (w->test->kind == &mop_kind_unique)
        j->words.other = mop_sv_of(call_rival(j, w));
    else if (w->test->kind == &mop_kind_determines)
        j->words.other = j->cross.waiting[w->rival].values[w->test->nfields - 1].meant;
    else if (w->test->kind == &mop_kind_references &&
             (j->show_values || !w->check->personal)) /* else it names another person */
        j->words.other = mop_target_nearest(
            mop_references_target(j->references,
                                  ((const struct mop_references_arg *)w->test->arg)->target),
            w->values[0].meant);
    if (w->check->message.n)
        own_message(j, w, w->check->message);
    else if (w->test->kind->explain)
        w->test->kind->explain(w->test, v, j->run, &j->words);
    j->words.other = MOP_SV_NONE;
}

static size_t subject_index(const struct mop_waiting *w)
{
    return w->test->kind == &mop_kind_determines ? w->test->nfields - 1 : 0;
}

static int emit(struct mop_judge *j, const struct mop_held *h, const struct mop_waiting *w,
                bool suppressed, struct mop_err *e)
{
    size_t at = subject_index(w);
    bool any = w->test->nfields > 0;
    struct mop_sv value = any ? w->values[at].written : MOP_SV("");
    if (j->sink || mop_tally_wants(&j->tally, w->check->index, value, h->hash))
        explain(j, w);
    const struct mop_field *f = any ? w->test->fields[at] : NULL;
    struct mop_finding finding = {
        .check = w->check,
        .suppressed = suppressed,
        .source = h->source,
        .line = h->line,
        .record = h->record,
        .key = h->key,
        .field = f,
        .column = f ? j->column_names[h->source * j->record->nfields + f->index] : MOP_SV(""),
        .value = value,
        .message = mop_buf_view(&j->message),
        .proposal = mop_buf_view(&j->proposal),
        .certain = j->words.certain,
        .fixer = w->fixer,
        .hash = h->hash};
    mop_tally_value(&j->tally, &finding);
    return j->sink ? j->sink->finding(j->sink->ctx, &finding, e) : 0;
}

static void count_fixer(struct mop_judge *j, struct mop_held *h, const struct mop_waiting *w)
{
    if (w->check->severity != MOP_SEV_ERROR)
        return;
    for (size_t i = 0; i < h->nfixers; i++)
        if (mop_sv_eq(j->tally.fixers[h->fixers[i]].name, w->fixer)) {
            j->tally.fixers[h->fixers[i]].findings++;
            return;
        }
    mop_tally_fixer(&j->tally, w->fixer, h->serial,
                    j->record->own_weight ? h->weight[0] : MOP_UNIT);
}

static void restore_verdict(struct mop_judge *j, const struct mop_held *h, uint32_t base)
{
    const struct mop_base *b = &j->cross.bases[base];
    struct mop_verdict *v = &j->verdict;
    memcpy(v->fail, b->bits, verdict_words(&j->tally) * 8);
    v->cohorts = b->cohorts;
    if (j->record->nweights) {
        memcpy(v->classes, b->classes, j->record->nweights);
        memcpy(v->weight, h->weight, j->record->nweights * sizeof *v->weight);
    }
    if (j->tally.nslices)
        memcpy(v->slice_value, h->slice_value, j->tally.nslices * sizeof *v->slice_value);
}

static void fail(struct mop_verdict *v, size_t check)
{
    mop_bit_set(v->fail, check);
    v->undecided[check / 64] &= ~(UINT64_C(1) << (check % 64));
}

struct leaves {
    const uint8_t *outcome;
    size_t next;
};

static enum mop_outcome next_leaf(const struct mop_test *t, void *ctx)
{
    struct leaves *l = ctx;
    (void)t;
    return (enum mop_outcome)l->outcome[l->next++];
}

/* A tree with any or not: asked again once all its waiting tests are decided. */
static bool tree_fails(struct mop_verdict *v, const struct mop_waiting *w, bool failed, bool last)
{
    struct leaves l = {w->leaves, 0};
    w->leaves[w->leaf] = failed ? MOP_FAIL : MOP_PASS;
    enum mop_outcome o = last ? mop_expr_outcome(w->check->assert_, next_leaf, &l) : MOP_PASS;
    if (o == MOP_UNDECIDED)
        mop_bit_set(v->undecided, w->check->index);
    return o == MOP_FAIL;
}

/* `failed`: what became of the waiting test w, one of the held record's. Does its check fail with
 * it? */
static bool check_fails(struct mop_verdict *v, const struct mop_held *h,
                        const struct mop_waiting *w, bool failed, size_t i)
{
    bool last = i + 1 == h->first + h->n || w[1].check != w->check;
    return w->leaves ? tree_fails(v, w, failed, last) : failed;
}

static void finish_repaired(struct mop_judge *j, const struct mop_held *h)
{
    restore_verdict(j, h, h->base_after);
    for (size_t i = h->first; i < h->first + h->n; i++) {
        const struct mop_waiting *w = &j->cross.waiting[i];
        if (check_fails(&j->verdict, h, w, w->failed_after, i))
            fail(&j->verdict, w->check->index);
    }
    mop_tally_repaired(&j->tally, &j->verdict);
}

static int finish_held(struct mop_judge *j, struct mop_held *h, struct mop_err *e)
{
    struct mop_verdict *v = &j->verdict;
    mop_arena_reset(j->run->scratch);
    restore_verdict(j, h, h->base);
    for (size_t i = h->first; i < h->first + h->n; i++) {
        const struct mop_waiting *w = &j->cross.waiting[i];
        size_t check = w->check->index;
        if (!check_fails(v, h, w, w->failed, i) || mop_bit_get(v->fail, check))
            continue;
        fail(v, check);
        count_fixer(j, h, w);
        if (emit(j, h, w, mop_bit_get(v->suppressed, check), e))
            return -1;
    }
    mop_tally_add(&j->tally, v);
    if (j->repairs)
        finish_repaired(j, h);
    return 0;
}

int mop_crossrecord_finish(struct mop_judge *j, struct mop_err *e)
{
    mop_crossrecord_resolve(j, false);
    if (j->repairs) {
        mop_crossrecord_take_back(j);
        mop_crossrecord_resolve(j, true);
    }
    for (size_t i = 0; i < j->cross.nheld; i++)
        if (finish_held(j, &j->cross.held[i], e))
            return -1;
    return 0;
}

void mop_crossrecord_leave(struct mop_judge *j)
{
    for (size_t i = 0; i < j->cross.nheld; i++) {
        const struct mop_held *h = &j->cross.held[i];
        restore_verdict(j, h, h->base);
        for (size_t k = h->first; k < h->first + h->n; k++)
            if (!mop_bit_get(j->verdict.fail, j->cross.waiting[k].check->index))
                mop_bit_set(j->verdict.undecided, j->cross.waiting[k].check->index);
        mop_tally_add(&j->tally, &j->verdict);
    }
}
