/* SPDX-License-Identifier: MIT */
#include "cli/explain.h"
#include "exporters/connector.h"
#include "exporters/http.h"
#include "gate/brief.h"
#include "gate/checks.h"
#include "gate/live_seen.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "lint/lint.h"
#include "lint/rules_test.h"
#include "report/glossary.h"
#include "rules/keys.h"
#include "rules/kinds.h"
#include "values/types.h"
#include "values/url_checks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The pages that are made from tables: kinds, types, findings of lint, words of the report. */

const char mop_explain_hint[] =
    "'mopslint rules list' lists the kinds, with --words the words of the report, with -r FILE the "
    "rules of a taxonomy";

/* A text of the taxonomy, which may come from anywhere, in at least so many columns. */
void mop_explain_put(struct mop_sv text, size_t columns)
{
    struct mop_buf plain, b;
    mop_buf_init(&plain, 1 << 20);
    mop_buf_init(&b, 1 << 22);
    mop_utf8_show(&plain, text, SIZE_MAX);
    mop_text_log(&b, mop_buf_view(&plain));
    mop_buf_release(&plain);
    size_t width = mop_utf8_width(mop_buf_view(&b));
    printf("%.*s%*s", (int)b.n, b.n ? b.p : "", (int)(width < columns ? columns - width : 0), "");
    mop_buf_release(&b);
}

bool mop_explain_of_source(const struct mop_kind *k)
{
    return k == &mop_kind_input_never_received || k == &mop_kind_input_not_mapped;
}

void mop_explain_kind(const struct mop_kind *k)
{
    if (mop_explain_of_source(k))
        printf("%s: %s\n\na finding of a source over HTTP\n", k->name, k->summary);
    else
        printf("%s: %s\n\nseverity %s, dimension %s, unless the rule says otherwise\n", k->name,
               k->summary, mop_severity_names[k->severity], mop_dimension_names[k->dimension]);
    if (k->doc)
        printf("\n%s\n", k->doc);
}

static void explain_type(const struct mop_type *t)
{
    printf("%s: %s\n\na type, for `type:` of a field%s\n", t->name, t->summary,
           t->personal ? "; its values are masked in reports" : "");
}

static void explain_url_check(const struct mop_url_check *u)
{
    static const char *const severities[] = {"only where a rule asks for it: `url: {KEY: warning}`",
                                             "severity warning, unless the rule says otherwise",
                                             "severity error, unless the rule says otherwise"};
    printf("url.%s: %s\n\na check of a URL; %s\n\n", u->id, u->summary,
           severities[u->default_severity]);
}

/* The URL check of an id that ends in url.<check>, or NULL. */
static const struct mop_url_check *url_check_of_id(struct mop_sv id)
{
    struct mop_sv rest = id, part;
    while (mop_sv_next(&rest, '.', &part))
        if (mop_sv_eqs(part, "url") && rest.p)
            break;
    for (const struct mop_url_check *u; rest.p; mop_sv_next(&rest, '.', &part))
        if ((u = mop_url_check_find(rest)))
            return u;
    return NULL;
}

static void explain_lint(const struct mop_lint_check *c)
{
    static const char *const levels[] = {"note", "warning", "error"};
    printf("%s: %s\n\na finding of rules lint, level %s\n\n%s\n", c->id, c->summary,
           levels[c->level], c->doc);
}

static const struct mop_coverage_kind *find_test_fault(struct mop_sv id)
{
    const struct mop_coverage_kind *c = mop_test_faults;
    while (c->id && !mop_sv_eqs(id, c->id))
        c++;
    return c->id ? c : NULL;
}

static const struct mop_coverage_kind *find_coverage(struct mop_sv id)
{
    for (size_t i = 0; i < MOP_COVERED; i++)
        if (mop_sv_eqs(id, mop_coverage_kinds[i].id))
            return &mop_coverage_kinds[i];
    return NULL;
}

static void explain_coverage(const struct mop_coverage_kind *c, const char *what)
{
    printf("%s: %s\n\n%s\n\n%s\n", c->id, c->summary, what, c->doc);
}

