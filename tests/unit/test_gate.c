/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "gate/checks.h"
#include "gate/checklist.h"
#include "rules.h"
#include "rules/keys.h"
#include "tables.h"
#include "values/url_check_list.h"
#include <string.h>

/* The launch gate: a few lines of a brief in, the state of one check and its first words out. */

static const int64_t now = INT64_C(1795338000000000); /* 2026-11-22T09:00:00Z, a Sunday */

struct launch {
    struct rules r;
    struct mop_ruleset *rs;
    struct mop_arena arena;
    struct mop_brief brief;
    struct mop_gate_policy *policy;
    struct mop_gate_options o;
    struct mop_launch g;
    struct mop_err e;
};

static void begin(struct launch *l, const char *taxonomy, const char *text)
{
    struct mop_brief_options bo = {.csv = &mop_exporter_csv};
    memset(l, 0, sizeof *l);
    rules_begin(&l->r);
    mop_arena_init(&l->arena);
    struct mop_load_options lo = {.files = &taxonomy, .nfiles = 1, .now_us = now};
    l->rs = mop_ruleset_load(&lo, &l->r.d);
    assert_non_null(l->rs);
    l->policy = mop_gate_policy_read(l->rs, &l->arena, &l->r.d);
    assert_non_null(l->policy);
    bo.placeholders = l->policy->placeholders;
    bo.nplaceholders = l->policy->nplaceholders;
    rules_file(&l->r, "brief.yaml", text, true);
    assert_int_equal(mop_brief_load(&l->brief, l->r.files[0], &bo, &l->r.d, &l->e), 0);
    l->o = (struct mop_gate_options){
        .rules = l->rs, .exporters = mop_exporters, .now_us = now, .csv = &mop_exporter_csv};
    assert_int_equal(mop_gate_run(&l->g, &l->brief, l->policy, &l->o, &l->r.d, &l->e), 0);
}

static void end(struct launch *l)
{
    mop_gate_release(&l->g);
    mop_brief_release(&l->brief);
    mop_ruleset_free(l->rs);
    mop_arena_release(&l->arena);
    rules_end(&l->r);
}

static const struct mop_gate_result *result(const struct launch *l, const char *id)
{
    for (size_t i = 0; i < l->g.n; i++)
        if (mop_sv_eqs(l->g.results[i].id, id))
            return &l->g.results[i];
    return NULL;
}

#define TAXONOMY MOP_TOP "/fixtures/gate/taxonomy.yaml"
#define LINK "https://acme.example/?utm_source=google&utm_medium=cpc&utm_campaign=may&utm_id=1"

