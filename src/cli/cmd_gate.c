/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "cli/commands.h"
#include "cli/gate_run.h"
#include "gate/checks.h"
#include "tables.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* gate: a campaign brief into a checklist before the launch. */

#define SELF struct mop_gate_settings *s = settings

/* ---- printing without a brief ---- */

/* A brief that somebody filled in is not written over. */
static int print_text(struct mop_gate_settings *s, void (*text)(struct mop_buf *out),
                      struct mop_err *e)
{
    const char *path = s->noperands ? s->operands[0] : s->outputs.output;
    struct mop_buf b;
    if (s->noperands && access(path, F_OK) == 0) {
        mop_err_set(e, 2, (struct mop_loc){0}, "'%s' is there already", path);
        mop_err_hint(e, "choose another name");
        return -1;
    }
    mop_buf_init(&b, 1 << 20);
    text(&b);
    int rc = mop_gate_put_text(path, &b, e);
    mop_buf_release(&b);
    return rc;
}

/* ---- the run ---- */

static struct mop_ruleset *load(const struct mop_gate_settings *s, const char *const *files,
                                size_t n, struct mop_sv *without, size_t nwithout,
                                struct mop_diags *d)
{
    struct mop_load_options o = {
        .files = files, .nfiles = n, .now_us = s->now_us, .without = without, .nwithout = nwithout};
    return mop_ruleset_load(&o, d);
}

/* The taxonomy's own `gate:`, else the shipped one. */
static int load_policy(struct mop_gate_run *r)
{
    static const char *const shipped[] = {"gate"};
    const struct mop_ruleset *from = r->rs && r->rs->gate ? r->rs : r->pack;
    if (!from)
        from = r->pack = load(r->s, shipped, 1, NULL, 0, &r->shipped);
    r->policy = from ? mop_gate_policy_read(from, &r->s->arena, &r->rules) : NULL;
    return r->policy ? 0 : -1;
}

static int load_rules(struct mop_gate_run *r, struct mop_sv *without, size_t n)
{
    const struct mop_check_settings *c = &r->s->check;
    mop_ruleset_free(r->rs);
    mop_diags_release(&r->rules);
    mop_diags_init(&r->rules);
    r->rs = c->nrules ? load(r->s, c->rules, c->nrules, without, n, &r->rules) : NULL;
    r->o.rules = r->rs;
    return (c->nrules && !r->rs) || load_policy(r) ? -1 : 0;
}

static int load_brief(struct mop_gate_run *r, struct mop_err *e)
{
    struct mop_gate_settings *s = r->s;
    struct mop_brief_options o = {.csv = r->o.csv, .source.encoding = s->encoding};
    if (r->policy) {
        o.placeholders = r->policy->placeholders;
        o.nplaceholders = r->policy->nplaceholders;
    }
    if (s->links)
        return mop_brief_links_only(&r->brief, s->operands, s->noperands, &o, e);
    return mop_brief_load(&r->brief, s->operands[0], &o, &r->diags, e);
}

/* Types that the taxonomy's rules refer to and that a launch does not have. */
static int leave_out_far(struct mop_gate_run *r)
{
    struct mop_sv *names;
    size_t n = r->rs ? mop_gate_far(&r->o, r->policy, &r->brief, &r->s->arena, &names) : 0;
    return n ? load_rules(r, names, n) : 0;
}

static int check_waivers(struct mop_gate_run *r, struct mop_err *e)
{
    char near[300];
    for (size_t i = 0; i < r->s->nwaivers; i++) {
        const struct mop_brief_waiver *w = &r->s->waivers[i];
        if (!mop_gate_knows(r->policy, w->id.text, near, sizeof near)) {
            mop_err_set(e, 2, (struct mop_loc){0}, "--waive: there is no check '%.*s'",
                        MOP_SV_ARG(w->id.text));
            if (near[0])
                mop_err_hint(e, "%s", near);
            return -1;
        }
        if (w->reason.text.n && w->by.text.n)
            continue;
        mop_err_set(e, 2, (struct mop_loc){0}, "--waive %.*s needs --reason TEXT and --by WHO",
                    MOP_SV_ARG(w->id.text));
        return -1;
    }
    return 0;
}

