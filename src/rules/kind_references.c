/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* references and determines: what holds between records. The judge resolves them at the end of the
 * run. */

static int references_compile(struct mop_scope *s, const struct mop_node *use,
                              const struct mop_node *opts, struct mop_test *t)
{
    struct mop_references_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    t->arg = arg;
    if (mop_need_use(s, t->kind, use, opts, "a record type and its field: 'campaign.name'"))
        return -1;
    arg->target = mop_scope_far_field(s, use);
    return arg->target ? 0 : -1;
}

static enum mop_outcome references_key(const struct mop_test *t, const struct mop_value *const *v,
                                       struct mop_run *run, struct mop_buf *key,
                                       struct mop_buf *what)
{
    (void)t, (void)run, (void)what;
    mop_buf_sv(key, v[0]->meant);
    return MOP_PASS;
}

/* The value that the other side's vocabulary means by this one, if it is written otherwise. */
static const struct mop_term *meant_there(const struct mop_field *target, struct mop_sv meant,
                                          struct mop_run *run)
{
    enum mop_rung rung;
    const struct mop_term *t =
        target->vocabulary ? mop_vocabulary_look(target->vocabulary, meant, run->scratch, &rung)
                           : NULL;
    t = t && t->use ? t->use : t;
    return t && !mop_sv_eq(t->value, meant) ? t : NULL;
}

static void references_explain(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run, struct mop_words *w)
{
    const struct mop_references_arg *arg = t->arg;
    const struct mop_term *there = w->negated ? NULL : meant_there(arg->target, v[0]->meant, run);
    if (there) { /* its records may well be written like this one */
        mop_say_value(w, t->fields[0], v[0]->written);
        mop_say(w, " is another form of the %.*s ", MOP_SV_ARG(arg->target->name));
        mop_say_value(w, arg->target, there->value);
        mop_say(w, " of %.*s records", MOP_SV_ARG(arg->target->record->name));
        mop_propose(w, there->value, false);
        return;
    }
    if (w->refused_there && !w->negated) {
        mop_say_value(w, t->fields[0], v[0]->written);
        mop_say(w, " stands as the %.*s of a %.*s, but is not valid there",
                MOP_SV_ARG(arg->target->name), MOP_SV_ARG(arg->target->record->name));
        return;
    }
    mop_say(w, "%s %.*s has the %.*s ", w->negated ? "a" : "no",
            MOP_SV_ARG(arg->target->record->name), MOP_SV_ARG(arg->target->name));
    mop_say_value(w, t->fields[0], v[0]->written);
    if (w->negated)
        mop_say(w, ", and none should");
    else
        mop_say_mean(w, w->other);
}

const struct mop_kind mop_kind_references = {
    .name = "references",
    .summary = "the value stands in a field of another record type",
    .doc = "A lead of a campaign that does not exist is in no campaign report: its money and its "
           "opportunity have no row to stand in.\n"
           "Meant forms of both sides are compared, over all sources of the run; excluded records "
           "count as there.\n"
           "  then: {utm_campaign: {references: campaign.name}}\n"
           "What to do: correct the name, or create the campaign. Without a source of the other "
           "type the run stops and says so.",
    .schema = "{\"type\": \"string\", \"pattern\": \"^[^.]+[.].+$\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_CONSISTENCY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_MEANT | MOP_K_CROSS | MOP_K_NEGATED,
    .compile = references_compile,
    .key = references_key,
    .explain = references_explain,
};

/* ---- determines ---- */

/* One test: use is the determined field, opts the whole mapping. */
static int determines_compile(struct mop_scope *s, const struct mop_node *use,
                              const struct mop_node *opts, struct mop_test *t)
{
    struct mop_field *f;
    if (mop_test_reads_all(s, t, mop_node_get(opts, "key")) || !(f = mop_scope_field(s, use)))
        return -1;
    return mop_test_reads_also(s, t, f, use);
}

static struct mop_expr *determines_leaf(struct mop_scope *s, const struct mop_node *name,
                                        const struct mop_node *opts)
{
    struct mop_expr *e = mop_arena_alloc(s->arena, sizeof *e);
    e->op = MOP_OP_TEST;
    e->test = mop_compile_test(s, &mop_kind_determines, NULL, name, opts);
    return e->test ? e : NULL;
}