static void checks(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text, *id;
        enum mop_gate_state want;
        const char *says; /* the first item holds it; NULL: no matter */
    } T[] = {
        /* who */
        {"nobody", "x-a: 1", "owners", MOP_GATE_FAILED, "can approve it"},
        {"one each", "owners: {decision: dana, execution: kim, input: lee, review: noor}", "owners",
         MOP_GATE_PASSED, NULL},
        {"a list of one", "owners: {decision: [dana], execution: kim, input: lee, review: noor}",
         "owners", MOP_GATE_PASSED, NULL},
        {"two", "owners: {decision: [dana, kim], execution: kim, input: lee, review: noor}",
         "owners", MOP_GATE_FAILED, "2 people"},
        {"gone", "owners: {decision: sam, execution: kim, input: lee, review: noor}", "owners",
         MOP_GATE_FAILED, "'sam' has left"},
        {"unknown", "owners: {decision: dan, execution: kim, input: lee, review: noor}", "owners",
         MOP_GATE_FAILED, "none of the taxonomy's people"},
        {"no such channel", "channels: [QR code]", "channel-links", MOP_GATE_PASSED, NULL},
        {"the same decides and does", "risk: high\nowners: {decision: kim, execution: KIM}",
         "owners-apart", MOP_GATE_FAILED, "'kim' decides"},
        /* approvals */
        {"no approval", "owners: {review: lee}", "reviewed", MOP_GATE_FAILED, "no approval"},
        {"without a day of change",
         "owners: {review: lee}\napprovals: [{role: review, by: lee, on: 2026-11-20}]", "reviewed",
         MOP_GATE_FAILED, "cannot be told"},
        {"on the day of the change",
         "changed: 2026-11-20\nowners: {review: lee}\napprovals: [{role: review, by: lee, on: "
         "2026-11-20}]",
         "reviewed", MOP_GATE_PASSED, NULL},
        {"a later one counts",
         "changed: 2026-11-20\nowners: {review: lee}\napprovals: [{role: review, by: lee, on: "
         "2026-11-01}, {role: review, by: lee, on: 2026-11-21}]",
         "reviewed", MOP_GATE_PASSED, NULL},
        {"in the future",
         "changed: 2026-11-20\nowners: {review: lee}\napprovals: [{role: review, by: lee, on: "
         "2026-11-23}]",
         "reviewed", MOP_GATE_FAILED, "still to come"},
        {"for another brief",
         "owners: {review: lee}\napprovals: [{role: review, by: lee, on: 2026-11-20, digest: abc}]",
         "reviewed", MOP_GATE_FAILED, "not whole"},
        {"for another brief, by a whole digest",
         "owners: {review: lee}\napprovals: [{role: review, by: lee, on: 2026-11-20, digest: "
         "0123456789abcdef0123456789abcdef}]",
         "reviewed", MOP_GATE_FAILED, "another digest"},
        {"the review is no decision",
         "changed: 2026-11-20\nowners: {review: lee, decision: lee}\napprovals: [{role: review, "
         "by: lee, on: 2026-11-20}]",
         "approved", MOP_GATE_FAILED, "no approval as decision"},
        /* days */
        {"no days", "x-a: 1", "dates", MOP_GATE_NOT_ASKED, NULL},
        {"started", "start: 2026-11-20", "dates", MOP_GATE_WARNED, "is past"},
        {"today", "start: 2026-11-22", "dates", MOP_GATE_PASSED, NULL},
        {"one day", "start: 2026-12-01\nend: 2026-12-01", "dates", MOP_GATE_PASSED, NULL},
        {"over", "end: 2026-11-21", "dates", MOP_GATE_FAILED, "is past"},
        {"a slip", "start: 2062-12-01", "dates", MOP_GATE_WARNED, "two years"},
        {"first day of the freeze", "start: 2026-12-18", "freeze", MOP_GATE_FAILED, "year-end"},
        {"last day of the freeze", "start: 2027-01-04", "freeze", MOP_GATE_FAILED, "year-end"},
        {"the day behind it", "start: 2027-01-05", "freeze", MOP_GATE_PASSED, NULL},
        {"Thursday", "start: 2026-12-03", "launch-day", MOP_GATE_PASSED, NULL},
        {"Friday", "start: 2026-12-04", "launch-day", MOP_GATE_FAILED, "Friday"},
        /* money and leads */
        {"no budget, no cap", "end: 2026-12-01", "end-and-cap", MOP_GATE_PASSED, NULL},
        {"no cap", "end: 2026-12-01\nbudget: 500 EUR", "end-and-cap", MOP_GATE_FAILED, "no cap"},
        {"a cap above it", "end: 2026-12-01\nbudget: {amount: 500, cap: 5000}", "end-and-cap",
         MOP_GATE_FAILED, "more than the budget"},
        {"a day's cap, and too many days",
         "start: 2026-12-01\nend: 2026-12-28\nbudget: {amount: 4000, cap: 4000, per: day}",
         "end-and-cap", MOP_GATE_FAILED,
         "4000 a day, 28 times from 2026-12-01 to 2026-12-28, is 112000, and the budget is 4000"},
        {"a day's cap that comes to the budget",
         "start: 2026-12-01\nend: 2026-12-10\nbudget: {amount: 4000, cap: 400, per: day}",
         "end-and-cap", MOP_GATE_PASSED, NULL},
        {"a cent more",
         "start: 2026-12-01\nend: 2026-12-10\nbudget: {amount: 4000, cap: 400.01, per: day}",
         "end-and-cap", MOP_GATE_FAILED, "is 4000.1,"},
        {"a week's cap",
         "start: 2026-12-01\nend: 2026-12-08\nbudget: {amount: 4000, cap: 2001, per: week}",
         "end-and-cap", MOP_GATE_FAILED, "2001 a week, 2 times"},
        {"a month's cap, over new year",
         "start: 2026-12-31\nend: 2027-02-01\nbudget: {amount: 4000, cap: 2000, per: month}",
         "end-and-cap", MOP_GATE_FAILED, "2000 a month, 3 times"},
        {"a cap of the campaign",
         "start: 2026-12-01\nend: 2026-12-28\nbudget: {amount: 4000, cap: 4000, per: campaign}",
         "end-and-cap", MOP_GATE_PASSED, NULL},
        {"a cap and no budget", "end: 2026-12-01\nbudget: {cap: 50}", "end-and-cap",
         MOP_GATE_FAILED, "budget is not said"},
        {"bought, and no budget", "end: 2026-12-01\nchannels: [display]", "end-and-cap",
         MOP_GATE_FAILED, "budget is not said"},
        {"bought by a link", "end: 2026-12-01\nlinks: [{url: \"" LINK "\", channel: Paid Other}]",
         "end-and-cap", MOP_GATE_FAILED, "budget is not said"},
        {"for nothing, as it says", "end: 2026-12-01\nbudget: 0\nchannels: [display]",
         "end-and-cap", MOP_GATE_PASSED, NULL},
        {"forms may bring leads", "forms: [sign-up]", "routing", MOP_GATE_FAILED, "no 'to'"},
        {"leads, some day",
         "creates_leads: true\nowners: {routing: noor}\nrouting: {to: sdr, sla: soon}", "routing",
         MOP_GATE_FAILED, "'soon' is no time"},
        {"leads within hours",
         "creates_leads: true\nowners: {routing: noor}\nrouting: {to: sdr, sla: 2 business days}",
         "routing", MOP_GATE_PASSED, NULL},
        {"an audience of nobody", "audience: {size: 800}", "inputs", MOP_GATE_FAILED, NULL},
        {"forms that bring none", "forms: [sign-up]\ncreates_leads: false", "routing",
         MOP_GATE_PASSED, NULL},
        {"no leads", "creates_leads: false", "routing", MOP_GATE_PASSED, NULL},
        {"leads for nobody", "creates_leads: true", "routing", MOP_GATE_FAILED, "no 'to'"},
        {"a waiver of tomorrow",
         "start: 2026-12-04\nowners: {decision: dana}\nwaivers: [{id: launch-day, by: dana, "
         "reason: "
         "fair, on: 2026-11-23}]",
         "launch-day", MOP_GATE_FAILED, "is a Friday"},
        {"a waiver of today",
         "start: 2026-12-04\nowners: {decision: dana}\nwaivers: [{id: launch-day, by: dana, "
         "reason: "
         "fair, on: 2026-11-22}]",
         "launch-day", MOP_GATE_WAIVED, NULL},
        {"open, and more words", "owners: {review: \"tbd - ask Kim\"}", "placeholders",
         MOP_GATE_WARNED, "tbd - ask"},
        {"in brackets", "audience: {list: \"[TBD]\"}", "placeholders", MOP_GATE_WARNED, "[TBD]"},
        {"in others", "audience: {list: <tbd>}", "placeholders", MOP_GATE_WARNED, "<tbd>"},
        {"with dots", "audience: {list: n.a.}", "placeholders", MOP_GATE_WARNED, "n.a."},
        {"with dots, whole", "audience: {list: T.B.D}", "placeholders", MOP_GATE_WARNED, "T.B.D"},
        {"and who is asked", "audience: {list: to be decided by Zoe}", "placeholders",
         MOP_GATE_WARNED, "by Zoe"},
        {"a todo of somebody", "audience: {list: ToDo Zoe}", "placeholders", MOP_GATE_WARNED,
         "ToDo Zoe"},
        {"no colon", "audience: {list: tbd ask Zoe}", "placeholders", MOP_GATE_WARNED, "ask Zoe"},
        {"a market", "market: NA", "placeholders", MOP_GATE_PASSED, NULL},
        {"a name with the word", "name: Todo lists for families", "placeholders", MOP_GATE_PASSED,
         NULL},
        {"an open name", "name: \"TBD: ask Zoe\"", "placeholders", MOP_GATE_WARNED, "ask Zoe"},
        {"a word in brackets", "market: \"[DACH]\"", "placeholders", MOP_GATE_PASSED, NULL},
        {"begins like one", "name: todos_for_families", "placeholders", MOP_GATE_PASSED, NULL},
        {"open in a list", "owners: {review: [TBD]}", "placeholders", MOP_GATE_WARNED, "TBD"},
        /* still to come, where a value of some kind has to stand */
        {"a start", "start: tbd", "inputs", MOP_GATE_FAILED, NULL},
        {"a start, told", "start: tbd", "placeholders", MOP_GATE_WARNED, "'start' is still open"},
        {"an end", "end: \"TBC: ask Noor\"", "end-and-cap", MOP_GATE_FAILED, "end is still open"},
        {"a budget", "end: 2026-12-01\nbudget: tbd", "end-and-cap", MOP_GATE_FAILED,
         "budget is not said"},
        {"a cap", "end: 2026-12-01\nbudget: {amount: 500, cap: tbd}", "end-and-cap",
         MOP_GATE_FAILED, "cap is still open"},
        {"a day and a sum", "end: todo\nbudget: {amount: \"?\", currency: n/a}", "placeholders",
         MOP_GATE_WARNED, "'end'"},
        {"whether there are leads", "creates_leads: tbd", "routing", MOP_GATE_FAILED, "no 'to'"},
        {"what it touches", "recurring: true\nrisk: low\ntouches: tbd", "level", MOP_GATE_PASSED,
         NULL},
        {"a whole mapping", "routing: tbd\nassets: tbc\nlevel: {use: tbd}\nlinks: todo",
         "placeholders", MOP_GATE_WARNED, "'routing'"},
        {"nobody yet", "owners: {decision: tbd, execution: kim, input: lee, review: noor}",
         "owners", MOP_GATE_FAILED, "can approve it"},
        {"one of the links", "links: [tbd, \"" LINK "\"]", "links", MOP_GATE_FAILED,
         "has no address"},
        {"an approval without its day",
         "changed: 2026-11-20\nowners: {review: lee}\napprovals: [{role: review, by: lee, on: "
         "tbd}]",
         "reviewed", MOP_GATE_FAILED, "does not say when"},
        {"who approves", "owners: {review: lee}\napprovals: [{role: tbd, by: tbd, on: tbd}]",
         "reviewed", MOP_GATE_FAILED, "no approval"},
        /* name */
        {"no name", "x-a: 1", "name", MOP_GATE_FAILED, "no name"},
        {"an alias", "name: 2026q4_europe_widget", "name", MOP_GATE_FAILED, "'europe'"},
        {"a part without a word of the brief", "name: 2026q4_emea_widget", "name-agrees",
         MOP_GATE_WARNED, "no 'start'"},
        {"two spellings of one market",
         "name: 2026q4_emea_widget\nmarket: Europe\nproduct: widget\nstart: 2026-12-01",
         "name-agrees", MOP_GATE_PASSED, NULL},
        {"another market",
         "name: 2026q4_emea_widget\nmarket: apac\nproduct: widget\nstart: 2026-12-31",
         "name-agrees", MOP_GATE_FAILED, "region 'emea'"},
        {"one of several markets, last day of the quarter",
         "name: 2026q4_emea_widget\nmarket: [apac, EMEA]\nproduct: widget\nstart: 2026-12-31",
         "name-agrees", MOP_GATE_PASSED, NULL},
        {"the next quarter", "name: 2026q4_emea_widget\nstart: 2027-01-01", "name-agrees",
         MOP_GATE_FAILED, "quarter '2026q4'"},
        {"no template fits", "name: spring sale", "name-agrees", MOP_GATE_NOT_ASKED, NULL},
        {"provisional", "name: 2026q4_emea_gadget", "name", MOP_GATE_WARNED, NULL},
        /* links */
        {"none", "links: []", "links", MOP_GATE_NOT_ASKED, NULL},
        {"sound", "links: [\"" LINK "\"]", "links", MOP_GATE_PASSED, NULL},
        {"half tagged", "links: [\"https://acme.example/?utm_source=google\"]", "link-names",
         MOP_GATE_FAILED, NULL},
        {"no tags at all", "links: [\"https://acme.example/\"]", "utm-id", MOP_GATE_PASSED, NULL},
        {"channel by the brief", "channels: Paid Search\nlinks: [\"" LINK "\"]", "channel",
         MOP_GATE_PASSED, NULL},
        {"another channel", "channels: Email\nlinks: [\"" LINK "\"]", "channel", MOP_GATE_FAILED,
         "under Paid Search"},
        {"its own word comes first",
         "channels: Email\nlinks: [{url: \"" LINK "\", channel: paid search}]", "channel",
         MOP_GATE_WARNED, "none of the brief's channels"},
        {"its own word, and the brief's",
         "channels: [Email, Paid Search]\nlinks: [{url: \"" LINK "\", channel: paid search}]",
         "channel", MOP_GATE_PASSED, NULL},
        {"no such channel", "channels: Mails", "channel", MOP_GATE_FAILED, "no channel of GA4"},
        {"a channel that has no links", "channels: [offline]", "channel-links", MOP_GATE_PASSED,
         NULL},
        {"printed shows up anywhere", "links: [{url: \"" LINK "\", channel: qr}]", "channel",
         MOP_GATE_PASSED, NULL},
        {"of another campaign", "utm_campaign: june\nlinks: [\"" LINK "\"]", "links-agree",
         MOP_GATE_FAILED, "the brief says 'june'"},
        {"twice", "utm_campaign: may\nlinks: [\"" LINK "\", \"" LINK "\"]", "links-agree",
         MOP_GATE_WARNED, "link 1 again"},
        /* macros */
        {"no platform", "links: [\"https://acme.example/?utm_id={campaignid}\"]", "macros",
         MOP_GATE_FAILED, "no platform"},
        {"Google's",
         "links: [{platform: google, url: \"https://acme.example/?utm_id={campaignid}\"}]",
         "macros", MOP_GATE_PASSED, NULL},
        {"Meta's at Google's",
         "links: [{platform: google-ads, url: \"https://acme.example/?utm_id={{campaign.id}}\"}]",
         "macros", MOP_GATE_FAILED, "no macro of google-ads"},
        {"a slip",
         "links: [{platform: meta, url: \"https://acme.example/?utm_id={{campaign_id}}\"}]",
         "macros", MOP_GATE_FAILED, "no macro of meta"},
        {"TikTok's",
         "links: [{platform: tiktok, url: \"https://acme.example/?utm_id=__CAMPAIGN_ID__\"}]",
         "macros", MOP_GATE_PASSED, NULL},
        {"no such platform", "links: [{platform: gogle-ads, url: \"https://acme.example/\"}]",
         "macros", MOP_GATE_FAILED, "no platform 'gogle-ads'"},
        {"one's own",
         "links: [{platform: google, url: \"https://acme.example/?utm_term={_mine}\"}]", "macros",
         MOP_GATE_PASSED, NULL},
        {"not closed",
         "links: [{platform: google, url: \"https://acme.example/?utm_term={keyword\"}]", "macros",
         MOP_GATE_FAILED, "is not closed"},
        {"not opened",
         "links: [{platform: meta, url: \"https://acme.example/?utm_id=%7B%7Bcampaign.id}}}\"}]",
         "macros", MOP_GATE_FAILED, "was not opened"},
        /* privacy */
        {"in a link", "links: [\"https://acme.example/?e=ann%40acme.example\"]", "privacy",
         MOP_GATE_FAILED, "e-mail address"},
        {"in a field", "fields: {cost_center: ann@acme.example}", "privacy", MOP_GATE_FAILED,
         "holds personal data"},
        {"in the address of an asset",
         "assets: [{name: page, url: \"https://acme.example/?e=ann%40acme.example\"}]", "privacy",
         MOP_GATE_FAILED, "'url' has an e-mail address"},
        {"of a form, by a mail tool",
         "forms: [{name: page, url: \"https://acme.example/?mc_eid=abc\"}]", "privacy",
         MOP_GATE_FAILED, "'url' has mc_eid"},
        {"a login of an asset", "assets: [{url: \"https://ann:x@acme.example/\"}]", "privacy",
         MOP_GATE_FAILED, "'url' has a user name"},
        {"in the description", "description: ask ann@acme.example", "privacy", MOP_GATE_FAILED,
         "'description' holds"},
        {"deep in a list", "audience: {suppression: [a, \"+49 30 1234567\"]}", "privacy",
         MOP_GATE_FAILED, "'suppression' holds"},
        {"in a note",
         "approvals: [{role: review, by: lee, on: 2026-11-20, note: told "
         "ann@acme.example}]",
         "privacy", MOP_GATE_FAILED, "'note' holds"},
        {"who gets leads is a person", "routing: {to: ann@acme.example}", "privacy",
         MOP_GATE_PASSED, NULL},
        {"by way of a macro", "links: [{url: \"" LINK "&e=%7B%7Bcontact.Email%7D%7D\"}]", "privacy",
         MOP_GATE_FAILED, "puts personal data"},
        {"with a default", "links: [{url: \"" LINK "&e={{lead.Email Address:default=x}}\"}]",
         "privacy", MOP_GATE_FAILED, "puts personal data"},
        {"in the path", "links: [{url: \"https://acme.example/*|LNAME|*/\"}]", "privacy",
         MOP_GATE_FAILED, "puts personal data"},
        {"a macro of no person", "links: [{url: \"" LINK "&e={{email.id}}&f={{campaign.name}}\"}]",
         "privacy", MOP_GATE_PASSED, NULL},
        {"a link's name", "links: [{url: \"" LINK "\", name: for ann@acme.example}]", "privacy",
         MOP_GATE_FAILED, "in its name"},
        {"owners are people", "owners: {decision: dana@acme.example}", "privacy", MOP_GATE_PASSED,
         NULL},
        {"a login", "links: [\"https://ann:x@acme.example/\"]", "privacy", MOP_GATE_FAILED,
         "user name"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        char text[2000];
        struct launch l;
        snprintf(text, sizeof text, "brief: 1\n%s\n", T[i].text);
        begin(&l, TAXONOMY, text);
        const struct mop_gate_result *r = result(&l, T[i].id);
        for (size_t k = 0; r && k < r->n; k++)
            if (r->items[k].level != MOP_NOTE && !r->items[k].repair.n)
                fail_msg("%s: nothing is said to do about '%.*s'", T[i].row,
                         MOP_SV_ARG(r->items[k].message));
        if (!r)
            fail_msg("%s: '%s' was not asked for", T[i].row, T[i].id);
        else if (r->state != T[i].want)
            fail_msg("%s: %s is %s, want %s (%.*s)", T[i].row, T[i].id,
                     mop_gate_state_names[r->state], mop_gate_state_names[T[i].want],
                     MOP_SV_ARG(r->n ? r->items[0].message : r->why));
        else if (T[i].says && (!r->n || !strstr(r->items[0].message.p, T[i].says)))
            fail_msg("%s: '%.*s' does not say '%s'", T[i].row,
                     MOP_SV_ARG(r->n ? r->items[0].message : r->why), T[i].says);
        end(&l);
    }
}

