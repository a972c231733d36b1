/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/*
 * vocabulary and values. Under their field they are the last rung of its ladder: the field has the
 * vocabulary, the value its rung. In a `then` they are plain membership of the meant form, and the
 * test carries the list itself.
 */
struct membership {
    const struct mop_vocabulary *vocabulary; /* of vocabulary */
    struct mop_set set;                      /* of values */
    struct mop_sv *said;                     /* the same as a record would write them */
};

static int vocabulary_compile(struct mop_scope *s, const struct mop_node *use,
                              const struct mop_node *opts, struct mop_test *t)
{
    if (s->inline_)
        return 0;
    if (mop_need_use(s, t->kind, use, opts, "the name of a vocabulary"))
        return -1;
    struct membership *m = mop_arena_alloc(s->arena, sizeof *m);
    m->vocabulary = mop_scope_vocabulary(s, use);
    t->arg = m;
    t->meant = true;
    return m->vocabulary ? 0 : -1;
}

/* The meant form, unless the field's type would refuse it, or read it otherwise: a decimal comma, a
 * date's format. Then as the rule file has it. */
static struct mop_sv as_written(struct mop_scope *s, const struct mop_field *f,
                                const struct mop_node *n, struct mop_sv meant)
{
    struct mop_typed typed;
    bool same = !f || !f->type || f->vocabulary ||
                (f->type->read(meant, &f->type_options, &typed, s->arena, NULL) &&
                 mop_sv_eq(typed.canonical, meant));
    return same ? meant : n->text;
}

static int values_compile(struct mop_scope *s, const struct mop_node *use,
                          const struct mop_node *opts, struct mop_test *t)
{
    if (s->inline_)
        return 0;
    if (mop_need_use(s, t->kind, use, opts, "a value or a list of values"))
        return -1;
    struct membership *m = mop_arena_alloc(s->arena, sizeof *m);
    t->arg = m;
    t->meant = true;
    if (mop_read_meant_set(s, t->fields[0], use, &m->set))
        return -1;
    m->said = mop_arena_array(s->arena, m->set.n + 1, sizeof *m->said);
    for (size_t i = 0; i < m->set.n; i++)
        m->said[i] =
            as_written(s, t->fields[0], use->kind == MOP_LIST ? use->item[i] : use, m->set.list[i]);
    return 0;
}

static bool is_member(const struct membership *m, const struct mop_value *v,
                      const struct mop_run *run)
{
    if (!m->vocabulary)
        return mop_set_lists(&m->set, v);
    return mop_vocabulary_has(m->vocabulary, v->meant, run, NULL);
}

const struct mop_set *mop_member_list(const struct mop_test *t)
{
    const struct membership *m = t->kind == &mop_kind_values ? t->arg : NULL;
    return m && !m->vocabulary ? &m->set : NULL;
}

static enum mop_outcome member_value(const struct mop_test *t, const struct mop_value *v,
                                     struct mop_run *run)
{
    if (t->arg)
        return is_member(t->arg, v, run) ? MOP_PASS : MOP_FAIL;
    if (v->type_failed && v->rung == MOP_RUNG_NONE)
        return MOP_NA; /* `type` says what is wrong */
    return v->rung == MOP_RUNG_VOCABULARY ? MOP_FAIL : MOP_PASS;
}

static void say_terms(struct mop_words *w, const struct mop_vocabulary *voc, struct mop_sv name)
{
    struct mop_sv list[8];
    size_t n = 0;
    if (!voc->nterms && voc->from_field) {
        mop_say(w, " is not in '%.*s': no value was read from %.*s.%.*s", MOP_SV_ARG(name),
                MOP_SV_ARG(voc->from_record->name), MOP_SV_ARG(voc->from_field->name));
        return;
    }
    if (voc->nterms > 8 || !voc->nterms) {
        mop_say(w, " is none of the %zu values of '%.*s'", voc->nterms, MOP_SV_ARG(name));
        return;
    }
    for (; n < voc->nterms; n++)
        list[n] = voc->terms[n]->value;
    mop_say(w, " is not ");
    mop_say_list(w, list, n, 8);
}

static struct mop_sv *values_of(const struct mop_vocabulary *voc, struct mop_arena *a)
{
    struct mop_sv *list = mop_arena_array(a, voc->nterms + 1, sizeof *list);
    for (size_t i = 0; i < voc->nterms; i++)
        list[i] = voc->terms[i]->value;
    return list;
}

