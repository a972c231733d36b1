/* SPDX-License-Identifier: MIT */
#include "rules/kind_url.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "values/domain.h"
#include "values/email.h"

/* What a value's host or mail domain is: domain, free-mail, disposable; and its local part: role.
 */

/* The domain in a value of any type, canonical; NONE if there is none. */
static struct mop_sv domain_of(const struct mop_field *f, const struct mop_value *v,
                               struct mop_run *run)
{
    struct mop_sv text = v->meant, out;
    if (f->type && mop_sv_eqs(mop_sv_of(f->type->name), "email"))
        return mop_email_domain(text);
    for (size_t i = 0; i + 2 < text.n; i++)
        if (text.p[i] == ':' && text.p[i + 1] == '/' && text.p[i + 2] == '/')
            return mop_url_host(mop_value_url(f, v, run));
    if (mop_sv_find(text, '@') < text.n)
        return mop_email_read(text, &out, run->scratch, NULL) ? mop_email_domain(out) : MOP_SV_NONE;
    return mop_domain_read(text, MOP_DOMAIN_UNDERSCORE, &out, run->scratch, NULL) ? out
                                                                                  : MOP_SV_NONE;
}

/* ---- domain ---- */

static int domain_compile(struct mop_scope *s, const struct mop_node *use,
                          const struct mop_node *opts, struct mop_test *t)
{
    struct mop_set *set = mop_arena_alloc(s->arena, sizeof *set);
    t->arg = set;
    if (mop_need_use(s, t->kind, use, opts, "a domain or a list of domains") ||
        mop_read_text_set(s, use, set))
        return -1;
    return mop_read_domains(s, use, set->list);
}

static enum mop_outcome domain_value(const struct mop_test *t, const struct mop_value *v,
                                     struct mop_run *run)
{
    const struct mop_set *set = t->arg;
    struct mop_sv domain = domain_of(t->fields[0], v, run);
    for (size_t i = 0; domain.n && i < set->n; i++)
        if (mop_domain_within(domain, set->list[i]))
            return MOP_PASS;
    return MOP_FAIL;
}

static void domain_explain(const struct mop_test *t, const struct mop_value *const *v,
                           struct mop_run *run, struct mop_words *w)
{
    const struct mop_set *set = t->arg;
    struct mop_sv domain = domain_of(t->fields[0], v[0], run);
    mop_say_written(w, t, v[0]);
    if (!domain.n) {
        mop_say(w, " has no domain");
        return;
    }
    mop_say(w, " is at ");
    mop_say_value(w, NULL, domain);
    mop_say(w, ", not at ");
    mop_say_list(w, set->list, set->n, 5);
}

const struct mop_kind mop_kind_domain = {
    .name = "domain",
    .summary = "the host or mail domain is one of these, or below one",
    .doc = "Reads the domain out of an email, a URL or a bare host: {email: {domain: "
           "[acme.example]}} is true for ann@acme.example and\n"
           "ann@mail.acme.example, not for ann@notacme.example. As a condition it finds one's own "
           "people and tests; as a rule it\n"
           "keeps links on known sites.\n"
           "  bad   landing_page: https://acme-promo.test/x       good  landing_page: "
           "https://shop.acme.example/x\n"
           "What to do: correct the link, or add the domain if it is yours.",
    .schema = "{\"oneOf\": [{\"type\": \"string\"}, {\"type\": \"array\", \"minItems\": 1, "
              "\"items\": {\"type\": \"string\"}}]}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_MEANT,
    .compile = domain_compile,
    .value = domain_value,
    .explain = domain_explain,
};

/* ---- lists of mail domains ---- */

static int true_compile(struct mop_scope *s, const struct mop_node *use,
                        const struct mop_node *opts, struct mop_test *t)
{
    (void)opts;
    return mop_need_true(s, t->kind, use);
}

static enum mop_outcome listed(const struct mop_test *t, const struct mop_value *v,
                               struct mop_run *run, bool (*is)(struct mop_sv))
{
    struct mop_sv domain = domain_of(t->fields[0], v, run);
    if (!domain.n)
        return MOP_NA; /* no address at all: that is for `type` to say */
    return is(domain) ? MOP_FAIL : MOP_PASS;
}

static enum mop_outcome free_mail_value(const struct mop_test *t, const struct mop_value *v,
                                        struct mop_run *run)
{
    return listed(t, v, run, mop_email_is_free);
}

