/* SPDX-License-Identifier: MIT */
#include "cli/metrics.h"
#include "report/prometheus.h"
#include "tables.h"
#include <string.h>
#include <time.h>

int64_t mop_monotonic_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int64_t now_of(const struct mop_check_settings *s)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return s->has_now ? s->now_us : (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void tell(const struct mop_check_settings *s, const char *path, int exit, int64_t took_us)
{
    struct mop_err e = {0};
    struct mop_prometheus_run run = {.dataset = mop_prometheus_dataset(path),
                                     .now_us = now_of(s),
                                     .took_us = s->has_now ? -1 : took_us,
                                     .exit = exit};
    bool failed = mop_prometheus_earlier(path, &run) && mop_prometheus_died(path, &run, &e);
    if (failed && !s->metrics_refused)
        mop_cli_error(&e);
}

void mop_metrics_died(const struct mop_check_settings *s, int exit, int64_t took_us)
{
    if (exit < 2 || s->metrics_told)
        return;
    for (size_t i = 0; i < s->noutputs; i++) {
        const char *path = s->outputs[i].file ? s->outputs[i].file : s->output;
        if (s->outputs[i].format == &mop_format_prometheus && path && strcmp(path, "-") != 0)
            tell(s, path, exit, took_us);
    }
}
