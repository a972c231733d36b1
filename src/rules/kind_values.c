/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* Membership by meant form: in, not_in, not_values; by the source's bytes: written. */

struct deny {
    struct mop_set set;
    bool tokens, ignore_case;
};

static int set_compile(struct mop_scope *s, const struct mop_node *use, const struct mop_node *opts,
                       struct mop_test *t)
{
    struct mop_set *set = mop_arena_alloc(s->arena, sizeof *set);
    t->arg = set;
    if (mop_need_use(s, t->kind, use, opts, "a value or a list of values"))
        return -1;
    return t->kind == &mop_kind_written ? mop_read_text_set(s, use, set)
                                        : mop_read_meant_set(s, t->fields[0], use, set);
}

static enum mop_outcome in_value(const struct mop_test *t, const struct mop_value *v,
                                 struct mop_run *run)
{
    (void)run;
    return mop_set_lists(t->arg, v) ? MOP_PASS : MOP_FAIL;
}

static enum mop_outcome not_in_value(const struct mop_test *t, const struct mop_value *v,
                                     struct mop_run *run)
{
    (void)run;
    return mop_set_lists(t->arg, v) ? MOP_FAIL : MOP_PASS;
}

static enum mop_outcome written_value(const struct mop_test *t, const struct mop_value *v,
                                      struct mop_run *run)
{
    (void)run;
    return mop_set_has(t->arg, v->written) ? MOP_PASS : MOP_FAIL;
}

#define CONDITION_KIND(NAME, SUMMARY, FLAGS, VALUE, DOC)                                           \
    const struct mop_kind mop_kind_##NAME = {                                                      \
        .name = #NAME,                                                                             \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = "{\"$ref\": \"#/$defs/some\"}",                                                  \
        .severity = MOP_SEV_ERROR,                                                                 \
        .dimension = MOP_DIM_VALIDITY,                                                             \
        .flags = FLAGS,                                                                            \
        .compile = set_compile,                                                                    \
        .value = VALUE,                                                                            \
    }

CONDITION_KIND(in, "condition: the value means one of the list", MOP_K_CONDITION | MOP_K_MEANT,
               in_value,
               "A value, or a list of values: {lead_source: {in: [partner, event]}}, in short "
               "{lead_source: [partner, event]}.\n"
               "Meant forms are compared: a record that says 'Partner ' is in. False where the "
               "field is blank.");
CONDITION_KIND(not_in, "condition: the value means none of the list", MOP_K_CONDITION | MOP_K_MEANT,
               not_in_value,
               "{lead_source: {not_in: [partner, event]}}. False where the field is blank, as "
               "every test but 'blank' is; for\n"
               "'not these, or blank' write not: {lead_source: [partner, event]}.");
CONDITION_KIND(written, "condition: the source holds exactly these bytes", MOP_K_CONDITION,
               written_value,
               "Compares what the source holds, byte for byte, before any spelling is mended: "
               "{utm_source: {written: Google}}.\n"
               "A blank holds other bytes, and so does a cell that cannot be decoded: false, not "
               "unknown. Unknown\n"
               "only where there are none: a missing column, a broken row, a derived value that "
               "cannot be told.");

/* ---- not_values ---- */

/* A word that counts as blank is denied already: only 'required' asks for more. */
static int read_denied(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                       struct mop_set *out)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1, kept = 0;
    struct mop_node some = *n;
    some.item = mop_arena_array(s->arena, count + 1, sizeof *some.item);
    some.kind = MOP_LIST;
    for (size_t i = 0; i < count && n->kind != MOP_MAPPING; i++) {
        struct mop_node *word = n->kind == MOP_LIST ? n->item[i] : (struct mop_node *)n;
        if (!mop_is_placeholder(s, f, word))
            some.item[kept++] = word;
    }
    some.n = kept;
    return mop_read_meant_set(s, f, n->kind == MOP_MAPPING ? n : &some, out);
}

