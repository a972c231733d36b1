/* SPDX-License-Identifier: MIT */
#include "cli/outputs.h"
#include "report/report.h"
#include "tables.h"
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int mop_outputs_open(struct mop_outputs *o, struct mop_check_settings *s, const struct mop_ruleset *rs, struct mop_err *e)
{
    (void)rs;
    (void)e;
    memset(o, 0, sizeof *o);
    o->s = s;
    return 0;
}

struct mop_finding_sink *mop_outputs_sink(struct mop_outputs *o)
{
    return o->sink.finding ? &o->sink : NULL;
}

void mop_outputs_forgive(const struct mop_outputs *o, struct mop_result *r)
{
    r->errors -= o->known_errors;
    r->warnings -= o->known_warnings;
}

static unsigned terminal_width(void)
{
    struct winsize w;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) || !w.ws_col)
        return 0;
    return w.ws_col;
}

static int write_report(const struct mop_outputs *o, const struct mop_result *r, const struct mop_output *to, struct mop_err *e)
{
    const char *file = to->file ? to->file : o->s->output;
    struct mop_format_options fo = {.max_samples = (size_t)o->s->max_samples};
    if (!file && o->s->quiet)
        return 0;
    if (!file) {
        fo.color = mop_cli_color(STDOUT_FILENO);
        fo.width = terminal_width();
    }
    return mop_report_file(to->format, r, &fo, file, e);
}

int mop_outputs_write(struct mop_outputs *o, const struct mop_result *r, struct mop_err *e)
{
    const struct mop_output text = {&mop_format_text, NULL};
    if (!o->s->noutputs)
        return write_report(o, r, &text, e);
    for (size_t i = 0; i < o->s->noutputs; i++)
        if (write_report(o, r, &o->s->outputs[i], e))
            return -1;
    return 0;
}

void mop_outputs_release(struct mop_outputs *o)
{
    (void)o;
}
