/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/fetch_run.h"
#include "cli/fetch_write.h"
#include "cli/http_options.h"
#include "cli/progress.h"
#include "base/interrupt.h"
#include "exporters/connector_keys.h"
#include <stdio.h>
#include <unistd.h>

/* fetch: records of one source into a file, whole or not at all. */

struct fetch_settings {
    struct mop_check_settings s; /* first: the options that `check` has too */
    bool list, schema, dry_run;
};

static int set_output(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct fetch_settings *f = settings;
    f->s.output = mop_arena_str(&f->s.arena, arg);
    if (mop_sv_eqs(arg, "-") || mop_fetch_format(f->s.output))
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "--output: '%.*s' is not .csv, .ndjson or -",
                MOP_SV_ARG(arg));
    return -1;
}

static int set_list(void *settings, struct mop_sv arg, struct mop_err *e)
{
    (void)arg;
    (void)e;
    ((struct fetch_settings *)settings)->list = true;
    return 0;
}

static int set_schema(void *settings, struct mop_sv arg, struct mop_err *e)
{
    (void)arg;
    (void)e;
    ((struct fetch_settings *)settings)->schema = true;
    return 0;
}

static int set_dry_run(void *settings, struct mop_sv arg, struct mop_err *e)
{
    (void)arg;
    (void)e;
    ((struct fetch_settings *)settings)->dry_run = true;
    return 0;
}

static int set_state(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct fetch_settings *f = settings;
    f->s.http.state = mop_arena_str(&f->s.arena, arg);
    if (arg.n)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "--state: the file has no name");
    return -1;
}

static int set_full(void *settings, struct mop_sv arg, struct mop_err *e)
{
    (void)arg;
    (void)e;
    ((struct fetch_settings *)settings)->s.http.full = true;
    return 0;
}

static int set_quiet(void *settings, struct mop_sv arg, struct mop_err *e)
{
    (void)arg;
    (void)e;
    ((struct fetch_settings *)settings)->s.quiet = true;
    return 0;
}

static int set_config(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct fetch_settings *f = settings;
    (void)e;
    f->s.config = mop_arena_str(&f->s.arena, arg);
    return 0;
}

static const struct mop_option options[] = {
    {"output", 'o', "FILE", ".csv, .ndjson, or - for CSV on standard output", "output", set_output,
     true},
    {"list", 0, NULL, "what there is to fetch, and what it needs", NULL, set_list, true},
    {"schema", 0, NULL, "connector files as a JSON Schema, for editors", NULL, set_schema, true},
    {"dry-run", 0, NULL, "the first request, without secrets; nothing is sent", NULL, set_dry_run,
     true},
    {"state", 0, "FILE", "fetch what changed since the bookmark in it, and move it", NULL,
     set_state, true},
    {"full", 0, NULL, "everything, whatever --state says; its bookmarks are set anew", NULL,
     set_full, true},
    {"quiet", 'q', NULL, "no notes", NULL, set_quiet, true},
    {"color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, true},
    {"progress", 0, "WHEN", "auto, always, never: on standard error", NULL, mop_set_progress, true},
    {"config", 0, "FILE", "settings with `connectors:`", "sources", set_config, true},
    MOP_HTTP_OPTION_LINES,
    {NULL, 0, NULL, NULL, NULL, NULL, false},
};

static int print(struct mop_buf *b)
{
    fwrite(b->p ? b->p : "", 1, b->n, stdout);
    mop_buf_release(b);
    return 0;
}

static int list(const struct fetch_settings *f)
{
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    mop_http_list(&f->s.http, &b);
    return print(&b);
}

static int schema(void)
{
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    mop_connector_schema(&b);
    return print(&b);
}

static int dry_run(const struct fetch_settings *f, struct mop_err *e)
{
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    int rc = mop_http_dry_run(f->s.sources[0].name, &f->s.http, &b, e);
    print(&b);
    return rc;
}

static int need_one_source(const struct fetch_settings *f, struct mop_err *e)
{
    if (f->s.nsources == 1)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "fetch: %s",
                f->s.nsources ? "one source at a time" : "no source to fetch");
    mop_err_hint(e, "name one: mopslint fetch hubspot:contacts -o contacts.csv");
    return -1;
}

static int settings(struct fetch_settings *f)
{
    struct mop_diags d;
    struct mop_buf b;
    size_t given = f->s.nsources;
    mop_diags_init(&d);
    mop_buf_init(&b, 16 << 20);
    f->s.said = UINT64_MAX; /* what the file says under `check:` is not for here */
    int rc = f->s.config ? mop_config_read(&f->s, &d) : 0;
    f->s.nsources = given;
    mop_diags_print(&d, &b, mop_cli_color(STDERR_FILENO));
    fwrite(b.p ? b.p : "", 1, b.n, stderr);
    mop_buf_release(&b);
    mop_diags_release(&d);
    return rc ? 2 : 0;
}

static int run(int argc, char **argv)
{
    struct fetch_settings f = {0};
    struct mop_err e = {0};
    mop_interrupt_catch();
    mop_check_settings_init(&f.s);
    int code = mop_options_parse(&mop_cmd_fetch, argc, argv, &f, mop_check_operand, NULL, &e);
    if (!code) {
        code = settings(&f);
        if (!code && f.list)
            code = list(&f);
        else if (!code && f.schema)
            code = schema();
        else if (!code && need_one_source(&f, &e))
            code = -1;
        else if (!code)
            code = f.dry_run ? dry_run(&f, &e) : mop_fetch(&f.s, &e);
    } else if (code > 0) {
        code = 0;
    }
    if (code < 0)
        code = mop_cli_error(&e);
    mop_check_settings_release(&f.s);
    return code;
}

const struct mop_command mop_cmd_fetch = {
    .name = "fetch",
    .usage = "mopslint fetch [OPTION...] SOURCE",
    .summary = "records of a source into a file, whole or not at all",
    .about = "A SOURCE is CONNECTOR:STREAM such as hubspot:contacts, ./acme.yaml:leads with a "
             "connector\n"
             "file of your own, or anything that `check` reads. CSV that it writes reads back the "
             "same.\n"
             "Credentials come from environment variables or files; --list names them.",
    .examples = "  mopslint fetch --list\n"
                "  mopslint fetch --schema >connector.schema.json\n"
                "  mopslint fetch hubspot:contacts --dry-run\n"
                "  mopslint fetch hubspot:contacts -o contacts.csv\n",
    .options = options,
    .run = run,
};
