/* SPDX-License-Identifier: MIT */
#include "check/crossrecord.h"
#include "check/judge.h"
#include "rules/args.h"
#include <stdlib.h>
#include <string.h>

enum { PACKING_MAX = 1 << 30 };

void mop_crossrecord_init(struct mop_crossrecord *c)
{
    memset(c, 0, sizeof *c);
    mop_arena_init(&c->arena);
    mop_map_init(&c->base_by_key);
    mop_buf_init(&c->packing, PACKING_MAX);
}

void mop_crossrecord_release(struct mop_crossrecord *c)
{
    mop_map_release(&c->base_by_key);
    mop_arena_release(&c->arena);
    free(c->bases);
    free(c->held);
    free(c->waiting);
    mop_buf_release(&c->packing);
}

/* ---- holding ---- */

static uint32_t intern_base(struct mop_judge *j, const struct mop_verdict *v)
{
    struct mop_crossrecord *c = &j->cross;
    size_t words = mop_verdict_words(&j->tally), nw = j->record->nweights,
           size = words * 8 + nw + 4;
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

/* ---- what a test's fields held, packed: state, two lengths, the text as written, the meant one
 * where it differs ---- */

enum { SAME_AS_WRITTEN = UINT32_MAX };
struct packed {
    uint32_t written, meant;
    uint8_t state;
};
enum { PACKED_BYTES = 2 * sizeof(uint32_t) + 1 };

static void pack_value(struct mop_buf *b, const struct mop_waiting_value *v)
{
    bool same = mop_sv_eq(v->written, v->meant);
    uint32_t written = (uint32_t)v->written.n,
             meant = same ? SAME_AS_WRITTEN : (uint32_t)v->meant.n;
    mop_buf_add(b, &written, sizeof written); /* a field has 16 MiB at most */
    mop_buf_add(b, &meant, sizeof meant);
    mop_buf_add(b, &v->state, 1);
    mop_buf_sv(b, v->written);
    if (!same)
        mop_buf_sv(b, v->meant);
}

static struct packed packed_at(const char *p)
{
    struct packed x;
    memcpy(&x.written, p, sizeof x.written);
    memcpy(&x.meant, p + sizeof x.written, sizeof x.meant);
    x.state = (uint8_t)p[2 * sizeof x.written];
    return x;
}

struct mop_waiting_value mop_kept_value(const struct mop_kept *k, size_t field)
{
    const char *p = k->values;
    struct packed x = packed_at(p);
    for (; field; field--, x = packed_at(p))
        p += PACKED_BYTES + x.written + (x.meant == SAME_AS_WRITTEN ? 0 : x.meant);
    struct mop_sv written = {p + PACKED_BYTES, x.written};
    struct mop_sv meant =
        x.meant == SAME_AS_WRITTEN ? written : (struct mop_sv){written.p + written.n, x.meant};
    return (struct mop_waiting_value){written, meant, x.state};
}

static const char *pack_values(struct mop_crossrecord *c, const struct mop_waiting *w)
{
    mop_buf_reset(&c->packing);
    for (size_t i = 0; i < w->test->nfields; i++)
        pack_value(&c->packing, &w->values[i]);
    return mop_arena_copy(&c->arena, mop_buf_view(&c->packing)).p;
}

/* ---- holding a test ---- */

/* What the tests of a tree said, once for all its waiting tests. */
static void hold_leaves(struct mop_judge *j, struct mop_kept *own, const struct mop_waiting *w)
{
    struct mop_crossrecord *c = &j->cross;
    const struct mop_kept *before = c->nwaiting > 1 ? own - 1 : NULL;
    struct mop_kept_more *m = own->more;
    m->scratch_leaves = w->leaves;
    if (before && before->more && before->more->scratch_leaves == w->leaves &&
        before->check == w->check && before->holder == own->holder)
        m->leaves = before->more->leaves;
    else
        m->leaves = (uint8_t *)(uintptr_t)mop_arena_copy(
                        &c->arena, (struct mop_sv){(char *)w->leaves, w->nleaves})
                        .p;
}

static void hold_more(struct mop_judge *j, struct mop_kept *own, const struct mop_waiting *w)
{
    struct mop_arena *a = &j->cross.arena;
    if (!w->leaves && !w->after.p && !w->rank && w->test->kind != &mop_kind_determines)
        return;
    own->more = mop_arena_alloc(a, sizeof *own->more);
    *own->more =
        (struct mop_kept_more){.what = w->what,
                               .rank = w->rank,
                               .leaf = w->leaf,
                               .after = w->after.p ? mop_arena_copy(a, w->after) : MOP_SV_NONE};
    if (w->leaves)
        hold_leaves(j, own, w);
}

static void hold_waiting(struct mop_judge *j, const struct mop_waiting *w)
{
    struct mop_crossrecord *c = &j->cross;
    MOP_GROW(c->waiting, c->nwaiting, c->capwaiting);
    struct mop_kept *own = &c->waiting[c->nwaiting++];
    *own = (struct mop_kept){.check = w->check,
                             .test = w->test,
                             .key = w->key,
                             .values = pack_values(c, w),
                             .fixer = mop_judge_fixer(j, w->check),
                             .holder = (uint32_t)c->nheld};
    hold_more(j, own, w);
}

/* ---- holding a record ---- */

/* Fixers that the record's findings so far were counted for, so that it is not counted twice. */
static size_t count_fixers(const struct mop_judge *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->tally.nfixers; i++)
        n += j->tally.fixers[i].last_record == j->serial;
    return n;
}