/* Without the brief's lines, which may hold what is masked. */
static void print_idle(const struct mop_launch *g)
{
    struct mop_diags d;
    mop_diags_init(&d);
    mop_gate_idle_waivers(g, &d);
    mop_gate_print_diags(&d);
    mop_diags_release(&d);
}

static int check_launch(struct mop_gate_run *r, struct mop_err *e)
{
    struct mop_launch g = {0};
    struct mop_checklist_options co = {.warnings_fail = r->s->fail_on == MOP_GATE_FAIL_WARNING,
                                       .never_fails = r->s->fail_on == MOP_GATE_FAIL_NEVER,
                                       .sources = &r->diags};
    int code = -1;
    if (mop_gate_run(&g, &r->brief, r->policy, &r->o, &r->diags, e)) {
        mop_gate_print_diags(&r->diags);
        code = e->code ? -1 : 2;
    } else if (!mop_gate_outputs_write(&r->s->outputs, &g, &co, e)) {
        code = mop_gate_exit(&g, co.warnings_fail);
        code = co.never_fails && code == 1 ? 0 : code;
        print_idle(&g);
    }
    mop_gate_release(&g);
    return code;
}

static int run_all(struct mop_gate_run *r, struct mop_err *e)
{
    bool rules = load_rules(r, NULL, 0) == 0;
    bool brief = load_brief(r, e) == 0 && !r->diags.faults;
    if (rules && brief && leave_out_far(r))
        rules = false;
    if (rules && brief && mop_gate_check_ids(r->policy, &r->brief, &r->diags))
        brief = false;
    mop_gate_print_diags(&r->rules);
    mop_gate_print_diags(&r->shipped);
    if (!brief)
        mop_gate_print_diags(&r->diags);
    if (!rules || !brief)
        return e->code && rules && !r->diags.faults ? -1 : 2;
    if (r->s->attest.p)
        return mop_gate_attest_entry(r, e);
    if (r->rs) {
        r->s->live.o.personal = r->rs->personal_params;
        r->s->live.o.npersonal = r->rs->npersonal_params;
    }
    if (check_waivers(r, e) || mop_live_settings_see(&r->s->live, &r->brief, e))
        return -1;
    return check_launch(r, e);
}

static int need_operands(const struct mop_gate_settings *s, struct mop_err *e)
{
    if (s->links && s->attest.p) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--attest is for a brief, and --links reads none");
        return -1;
    }
    if (s->links ? s->noperands : s->noperands == 1)
        return 0;
    if (s->noperands)
        mop_err_set(e, 2, (struct mop_loc){0}, "one brief at a time: '%s' is too many",
                    s->operands[1]);
    else
        mop_err_set(e, 2, (struct mop_loc){0}, "which %s to be checked?",
                    s->links ? "links are" : "campaign is");
    mop_err_hint(e, "mopslint gate CAMPAIGN.yaml, or mopslint gate --links FILE|URL...");
    return -1;
}

/* The settings that were named, as a command to paste needs them; those of a settings file that is
 * found from here are found again. */
static const char *named(struct mop_gate_settings *s)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    if (s->check.config) {
        mop_buf_str(&b, " --config ");
        mop_shell_word(&b, mop_sv_of(s->check.config));
    }
    if (s->encoding) {
        mop_buf_str(&b, " --encoding ");
        mop_shell_word(&b, mop_sv_of(s->encoding));
    }
    for (size_t i = 0; i < s->check.nrules; i++) {
        mop_buf_str(&b, " -r ");
        mop_shell_word(&b, mop_sv_of(s->check.rules[i]));
    }
    const char *words = mop_arena_str(&s->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return words;
}

