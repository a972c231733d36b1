/* SPDX-License-Identifier: MIT */
#include "cli/doctor.h"
#include "base/utf8.h"
#include "report/json.h"
#include <stdio.h>

/* What doctor found, for people and for programs (schema mopslint.doctor/1). */

static const char *const states[] = {"ok", "note", "skipped", "missing", "missing"};
static const char *const words[] = {"ok", "note", "skipped", "missing", "late"};

size_t mop_doctor_missing(const struct mop_doctor *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++)
        n += d->lines[i].state >= MOP_DOCTOR_MISSING;
    return n;
}

static enum mop_doctor_state worst_of(const struct mop_doctor *d, const struct mop_doctor_check *c)
{
    enum mop_doctor_state worst = MOP_DOCTOR_OK;
    for (size_t i = 0; i < d->n; i++)
        if (d->lines[i].check == c && d->lines[i].state > worst)
            worst = d->lines[i].state;
    return worst;
}

/* ---- text ---- */

static size_t last_missing(const struct mop_doctor *d, const struct mop_doctor_check *c)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < d->n; i++)
        if (d->lines[i].check == c && d->lines[i].state >= MOP_DOCTOR_MISSING)
            last = i;
    return last;
}

/* The hint stands below what it is about. */
static void add_check(const struct mop_doctor *d, const struct mop_doctor_check *c,
                      struct mop_buf *out)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct mop_doctor_line *l = &d->lines[i];
        if (l->check != c)
            continue;
        mop_buf_printf(out, "%-8s %-12s ", words[l->state], c->id);
        mop_utf8_show(out, l->text, SIZE_MAX);
        mop_buf_chr(out, '\n');
        if (i == last_missing(d, c))
            mop_buf_printf(out, "  hint: %s\n", c->hint);
    }
}

static bool any_late(const struct mop_doctor *d)
{
    size_t i = 0;
    while (i < d->n && d->lines[i].state != MOP_DOCTOR_LATE)
        i++;
    return i < d->n;
}

static void add_text(const struct mop_doctor *d, struct mop_buf *out)
{
    size_t n = mop_doctor_missing(d);
    for (const struct mop_doctor_check *c = mop_doctor_checks; c->id; c++)
        add_check(d, c, out);
    if (n)
        mop_buf_printf(out, "\n%zu thing%s missing%s\n", n, n == 1 ? " is" : "s are",
                       any_late(d) ? " or late" : "");
    else
        mop_buf_str(out, "\nnothing is missing\n");
}

/* ---- JSON ---- */

static void put_check(const struct mop_doctor *d, const struct mop_doctor_check *c,
                      struct mop_json_out *j)
{
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "id", mop_sv_of(c->id));
    mop_json_put_text(j, "asks", mop_sv_of(c->asks));
    mop_json_put_text(j, "state", mop_sv_of(states[worst_of(d, c)]));
    mop_json_put_text(j, "hint", mop_sv_of(c->hint));
    mop_json_open(j, MOP_KEY("found"), '[');
    for (size_t i = 0; i < d->n; i++) {
        if (d->lines[i].check != c)
            continue;
        mop_json_open(j, NULL, '{');
        mop_json_put_text(j, "state", mop_sv_of(states[d->lines[i].state]));
        mop_json_put_text(j, "text", d->lines[i].text);
        mop_json_close(j, '}');
    }
    mop_json_close(j, ']');
    mop_json_close(j, '}');
}

static void put_json(const struct mop_doctor *d, struct mop_out *out)
{
    struct mop_json_out j = {.out = out, .first = true};
    mop_arena_init(&j.arena);
    mop_json_open(&j, NULL, '{');
    mop_json_put_text(&j, "schema", MOP_SV("mopslint.doctor/1"));
    mop_json_put_text(&j, "version", MOP_SV(MOP_VERSION));
    mop_json_put(&j, MOP_KEY("now"), mop_json_time(d->now_us));
    mop_json_put_count(&j, "missing", mop_doctor_missing(d));
    mop_json_open(&j, MOP_KEY("checks"), '[');
    for (const struct mop_doctor_check *c = mop_doctor_checks; c->id; c++)
        put_check(d, c, &j);
    mop_json_close(&j, ']');
    mop_json_close(&j, '}');
    mop_out_chr(out, '\n');
    mop_arena_release(&j.arena);
}

void mop_doctor_print(const struct mop_doctor *d)
{
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    if (d->json) {
        struct mop_err e = {0};
        struct mop_out out;
        mop_out_init(&out, mop_out_to_buf, &b);
        put_json(d, &out);
        mop_out_flush(&out, &e);
        mop_out_release(&out);
    } else {
        add_text(d, &b);
    }
    fwrite(b.p, 1, b.n, stdout);
    mop_buf_release(&b);
}