static void note_fixers(struct mop_judge *j, struct mop_held_more *m, size_t n)
{
    m->fixers = mop_arena_array(&j->cross.arena, n, sizeof *m->fixers);
    for (size_t i = 0; i < j->tally.nfixers; i++)
        if (j->tally.fixers[i].last_record == j->serial)
            m->fixers[m->nfixers++] = (uint32_t)i;
}

static void note_repair(struct mop_judge *j, struct mop_held *h)
{
    struct mop_held_more *m = h->more;
    bool repaired = j->repairs && j->repaired != MOP_NOT_REPAIRED;
    m->repaired = repaired ? j->repaired : MOP_NOT_REPAIRED;
    m->base_after = repaired ? intern_base(j, &j->after) : h->base;
    m->hash_after = repaired ? j->after_hash : h->hash;
}

static void *copy_array(struct mop_arena *a, const void *from, size_t n, size_t size)
{
    void *own = mop_arena_array(a, n, size);
    if (n)
        memcpy(own, from, n * size);
    return own;
}

static void note_more(struct mop_judge *j, struct mop_held *h)
{
    struct mop_arena *a = &j->cross.arena;
    size_t nfixers = count_fixers(j);
    if (!nfixers && !j->record->nweights && !j->tally.nslices && !j->repairs)
        return;
    h->more = mop_arena_alloc(a, sizeof *h->more);
    note_repair(j, h);
    h->more->weight =
        copy_array(a, j->verdict.weight, j->record->nweights, sizeof *h->more->weight);
    h->more->slice_value =
        copy_array(a, j->verdict.slice_value, j->tally.nslices, sizeof *h->more->slice_value);
    note_fixers(j, h->more, nfixers);
}

void mop_crossrecord_hold(struct mop_judge *j)
{
    struct mop_crossrecord *c = &j->cross;
    struct mop_sv key = mop_judge_key(j);
    struct mop_held h = {.source = (uint32_t)j->source,
                         .line = j->row->line,
                         .record = j->row->record,
                         .serial = j->serial};
    h.base = intern_base(j, &j->verdict);
    h.hash = mop_judge_hash(j);
    h.key = key.n ? mop_arena_copy(&c->arena, key) : MOP_SV("");
    note_more(j, &h);
    h.first = (uint32_t)c->nwaiting;
    h.n = (uint32_t)j->nwaiting;
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

/* The kept record of the group as one finds it: by its line, of another source with its name. */
static struct mop_sv call_line(struct mop_judge *j, const struct mop_held *own,
                               const struct mop_held *kept)
{
    struct mop_arena *a = j->run->scratch;
    struct mop_sv line = mop_arena_printf(a, "line %llu", (unsigned long long)kept->line);
    return kept->source == own->source
               ? line
               : mop_arena_printf(a, "%.*s of %s", MOP_SV_ARG(line), j->source_names[kept->source]);
}

/* By its line alone where its key is the same, or may not be shown: stars would find nothing. */
static struct mop_sv call_rival(struct mop_judge *j, const struct mop_held *own,
                                const struct mop_kept *w)
{
    const struct mop_held *h = &j->cross.held[w->rival];
    struct mop_arena *a = j->run->scratch;
    struct mop_sv line = call_line(j, own, h);
    const struct mop_field *personal = NULL;
    if (!h->key.n || has_private_key(j) || mop_sv_eq(h->key, own->key))
        return line;
    for (size_t i = 0; i < j->record->nkey; i++)
        personal = j->record->key[i]->personal ? j->record->key[i] : personal;
    return mop_arena_printf(a, "record '%.*s' in %.*s",
                            MOP_SV_ARG(j->words.show(&j->words, personal, h->key)),
                            MOP_SV_ARG(line));
}

/* {field} of a rule's own message: known are the fields that the test reads, others keep their
 * name. */
static void own_message(struct mop_judge *j, const struct mop_kept *w, struct mop_sv text)
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
                                                                     mop_kept_value(w, i).written)
                                                     : name);
        text = mop_sv_sub(text, shut + 1, text.n);
    }
    mop_buf_sv(&j->message, text);
}