static enum mop_outcome disposable_value(const struct mop_test *t, const struct mop_value *v,
                                         struct mop_run *run)
{
    return listed(t, v, run, mop_email_is_disposable);
}

static struct mop_sv local_of(const struct mop_test *t, const struct mop_value *v,
                              struct mop_run *run)
{
    struct mop_sv out = v->meant;
    const struct mop_type *type = t->fields[0]->type;
    if (type && mop_sv_eqs(mop_sv_of(type->name), "email"))
        return mop_email_local(out);
    return mop_email_read(v->meant, &out, run->scratch, NULL) ? mop_email_local(out) : MOP_SV_NONE;
}

static enum mop_outcome role_value(const struct mop_test *t, const struct mop_value *v,
                                   struct mop_run *run)
{
    struct mop_sv local = local_of(t, v, run);
    if (!local.n)
        return MOP_NA;
    return mop_email_is_role(local) ? MOP_FAIL : MOP_PASS;
}

static void free_mail_explain(const struct mop_test *t, const struct mop_value *const *v,
                              struct mop_run *run, struct mop_words *w)
{
    mop_say_written(w, t, v[0]);
    mop_say(w, " is a private mailbox at ");
    mop_say_value(w, NULL, domain_of(t->fields[0], v[0], run));
}

/* Typing errors of big providers are on the lists of throw-away domains, too. */
static void propose_free_mail(const struct mop_field *f, const struct mop_value *v,
                              struct mop_run *run, struct mop_words *w)
{
    struct mop_sv domain = domain_of(f, v, run), local = mop_email_local(v->meant);
    struct mop_sv meant = mop_email_free_meant(domain, run->scratch);
    if (!meant.n || local.n + 1 + domain.n != v->meant.n)
        return;
    mop_say(w, "; did you mean ");
    mop_say_value(w, NULL, meant);
    mop_say(w, "?");
    mop_propose(w,
                mop_arena_printf(run->scratch, "%.*s@%.*s", MOP_SV_ARG(local), MOP_SV_ARG(meant)),
                false);
}

static void disposable_explain(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run, struct mop_words *w)
{
    mop_say_written(w, t, v[0]);
    mop_say(w, " is a throw-away address at ");
    mop_say_value(w, NULL, domain_of(t->fields[0], v[0], run));
    propose_free_mail(t->fields[0], v[0], run, w);
}

static void role_explain(const struct mop_test *t, const struct mop_value *const *v,
                         struct mop_run *run, struct mop_words *w)
{
    mop_say_written(w, t, v[0]);
    mop_say(w, " is a shared mailbox (");
    mop_say_value(w, NULL, local_of(t, v[0], run));
    mop_say(w, "), not a person");
}

#define MAIL(ID, NAME, SEVERITY, SUMMARY, DOC)                                                     \
    const struct mop_kind mop_kind_##ID = {                                                        \
        .name = NAME,                                                                              \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = MOP_SWITCH_SCHEMA,                                                               \
        .severity = SEVERITY,                                                                      \
        .dimension = MOP_DIM_VALIDITY,                                                             \
        .flags = MOP_K_ASSERT | MOP_K_MEANT | MOP_K_SWITCH,                                        \
        .compile = true_compile,                                                                   \
        .value = ID##_value,                                                                       \
        .explain = ID##_explain,                                                                   \
    }
MAIL(free_mail, "free-mail", MOP_SEV_WARNING, "the address is not at a free mail provider",
     "A business lead with a private address cannot be matched to a company, and account reports "
     "miss it.\n"
     "  bad   email: ann@gmail.com         good  email: ann@acme.example\n"
     "What to do: ask for the business address in the form; the list of providers comes with "
     "mopslint.");
MAIL(disposable, "disposable", MOP_SEV_ERROR, "the address is not a throw-away one",
     "Throw-away mailboxes are gone within the hour: nobody reads what is sent there, and lead "
     "counts and costs are wrong by them.\n"
     "  bad   email: x81@mailinator.com    good  email: ann@acme.example\n"
     "What to do: reject such addresses in the form; take the records out of the counts.");
MAIL(role, "role", MOP_SEV_WARNING, "the address is of a person, not of a desk",
     "info@ and sales@ are read by whoever is there: no consent of a person, no name, no history, "
     "and many complaints of spam.\n"
     "  bad   email: info@acme.example     good  email: ann@acme.example\n"
     "What to do: ask for a person's address, or keep such records out of mailings.");
