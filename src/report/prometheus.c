/* SPDX-License-Identifier: MIT */
#include "report/prometheus.h"
#include "base/utf8.h"
#include "report/outfile.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "mopslint_"
#define COMPLETE "last_complete_run_timestamp_seconds"
#define PASSED "last_passed_run_timestamp_seconds"

/* ---- samples ---- */

static void add_label_value(struct mop_out *out, struct mop_sv s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t bytes = mop_utf8_decode(s, i, &cp);
        if (!bytes)
            mop_out_str(out, "\xEF\xBF\xBD");
        else if (cp == '\n')
            mop_out_str(out, "\\n");
        else if (cp == '\\' || cp == '"')
            mop_out_chr(out, '\\'), mop_out_chr(out, (char)cp);
        else
            mop_out_add(out, s.p + i, bytes);
        i += bytes ? bytes : 1;
    }
}

static void add_label(struct mop_out *out, const char *before, const char *name,
                      struct mop_sv value)
{
    mop_out_str(out, before);
    mop_out_str(out, name);
    mop_out_str(out, "=\"");
    add_label_value(out, value);
    mop_out_chr(out, '"');
}

/* A family without samples has no head either. */
static void add_head(struct mop_prometheus *p)
{
    const char *const lines[] = {"# HELP " PREFIX,   p->family->name, " ",       p->family->help,
                                 "\n# TYPE " PREFIX, p->family->name, " gauge\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines && !p->headed; i++)
        mop_out_str(p->out, lines[i]);
    p->headed = true;
}

void mop_prometheus_put(struct mop_prometheus *p, const struct mop_prometheus_label *labels,
                        struct mop_sv number)
{
    add_head(p);
    mop_out_str(p->out, PREFIX);
    mop_out_str(p->out, p->family->name);
    add_label(p->out, "{", "dataset", p->run.dataset);
    for (; labels && labels->name; labels++)
        add_label(p->out, ",", labels->name, labels->value);
    mop_out_str(p->out, "} ");
    mop_out_sv(p->out, number);
    mop_out_chr(p->out, '\n');
}

void mop_prometheus_count(struct mop_prometheus *p, const struct mop_prometheus_label *labels,
                          uint64_t n)
{
    mop_prometheus_put(p, labels, mop_arena_printf(&p->arena, "%llu", (unsigned long long)n));
}

/* ---- what is told of every run ---- */

static void put_seconds(struct mop_prometheus *p, int64_t us)
{
    char room[64];
    struct mop_buf b;
    mop_buf_fixed(&b, room, sizeof room);
    mop_decimal_print(&b, us); /* seconds as millionths, which microseconds are */
    mop_prometheus_put(p, NULL, mop_buf_view(&b));
}

static void put_last_run(struct mop_prometheus *p)
{
    put_seconds(p, p->run.now_us);
}
static void put_complete(struct mop_prometheus *p)
{
    put_seconds(p, p->run.complete_us);
}
static void put_passed(struct mop_prometheus *p)
{
    put_seconds(p, p->run.passed_us);
}
static void put_exit(struct mop_prometheus *p)
{
    mop_prometheus_count(p, NULL, (uint64_t)p->run.exit);
}
static void put_duration(struct mop_prometheus *p)
{
    if (p->run.took_us >= 0)
        put_seconds(p, p->run.took_us);
}
static void put_build(struct mop_prometheus *p)
{
    mop_prometheus_count(p, MOP_LABELS({"version", MOP_SV(MOP_VERSION)}), 1);
}

static const struct mop_prometheus_family families[] = {
    {"last_run_timestamp_seconds", "When the last run began.", put_last_run, MOP_PROM_ANY},
    {COMPLETE, "When the last run began that read all its sources; 0: never.", put_complete,
     MOP_PROM_ANY},
    {PASSED, "When the last run began that passed; 0: never.", put_passed, MOP_PROM_ANY},
    {"exit_code",
     "Exit status of the last run: 0 passed, 1 data falls short, 2 settings, 3 not done.", put_exit,
     MOP_PROM_ANY},
    {"run_duration_seconds", "How long the last run took.", put_duration, MOP_PROM_ANY},
    {"build_info", "Version of mopslint, value 1.", put_build, MOP_PROM_ANY},
    {NULL, NULL, NULL, MOP_PROM_ANY},
};

static void put_families(struct mop_prometheus *p, const struct mop_prometheus_family *f)
{
    int has = !p->r                             ? MOP_PROM_ANY
              : p->r->status == MOP_RUN_PARTIAL ? MOP_PROM_RESULT
                                                : MOP_PROM_WHOLE;
    for (; f->name; f++) {
        if ((int)f->of > has)
            continue;
        p->family = f;
        p->headed = false;
        f->put(p);
        mop_arena_reset(&p->arena);
    }
}

static int write_all(struct mop_prometheus *p, struct mop_err *e)
{
    mop_arena_init(&p->arena);
    put_families(p, families);
    put_families(p, mop_prometheus_findings);
    mop_arena_release(&p->arena);
    return mop_out_flush(p->out, e);
}

/* ---- the file of the run before ---- */

struct mop_sv mop_prometheus_dataset(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct mop_sv name = mop_sv_of(slash ? slash + 1 : path);
    return name.n > 5 && mop_sv_ends(name, MOP_SV(".prom")) ? mop_sv_sub(name, 0, name.n - 5)
                                                            : name;
}

static void take_time(struct mop_sv line, const char *name, int64_t *us)
{
    mop_i128 v;
    size_t at = line.n;
    if (!mop_sv_starts(line, mop_sv_of(name)) || line.n == strlen(name) ||
        line.p[strlen(name)] != '{')
        return;
    while (at && line.p[at - 1] != ' ') /* the dataset may hold blanks, the number does not */
        at--;
    if (mop_decimal_parse(mop_sv_sub(line, at, line.n), (struct mop_marks){'.', 0}, &v) && v >= 0 &&
        v <= INT64_MAX)
        *us = (int64_t)v;
}

bool mop_prometheus_read(struct mop_sv text, struct mop_prometheus_run *run)
{
    struct mop_sv rest = text, line;
    bool ours = !text.n || mop_sv_starts(text, MOP_SV("# HELP " PREFIX));
    while (ours && mop_sv_next(&rest, '\n', &line)) {
        take_time(line, PREFIX COMPLETE, &run->complete_us);
        take_time(line, PREFIX PASSED, &run->passed_us);
    }
    return ours;
}

bool mop_prometheus_earlier(const char *path, struct mop_prometheus_run *run)
{
    char room[16384]; /* what is told of every run comes first */
    FILE *f = fopen(path, "rb");
    if (!f)
        return true;
    size_t n = fread(room, 1, sizeof room, f);
    fclose(f);
    return mop_prometheus_read((struct mop_sv){room, n}, run);
}

/* ---- the format ---- */

int mop_prometheus_tell(const struct mop_prometheus_run *run, struct mop_out *out,
                        struct mop_err *e)
{
    struct mop_prometheus p = {.run = *run, .out = out};
    return write_all(&p, e);
}

int mop_prometheus_died(const char *path, const struct mop_prometheus_run *run, struct mop_err *e)
{
    struct mop_out out;
    struct mop_outfile *file = mop_outfile_open(path, false, e);
    if (!file)
        return -1;
    mop_outfile_publish(file);
    mop_out_init(&out, mop_outfile_write, file);
    int rc = mop_prometheus_tell(run, &out, e);
    mop_out_release(&out);
    if (!rc)
        return mop_outfile_commit(file, e);
    mop_outfile_abort(file);
    return -1;
}

static int write_prometheus(const struct mop_result *r, const struct mop_format_options *o,
                            struct mop_out *out, struct mop_err *e)
{
    struct mop_prometheus p = {.r = r, .out = out};
    p.run = (struct mop_prometheus_run){.dataset = r->rules->name,
                                        .now_us = r->rules->now_us,
                                        .took_us = o->took_us ? o->took_us : -1,
                                        .exit = r->exit};
    if (o->path) {
        p.run.dataset = mop_prometheus_dataset(o->path);
        mop_prometheus_earlier(o->path, &p.run);
    }
    if (r->exit < 2)
        p.run.complete_us = r->rules->now_us;
    if (r->exit == 0)
        p.run.passed_us = r->rules->now_us;
    return write_all(&p, e);
}

const struct mop_format mop_format_prometheus = {
    .name = "prometheus",
    .summary = "for the textfile collector of node_exporter",
    .write = write_prometheus,
    .published = true,
    .last = true,
};
