/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "values/country.h"

/* type: the loader gives the field its type, the value says whether it was read. */

static int type_compile(struct mop_scope *s, const struct mop_node *use,
                        const struct mop_node *opts, struct mop_test *t)
{
    (void)t;
    if (s->inline_)
        return 0;
    mop_scope_fault(s, "misplaced-check", mop_option_at(s, use, opts),
                    "'type' stands under a field, not in 'then'");
    return -1;
}

static enum mop_outcome type_value(const struct mop_test *t, const struct mop_value *v,
                                   struct mop_run *run)
{
    (void)t, (void)run;
    return v->type_failed ? MOP_FAIL : MOP_PASS;
}

/* A blank inside an address is a slip of the hand; which side of it is right, only a person can
 * say. */
static void propose_without_blanks(const struct mop_field *f, struct mop_sv trimmed,
                                   struct mop_run *run, struct mop_words *w)
{
    struct mop_typed typed = {0};
    char *p = mop_arena_alloc(run->scratch, trimmed.n + 1);
    struct mop_sv packed = {p, 0};
    for (size_t i = 0; i < trimmed.n; i++)
        if (trimmed.p[i] != ' ')
            p[packed.n++] = trimmed.p[i];
    if (!packed.n || packed.n == trimmed.n ||
        !f->type->read(packed, &f->type_options, &typed, run->scratch, NULL))
        return;
    mop_say(w, "; did you mean ");
    mop_say_value(w, f, packed);
    mop_say(w, "?");
    mop_propose(w, packed, false);
}

/* Of a country the code that a name is likely to mean, else that of the name that is nearest. */
static void propose_country(struct mop_sv trimmed, struct mop_run *run, struct mop_words *w)
{
    struct mop_sv name = MOP_SV_NONE, code = mop_country_guess(trimmed, run->scratch);
    if (!code.n) {
        name = mop_country_nearest(trimmed, run->scratch);
        code = mop_country_find(name, run->scratch);
    }
    if (!code.n)
        return;
    mop_say(w, "; did you mean ");
    mop_say_value(w, NULL, code);
    if (name.n)
        mop_say(w, " (%.*s)", MOP_SV_ARG(name));
    mop_say(w, "?");
    mop_propose(w, code, false);
}

/* A slip of the hand; what is short is no slip of anything. */
static void propose_boolean(struct mop_sv trimmed, struct mop_words *w)
{
    static const struct mop_sv words[] = {{"true", 4}, {"false", 5}, {"yes", 3}};
    long near = mop_suggest(trimmed, words, sizeof words / sizeof *words);
    if (near < 0)
        return;
    mop_say(w, "; did you mean '%.*s'?", MOP_SV_ARG(words[near]));
    mop_propose(w, words[near], false);
}

static void type_explain(const struct mop_test *t, const struct mop_value *const *v,
                         struct mop_run *run, struct mop_words *w)
{
    const struct mop_field *f = t->fields[0];
    struct mop_typed typed = {0};
    struct mop_sv trimmed = mop_sv_trim(v[0]->written);
    struct mop_buf why;
    mop_buf_init(&why, 4096);
    mop_say_written(w, t, v[0]);
    mop_say(w, " is no %s", f->type->name);
    bool padded = trimmed.n && f->type->read(trimmed, &f->type_options, &typed, run->scratch, &why);
    if (padded)
        mop_say(w, ": it has blanks around it");
    else if (why.n)
        mop_say(w, ": it %.*s", MOP_SV_ARG(mop_buf_view(&why)));
    mop_buf_release(&why);
    if (padded)
        mop_propose(w, trimmed, true);
    else if (mop_sv_eqs(mop_sv_of(f->type->name), "country"))
        propose_country(trimmed, run, w);
    else if (mop_sv_eqs(mop_sv_of(f->type->name), "boolean"))
        propose_boolean(trimmed, w);
    else
        propose_without_blanks(f, trimmed, run, w);
}

const struct mop_kind mop_kind_type = {
    .name = "type",
    .summary = "the value is an email, a number, a date, a country ...",
    .doc =
        "A date nobody can read is in no month, an amount with a wrong mark in no sum, an "
        "address without a domain gets no mail.\n"
        "Types: text email url decimal integer date datetime boolean phone country currency "
        "domain name. Dates are ISO 8601\n"
        "unless 'formats' says how they are written; a date that two formats read differently "
        "is a finding, not a guess.\n"
        "  created_at: {type: {use: date, formats: [M/D/YYYY]}}       bad  31/12/2026       "
        "good  12/31/2026\n"
        "  amount: {type: {use: decimal, marks: {decimal: \",\", group: \".\"}}}    bad  1,234.50 "
        "        good  1.234,50\n"
        "What to do: correct the value; if many fail, declare how the source writes them.",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_ASSERT | MOP_K_GUARD,
    .compile = type_compile,
    .value = type_value,
    .explain = type_explain,
};
