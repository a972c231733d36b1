/* SPDX-License-Identifier: MIT */
#include "regex_parts.h"

/* Measuring, for lint. */

enum answer { NO, YES, MORE }; /* MORE: the limit was too small */
enum { MORE_BY = 4 };          /* so many times a limit that was too small is the next one */

static enum answer try_limit(const struct mop_regex *r, struct mop_match *m, size_t from,
                             uint64_t limit)
{
    int rc = mop_regex_run(r, m, from, (uint32_t)limit, PCRE2_NO_JIT | PCRE2_ANCHORED);
    return rc >= 0 ? YES : rc == PCRE2_ERROR_NOMATCH ? NO : MORE;
}

/* Limits tried so far: `low` was too small, `high` enough. */
struct range {
    uint64_t low, high;
    bool found_low, found_high, yes;
    uint64_t too_small;   /* steps of the runs that came to their limit */
    uint64_t runs, whole; /* whole: those that did not */
};

static void narrow(const struct mop_regex *r, struct mop_match *m, size_t from, uint64_t limit,
                   struct range *g)
{
    enum answer a = try_limit(r, m, from, limit);
    g->runs++;
    if (a == MORE) {
        g->low = limit;
        g->found_low = true;
        g->too_small += limit;
        return;
    }
    g->high = limit;
    g->found_high = true;
    g->yes = a == YES;
    g->whole++;
}

/* What is enough, or g->found_high is false: they are more than `left`. */
static void find_high(const struct mop_regex *r, struct mop_match *m, size_t from, uint64_t left,
                      uint64_t first, struct range *g)
{
    uint64_t limit = first < left ? first : left;
    narrow(r, m, from, limit, g);
    while (!g->found_high && limit < left) {
        limit = limit * MORE_BY < left ? limit * MORE_BY : left;
        narrow(r, m, from, limit, g);
    }
}

static void find_low(const struct mop_regex *r, struct mop_match *m, size_t from, uint64_t guess,
                     struct range *g)
{
    if (!g->found_low)
        narrow(r, m, from, g->high < 32 ? 0 : guess - guess / 8, g);
    if (!g->found_low && g->high > 0)
        narrow(r, m, from, 0, g);
    for (uint64_t n = g->low ? g->low * 2 : 1; n < g->high; n *= 2)
        narrow(r, m, from, n, g);
    while (g->high - g->low > 16 + g->low / 2)
        narrow(r, m, from, g->low + (g->high - g->low) / 2, g);
}

/*
 * The steps of one place; left + 1 if they are more than `left`. `guess`: those of the place
 * before, from which they mostly differ little, so that two runs do.
 */
static uint64_t steps_from(const struct mop_regex *r, struct mop_match *m, size_t from,
                           uint64_t left, uint64_t guess, struct range *g)
{
    *g = (struct range){.high = left};
    find_high(r, m, from, left, guess + guess / 8 + 16, g);
    if (!g->found_high)
        return left + 1;
    find_low(r, m, from, guess, g);
    return g->high ? g->low + 1 : 0;
}

/* Would PCRE2 let a match start there? */
static bool may_start(const struct mop_regex *r, struct mop_sv s, size_t i)
{
    if (i == 0)
        return true;
    if (i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80)
        return false;
    return !r->anchored && (!r->line_starts || s.p[i - 1] == '\n');
}

uint64_t mop_regex_steps(const struct mop_regex *r, struct mop_match *m, struct mop_sv subject,
                         uint64_t cap, struct mop_regex_work *work)
{
    struct mop_regex_work done = {.expected = work ? work->expected : 0};
    uint64_t steps = 0, here = done.expected < cap ? done.expected : cap;
    struct range g = {.yes = false};
    mop_regex_begin(r, m, subject);
    for (size_t i = 0; i <= subject.n && !g.yes && steps <= cap; i++) {
        if (!may_start(r, subject, i))
            continue;
        steps += here = steps_from(r, m, i, cap - steps, here, &g);
        done.steps += g.too_small + g.whole * here;
        done.runs += g.runs;
        done.limit |= here > mop_regex_limit(r, subject);
    }
    if (work)
        *work = done;
    return steps;
}

/* Steps that a comparison may take: the texts are short and match. */
enum { COMPARED = 20000 };

static bool decided(int rc)
{
    return rc >= 0 || rc == PCRE2_ERROR_NOMATCH;
}

static int run_jit_alone(const struct mop_regex *r, struct mop_match *m)
{
    struct mop_sv s = m->subject;
    pcre2_set_match_limit(m->context, COMPARED);
    return pcre2_match(r->code, (PCRE2_SPTR)(s.p ? s.p : ""), s.n, 0, PCRE2_NO_UTF_CHECK, m->data,
                       m->context);
}

bool mop_regex_jit_agrees(const struct mop_regex *r, struct mop_match *m, struct mop_sv subject)
{
    if (!r->fast || pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE))
        return true;
    mop_regex_begin(r, m, subject);
    const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(m->data);
    int plain = mop_regex_run(r, m, 0, COMPARED, PCRE2_NO_JIT);
    PCRE2_SIZE from = pair[0], to = pair[1];
    int jit = run_jit_alone(r, m);
    if (!decided(plain) || !decided(jit))
        return true;
    return plain < 0 ? jit < 0 : jit >= 0 && from == pair[0] && to == pair[1];
}
