/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"
#include "base/text.h"
#include "base/utf8.h"
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int64_t ticks(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void mop_progress_init(struct mop_progress *p, const struct mop_check_settings *s)
{
    bool terminal = isatty(STDERR_FILENO);
    p->on = s->progress == MOP_PROGRESS_ALWAYS ||
            (s->progress == MOP_PROGRESS_AUTO && terminal && !s->quiet);
    p->shown = p->rate = false;
    p->started = p->last = ticks();
    if (s->progress == MOP_PROGRESS_ALWAYS)
        p->started -= 1000;
}

static void show(void *ctx, const char *source, uint64_t records, uint64_t bytes, uint64_t total)
{
    struct mop_progress *p = ctx;
    int64_t now = ticks();
    if (now - p->started < 1000 || (p->shown && now - p->last < 100))
        return;
    struct mop_buf plain, name;
    mop_buf_init(&plain, 4096);
    mop_buf_init(&name, 4096);
    mop_utf8_show(&plain, mop_sv_of(source), 40);
    mop_text_log(&name, mop_buf_view(&plain));
    mop_buf_release(&plain);
    fprintf(stderr, "\r\033[K%s: %llu records", name.p ? name.p : "", (unsigned long long)records);
    if (p->rate)
        fprintf(stderr, ", %llu/s",
                (unsigned long long)(records * 1000 / (uint64_t)(now - p->started + 1)));
    if (total)
        fprintf(stderr, ", %llu %%",
                (unsigned long long)(bytes >= total ? 100 : bytes * 100 / total));
    fflush(stderr);
    mop_buf_release(&name);
    p->shown = true;
    p->last = now;
}

mop_progress_callback mop_progress_fn(const struct mop_progress *p)
{
    return p->on ? show : NULL;
}

void mop_progress_end(struct mop_progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
}