static void levels(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text, *level;
    } T[] = {
        {"nothing is said", "x-a: 1", "standard"},
        {"recurring, low risk, touches nothing", "recurring: true\nrisk: low\ntouches: []",
         "lightweight"},
        {"not said what it touches", "recurring: true\nrisk: low", "standard"},
        {"open what it touches", "recurring: true\nrisk: low\ntouches: [tbd]", "standard"},
        {"an open budget", "recurring: true\nrisk: low\ntouches: []\nbudget: tbd", "standard"},
        {"with tracking", "recurring: true\nrisk: low\ntouches: [tracking]", "standard"},
        {"with a budget, whatever is said", "recurring: true\nrisk: low\ntouches: []\nbudget: 1",
         "standard"},
        {"with leads", "recurring: true\nrisk: low\ntouches: []\ncreates_leads: true", "standard"},
        {"a large budget", "recurring: true\nrisk: low\ntouches: []\nbudget: 10000", "detailed"},
        {"just below", "recurring: true\nrisk: low\ntouches: []\nbudget: 9999.99 EUR", "standard"},
        {"print", "recurring: true\nrisk: low\ntouches: []\nchannels: [Email, Print]", "detailed"},
        {"a printed link",
         "recurring: true\nrisk: low\ntouches: []\nlinks: [{url: x, printed: true}]", "detailed"},
        {"strategy", "touches: strategy", "detailed"},
        {"raised", "recurring: true\nrisk: low\ntouches: []\nlevel: detailed", "detailed"},
        {"lowered without a reason", "risk: high\nlevel: standard", "detailed"},
        {"lowered with none", "risk: high\nlevel: {use: standard, reason: ToDo Zoe}", "detailed"},
        {"lowered with one", "risk: high\nlevel: {use: standard, reason: as agreed}", "standard"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        char text[600];
        struct launch l;
        snprintf(text, sizeof text, "brief: 1\n%s\n", T[i].text);
        begin(&l, TAXONOMY, text);
        check_text(T[i].row, l.policy->levels[l.g.level].name, mop_sv_of(T[i].level));
        end(&l);
    }
}