/* gate.links: a check of `mopslint gate`. NULL: it is none. */
static const struct mop_gate_check *find_gate_check(struct mop_sv id)
{
    for (size_t i = 0; mop_sv_starts(id, MOP_SV("gate.")) && i < MOP_GATE_IDS; i++)
        if (mop_sv_eqs(mop_sv_sub(id, 5, id.n), mop_gate_checks[i].id))
            return &mop_gate_checks[i];
    return NULL;
}

static void explain_gate_check(const struct mop_gate_check *c)
{
    static const char *const sep[] = {"", " or "};
    size_t n = 0;
    printf("gate.%s: %s\n\na check of mopslint gate; severity %s, the %s owner has to act; ", c->id,
           c->summary, mop_severity_names[c->severity], mop_role_names[c->by]);
    fputs(c->waivable ? "waivable by the " : "never waived", stdout);
    for (size_t role = 0; role < MOP_ROLES; role++)
        if (c->waivable & (1U << role))
            printf("%s%s", sep[n++ > 0], mop_role_names[role]);
    printf("%s\n\n%s\n", c->waivable ? " owner" : "", c->doc);
}

/* In what CI platforms read the prefix is left out. */
static bool explain_bare_gate_check(struct mop_sv id)
{
    for (size_t i = 0; i < MOP_GATE_IDS; i++)
        if (mop_sv_eqs(id, mop_gate_checks[i].id)) {
            explain_gate_check(&mop_gate_checks[i]);
            return true;
        }
    return false;
}

/* live-dropped, or gate.live-dropped: what --live tells of a link. False: it is none. */
static bool explain_live(struct mop_sv id)
{
    static const char *const levels[] = {[MOP_LIVE_NOTE] = "it is noted only",
                                         [MOP_LIVE_WARN] = "it warns",
                                         [MOP_LIVE_ERROR] = "it holds the launch",
                                         [MOP_LIVE_NOT_SEEN] =
                                             "the link counts as not checked: exit status 3"};
    if (mop_sv_starts(id, MOP_SV("gate.")))
        id = mop_sv_sub(id, 5, id.n);
    for (size_t i = 0; i < MOP_LIVE_IDS; i++) {
        const struct mop_live_kind *k = &mop_live_kinds[i];
        const char *repair = mop_live_repair((enum mop_live_id)i);
        if (!mop_sv_eqs(id, k->id))
            continue;
        printf(
            "%s: a link %s\n\na finding of mopslint gate --live, told by the check gate.live; %s\n"
            "\n%s\n",
            k->id, k->right, levels[k->level],
            repair ? repair : "Nothing has to be done: tools read both alike.");
        return true;
    }
    if (!mop_sv_eq(id, mop_live_macro.id))
        return false;
    printf("%.*s: a link begins with an address\n\na finding of mopslint gate --live, told by the "
           "check gate.live; it warns\n\n%.*s\n",
           MOP_SV_ARG(mop_live_macro.id), MOP_SV_ARG(mop_live_macro.repair));
    return true;
}

/* Ids that messages have and that are no rules: by table, with what they are. */
static const struct pages {
    const struct mop_id_page *list;
    const char *what;
} pages[] = {
    {mop_outcome_pages, "how a fetch over HTTP ended; exit status 3, and nothing is scored"},
    {mop_connector_pages, "a fault of a connector file; exit status 2"},
    {mop_config_pages, "a fault of a settings file; exit status 2"},
    {mop_brief_pages, "what mopslint gate says of a brief"}};
enum { PAGES = sizeof pages / sizeof *pages };

static bool explain_page(struct mop_sv id)
{
    for (size_t i = 0; i < PAGES; i++)
        for (const struct mop_id_page *p = pages[i].list; p->id; p++)
            if (mop_sv_eqs(id, p->id)) {
                printf("%s: %s\n\n%s\n\n%s\n", p->id, p->summary, pages[i].what, p->doc);
                return true;
            }
    return false;
}

static const struct mop_check *find_check(const struct mop_ruleset *rs, struct mop_sv id)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++)
            if (mop_sv_eq(rs->records[i]->checks[k]->id, id))
                return rs->records[i]->checks[k];
    return NULL;
}

