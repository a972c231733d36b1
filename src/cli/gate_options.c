/* SPDX-License-Identifier: MIT */
#include "cli/gate_settings.h"
#include <stdlib.h>

/* The options of `gate`. */

#define ARGS void *settings, struct mop_sv arg, struct mop_err *e
#define SELF struct mop_gate_settings *s = settings

static int set_rules(ARGS)
{
    SELF;
    (void)e;
    MOP_GROW(s->check.rules, s->check.nrules, s->check.caprules);
    s->check.rules[s->check.nrules++] = mop_arena_str(&s->arena, arg);
    return 0;
}

static int set_config(ARGS)
{
    SELF;
    (void)e;
    s->check.config = mop_arena_str(&s->arena, arg);
    return 0;
}

static int set_links(ARGS)
{
    SELF;
    (void)arg;
    (void)e;
    s->links = true;
    return 0;
}

static int set_init(ARGS)
{
    SELF;
    (void)arg;
    (void)e;
    s->init = true;
    return 0;
}

static int set_schema(ARGS)
{
    SELF;
    (void)arg;
    (void)e;
    s->schema = true;
    return 0;
}

static int set_known(ARGS)
{
    SELF;
    (void)e;
    MOP_GROW(s->known, s->nknown, s->capknown);
    s->known[s->nknown++] = (struct mop_gate_known){.path = mop_arena_str(&s->arena, arg)};
    return 0;
}

/* Each list may come from another program. */
static int set_encoding(ARGS)
{
    SELF;
    const char **of = s->nknown ? &s->known[s->nknown - 1].encoding : &s->encoding;
    (void)e;
    *of = mop_arena_str(&s->arena, arg);
    return 0;
}

static int set_format(ARGS)
{
    SELF;
    return mop_gate_outputs_format(&s->outputs, &s->arena, arg, e);
}

static int set_output(ARGS)
{
    SELF;
    (void)e;
    s->outputs.output = mop_arena_str(&s->arena, arg);
    return 0;
}

static int set_fixed_links(ARGS)
{
    SELF;
    (void)e;
    s->outputs.fixed_links = mop_arena_str(&s->arena, arg);
    return 0;
}

/* A text of the command line as one of the brief would be: trimmed, at no place. */
static struct mop_said said(struct mop_gate_settings *s, struct mop_sv arg)
{
    return (struct mop_said){mop_arena_copy(&s->arena, mop_sv_trim(arg)), {0}, 1};
}

static int set_waive(ARGS)
{
    SELF;
    (void)e;
    MOP_GROW(s->waivers, s->nwaivers, s->capwaivers);
    s->waivers[s->nwaivers++] = (struct mop_brief_waiver){
        .id = said(s, arg), .on = {.day = MOP_NO_DAY}, .until = {.day = MOP_NO_DAY}};
    return 0;
}

static int set_reason(ARGS)
{
    SELF;
    if (!s->nwaivers)
        return mop_option_refuse(e, "reason", arg, "after a --waive ID");
    s->waivers[s->nwaivers - 1].reason = said(s, arg);
    return 0;
}

static int set_attest(ARGS)
{
    SELF;
    (void)e;
    s->attest = mop_arena_copy(&s->arena, arg);
    return 0;
}

static int set_by(ARGS)
{
    SELF;
    if (s->attest.p)
        s->attest_by = said(s, arg).text;
    else if (s->nwaivers)
        s->waivers[s->nwaivers - 1].by = said(s, arg);
    else
        return mop_option_refuse(e, "by", arg, "after a --waive ID or --attest ID");
    return 0;
}

static int set_evidence(ARGS)
{
    SELF;
    (void)e;
    s->evidence = said(s, arg).text;
    return 0;
}

static int set_fail_on(ARGS)
{
    SELF;
    static const char *const names[] = {"error", "warning", "never"};
    for (int i = MOP_GATE_FAIL_ERROR; i <= MOP_GATE_FAIL_NEVER; i++)
        if (mop_sv_eqs(arg, names[i])) {
            s->fail_on = i;
            return 0;
        }
    return mop_option_refuse(e, "fail-on", arg, "error, warning or never");
}

static int set_now(ARGS)
{
    SELF;
    return mop_option_time("now", arg, &s->now_us, e);
}

static int set_quiet(ARGS)
{
    SELF;
    (void)arg;
    (void)e;
    s->outputs.quiet = true;
    return 0;
}

