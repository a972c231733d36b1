/* SPDX-License-Identifier: MIT */
#include "cli/live_options.h"
#include "base/date.h"
#include "base/interrupt.h"
#include "base/utf8.h"
#include "values/url.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

void mop_live_settings_release(struct mop_live_settings *s)
{
    mop_regex_free(s->tag);
    free(s->hosts);
    free(s->private_hosts);
}

static void note(struct mop_live_settings *s, const char *option)
{
    s->first = s->first ? s->first : option;
}

int mop_live_set_on(struct mop_live_settings *s)
{
    s->live = true;
    return 0;
}

/* A host alone, without scheme, port and path; else p is NULL. */
static struct mop_sv read_host(struct mop_arena *a, struct mop_sv arg)
{
    struct mop_url u;
    mop_url_parse(a, mop_arena_printf(a, "https://%.*s", MOP_SV_ARG(arg)), false, &u);
    return u.fault || u.host.n != arg.n ? MOP_SV_NONE : mop_url_host(&u);
}

int mop_live_set_private(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                         struct mop_err *e)
{
    note(s, "allow-private");
    if (!arg.n) {
        s->o.allow_private = true;
        return 0;
    }
    struct mop_sv host = read_host(a, arg);
    if (!host.p)
        return mop_option_refuse(e, "allow-private", arg, "a host such as staging.acme.example");
    MOP_GROW(s->private_hosts, s->nprivate_hosts, s->capprivate_hosts);
    s->private_hosts[s->nprivate_hosts++] = host;
    s->o.private_hosts = s->private_hosts;
    s->o.nprivate_hosts = s->nprivate_hosts;
    return 0;
}

int mop_live_set_tag(struct mop_live_settings *s, struct mop_sv arg, struct mop_err *e)
{
    struct mop_regex_error why;
    note(s, "expect-tag");
    mop_regex_free(s->tag);
    s->tag = arg.n ? mop_live_compile_tag(arg, &why) : NULL;
    s->o.expect_tag = s->tag;
    if (s->tag)
        return 0;
    if (!arg.n)
        return mop_option_refuse(e, "expect-tag", arg, "a pattern such as GTM-ABC123");
    mop_err_set(e, 2, (struct mop_loc){0},
                "--expect-tag: '%.*s' is no pattern: %s at character %zu", MOP_SV_ARG(arg), why.msg,
                why.offset + 1);
    mop_err_hint(e, "patterns are those of PCRE2; an id stands for itself: GTM-ABC123");
    return -1;
}

int mop_live_set_host(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                      struct mop_err *e)
{
    struct mop_sv host = read_host(a, arg);
    note(s, "expect-host");
    if (!host.p)
        return mop_option_refuse(e, "expect-host", arg, "a host such as www.acme.example");
    MOP_GROW(s->hosts, s->nhosts, s->caphosts);
    s->hosts[s->nhosts++] = host;
    s->o.hosts = s->hosts;
    s->o.nhosts = s->nhosts;
    return 0;
}

int mop_live_set_ca_file(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                         struct mop_err *e)
{
    note(s, "ca-file");
    s->o.transport.ca_file = mop_arena_str(a, arg);
    return arg.n ? 0 : mop_option_refuse(e, "ca-file", arg, "the name of a file");
}

int mop_live_set_proxy(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                       struct mop_err *e)
{
    note(s, "proxy");
    s->o.transport.proxy = mop_arena_str(a, arg);
    return arg.n ? 0 : mop_option_refuse(e, "proxy", arg, "an address such as http://proxy:3128");
}

int mop_live_set_deadline(struct mop_live_settings *s, struct mop_sv arg, struct mop_err *e)
{
    int64_t us;
    note(s, "deadline");
    if (!mop_duration_parse(arg, &us) || us < 1000)
        return mop_option_refuse(e, "deadline", arg, "a time such as 90s, 30m or 6h");
    s->o.deadline_ms = (uint64_t)us / 1000;
    return 0;
}

/* The line is masked already. */
static void print_trace(void *ctx, struct mop_sv line)
{
    struct mop_buf b;
    (void)ctx;
    mop_buf_init(&b, 1 << 20);
    mop_buf_str(&b, "trace: ");
    mop_utf8_show(&b, line, SIZE_MAX);
    mop_buf_chr(&b, '\n');
    fwrite(b.p, 1, b.n, stderr);
    mop_buf_release(&b);
}

int mop_live_set_trace(struct mop_live_settings *s)
{
    note(s, "trace");
    s->o.trace = print_trace;
    return 0;
}

int mop_live_settings_check(const struct mop_live_settings *s, struct mop_err *e)
{
    if (s->live || !s->first)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "--%s says something about links that are not followed",
                s->first);
    mop_err_hint(e, "--live follows them over the network");
    return -1;
}

int mop_live_settings_see(struct mop_live_settings *s, struct mop_brief *b, struct mop_err *e)
{
    if (!s->live)
        return 0;
    mop_interrupt_catch();
    s->o.now_us = (int64_t)time(NULL) * 1000000; /* the network does not know of --now */
    s->o.seed = (uint64_t)time(NULL) ^ (uint64_t)getpid();
    return mop_live_see(b, &s->o, e);
}
