/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/*
 * case. On a field with a vocabulary it is the ladder's rung `.case` and nothing else; on any other
 * field the value is written in lower (or upper) case throughout.
 */
static const char lower = 'l', upper = 'u';

int mop_read_case(struct mop_scope *s, const struct mop_node *n, const char **out)
{
    struct mop_sv text;
    if (mop_read_text(s, n, &text))
        return -1;
    *out = mop_sv_eqs(text, "lower") ? &lower : mop_sv_eqs(text, "upper") ? &upper : NULL;
    return *out ? 0
                : mop_scope_fault(s, "bad-value", n, "'%.*s' is no case: lower or upper",
                                  MOP_SV_ARG(text));
}

/* `case: lower` beside a vocabulary with 'LinkedIn': one of the two is wrong. */
void mop_check_case(struct mop_scope *s, const struct mop_vocabulary *v, char fold,
                    const struct mop_node *at)
{
    struct mop_refused r = {0};
    for (size_t k = 0; fold && k < v->nterms; k++) {
        const struct mop_term *t = v->terms[k];
        bool wrong = fold == 'l' ? mop_utf8_has_upper(t->value) : mop_utf8_has_lower(t->value);
        if (!wrong || (t->use && !t->has_valid) || !mop_refused_note(s, &r, t->value))
            continue;
        mop_scope_fault(s, "refused-value", at,
                        "'case' refuses '%.*s', a value of the field's vocabulary",
                        MOP_SV_ARG(t->value));
        mop_scope_hint(s, "with a vocabulary its own spelling is the right one: take "
                          "'case' out, or change the value");
    }
    mop_refused_end(s, &r, at, "case");
}

static int case_compile(struct mop_scope *s, const struct mop_node *use,
                        const struct mop_node *opts, struct mop_test *t)
{
    const char *which = NULL;
    if (s->inline_ && t->fields[0]->vocabulary)
        return 0; /* the rung: arg stays NULL */
    if (mop_need_use(s, &mop_kind_case, use, opts, "'lower' or 'upper'") ||
        mop_read_case(s, use, &which))
        return -1;
    t->arg = which;
    return 0;
}

static enum mop_outcome case_value(const struct mop_test *t, const struct mop_value *v,
                                   struct mop_run *run)
{
    const char *want = t->arg;
    (void)run;
    if (!want)
        return v->rung == MOP_RUNG_NONE ? MOP_NA : v->rung == MOP_RUNG_CASE ? MOP_FAIL : MOP_PASS;
    bool wrong = *want == 'l' ? mop_utf8_has_upper(v->written) : mop_utf8_has_lower(v->written);
    return wrong ? MOP_FAIL : MOP_PASS;
}

static void case_explain(const struct mop_test *t, const struct mop_value *const *v,
                         struct mop_run *run, struct mop_words *w)
{
    const char *want = t->arg;
    struct mop_sv right;
    if (!want)
        right = v[0]->term ? v[0]->term->value : v[0]->meant;
    else
        right = *want == 'l' ? mop_utf8_fold(run->scratch, v[0]->written)
                             : mop_utf8_upper(run->scratch, v[0]->written);
    mop_say_written(w, t, v[0]);
    mop_say(w, " is written ");
    mop_say_value(w, want ? t->fields[0] : NULL, right);
    mop_propose(w, right, true);
}

const struct mop_kind mop_kind_case = {
    .name = "case",
    .summary = "the value is written in lower (or upper) case",
    .doc = "Analytics tools keep values case-sensitive: 'Email' and 'email' are two rows, each "
           "with a part of the truth.\n"
           "  bad   utm_medium: Email            good  utm_medium: email\n"
           "What to do: take the proposal; it changes no meaning. Make the link builder write "
           "lower case. On a field with a\n"
           "vocabulary this check is the rung '.case': the spelling of the vocabulary is the right "
           "one.",
    .schema = "{\"enum\": [\"lower\", \"upper\"]}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_CONSISTENCY,
    .flags = MOP_K_ASSERT,
    .compile = case_compile,
    .value = case_value,
    .explain = case_explain,
};