static int gate(struct mop_gate_settings *s, struct mop_err *e)
{
    struct mop_gate_run r = {.s = s};
    const char *again = named(s);
    struct mop_diags config;
    mop_diags_init(&config);
    int code = mop_config_read(&s->check, &config) ? 2 : 0;
    mop_gate_print_diags(&config);
    mop_diags_release(&config);
    if (code)
        return code;
    mop_diags_init(&r.diags);
    mop_diags_init(&r.rules);
    mop_diags_init(&r.shipped);
    r.o = (struct mop_gate_options){.exporters = mop_exporters,
                                    .now_us = s->now_us,
                                    .known = s->known,
                                    .nknown = s->nknown,
                                    .csv = &mop_exporter_csv,
                                    .waivers = s->waivers,
                                    .nwaivers = s->nwaivers,
                                    .again = again};
    code = run_all(&r, e);
    if (code < 0) /* its place lives in what is released below */
        code = mop_cli_error(e);
    mop_brief_release(&r.brief);
    mop_ruleset_free(r.rs);
    mop_ruleset_free(r.pack);
    mop_diags_release(&r.diags);
    mop_diags_release(&r.rules);
    mop_diags_release(&r.shipped);
    return code;
}

static int run(void *settings, struct mop_err *e)
{
    SELF;
    if (s->init)
        return print_text(s, mop_brief_init_text, e);
    if (s->schema)
        return print_text(s, mop_brief_schema, e);
    if (need_operands(s, e) || mop_live_settings_check(&s->live, e))
        return -1;
    const char **inputs = mop_arena_array(&s->arena, s->noperands + s->nknown + 1, sizeof *inputs);
    for (size_t i = 0; i < s->noperands; i++)
        inputs[i] = s->operands[i];
    for (size_t i = 0; i < s->nknown; i++)
        inputs[s->noperands + i] = s->known[i].path;
    if (mop_gate_outputs_check(&s->outputs, inputs, s->noperands + s->nknown, e))
        return -1;
    return gate(s, e);
}

static int gate_main(int argc, char **argv)
{
    struct mop_gate_settings s = {.now_us = (int64_t)time(NULL) * 1000000};
    mop_arena_init(&s.arena);
    mop_check_settings_init(&s.check);
    int code = mop_command_run(&mop_cmd_gate, argc, argv, &s, mop_gate_take_operand, run);
    mop_gate_outputs_release(&s.outputs);
    mop_live_settings_release(&s.live);
    mop_check_settings_release(&s.check);
    free((void *)s.operands);
    free(s.known);
    free(s.waivers);
    mop_arena_release(&s.arena);
    return code;
}

const struct mop_command mop_cmd_gate = {
    .name = "gate",
    .usage = "mopslint gate [OPTION...] CAMPAIGN.yaml | --links FILE|URL...",
    .summary = "the checklist of a campaign before its launch",
    .about =
        "Reads a campaign brief and says what stands in the way of the launch, and who must "
        "do what.\n"
        "What the campaign touches decides the process level, and the level which checks are "
        "asked:\n"
        "levels, triggers and attestations are data under `gate:` of the taxonomy, with a "
        "shipped\n"
        "default. Names and links are judged by the taxonomy's own rules. The brief itself is "
        "never\n"
        "written to: --attest prints an entry to paste, --waive holds for one run; waivers: of\n"
        "the brief hold for all.\n\n"
        "exit status: 0 go, 1 something stands in the way, 2 usage, brief or taxonomy, 3 not "
        "done or\nnot seen",
    .examples = "  mopslint gate --init campaign.yaml\n"
                "  mopslint gate -r taxonomy.yaml campaign.yaml --known campaigns.csv\n"
                "  mopslint gate -r taxonomy.yaml --links links.csv --fixed-links fixed.csv\n"
                "  mopslint gate campaign.yaml --attest suppression-applied --by dana "
                "--evidence ticket-4711\n"
                "  mopslint gate campaign.yaml --live --expect-tag GTM-ABC123\n",
    .options = mop_gate_option_table,
    .run = gate_main};