#define UNUSED (void)arg, (void)e
static int set_live(ARGS)
{
    UNUSED;
    return mop_live_set_on(&((struct mop_gate_settings *)settings)->live);
}

static int set_allow_private(ARGS)
{
    SELF;
    return mop_live_set_private(&s->live, &s->arena, arg, e);
}

static int set_expect_tag(ARGS)
{
    SELF;
    return mop_live_set_tag(&s->live, arg, e);
}

static int set_expect_host(ARGS)
{
    SELF;
    return mop_live_set_host(&s->live, &s->arena, arg, e);
}

static int set_ca_file(ARGS)
{
    SELF;
    return mop_live_set_ca_file(&s->live, &s->arena, arg, e);
}

static int set_proxy(ARGS)
{
    SELF;
    return mop_live_set_proxy(&s->live, &s->arena, arg, e);
}

static int set_deadline(ARGS)
{
    SELF;
    return mop_live_set_deadline(&s->live, arg, e);
}

static int set_trace(ARGS)
{
    UNUSED;
    return mop_live_set_trace(&((struct mop_gate_settings *)settings)->live);
}

int mop_gate_take_operand(void *settings, const char *arg, struct mop_err *e)
{
    SELF;
    (void)e;
    MOP_GROW(s->operands, s->noperands, s->capoperands);
    s->operands[s->noperands++] = arg;
    return 0;
}

const struct mop_option mop_gate_option_table[] = {
    {"rules", 'r', "FILE|PACK", "taxonomy: a file, or a shipped pack by name (repeatable)",
     "what is asked", set_rules, true},
    {"config", 0, "FILE", "settings file; else mopslint.yaml found upwards", NULL, set_config,
     true},
    {"links", 0, NULL, "the arguments are links, or CSV files with a column of them", NULL,
     set_links, true},
    {"known", 0, "FILE|FOLDER",
     "other campaigns: a CSV file, a brief, a folder of them (repeatable)", NULL, set_known, true},
    {"encoding", 0, "NAME", "of the --known file before it, else of links (UTF-8, or by BOM)", NULL,
     set_encoding, true},
    {"now", 0, "TIME", "judge as of this time: ISO 8601", NULL, set_now, true},
    {"live", 0, NULL, "follow the links over the network", "links on the network", set_live, true},
    {"expect-tag", 0, "PATTERN", "what their pages must hold, such as GTM-ABC123", NULL,
     set_expect_tag, true},
    {"expect-host", 0, "HOST", "where they may end, or below (repeatable)", NULL, set_expect_host,
     true},
    {"allow-private", 0, "[=HOST]", "also private networks and this machine; or that host alone",
     NULL, set_allow_private, true},
    {"ca-file", 0, "FILE", "certificates to trust, in place of the system's", NULL, set_ca_file,
     true},
    {"proxy", 0, "URL", "ask by way of it, in place of what https_proxy says", NULL, set_proxy,
     true},
    {"deadline", 0, "TIME", "of all links together: 90s, 30m, 6h (30m)", NULL, set_deadline, true},
    {"trace", 0, NULL, "requests and answers on standard error, masked", NULL, set_trace, true},
    {"waive", 0, "ID", "do without a check in this run, with --reason and --by (repeatable)",
     "what people decide", set_waive, true},
    {"reason", 0, "TEXT", "why it may be", NULL, set_reason, true},
    {"by", 0, "WHO", "who waives or attests: an owner of the brief", NULL, set_by, true},
    {"attest", 0, "ID", "print the attestation to paste into the brief, with --by", NULL,
     set_attest, true},
    {"evidence", 0, "TEXT", "where what is attested can be seen", NULL, set_evidence, true},
    {"format", 'f', "FORMAT[=FILE]",
     "text markdown html json junit github gitlab sarif (repeatable)", "output", set_format, true},
    {"output", 'o', "FILE", "where a format without a file of its own goes", NULL, set_output,
     true},
    {"fixed-links", 0, "FILE", "CSV of the links, old and new: certain repairs only", NULL,
     set_fixed_links, true},
    {"fail-on", 0, "LEVEL", "error (default), warning or never: what makes the exit status 1", NULL,
     set_fail_on, true},
    {"quiet", 'q', NULL, "nothing on standard output", NULL, set_quiet, true},
    {"color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, true},
    {"init", 0, NULL, "print a commented brief to begin with", "briefs", set_init, true},
    {"schema", 0, NULL, "print the JSON Schema of briefs", NULL, set_schema, true},
    {NULL, 0, NULL, NULL, NULL, NULL, false},
};