static void digest_of(const char *text, char out[33])
{
    struct launch l;
    begin(&l, TAXONOMY, text);
    memcpy(out, l.brief.digest, 33);
    end(&l);
}

static void digests(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text;
        bool same;
    } T[] = {
        {"a comment", "brief: 1 # c\nname: a\nchannels: [Email, SMS]\n", true},
        {"quotes", "brief: \"1\"\nname: 'a'\nchannels: [Email, 'SMS']\n", true},
        {"order of keys", "name: a\nchannels: [Email, SMS]\nbrief: 1\n", true},
        {"a key without a value", "brief: 1\nname: a\nrisk:\nchannels: [Email, SMS]\n", true},
        {"blanks around a value", "brief: 1\nname: 'a '\nchannels: [Email, ' SMS']\n", true},
        {"a blank value", "brief: 1\nname: a\nrisk: ' '\nchannels: [Email, SMS]\n", true},
        {"what people say of it",
         "brief: 1\nname: a\nchannels: [Email, SMS]\napprovals: [{role: review, by: a, on: "
         "2026-01-01}]\n",
         true},
        {"order of a list", "brief: 1\nname: a\nchannels: [SMS, Email]\n", false},
        {"a value", "brief: 1\nname: b\nchannels: [Email, SMS]\n", false},
        {"a value moves", "brief: 1\ndescription: a\nchannels: [Email, SMS]\n", false},
        {"a word cut in two", "brief: 1\nname: a\nchannels: [EmailSMS]\n", false},
        {"one more key", "brief: 1\nname: a\nchannels: [Email, SMS]\nrisk: low\n", false},
    };
    char base[33], other[33];
    digest_of("brief: 1\nname: a\nchannels: [Email, SMS]\n", base);
    for (size_t i = 0; i < ROWS(T); i++) {
        digest_of(T[i].text, other);
        CHECK(T[i].row, (strcmp(base, other) == 0) == T[i].same);
    }
}

