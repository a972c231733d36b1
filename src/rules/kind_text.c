/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "rules/kind_url.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "values/macro.h"
#include "values/pii.h"

/* What must not stand in any text: macros that a platform should have replaced, and personal data.
 */

static int clean_compile(struct mop_scope *s, const struct mop_node *use,
                         const struct mop_node *opts, struct mop_test *t)
{
    const struct mop_field *f = t->fields[0];
    (void)opts;
    if (mop_need_true(s, t->kind, use))
        return -1;
    if (t->kind == &mop_kind_no_pii && f->type && f->type->personal)
        return mop_scope_fault(s, "bad-value", mop_option_at(s, use, opts),
                               "'%.*s' is of type %s: it holds personal data by purpose",
                               MOP_SV_ARG(f->name), f->type->name);
    t->personal = t->kind == &mop_kind_no_pii;
    return 0;
}

/* Links escape macros, sometimes twice: they are looked for in the text as it is and undone. */
static struct mop_sv find_macro(struct mop_sv text, struct mop_run *run)
{
    for (int undone = 0; undone <= 2; undone++) {
        struct mop_sv found = mop_macro_find(text);
        if (found.n)
            return found;
        text = mop_url_decode(run->scratch, text, false);
    }
    return MOP_SV_NONE;
}

static enum mop_outcome no_macros_value(const struct mop_test *t, const struct mop_value *v,
                                        struct mop_run *run)
{
    if (mop_record_is_template(t->fields[0]->record))
        return MOP_NA; /* there they are right */
    return find_macro(v->written, run).n ? MOP_FAIL : MOP_PASS;
}

static void no_macros_explain(const struct mop_test *t, const struct mop_value *const *v,
                              struct mop_run *run, struct mop_words *w)
{
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    mop_say(w, " holds the macro ");
    mop_say_value(w, NULL, find_macro(v[0]->written, run));
    mop_say(w, ", which the ad platform or mail tool did not replace");
}

/* "an email address" or "a phone number", or NULL. Links escape them as well. */
static const char *pii_in(const struct mop_value *v, struct mop_run *run)
{
    static const char *const names[] = {[MOP_PII_NONE] = NULL,
                                        [MOP_PII_EMAIL] = "an email address",
                                        [MOP_PII_PHONE] = "a phone number"};
    enum mop_pii_kind plain = mop_pii_next(v->written, 0, run->scratch).kind;
    return names[plain ? plain : mop_pii_escaped(v->written, run->scratch).kind];
}

static enum mop_outcome no_pii_value(const struct mop_test *t, const struct mop_value *v,
                                     struct mop_run *run)
{
    (void)t;
    return pii_in(v, run) ? MOP_FAIL : MOP_PASS;
}

/* The value is not said: reports travel further than the data. */
static void no_pii_explain(const struct mop_test *t, const struct mop_value *const *v,
                           struct mop_run *run, struct mop_words *w)
{
    const char *what = pii_in(v[0], run);
    mop_say(w, "%.*s holds %s", MOP_SV_ARG(t->fields[0]->name), what ? what : "personal data");
}

#define CLEAN(NAME, SUMMARY, DOC)                                                                  \
    const struct mop_kind mop_kind_##NAME = {                                                      \
        .name = #NAME,                                                                             \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = MOP_SWITCH_SCHEMA,                                                               \
        .severity = MOP_SEV_ERROR,                                                                 \
        .dimension = MOP_DIM_VALIDITY,                                                             \
        .flags = MOP_K_ASSERT | MOP_K_SWITCH,                                                      \
        .compile = clean_compile,                                                                  \
        .value = NAME##_value,                                                                     \
        .explain = NAME##_explain,                                                                 \
    }
CLEAN(no_macros, "no macro is left that a platform should have replaced",
      "{{campaign.name}} in a lead means that the platform did not know the macro (misspelt, or "
      "another platform's): every visit of\n"
      "that ad stands under one meaningless name. In record types of kind 'template' macros are "
      "right and the check does not apply.\n"
      "  bad   utm_campaign: {{campaign_name}}        good  utm_campaign: 2026q1_emea_gtx\n"
      "What to do: correct the macro in the platform's link template; for Meta it is "
      "{{campaign.name}}, with a dot.");
CLEAN(no_pii, "no email address or phone number stands in the text",
      "Personal data in a campaign field or link ends up in analytics tools, logs and other sites' "
      "referrers, where it must not be\n"
      "and from where it cannot be taken back.\n"
      "  bad   utm_content: ann@acme.example          good  utm_content: cta-2\n"
      "What to do: stop the form or mail tool that writes it; then have the records cleaned.");
