/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/fragment.h"

/* unique: a key over the whole run. The judge resolves it; here the key is made. */

static int read_fold(struct mop_scope *s, const struct mop_node *n, struct mop_unique *u)
{
    struct mop_sv *names;
    size_t count;
    if (mop_read_texts(s, n, &names, &count))
        return -1;
    for (size_t i = 0; i < count; i++) {
        u->fold_case |= mop_sv_eqs(names[i], "case");
        if (!mop_sv_eqs(names[i], "case") && !mop_sv_eqs(names[i], "trim"))
            return mop_scope_fault(s, "bad-value", n, "'%.*s' is no fold: case or trim",
                                   MOP_SV_ARG(names[i]));
    }
    return 0;
}

static int read_keep(struct mop_scope *s, const struct mop_node *n, struct mop_test *t,
                     struct mop_unique *u)
{
    const struct mop_node *oldest = mop_option(n, NULL, "oldest"),
                          *newest = mop_option(n, NULL, "newest");
    if (!oldest == !newest) {
        mop_scope_fault(s, "bad-value", n,
                        "'keep' wants one of {oldest: FIELD} and {newest: FIELD}");
        return -1;
    }
    u->keep_largest = newest != NULL;
    u->keep = mop_scope_field(s, newest ? newest : oldest);
    return u->keep ? mop_need_comparable(s, t, u->keep, newest ? newest : oldest) : -1;
}

static int unique_compile(struct mop_scope *s, const struct mop_node *use,
                          const struct mop_node *opts, struct mop_test *t)
{
    const struct mop_node *fold = mop_option(use, opts, "fold"),
                          *within = mop_option(use, opts, "within");
    const struct mop_node *keep = mop_option(use, opts, "keep"),
                          *row = mop_option(use, opts, "row");
    struct mop_unique *u = mop_arena_alloc(s->arena, sizeof *u);
    t->arg = u;
    u->nkey = t->nfields;
    if (use && use->kind == MOP_SCALAR && mop_need_true(s, t->kind, use))
        return -1;
    if (row) {
        mop_scope_fault(s, "bad-value", row,
                        "'unique: {row: true}' stands under the record type, not under a field");
        return -1;
    }
    if ((fold && read_fold(s, fold, u)) || (keep && read_keep(s, keep, t, u)))
        return -1;
    return within ? mop_test_reads_all(s, t, within) : 0;
}

struct mop_test *mop_unique_test(struct mop_scope *s, struct mop_field **fields, size_t n, bool row,
                                 struct mop_loc at)
{
    struct mop_test *t = mop_compile_test(s, &mop_kind_unique, n ? fields[0] : NULL, NULL, NULL);
    if (!t)
        return NULL;
    for (size_t i = 1; i < n; i++)
        mop_test_reads(s, t, fields[i]);
    struct mop_unique *u = mop_arena_alloc(s->arena, sizeof *u);
    u->row = row;
    u->nkey = n;
    t->arg = u;
    t->at = at;
    return t;
}

static void add_part(struct mop_buf *key, struct mop_sv part, bool alone)
{
    uint32_t n = (uint32_t)part.n; /* so that ("ab", "c") and ("a", "bc") are two keys */
    if (!alone)
        mop_buf_add(key, &n, sizeof n);
    mop_buf_sv(key, part);
}

static enum mop_outcome unique_key(const struct mop_test *t, const struct mop_value *const *v,
                                   struct mop_run *run, struct mop_buf *key, struct mop_buf *what)
{
    const struct mop_unique *u = t->arg;
    (void)what;
    if (u->row)
        return MOP_NA; /* made by the judge, of the source's columns */
    for (size_t i = 0; i < t->nfields; i++) {
        struct mop_sv part = v[i]->meant;
        if (u->fold_case && i < u->nkey)
            part = mop_utf8_fold(run->scratch, part);
        add_part(key, part, t->nfields == 1);
    }
    return MOP_PASS;
}

static void unique_explain(const struct mop_test *t, const struct mop_value *const *v,
                           struct mop_run *run, struct mop_words *w)
{
    const struct mop_unique *u = t->arg;
    (void)run;
    if (u->row)
        mop_say(w, "the record stands in the data more than once, all columns alike");
    for (size_t i = 0; i < u->nkey; i++) {
        mop_say(w, "%s%.*s ", i ? " with " : "", MOP_SV_ARG(t->fields[i]->name));
        mop_say_value(w, t->fields[i], v[i]->written);
    }
    if (!u->row)
        mop_say(w, w->negated ? " occurs only once" : " occurs more than once");
    for (size_t i = u->nkey; i < t->nfields; i++) {
        mop_say(w, " within %.*s ", MOP_SV_ARG(t->fields[i]->name));
        mop_say_value(w, t->fields[i], v[i]->written);
    }
    if (w->other.n && !w->negated)
        mop_say(w, "; %.*s is kept", MOP_SV_ARG(w->other));
}

const struct mop_kind mop_kind_unique = {
    .name = "unique",
    .summary = "no other record has the same value",
    .doc = "Two records of one person or campaign are counted twice, and each holds half of the "
           "history. Meant forms are compared, with\n"
           "'fold: [case]' ignoring case; 'within: [business_unit]' asks only inside each unit. Of "
           "a group one record is kept, the\n"
           "others fail: keep: {oldest: created_at}, else the one without other errors, then the "
           "heaviest.\n"
           "  unique: {fold: [case], within: [business_unit]}       bad  Ann@acme.example and "
           "ann@acme.example\n"
           "What to do: merge the records in the source. Nothing is proposed: which values survive "
           "is a person's decision.",
    .schema = "{\"enum\": [true]}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_UNIQUENESS,
    .flags = MOP_K_ASSERT | MOP_K_MEANT | MOP_K_CROSS | MOP_K_NEGATED,
    .compile = unique_compile,
    .options =
        (const struct mop_kind_option[]){
            {"fold",
             "{\"anyOf\": [{\"enum\": [\"case\", \"trim\"]}, {\"type\": \"array\", \"items\": "
             "{\"enum\": [\"case\", \"trim\"]}}]}",
             "what makes no difference: case, trim"},
            {"within", "{\"$ref\": \"#/$defs/texts\"}", "other fields of the key"},
            {"keep",
             "{\"minProperties\": 1, \"allOf\": [" MOP_MEMBERS(
                 "",
                 MOP_MEMBER(
                     "oldest", "text",
                     "the record with the earliest date stands") ", " MOP_MEMBER("newest", "text",
                                                                                 "the record with "
                                                                                 "the latest date "
                                                                                 "stands")) "]}",
             "which record of a group stands: {oldest: FIELD} or {newest: FIELD}"},
            {"row", "false", "stands under the record type"},
            {NULL, NULL, NULL}},
    .key = unique_key,
    .explain = unique_explain,
};
