/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/template.h"

/* template: a composed name. One check, decided by the whole; the parts are for the message. */

static int template_compile(struct mop_scope *s, const struct mop_node *use,
                            const struct mop_node *opts, struct mop_test *t)
{
    const struct mop_node *parts = mop_option(NULL, opts, "parts");
    if (mop_need_use(s, t->kind, use, opts, "a name with parts: '{region}_{product}'"))
        return -1;
    t->arg = mop_template_compile(s, use, parts ? parts : s->parts, parts ? s->parts : NULL);
    return t->arg ? 0 : -1;
}

static enum mop_outcome template_value(const struct mop_test *t, const struct mop_value *v,
                                       struct mop_run *run)
{
    return mop_value_parse(t, v, run)->outcome;
}

/* ---- words ---- */

static const char *article(struct mop_sv name)
{
    static const char vowels[] = "aeiou";
    for (size_t i = 0; name.n && vowels[i]; i++)
        if (name.p[0] == vowels[i])
            return "an";
    return "a";
}

static void say_not_right(struct mop_words *w, const struct mop_template_part *part,
                          const struct mop_part_view *v)
{
    if (part->date)
        mop_say(w, " is no date as %.*s", MOP_SV_ARG(part->text));
    else
        mop_say(w, " is not %s %.*s", article(part->name), MOP_SV_ARG(part->name));
    if (!v->proposal.n)
        return;
    mop_say(w, "; did you mean ");
    mop_say_value(w, NULL, v->proposal);
    mop_say(w, "?");
}

/* "is valid until 2023-07-31, not on the record's date; use 'x'" */
static void say_over(struct mop_words *w, const struct mop_part_view *v)
{
    mop_say_window(w, v->term);
    if (!v->proposal.n)
        return;
    mop_say(w, "; use ");
    mop_say_value(w, NULL, v->proposal);
}

/* "part 2 'emea2' is not a region; did you mean 'emea'?" */
static void say_part(struct mop_words *w, const struct mop_field *f,
                     const struct mop_template_part *part, const struct mop_part_view *v,
                     size_t number)
{
    static const char *const by_rung[] = {[MOP_RUNG_WHITESPACE] = " has blanks around ",
                                          [MOP_RUNG_CASE] = " is written ",
                                          [MOP_RUNG_SEPARATOR] = " is written ",
                                          [MOP_RUNG_ALIAS] = " is another name of ",
                                          [MOP_RUNG_DEPRECATED] = " is not used any more, use "};
    mop_say(w, "part %zu ", number);
    if (!v->text.n) {
        mop_say(w, "(%.*s) is empty", MOP_SV_ARG(part->name));
        return;
    }
    mop_say_value(w, f, v->text);
    if (v->rung == MOP_RUNG_DEPRECATED && v->term->has_valid) {
        say_over(w, v);
    } else if (v->proposal.n && v->certain) {
        bool rung = v->rung > MOP_RUNG_EXACT && v->rung < MOP_RUNG_PROVISIONAL;
        mop_say(w, "%s", rung ? by_rung[v->rung] : by_rung[MOP_RUNG_WHITESPACE]);
        mop_say_value(w, NULL, v->proposal);
    } else {
        say_not_right(w, part, v);
    }
}

static size_t explain_parts(const struct mop_template *t, const struct mop_parse *p,
                            const struct mop_field *f, struct mop_words *w)
{
    size_t number = 0, said = 0;
    for (size_t i = 0; i < t->nparts; i++) {
        const struct mop_part_view *v = &p->parts[i];
        number += v->text.p != NULL;
        if (!v->text.p || v->right)
            continue;
        mop_say(w, "%s", said++ ? "; " : "");
        say_part(w, f, &t->parts[i], v, number);
    }
    return said;
}

/* The name of the part before an element; NONE in front of the first. */
static struct mop_sv part_before(const struct mop_template *t, size_t element)
{
    for (size_t i = element; i-- > 0;)
        if (t->elements[i].op == MOP_EL_PART)
            return t->parts[t->elements[i].part].name;
    return MOP_SV_NONE;
}

/* The parts that a whole name has behind the place where this one ends. */
static void say_missing(const struct mop_template *t, size_t from, struct mop_words *w)
{
    size_t said = 0;
    for (size_t i = from; i < t->nelements; i++) {
        if (t->elements[i].op == MOP_EL_OPEN)
            i = t->elements[i].close;
        else if (t->elements[i].op == MOP_EL_PART)
            mop_say(w, "%s%.*s", said++ ? ", " : ": no ",
                    MOP_SV_ARG(t->parts[t->elements[i].part].name));
    }
}

/* The literal text does not fit: say where it ends. */
static void explain_shape(const struct mop_template *t, const struct mop_parse *p,
                          const struct mop_test *test, const struct mop_value *v,
                          struct mop_words *w)
{
    struct mop_sv before = part_before(t, p->reached);
    mop_say_written(w, test, v);
    if (p->reached >= t->nelements) {
        mop_say(w, " has more than ");
    } else {
        const struct mop_template_element *missing = &t->elements[p->reached];
        mop_say(w, before.n ? " has no " : " does not begin with ");
        mop_say_value(w, NULL, missing->text);
        if (before.n)
            mop_say(w, " after %.*s", MOP_SV_ARG(before));
        say_missing(t, p->reached, w);
        mop_say(w, "; the name is ");
    }
    mop_say(w, "%.*s", MOP_SV_ARG(t->source));
}

static void template_explain(const struct mop_test *test, const struct mop_value *const *v,
                             struct mop_run *run, struct mop_words *w)
{
    const struct mop_template *t = test->arg;
    const struct mop_parse *p = mop_value_parse(test, v[0], run);
    bool certain;
    if (p->outcome == MOP_UNDECIDED) {
        mop_say_written(w, test, v[0]);
        mop_say(w, " has too many separators to be told apart, or a pattern's limit was hit");
        return;
    }
    if (!p->fits) {
        explain_shape(t, p, test, v[0], w);
        return;
    }
    if (!explain_parts(t, p, test->fields[0], w))
        return;
    mop_buf_reset(w->proposal);
    w->certain = false;
    if (mop_parse_proposal(t, p, w->proposal, &certain))
        w->certain = certain;
    else
        mop_buf_reset(w->proposal);
}

const struct mop_kind mop_kind_template = {
    .name = "template",
    .summary = "a composed name has its parts, each right",
    .doc = "Names of campaigns carry quarter, region and product; reports split them again. One "
           "wrong part, and the campaign is missing\n"
           "from a region's total. The template names the parts, 'parts' beside it says what each "
           "may be: pattern, values,\n"
           "vocabulary or date; [ ] may be left out, \\ takes the next character as it is. The "
           "message names the wrong part.\n"
           "A value with 'valid' dates is right in records of those dates alone.\n"
           "  template: '{quarter}_{region}_{product}[_{variant}]'       bad  2026q1_emea2_gtx     "
           "  good  2026q1_emea_gtx\n"
           "What to do: rename before launch (take the proposal); after launch a new name splits "
           "the history.",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_WRITTEN,
    .compile = template_compile,
    .options =
        (const struct mop_kind_option[]){
            {"parts",
             "{\"type\": \"object\", \"additionalProperties\": {\"$ref\": \"#/$defs/part\"}}",
             "what may stand in each part"},
            {NULL, NULL, NULL}},
    .value = template_value,
    .explain = template_explain,
};
