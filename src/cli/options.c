/* SPDX-License-Identifier: MIT */
#include "cli/options.h"
#include "base/date.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- parsing ---- */

const struct mop_option *mop_option_find(const struct mop_option *options, struct mop_sv name)
{
    for (const struct mop_option *o = options; o->name; o++)
        if (mop_sv_eqs(name, o->name))
            return o;
    return NULL;
}

static const struct mop_option *find_letter(const struct mop_option *options, char letter)
{
    for (const struct mop_option *o = options; o->name; o++)
        if (o->letter && o->letter == letter)
            return o;
    return NULL;
}

static int unknown(const struct mop_command *c, struct mop_sv name, const char *dashes,
                   struct mop_err *e)
{
    struct mop_sv names[128];
    size_t n = 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "%s: unknown option '%s%.*s'", c->name, dashes,
                MOP_SV_ARG(name));
    for (const struct mop_option *o = c->options; o->name && n < 128; o++)
        names[n++] = mop_sv_of(o->name);
    long near = mop_suggest(name, names, n);
    if (near >= 0 && name.n > 1)
        mop_err_hint(e, "did you mean '--%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(e, "'mopslint %s --help' lists the options", c->name);
    return -1;
}

static int wants(const struct mop_option *o, bool argument, struct mop_err *e)
{
    mop_err_set(e, 2, (struct mop_loc){0},
                argument ? "option '--%s' needs an argument" : "option '--%s' takes no argument",
                o->name);
    if (argument)
        mop_err_hint(e, "--%s %s: %s", o->name, o->arg, o->help);
    return -1;
}

/* What one parse works on. */
struct parse {
    const struct mop_command *c;
    int argc, i;
    char **argv;
    void *settings;
    uint64_t *said;
};

static int apply(struct parse *p, const struct mop_option *o, struct mop_sv arg, struct mop_err *e)
{
    if (p->said)
        *p->said |= UINT64_C(1) << (o - p->c->options);
    return o->set(p->settings, arg, e);
}

/* "--history h.db": what follows is no argument of an option that may go without one; and no
 * source is named like a database. */
static int check_follower(const struct parse *p, const struct mop_option *o, struct mop_err *e)
{
    static const char *const endings[] = {".db", ".history", ".sqlite", ".sqlite3"};
    const char *next = p->i + 1 < p->argc ? p->argv[p->i + 1] : "-";
    bool meant = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        meant |= mop_sv_ends(mop_sv_of(next), mop_sv_of(endings[i]));
    if (!meant || strcmp(o->arg, "[=FILE]") != 0)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "'%s' is no source, and no argument of '--%s'", next,
                o->name);
    mop_err_hint(e, "write --%s=%s", o->name, next);
    return -1;
}

static int set_long(struct parse *p, struct mop_err *e)
{
    const struct mop_command *c = p->c;
    struct mop_sv text = mop_sv_of(p->argv[p->i] + 2);
    size_t eq = mop_sv_find(text, '=');
    struct mop_sv name = mop_sv_sub(text, 0, eq);
    const struct mop_option *o = mop_option_find(c->options, name);
    if (!o)
        return unknown(c, name, "--", e);
    if (!o->arg)
        return eq < text.n ? wants(o, false, e) : apply(p, o, MOP_SV(""), e);
    if (eq + 1 == text.n && o->arg[0] == '[') /* what a script left empty: not the same as no '=' */
        return wants(o, true, e);
    if (eq < text.n)
        return apply(p, o, mop_sv_sub(text, eq + 1, text.n), e);
    if (o->arg[0] == '[')
        return check_follower(p, o, e) ? -1 : apply(p, o, MOP_SV(""), e);
    if (p->i + 1 >= p->argc)
        return wants(o, true, e);
    return apply(p, o, mop_sv_of(p->argv[++p->i]), e);
}

/* -r FILE, -rFILE; flags may be bundled: -qn. */
static int set_short(struct parse *p, struct mop_err *e)
{
    for (const char *at = p->argv[p->i] + 1; *at; at++) {
        const struct mop_option *o = find_letter(p->c->options, *at);
        if (!o)
            return unknown(p->c, (struct mop_sv){at, 1}, "-", e);
        if (o->arg) {
            if (!at[1] && p->i + 1 >= p->argc)
                return wants(o, true, e);
            return apply(p, o, mop_sv_of(at[1] ? at + 1 : p->argv[++p->i]), e);
        }
        if (apply(p, o, MOP_SV(""), e))
            return -1;
    }
    return 0;
}

static bool is_help(const char *arg)
{
    return !strcmp(arg, "--help") || !strcmp(arg, "-h");
}

int mop_options_parse(const struct mop_command *c, int argc, char **argv, void *settings,
                      int (*operand)(void *settings, const char *arg, struct mop_err *e),
                      uint64_t *said, struct mop_err *e)
{
    bool options = true;
    struct parse p = {c, argc, 0, argv, settings, said};
    for (; p.i < argc; p.i++) {
        const char *arg = argv[p.i];
        int bad = 0;
        if (options && is_help(arg)) {
            struct mop_buf b;
            mop_buf_init(&b, 1 << 20);
            mop_command_help(c, &b);
            fwrite(b.p, 1, b.n, stdout);
            mop_buf_release(&b);
            return 1;
        }
        if (options && !strcmp(arg, "--"))
            options = false;
        else if (options && !strncmp(arg, "--", 2))
            bad = set_long(&p, e);
        else if (options && arg[0] == '-' && arg[1])
            bad = set_short(&p, e);
        else
            bad = operand(settings, arg, e);
        if (bad)
            return -1;
    }
    return 0;
}