static int deny_compile(struct mop_scope *s, const struct mop_node *use,
                        const struct mop_node *opts, struct mop_test *t)
{
    struct deny *d = mop_arena_alloc(s->arena, sizeof *d);
    const struct mop_node *tokens = mop_option(use, opts, "tokens"),
                          *nocase = mop_option(use, opts, "ignore_case");
    t->arg = d;
    if (mop_need_use(s, t->kind, use, opts, "a value or a list of values"))
        return -1;
    if ((tokens && mop_read_bool(s, tokens, &d->tokens)) ||
        (nocase && mop_read_bool(s, nocase, &d->ignore_case)))
        return -1;
    /* A token is a piece of a value: the field's vocabulary and type say nothing about it. */
    int rc =
        d->tokens ? mop_read_text_set(s, use, &d->set) : read_denied(s, t->fields[0], use, &d->set);
    for (size_t i = 0; !rc && d->ignore_case && i < d->set.n; i++)
        d->set.list[i] = mop_utf8_fold(s->arena, d->set.list[i]);
    if (!rc && d->ignore_case)
        mop_set_make(s->arena, &d->set, d->set.list, d->set.n);
    return rc;
}

/* Separators end a token: `test` is a token of `spring-test_2` and none of `contest`. */
static bool is_separator(char c)
{
    return c == '-' || c == '_' || c == ' ' || c == '.' || c == '/' || c == '+' || c == '|' ||
           c == ',' || c == ';' || c == ':';
}

static bool next_token(struct mop_sv s, size_t *at, struct mop_sv *token)
{
    while (*at < s.n && is_separator(s.p[*at]))
        ++*at;
    size_t from = *at;
    while (*at < s.n && !is_separator(s.p[*at]))
        ++*at;
    *token = mop_sv_sub(s, from, *at);
    return token->n > 0;
}

static bool has_denied_token(const struct deny *d, struct mop_sv text, struct mop_sv *what)
{
    *what = text;
    if (mop_set_has(&d->set, text))
        return true;
    for (size_t at = 0; next_token(text, &at, what);)
        if (mop_set_has(&d->set, *what))
            return true;
    return false;
}

static bool find_denied(const struct mop_test *t, const struct mop_value *v, struct mop_run *run,
                        struct mop_sv *what)
{
    const struct deny *d = t->arg;
    if (d->tokens)
        return has_denied_token(
            d, d->ignore_case ? mop_utf8_fold(run->scratch, v->meant) : v->meant, what);
    *what = v->meant;
    bool found = mop_set_lists(&d->set, v);
    struct mop_form f;
    for (size_t i = 0; d->ignore_case && !found && mop_value_form(v, i, &f); i++)
        found = mop_set_has(&d->set, mop_utf8_fold(run->scratch, f.text));
    return found;
}

static enum mop_outcome deny_value(const struct mop_test *t, const struct mop_value *v,
                                   struct mop_run *run)
{
    struct mop_sv what;
    return find_denied(t, v, run, &what) ? MOP_FAIL : MOP_PASS;
}

const struct mop_set *mop_test_list(const struct mop_test *t, bool *none_of)
{
    const struct deny *d = t->kind == &mop_kind_not_values ? t->arg : NULL;
    *none_of = d || t->kind == &mop_kind_not_in;
    if (d)
        return d->tokens || d->ignore_case ? NULL : &d->set;
    return t->kind == &mop_kind_in || *none_of ? t->arg : mop_member_list(t);
}

static void deny_explain(const struct mop_test *t, const struct mop_value *const *v,
                         struct mop_run *run, struct mop_words *w)
{
    const struct deny *d = t->arg;
    struct mop_sv what;
    bool found = find_denied(t, v[0], run, &what);
    mop_say(w, "%.*s is ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    if (found && d->tokens && what.n < v[0]->meant.n) {
        mop_say(w, ": the word ");
        mop_say_value(w, NULL, what);
        mop_say(w, " is not allowed in it");
    } else {
        mop_say(w, ", which is not allowed");
    }
}

const struct mop_kind mop_kind_not_values = {
    .name = "not_values",
    .summary = "the value is none of a list",
    .doc = "Words that look like values and are none: 'undefined' from a broken script, 'test' "
           "from QA, 'Unassigned' from a channel\n"
           "table. Whole values are compared; with 'tokens: true' whole words between separators "
           "too ('test' never hits 'contest').\n"
           "  bad   utm_source: undefined        good  utm_source: newsletter\n"
           "What to do: find the form or link that writes it; correct the records by hand.",
    .schema = "{\"$ref\": \"#/$defs/some\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_MEANT,
    .compile = deny_compile,
    .options =
        (const struct mop_kind_option[]){
            {"tokens", "{\"$ref\": \"#/$defs/bool\"}", "whole words inside a value count too"},
            {"ignore_case", "{\"$ref\": \"#/$defs/bool\"}", "capital and small letters are alike"},
            {NULL, NULL, NULL}},
    .value = deny_value,
    .explain = deny_explain,
};