static void explain(struct mop_judge *j, const struct mop_held *h, const struct mop_kept *w)
{
    struct mop_value *values =
        mop_arena_array(j->run->scratch, w->test->nfields + 1, sizeof *values);
    const struct mop_value **v = mop_arena_array(j->run->scratch, w->test->nfields + 1, sizeof *v);
    for (size_t i = 0; i < w->test->nfields; i++) {
        struct mop_waiting_value held = mop_kept_value(w, i);
        values[i].state = (enum mop_state)held.state;
        values[i].known = values[i].state == MOP_ST_VALUE;
        values[i].written = held.written;
        values[i].meant = held.meant;
        v[i] = &values[i];
    }
    mop_buf_reset(&j->message);
    mop_buf_reset(&j->proposal);
    j->words.certain = false;
    j->names_private = false;
    j->words.other = MOP_SV_NONE;
    j->private_ = w->check->personal && w->test->nfields ? w->test->fields[0] : NULL;
    if (w->test->kind == &mop_kind_unique)
        j->words.other = call_rival(j, h, w);
    else if (w->test->kind == &mop_kind_determines)
        j->words.other = mop_kept_value(&j->cross.waiting[w->rival], w->test->nfields - 1).meant;
    else if (w->test->kind == &mop_kind_references &&
             (j->show_values || !w->check->personal)) /* else it names another person */
        j->words.other = mop_target_nearest(
            mop_references_target(j->references,
                                  ((const struct mop_references_arg *)w->test->arg)->target),
            mop_kept_value(w, 0).meant);
    if (w->check->message.n)
        own_message(j, w, w->check->message);
    else if (w->test->kind->explain)
        w->test->kind->explain(w->test, v, j->run, &j->words);
    j->words.other = MOP_SV_NONE;
}

static size_t subject_index(const struct mop_kept *w)
{
    return w->test->kind == &mop_kind_determines ? w->test->nfields - 1 : 0;
}

static void explain_undecided(struct mop_judge *j)
{
    mop_buf_reset(&j->message);
    mop_buf_reset(&j->proposal);
    mop_buf_str(&j->message, mop_undecided_words);
    j->words.certain = false;
}