static void fixed_links(void **state)
{
    (void)state;
    static const struct {
        const char *row, *link, *fixed; /* NULL: stays */
    } T[] = {
        {"an alias", "https://a.example/?utm_source=FB&utm_medium=social&utm_campaign=x",
         "https://a.example/?utm_source=facebook&utm_medium=social&utm_campaign=x"},
        {"escapes of others stay",
         "https://a.example/?q=%7e+x&utm_source=FB&utm_medium=social&utm_campaign=%78&fbclid=A%2Bb",
         "https://a.example/?q=%7e+x&utm_source=facebook&utm_medium=social&utm_campaign=%78&fbclid="
         "A%2Bb"},
        {"an entity", "https://a.example/?b=1&amp;utm_source=google&amp;c",
         "https://a.example/?b=1&utm_source=google&c"},
        {"a misspelt key", "https://a.example/?UTM_Source=google#f",
         "https://a.example/?utm_source=google#f"},
        {"a key, and then its value",
         "https://a.example/?a=1&amp;UTM-Source=FB&amp;utm-medium=social",
         "https://a.example/?a=1&utm_source=facebook&utm_medium=social"},
        {"not if the right one is there", "https://a.example/?UTM_Source=google&utm_source=bing",
         NULL},
        {"a guess", "https://a.example/?utm_source=facbookk", NULL},
        {"a value of another parameter", "https://a.example/?ref=FB", NULL},
        {"no URL", "FB", NULL},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        char text[600], want[600];
        struct launch l;
        struct mop_buf b;
        struct mop_out out;
        struct mop_err e = {0};
        snprintf(text, sizeof text, "brief: 1\nlinks: [\"%s\"]\n", T[i].link);
        snprintf(want, sizeof want, "\"%s\",\"%s\",", T[i].link,
                 T[i].fixed ? T[i].fixed : T[i].link);
        begin(&l, TAXONOMY, text);
        mop_buf_init(&b, 1 << 16);
        mop_out_init(&out, mop_out_to_buf, &b);
        size_t n = mop_gate_fixed_links(&l.g, &out);
        mop_out_flush(&out, &e);
        if (n != (T[i].fixed != NULL) || !strstr(b.p, want))
            fail_msg("%s: %zu changed: %s", T[i].row, n, b.p);
        mop_out_release(&out);
        mop_buf_release(&b);
        end(&l);
    }
}