/* A blank in one determined field leaves the others to be judged: so each is a test of its own. */
static struct mop_expr *determines_expand(struct mop_scope *s, const struct mop_node *use,
                                          const struct mop_node *opts)
{
    const struct mop_node *key = mop_option(use, opts, "key"),
                          *fields = mop_option(use, opts, "fields");
    static const char wants[] = "{key: FIELD, fields: [FIELD]}";
    if (!key || !fields || !opts) {
        mop_scope_fault(s, "missing-value", mop_option_at(s, use, opts), "'determines' wants %s",
                        wants);
        return NULL;
    }
    if (mop_need_use(s, &mop_kind_determines, key, opts, wants) ||
        mop_need_use(s, &mop_kind_determines, fields, opts, wants))
        return NULL;
    size_t n = fields->kind == MOP_LIST ? fields->n : 1;
    struct mop_expr *all = mop_arena_alloc(s->arena, sizeof *all);
    all->op = MOP_OP_ALL;
    all->kids = mop_arena_array(s->arena, n + 1, sizeof *all->kids);
    for (size_t i = 0; i < n; i++) {
        struct mop_expr *e =
            determines_leaf(s, fields->kind == MOP_LIST ? fields->item[i] : fields, opts);
        if (!e)
            return NULL;
        all->kids[all->n++] = e;
    }
    return all->n == 1 ? all->kids[0] : all;
}

static enum mop_outcome determines_key(const struct mop_test *t, const struct mop_value *const *v,
                                       struct mop_run *run, struct mop_buf *key,
                                       struct mop_buf *what)
{
    (void)run;
    for (size_t i = 0; i + 1 < t->nfields; i++) {
        uint32_t n = (uint32_t)v[i]->meant.n;
        if (t->nfields > 2)
            mop_buf_add(key, &n, sizeof n);
        mop_buf_sv(key, v[i]->meant);
    }
    mop_buf_sv(what, v[t->nfields - 1]->meant);
    return MOP_PASS;
}

static void determines_explain(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run, struct mop_words *w)
{
    size_t last = t->nfields - 1;
    (void)run;
    for (size_t i = 0; i < last; i++) {
        mop_say(w, "%s%.*s ", i ? " with " : "", MOP_SV_ARG(t->fields[i]->name));
        mop_say_value(w, t->fields[i], v[i]->written);
    }
    mop_say(w, " has the %.*s ", MOP_SV_ARG(t->fields[last]->name));
    mop_say_value(w, t->fields[last], v[last]->written);
    mop_say(w, " here and ");
    if (w->other.n) {
        mop_say_value(w, t->fields[last], w->other);
        mop_say(w, " elsewhere");
        mop_propose(w, w->other, false);
    } else {
        mop_say(w, "another elsewhere");
    }
}

const struct mop_kind mop_kind_determines = {
    .name = "determines",
    .summary = "one key always goes with the same value",
    .doc = "One id, two names: spend is booked under one and leads under the other. Per key the "
           "value of most records stands (of as\n"
           "many the smaller one); records with another value fail.\n"
           "  then: {determines: {key: utm_id, fields: [name]}}       bad  utm_id 17 named "
           "'Spring' and 'Spring sale'\n"
           "What to do: rename the odd ones out, or give them an id of their own.",
    .schema = "{\"allOf\": [{\"$ref\": \"#/$defs/options_determines\"}], \"required\": [\"key\", "
              "\"fields\"]}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_CONSISTENCY,
    .flags = MOP_K_ASSERT | MOP_K_MEANT | MOP_K_CROSS | MOP_K_RECORD,
    .compile = determines_compile,
    .options = (const struct mop_kind_option[]){{"key", "{\"$ref\": \"#/$defs/some\"}",
                                                 "the field or fields that name the thing"},
                                                {"fields", "{\"$ref\": \"#/$defs/some\"}",
                                                 "what has to be the same wherever the key is"},
                                                {NULL, NULL, NULL}},
    .key = determines_key,
    .explain = determines_explain,
    .expand = determines_expand,
};