/* The record's finding of the check: it failed, or could not be told even now. */
static int emit(struct mop_judge *j, const struct mop_held *h, const struct mop_kept *w,
                bool undecided, struct mop_err *e)
{
    size_t at = subject_index(w);
    bool any = w->test->nfields > 0;
    struct mop_sv value = any ? mop_kept_value(w, at).written : MOP_SV("");
    if (undecided)
        explain_undecided(j);
    else if (j->sink || mop_tally_wants(&j->tally, w->check->index, value, h->hash))
        explain(j, h, w);
    const struct mop_field *f = any ? w->test->fields[at] : NULL;
    struct mop_finding finding = {
        .check = w->check,
        .undecided = undecided,
        .suppressed = mop_bit_get(j->verdict.suppressed, w->check->index),
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
    if (!undecided)
        mop_tally_value(&j->tally, &finding);
    return j->sink ? j->sink->finding(j->sink->ctx, &finding, e) : 0;
}

static void count_fixer(struct mop_judge *j, struct mop_held *h, const struct mop_kept *w)
{
    if (w->check->severity != MOP_SEV_ERROR)
        return;
    const struct mop_held_more *m = h->more;
    for (size_t i = 0; m && i < m->nfixers; i++)
        if (mop_sv_eq(j->tally.fixers[m->fixers[i]].name, w->fixer)) {
            j->tally.fixers[m->fixers[i]].findings++;
            return;
        }
    mop_tally_fixer(&j->tally, w->fixer, h->serial,
                    m && j->record->own_weight ? m->weight[0] : MOP_UNIT);
}

static void restore_verdict(struct mop_judge *j, const struct mop_held *h, uint32_t base)
{
    const struct mop_base *b = &j->cross.bases[base];
    struct mop_verdict *v = &j->verdict;
    memcpy(v->fail, b->bits, mop_verdict_words(&j->tally) * 8);
    v->cohorts = b->cohorts;
    if (j->record->nweights) {
        memcpy(v->classes, b->classes, j->record->nweights);
        memcpy(v->weight, h->more->weight, j->record->nweights * sizeof *v->weight);
    }
    if (j->tally.nslices)
        memcpy(v->slice_value, h->more->slice_value, j->tally.nslices * sizeof *v->slice_value);
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
static bool tree_fails(struct mop_verdict *v, const struct mop_kept *w, bool failed, bool last)
{
    struct leaves l = {w->more->leaves, 0};
    w->more->leaves[w->more->leaf] = failed ? MOP_FAIL : MOP_PASS;
    enum mop_outcome o = last ? mop_expr_outcome(w->check->assert_, next_leaf, &l) : MOP_PASS;
    if (o == MOP_UNDECIDED)
        mop_bit_set(v->undecided, w->check->index);
    return o == MOP_FAIL;
}

/* Is waiting test i the last one of its check in that record? */
static bool is_last(const struct mop_held *h, const struct mop_kept *w, size_t i)
{
    return i + 1 == h->first + h->n || w[1].check != w->check;
}

/* `failed`: what became of the waiting test w, one of the held record's. Does its check fail with
 * it? */
static bool check_fails(struct mop_verdict *v, const struct mop_held *h, const struct mop_kept *w,
                        bool failed, size_t i)
{
    bool last = is_last(h, w, i);
    return w->more && w->more->leaves ? tree_fails(v, w, failed, last) : failed;
}

static void finish_repaired(struct mop_judge *j, const struct mop_held *h)
{
    restore_verdict(j, h, h->more->base_after);
    for (size_t i = h->first; i < h->first + h->n; i++) {
        const struct mop_kept *w = &j->cross.waiting[i];
        if (check_fails(&j->verdict, h, w, w->failed_after, i))
            fail(&j->verdict, w->check->index);
    }
    mop_tally_repaired(&j->tally, &j->verdict);
}

/* One finding per check, of what it came to: the first waiting test that fails it, else the last
 * one where it stays open. */
static int finish_waiting(struct mop_judge *j, struct mop_held *h, size_t i, struct mop_err *e)
{
    struct mop_verdict *v = &j->verdict;
    const struct mop_kept *w = &j->cross.waiting[i];
    size_t check = w->check->index;
    if (check_fails(v, h, w, w->failed, i) && !mop_bit_get(v->fail, check)) {
        fail(v, check);
        count_fixer(j, h, w);
        return mop_judge_wants(j, w->check, h->source, h->record) ? emit(j, h, w, false, e) : 0;
    }
    bool open = j->sink && is_last(h, w, i) && mop_bit_get(v->undecided, check) &&
                mop_judge_wants(j, w->check, h->source, h->record);
    return open ? emit(j, h, w, true, e) : 0;
}

static int finish_held(struct mop_judge *j, struct mop_held *h, struct mop_err *e)
{
    mop_arena_reset(j->run->scratch);
    restore_verdict(j, h, h->base);
    for (size_t i = h->first; i < h->first + h->n; i++)
        if (finish_waiting(j, h, i, e))
            return -1;
    mop_judge_tell(j, h->source, h->record, NULL);
    mop_tally_add(&j->tally, &j->verdict);
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
        mop_judge_tell(j, h->source, h->record, NULL);
        mop_tally_add(&j->tally, &j->verdict);
    }
}