/* What was seen on the network: what was not is no pass; what failed for certain blocks beside it.
 */
static void seen(void **state)
{
    (void)state;
    static struct mop_link_fault dropped = {L("live-dropped"), L("loses utm_id at hop 2"), L(""),
                                            MOP_FAULT, false};
    struct mop_link_seen ok = {.verdict = MOP_LINK_PASSED},
                         bad = {.verdict = MOP_LINK_FAILED, .faults = &dropped, .n = 1},
                         none = {.verdict = MOP_LINK_NOT_SEEN};
    static const char text[] = "brief: 1\nlinks: [\"" LINK "\", \"" LINK "&a=1\"]\n";
    const struct {
        const char *row;
        const struct mop_link_seen *first, *second;
        enum mop_gate_state want;
        int exit;
    } T[] = {{"not asked", NULL, NULL, MOP_GATE_NOT_ASKED, 1},
             {"all well", &ok, &ok, MOP_GATE_PASSED, 1},
             {"one is bad", &ok, &bad, MOP_GATE_FAILED, 1},
             {"one was not seen", &none, &ok, MOP_GATE_NOT_SEEN, 3},
             {"one is bad, one was not seen", &none, &bad, MOP_GATE_FAILED, 3}};
    for (size_t i = 0; i < ROWS(T); i++) {
        struct launch l;
        begin(&l, TAXONOMY, text);
        mop_gate_release(&l.g);
        l.brief.links[0].seen = T[i].first;
        l.brief.links[1].seen = T[i].second;
        assert_int_equal(mop_gate_run(&l.g, &l.brief, l.policy, &l.o, &l.r.d, &l.e), 0);
        CHECK(T[i].row, result(&l, "live")->state == T[i].want);
        CHECK(T[i].row, mop_gate_exit(&l.g, false) == T[i].exit);
        end(&l);
    }
}

