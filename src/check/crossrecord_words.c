/* SPDX-License-Identifier: MIT */
#include "check/crossrecord.h"
#include "check/judge.h"
#include "check/words.h"
#include "rules/args.h"

/* The findings of held records: in words, from what was kept of each. */

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

/* The value that stands, as a record writes it: of a typed one its canonical text may be none that
 * the type takes. */
static struct mop_sv standing_value(const struct mop_kept *rival)
{
    const struct mop_field *f = rival->test->fields[rival->test->nfields - 1];
    struct mop_waiting_value v = mop_kept_value(rival, rival->test->nfields - 1);
    return f->type && !f->vocabulary ? v.written : v.meant;
}

/* What stands on the other side of a reference that leads nowhere. */
static void look_there(struct mop_judge *j, const struct mop_kept *w)
{
    const struct mop_references_arg *arg = w->test->arg;
    const struct mop_target *t = mop_references_target(j->references, arg->target);
    struct mop_waiting_value v = mop_kept_value(w, 0);
    j->words.refused_there =
        t && (mop_target_refuses(t, v.written) || mop_target_refuses(t, v.meant));
    if (j->show_values || !w->check->personal) /* else it names another person */
        j->words.other = mop_target_nearest(t, v.meant);
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
    j->private_ = w->check->personal && w->test->nfields ? w->test->fields[0] : NULL;
    if (!w->failed)
        j->words.other = MOP_SV_NONE; /* a pass, under a `not`: there is no rival */
    else if (w->test->kind == &mop_kind_unique)
        j->words.other = call_rival(j, h, w);
    else if (w->test->kind == &mop_kind_determines)
        j->words.other = standing_value(&j->cross.waiting[w->rival]);
    else if (w->test->kind == &mop_kind_references)
        look_there(j, w);
    if (w->check->message.n)
        own_message(j, w, w->check->message);
    else
        mop_words_explain(j, w->test, v);
    j->words.other = MOP_SV_NONE;
    j->words.refused_there = false;
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

int mop_crossrecord_emit(struct mop_judge *j, const struct mop_held *h, const struct mop_kept *w,
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
    if (finding.suppressed)
        finding.suppressed_by = mop_tally_suppressor(&j->tally, &j->verdict, w->check->index);
    if (!undecided)
        mop_tally_value(&j->tally, &finding);
    return j->sink ? j->sink->finding(j->sink->ctx, &finding, e) : 0;
}
