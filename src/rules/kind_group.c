/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* in_vocabulary and in_group: membership of the meant form in a vocabulary or one of its groups. */

static int in_vocabulary_compile(struct mop_scope *s, const struct mop_node *use,
                                 const struct mop_node *opts, struct mop_test *t)
{
    if (mop_need_use(s, t->kind, use, opts, "the name of a vocabulary"))
        return -1;
    t->arg = mop_scope_vocabulary(s, use);
    return t->arg ? 0 : -1;
}

static enum mop_outcome in_vocabulary_value(const struct mop_test *t, const struct mop_value *v,
                                            struct mop_run *run)
{
    return mop_vocabulary_has(t->arg, v->meant, run, NULL) ? MOP_PASS : MOP_FAIL;
}

const struct mop_kind mop_kind_in_vocabulary = {
    .name = "in_vocabulary",
    .summary = "condition: the meant form is a value of a vocabulary",
    .doc = "{utm_source: {in_vocabulary: paid_sources}}: true where the field means a value of "
           "that vocabulary, whatever the field's own.",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_CONDITION | MOP_K_MEANT,
    .compile = in_vocabulary_compile,
    .value = in_vocabulary_value,
};

/* ---- in_group ---- */

/* "source.paid_social", or "paid_social" of the field's own vocabulary. */
static const struct mop_vocabulary *group_vocabulary(struct mop_scope *s,
                                                     const struct mop_node *use,
                                                     const struct mop_field *f,
                                                     struct mop_sv *group)
{
    size_t dot = mop_sv_find(use->text, '.');
    *group = dot < use->text.n ? mop_sv_sub(use->text, dot + 1, use->text.n) : use->text;
    if (dot == use->text.n && f->vocabulary)
        return f->vocabulary;
    struct mop_node name = *use;
    name.text = mop_sv_sub(use->text, 0, dot);
    return mop_scope_vocabulary(s, &name);
}

static int unknown_group(struct mop_scope *s, const struct mop_node *use,
                         const struct mop_vocabulary *voc, struct mop_sv group)
{
    struct mop_sv *names = mop_arena_array(s->arena, voc->ngroups + 1, sizeof *names);
    for (size_t i = 0; i < voc->ngroups; i++)
        names[i] = voc->groups[i].name;
    mop_scope_fault(s, "unknown-group", use, "'%.*s' has no group '%.*s'", MOP_SV_ARG(voc->name),
                    MOP_SV_ARG(group));
    long near = mop_suggest(group, names, voc->ngroups);
    if (near >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    return -1;
}

static int in_group_compile(struct mop_scope *s, const struct mop_node *use,
                            const struct mop_node *opts, struct mop_test *t)
{
    struct mop_sv group, ignored;
    if (mop_need_use(s, t->kind, use, opts, "a group: 'vocabulary.group'") ||
        mop_read_text(s, use, &ignored))
        return -1;
    const struct mop_vocabulary *voc = group_vocabulary(s, use, t->fields[0], &group);
    for (size_t i = 0; voc && i < voc->ngroups; i++)
        if (mop_sv_eq(voc->groups[i].name, group))
            t->arg = &voc->groups[i];
    if (voc && !t->arg)
        return unknown_group(s, use, voc, group);
    return voc ? 0 : -1;
}

/* Provisional until a day that is over: no value any more, so of no group, whatever names it. */
static bool is_over(const struct mop_group *g, struct mop_sv meant, const struct mop_run *run)
{
    bool over;
    return !mop_vocabulary_has(g->of, meant, run, &over) && over;
}

static enum mop_outcome in_group_value(const struct mop_test *t, const struct mop_value *v,
                                       struct mop_run *run)
{
    const struct mop_group *g = t->arg;
    enum mop_outcome out = MOP_FAIL;
    if (is_over(g, v->meant, run))
        return MOP_FAIL;
    for (size_t i = 0; i < g->nterms; i++)
        if (mop_sv_eq(g->terms[i]->value, v->meant))
            return MOP_PASS;
    for (size_t i = 0; i < g->npatterns; i++) {
        enum mop_regex_result r = mop_regex_match(g->patterns[i], run->match, v->meant);
        if (r == MOP_RX_YES)
            return MOP_PASS;
        if (r == MOP_RX_LIMIT)
            out = MOP_UNDECIDED;
    }
    return out;
}

static void in_group_explain(const struct mop_test *t, const struct mop_value *const *v,
                             struct mop_run *run, struct mop_words *w)
{
    const struct mop_group *g = t->arg;
    mop_say(w, "%.*s is ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    if (is_over(g, v[0]->meant, run))
        mop_say(w, ", which was accepted for a while only, and that time is over");
    else
        mop_say(w, ", which is not in the group '%.*s'", MOP_SV_ARG(g->name));
}

const struct mop_kind mop_kind_in_group = {
    .name = "in_group",
    .summary = "the value belongs to a group of a vocabulary",
    .doc = "Groups name families of values: paid_social of source, paid of medium. As a condition: "
           "{utm_source: {in_group:\n"
           "source.paid_social}}; as a rule: a source of paid_social wants a medium of the group "
           "paid.\n"
           "  bad   utm_source: linkedin, utm_medium: social       good  utm_source: linkedin, "
           "utm_medium: paid_social\n"
           "What to do: correct the field that is out of the family.",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_MEANT,
    .compile = in_group_compile,
    .value = in_group_value,
    .explain = in_group_explain,
};