/* ---- help ---- */

enum { HELP_COLUMN = 32 };

static void option_help(const struct mop_option *o, struct mop_buf *out)
{
    size_t from = out->n;
    if (o->letter)
        mop_buf_printf(out, "  -%c, --%s", o->letter, o->name);
    else
        mop_buf_printf(out, "      --%s", o->name);
    if (o->arg)
        mop_buf_printf(out, "%s%s", o->arg[0] == '[' ? "" : " ", o->arg);
    size_t width = out->n - from;
    if (width >= HELP_COLUMN - 1)
        mop_buf_printf(out, "\n%*s", HELP_COLUMN, "");
    else
        mop_buf_printf(out, "%*s", (int)(HELP_COLUMN - width), "");
    mop_buf_printf(out, "%s\n", o->help);
}

void mop_command_help(const struct mop_command *c, struct mop_buf *out)
{
    mop_buf_printf(out, "usage: %s\n\n%s\n", c->usage, c->about);
    for (const struct mop_option *o = c->options; o->name; o++) {
        if (o->group)
            mop_buf_printf(out, "\n%s:\n", o->group);
        option_help(o, out);
    }
    mop_buf_printf(out, "  -h, --help%*sthis help\n", HELP_COLUMN - 12, "");
    if (c->examples)
        mop_buf_printf(out, "\nexamples:\n%s", c->examples);
}

/* ---- errors and colour ---- */

static enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color_choice;

int mop_cli_set_color(void *settings, struct mop_sv arg, struct mop_err *e)
{
    static const char *const names[] = {"auto", "always", "never"};
    (void)settings;
    for (int i = 0; i < 3; i++)
        if (mop_sv_eqs(arg, names[i])) {
            color_choice = i;
            return 0;
        }
    mop_err_set(e, 2, (struct mop_loc){0}, "--color: '%.*s' is not auto, always or never",
                MOP_SV_ARG(arg));
    return -1;
}

int mop_cli_color_choice(void)
{
    return color_choice;
}

void mop_cli_color_again(int choice)
{
    color_choice = choice;
}

bool mop_cli_color(int fd)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (color_choice != COLOR_AUTO)
        return color_choice == COLOR_ALWAYS;
    return isatty(fd) && !(no && *no) && !(term && !strcmp(term, "dumb"));
}

int mop_cli_error(const struct mop_err *e)
{
    struct mop_err untold = {0};
    struct mop_buf b;
    if (!e->code) { /* what failed without a word must not pass */
        mop_err_set(&untold, 3, (struct mop_loc){0}, "it failed, and nothing says of what");
        mop_err_hint(&untold, "this is a fault of mopslint: please report the command");
        e = &untold;
    }
    mop_buf_init(&b, 1 << 16);
    mop_err_print(e, &b, mop_cli_color(STDERR_FILENO));
    fflush(stdout);
    fwrite(b.p, 1, b.n, stderr);
    mop_buf_release(&b);
    return e->code;
}

int mop_command_run(const struct mop_command *c, int argc, char **argv, void *settings,
                    int (*operand)(void *, const char *, struct mop_err *),
                    int (*body)(void *, struct mop_err *))
{
    struct mop_err e = {0};
    int code = mop_options_parse(c, argc, argv, settings, operand, NULL, &e);
    if (code == 0)
        code = body(settings, &e);
    else if (code > 0)
        code = 0;
    return code < 0 ? mop_cli_error(&e) : code;
}

int mop_option_refuse(struct mop_err *e, const char *option, struct mop_sv arg, const char *wanted)
{
    mop_err_set(e, 2, (struct mop_loc){0}, "--%s: '%.*s' is not %s", option, MOP_SV_ARG(arg),
                wanted);
    return -1;
}

int mop_option_no_format(struct mop_err *e, struct mop_sv name, const struct mop_sv *names,
                         size_t n)
{
    long near = mop_suggest(name, names, n);
    struct mop_buf all;
    mop_err_set(e, 2, (struct mop_loc){0}, "--format: no format '%.*s'", MOP_SV_ARG(name));
    if (near >= 0) {
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
        return -1;
    }
    mop_buf_init(&all, 1024);
    for (size_t i = 0; i < n; i++)
        mop_buf_printf(&all, "%s%.*s", i ? ", " : "", MOP_SV_ARG(names[i]));
    mop_err_hint(e, "formats are %.*s", MOP_SV_ARG(mop_buf_view(&all)));
    mop_buf_release(&all);
    return -1;
}

int mop_option_time(const char *option, struct mop_sv arg, int64_t *us, struct mop_err *e)
{
    struct mop_when w;
    if (!mop_date_parse_iso(mop_zone_find(MOP_SV("UTC")), arg, &w))
        return mop_option_refuse(e, option, arg, "an ISO 8601 time such as 2026-11-22T06:00:00Z");
    *us = w.us;
    return 0;
}