/* The kind of an id: its last part, or the last two of input.* and lifecycle ids. */
static const struct mop_kind *kind_of_id(struct mop_sv id)
{
    const struct mop_kind *k = mop_kind_find(id);
    struct mop_sv rest = id, part;
    while (!k && mop_sv_next(&rest, '.', &part))
        k = rest.p ? mop_kind_find(rest) : mop_kind_find(part);
    return k;
}

static void explain_word(const struct mop_word *w)
{
    printf("%s: %s\n\na word of the report\n\n%s\n", w->word, w->summary, w->doc);
}

static int not_found(struct mop_sv id, const struct mop_ruleset *rs, struct mop_err *e)
{
    enum { MOST = 8192 };
    struct mop_sv *names = mop_calloc(MOST, sizeof *names);
    char gate[MOP_GATE_IDS][32];
    size_t n = 0;
    for (size_t i = 0; i < MOP_GATE_IDS; i++) {
        snprintf(gate[i], sizeof gate[i], "gate.%s", mop_gate_checks[i].id);
        names[n++] = mop_sv_of(gate[i]);
    }
    for (size_t i = 0; i < MOP_LIVE_IDS; i++)
        names[n++] = mop_sv_of(mop_live_kinds[i].id);
    for (size_t i = 0; mop_kinds[i] && n < MOST; i++)
        names[n++] = mop_sv_of(mop_kinds[i]->name);
    for (size_t i = 0; i < mop_types_n && n < MOST; i++)
        names[n++] = mop_sv_of(mop_types[i].name);
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id && n < MOST; c++)
            names[n++] = mop_sv_of(c->id);
    for (size_t i = 0; i < MOP_COVERED && n < MOST; i++)
        names[n++] = mop_sv_of(mop_coverage_kinds[i].id);
    for (const struct mop_coverage_kind *f = mop_test_faults; f->id && n < MOST; f++)
        names[n++] = mop_sv_of(f->id);
    for (size_t i = 0; i < PAGES; i++)
        for (const struct mop_id_page *p = pages[i].list; p->id && n < MOST; p++)
            names[n++] = mop_sv_of(p->id);
    for (size_t i = 0; rs && i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks && n < MOST; k++)
            names[n++] = rs->records[i]->checks[k]->id;
    for (const struct mop_word *w = mop_words_of_reports; w->word && n < MOST; w++)
        names[n++] = mop_sv_of(w->word);
    long near = mop_suggest(id, names, n);
    mop_err_set(e, 2, (struct mop_loc){0}, "no rule, kind or word '%.*s'", MOP_SV_ARG(id));
    if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(e, "%s", mop_explain_hint);
    free(names);
    return -1;
}

int mop_explain(struct mop_sv id, const struct mop_ruleset *rs, struct mop_err *e)
{
    const struct mop_gate_check *gate = find_gate_check(id);
    if (gate)
        explain_gate_check(gate);
    if (gate || explain_live(id) || mop_explain_attest(id, rs))
        return 0;
    const struct mop_check *c = rs ? find_check(rs, id) : NULL;
    const struct mop_url_check *u = url_check_of_id(id);
    const struct mop_kind *k = u ? mop_kind_find(MOP_SV("url")) : kind_of_id(id);
    const struct mop_type *t = mop_type_find(id);
    const struct mop_lint_check *lint = mop_lint_find(id);
    const struct mop_coverage_kind *coverage = find_coverage(id);
    const struct mop_coverage_kind *fault = find_test_fault(id);
    const struct mop_word *w = mop_word_find(id);
    if (!c && !u && !k && !t && !lint && !coverage && !fault && !w)
        return explain_page(id) || explain_bare_gate_check(id) ? 0 : not_found(id, rs, e);
    if (c)
        mop_explain_check(c);
    if (u)
        explain_url_check(u);
    if (c ? c->kind : k)
        mop_explain_kind(c ? c->kind : k);
    if (lint && !c)
        explain_lint(lint);
    if (coverage && !c)
        explain_coverage(coverage, "a note of rules test --uncovered");
    if (fault && !c)
        explain_coverage(fault, "a finding of rules test");
    if (t && !c)
        explain_type(t);
    if (w && !c)
        explain_word(w);
    return 0;
}