/* A listed value, but for combining characters in it or in the list. */
static bool explain_composed(const struct mop_vocabulary *voc, const struct mop_value *v,
                             struct mop_run *run, struct mop_words *w)
{
    struct mop_sv *list = values_of(voc, run->scratch);
    size_t which;
    enum mop_composed how =
        mop_composed_among(run->scratch, list, voc->nterms, mop_sv_trim(v->written), &which);
    if (how == MOP_COMPOSED_NONE)
        return false;
    mop_say(w, " is ");
    mop_say_value(w, NULL, list[which]);
    mop_say(w, how == MOP_COMPOSED_THERE ? " written with combining characters"
                                         : ", which the list writes with combining characters");
    mop_propose(w, list[which], false);
    return true;
}

/* Nothing is proposed: to choose would be a guess. */
static bool explain_twins(const struct mop_vocabulary *voc, const struct mop_value *v,
                          struct mop_run *run, struct mop_words *w)
{
    struct mop_sv twins[2];
    if (!mop_vocabulary_twins(voc, v->written, run->scratch, twins))
        return false;
    mop_say(w, " may mean ");
    mop_say_list(w, twins, 2, 2);
    mop_say(w, ": '%.*s' has both", MOP_SV_ARG(voc->name));
    return true;
}

static void explain_ladder(const struct mop_test *t, const struct mop_value *v, struct mop_run *run,
                           struct mop_words *w)
{
    const struct mop_vocabulary *voc = mop_vocabulary_now(t->fields[0]->vocabulary, run);
    mop_say_written(w, t, v);
    if (v->term && v->term->provisional) {
        mop_say(w, " was accepted for a while only, and that time is over");
        return;
    }
    /* a list that stands with its field is called like it */
    struct mop_sv name = voc->name.n ? voc->name : t->fields[0]->name;
    struct mop_sv near =
        mop_vocabulary_nearest(voc, mop_utf8_compose(run->scratch, mop_sv_trim(v->written)));
    if (explain_twins(voc, v, run, w) || explain_composed(voc, v, run, w))
        return;
    if (near.n && voc->nterms > 8 && voc->name.n)
        mop_say(w, " is not in '%.*s'", MOP_SV_ARG(voc->name));
    else
        say_terms(w, voc, name);
    mop_say_mean(w, near);
}

static void say_not(struct mop_words *w, const struct membership *m)
{
    mop_say(w, ", not ");
    mop_say_list(w, m->said, m->set.n, 6);
}

static void member_explain(const struct mop_test *t, const struct mop_value *const *v,
                           struct mop_run *run, struct mop_words *w)
{
    const struct membership *m = t->arg;
    if (!m) {
        explain_ladder(t, v[0], run, w);
        return;
    }
    mop_say(w, "%.*s is ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    const struct mop_vocabulary *voc =
        m->vocabulary ? mop_vocabulary_now(m->vocabulary, run) : NULL;
    const struct mop_sv *list = voc ? values_of(voc, run->scratch) : m->set.list;
    size_t which, n = voc ? voc->nterms : m->set.n;
    bool over = false;
    if (voc && !mop_vocabulary_has(m->vocabulary, v[0]->meant, run, &over) && over) {
        mop_say(w, ", which was accepted for a while only, and that time is over");
        return;
    }
    enum mop_composed how = mop_composed_among(run->scratch, list, n, v[0]->meant, &which);
    if (how == MOP_COMPOSED_THERE)
        mop_say(w, ", which is written with combining characters here, and without in the list");
    else if (how == MOP_COMPOSED_HERE)
        mop_say(w, ", which the list writes with combining characters");
    else if (voc)
        mop_say(w, ", which is not in '%.*s'", MOP_SV_ARG(m->vocabulary->name));
    else
        say_not(w, m);
}

const struct mop_kind mop_kind_vocabulary = {
    .name = "vocabulary",
    .summary = "the value is one of a shared list of names",
    .doc = "Reports group by the written value: a name that nobody agreed on makes a row of its "
           "own, and the row it belongs to is\n"
           "short of it. The list, its aliases and its dates stand under 'vocabularies', once for "
           "all fields that use it.\n"
           "  bad   utm_source: gogle          good  utm_source: google\n"
           "What to do: correct the value (the message names the nearest one), or have the owner "
           "of the vocabulary add it.",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_ASSERT | MOP_K_GUARD,
    .compile = vocabulary_compile,
    .value = member_value,
    .explain = member_explain,
};

const struct mop_kind mop_kind_values = {
    .name = "values",
    .summary = "the value is one of a list that stands with the field",
    .doc =
        "A vocabulary for one field: the same ladder of spellings, the same did-you-mean, written "
        "where it is used.\n"
        "  region: {values: [emea, amer, apac]}       bad  region: emea2       good  region: emea\n"
        "In a 'then' it is plain membership: then: {status: {values: [open, won]}}.\n"
        "What to do: correct the value, or add it to the list if it is right.",
    .schema = "{\"$ref\": \"#/$defs/value_list\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_ASSERT | MOP_K_GUARD,
    .compile = values_compile,
    .value = member_value,
    .explain = member_explain,
};