/* Conditions may ask for every key of a brief, and for what follows from its links. */
static void condition_keys(void **state)
{
    static const char *const more[] = {"printed", "platforms"};
    size_t n = 1; /* the brief's version is no key to ask for */
    (void)state;
    for (const struct mop_key *k = mop_brief_keys_top.keys; k->name; k++, n++)
        if (strcmp(k->name, "brief") && !mop_key_find(&mop_keys_gate_when, mop_sv_of(k->name)))
            fail_msg("no condition asks for '%s'", k->name);
    for (size_t i = 0; i < 2; i++)
        assert_non_null(mop_key_find(&mop_keys_gate_when, mop_sv_of(more[i])));
    for (const struct mop_key *k = mop_keys_gate_when.keys; k->name; k++)
        n--;
    assert_int_equal(n, 0);
}

/* Whatever a URL check says, somebody can do something about it; and one advice contradicts none.
 */
static void link_repairs(void **state)
{
    static const char *const ids[] = {
#define X(name, id, severity, personal, summary, fault) id,
        MOP_URL_CHECKS(X)
#undef X
    };
    struct launch l;
    (void)state;
    for (size_t i = 0; i < ROWS(ids); i++)
        if (!mop_gate_url_repair(mop_sv_of(ids[i])))
            fail_msg("nothing is said to do about '%s'", ids[i]);
    begin(
        &l, TAXONOMY,
        "brief: 1\nname: 2026Q4_emea_widget\nlinks: "
        "[\"https://a.example/?utm_source=bing&utm_medium=cpc&utm_campaign=2026q4_emea_widget\", "
        "\"https://a.example/?utm_source=bing&utm_medium=cpc&utm_campaign=2026q3_emea_widget\"]\n");
    const struct mop_gate_result *r = result(&l, "links-agree");
    assert_int_equal(r->n, 2);
    check_text("the link is right", r->items[0].repair, mop_sv_of("mend the name, not the link"));
    CHECK("both are wrong", strstr(r->items[1].repair.p, "utm_campaign=2026q4_emea_widget,"));
    end(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks),      cmocka_unit_test(condition_keys), cmocka_unit_test(levels),
        cmocka_unit_test(digests),     cmocka_unit_test(fixed_links),    cmocka_unit_test(seen),
        cmocka_unit_test(link_repairs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
