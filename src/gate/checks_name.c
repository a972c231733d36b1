/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "base/utf8.h"
#include "gate/checks.h"
#include "rules/compile.h"

/* Does the campaign's name say what the brief says, part by part? */

/* A period as names write it: 2026q4, q4-26, 202612, 2026-12, 2026, 26. 0: not said. */
struct period {
    int year, quarter, month, day;
    bool read;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int number(struct mop_sv s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

/* Digits in a row: four or two are a year, six a year and month, eight a day. */
static bool read_digits(struct mop_sv d, struct period *p)
{
    if (d.n == 8)
        p->day = number(mop_sv_sub(d, 6, 8));
    if (d.n == 6 || d.n == 8)
        p->month = number(mop_sv_sub(d, 4, 6));
    if (d.n == 2 && p->year)
        p->month = number(d);
    else if (d.n == 2)
        p->year = 2000 + number(d);
    else if (d.n >= 4)
        p->year = number(mop_sv_sub(d, 0, 4));
    return d.n == 2 || d.n == 4 || d.n == 6 || d.n == 8;
}

static struct period read_period(struct mop_sv s)
{
    struct period p = {0, 0, 0, 0, s.n > 0};
    for (size_t i = 0; i < s.n && p.read;) {
        size_t from = i;
        bool quarter = (s.p[i] == 'q' || s.p[i] == 'Q') && i + 1 < s.n && is_digit(s.p[i + 1]);
        if (quarter) {
            p.quarter = s.p[i + 1] - '0';
            i += 2;
            continue;
        }
        while (i < s.n && is_digit(s.p[i]))
            i++;
        if (i > from)
            p.read = read_digits(mop_sv_sub(s, from, i), &p);
        else if (s.p[i] == '-' || s.p[i] == '.' || s.p[i] == '_')
            i++;
        else
            p.read = false;
    }
    p.read = p.read && (p.year || p.quarter);
    return p;
}

static bool in_period(const struct period *p, int32_t day)
{
    int y, m, d;
    mop_civil_of_day(day, &y, &m, &d);
    return (!p->year || p->year == y) && (!p->quarter || p->quarter == (m + 2) / 3) &&
           (!p->month || p->month == m) && (!p->day || p->day == d);
}

static bool is_day_key(struct mop_sv key)
{
    return mop_sv_eqs(key, "start") || mop_sv_eqs(key, "end");
}

/* Without the brief's word there is nothing to agree with. */
static void says_nothing(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_part *part, struct mop_sv key)
{
    struct mop_gate_item *x = mop_gate_tell(
        g, r, MOP_WARN, &g->b->name, "the name says %.*s '%s', the brief has no '%.*s'",
        MOP_SV_ARG(part->name), mop_gate_shown(g, part->text), MOP_SV_ARG(key));
    mop_gate_do(g, x, "fill in %.*s", MOP_SV_ARG(key));
}

static void check_period(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_part *part, struct mop_sv key)
{
    const struct mop_said_day *day = mop_sv_eqs(key, "start") ? &g->b->start : &g->b->end;
    struct period p = read_period(part->text);
    if (day->day == MOP_NO_DAY)
        says_nothing(g, r, part, key);
    else if (!p.read)
        mop_gate_tell(g, r, MOP_WARN, &g->b->name, "%.*s '%s' cannot be read as a time",
                      MOP_SV_ARG(part->name), mop_gate_shown(g, part->text));
    else if (!in_period(&p, day->day)) {
        struct mop_gate_item *x =
            mop_gate_tell(g, r, MOP_FAULT, &g->b->name,
                          "the name says %.*s '%s', and the %.*s is %.*s", MOP_SV_ARG(part->name),
                          mop_gate_shown(g, part->text), MOP_SV_ARG(key), MOP_SV_ARG(day->as.text));
        mop_gate_do(g, x, "mend the name or the %.*s", MOP_SV_ARG(key));
    }
}

/* Equal but for case, or two spellings of one value of the part's vocabulary. */
static bool means(struct mop_launch *g, const struct mop_gate_part *part, struct mop_sv said)
{
    enum mop_rung rung;
    struct mop_sv a = mop_utf8_fold(&g->arena, part->text), b = mop_utf8_fold(&g->arena, said);
    if (mop_sv_eq(a, b))
        return true;
    if (!part->vocabulary)
        return false;
    const struct mop_term *x = mop_vocabulary_look(part->vocabulary, part->text, &g->arena, &rung);
    return x && x == mop_vocabulary_look(part->vocabulary, said, &g->arena, &rung);
}

static void check_words(struct mop_launch *g, struct mop_gate_result *r,
                        const struct mop_gate_part *part, struct mop_sv key)
{
    struct mop_said_list said = mop_gate_facts(g->b, key);
    for (size_t i = 0; i < said.n; i++)
        if (means(g, part, said.list[i].text))
            return;
    if (!said.n) {
        says_nothing(g, r, part, key);
        return;
    }
    struct mop_gate_item *x = mop_gate_tell(g, r, MOP_FAULT, &g->b->name,
                                            "the name says %.*s '%s', the brief says %.*s '%s'",
                                            MOP_SV_ARG(part->name), mop_gate_shown(g, part->text),
                                            MOP_SV_ARG(key), mop_gate_shown(g, said.list[0].text));
    mop_gate_do(g, x, "mend the name or the %.*s", MOP_SV_ARG(key));
}

/* With every key of the brief that the part stands for; false: there is none. */
static bool compare(struct mop_launch *g, struct mop_gate_result *r,
                    const struct mop_gate_part *part)
{
    bool any = false;
    for (size_t k = 0; k < g->p->nparts; k++) {
        struct mop_sv key = g->p->parts[k].key;
        if (!mop_sv_eq(part->name, g->p->parts[k].name))
            continue;
        any = true;
        if (is_day_key(key))
            check_period(g, r, part, key);
        else
            check_words(g, r, part, key);
    }
    return any;
}

void mop_gate_run_NAME_AGREES(struct mop_launch *g, struct mop_gate_result *r)
{
    if (!g->nparts) {
        mop_gate_not_asked(g, r,
                           g->name_has_template
                               ? "the name does not fit the template, so it has no parts"
                               : "the taxonomy has no template for the campaign's name");
        return;
    }
    struct mop_buf alone;
    bool any = false;
    mop_buf_init(&alone, 4096);
    for (size_t i = 0; i < g->nparts; i++) {
        bool compared = compare(g, r, &g->parts[i]);
        any = any || compared;
        if (!compared)
            mop_buf_printf(&alone, "%s%.*s", alone.n ? ", " : "not compared with the brief: ",
                           MOP_SV_ARG(g->parts[i].name));
    }
    r->why = mop_arena_copy(&g->arena, mop_buf_view(&alone));
    mop_buf_release(&alone);
    if (!any)
        mop_gate_not_asked(g, r, "no part of the name is one that `campaign: {parts: ..}` knows");
}
