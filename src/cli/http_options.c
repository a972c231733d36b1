/* SPDX-License-Identifier: MIT */
#include "cli/http_options.h"
#include "base/date.h"
#include "base/utf8.h"
#include <stdio.h>

static int refuse(struct mop_err *e, const char *option, struct mop_sv arg, const char *wanted)
{
    mop_err_set(e, 2, (struct mop_loc){0}, "--%s: '%.*s' is not %s", option, MOP_SV_ARG(arg),
                wanted);
    return -1;
}

int mop_set_ca_file(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_check_settings *s = settings;
    s->http.ca_file = mop_arena_str(&s->arena, arg);
    return arg.n ? 0 : refuse(e, "ca-file", arg, "the name of a file");
}

int mop_set_allow_http(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_check_settings *s = settings;
    (void)arg;
    (void)e;
    s->http.allow_http = true;
    return 0;
}

int mop_set_deadline(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_check_settings *s = settings;
    int64_t us;
    if (!mop_duration_parse(arg, &us) || us <= 0)
        return refuse(e, "deadline", arg, "a time such as 90s, 30m or 6h");
    s->http.deadline_ms = (uint64_t)us / 1000;
    return 0;
}

int mop_set_max_requests(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_check_settings *s = settings;
    if (!mop_sv_u64(arg, &s->http.max_requests) || !s->http.max_requests)
        return refuse(e, "max-requests", arg, "a whole number from 1 on");
    return 0;
}

/* The exporter has masked the line. */
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

int mop_set_trace(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct mop_check_settings *s = settings;
    (void)arg;
    (void)e;
    s->http.trace = print_trace;
    return 0;
}
