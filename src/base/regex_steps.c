/* SPDX-License-Identifier: MIT */
#include "regex_parts.h"

/* Measuring, for lint. */

enum answer { NO, YES, MORE }; /* MORE: the limit was too small */

static enum answer try_limit(const struct mop_regex *r, struct mop_match *m, size_t from,
                             uint64_t limit)
{
    int rc = mop_regex_run(r, m, from, (uint32_t)limit, PCRE2_NO_JIT | PCRE2_ANCHORED);
    return rc >= 0 ? YES : rc == PCRE2_ERROR_NOMATCH ? NO : MORE;
}

/* Limits tried so far: `low` was too small, `high` enough. */
struct range {
    uint64_t low, high;
    bool found_low;
};

static void narrow(const struct mop_regex *r, struct mop_match *m, size_t from, uint64_t limit,
                   struct range *g)
{
    if (try_limit(r, m, from, limit) == MORE) {
        g->low = limit;
        g->found_low = true;
    } else {
        g->high = limit;
    }
}

/*
 * The steps of one place; left + 1 if they are more than `left`. `guess`: those of the place
 * before, from which they mostly differ little, so that two runs do.
 */
static uint64_t steps_from(const struct mop_regex *r, struct mop_match *m, size_t from,
                           uint64_t left, uint64_t guess, bool *yes)
{
    struct range g = {0, left, false};
    uint64_t near = guess + guess / 8 + 16;
    enum answer a = try_limit(r, m, from, near < left ? near : left);
    if (a == MORE && near < left) {
        g = (struct range){near, left, true};
        a = try_limit(r, m, from, left);
    } else if (near < left) {
        g.high = near;
    }
    *yes = a == YES;
    if (a == MORE)
        return left + 1;
    if (!g.found_low)
        narrow(r, m, from, g.high < 32 ? 0 : guess - guess / 8, &g);
    if (!g.found_low && g.high > 0)
        narrow(r, m, from, 0, &g);
    for (uint64_t n = g.low ? g.low * 2 : 1; n < g.high; n *= 2)
        narrow(r, m, from, n, &g);
    while (g.high - g.low > 16 + g.low / 4)
        narrow(r, m, from, g.low + (g.high - g.low) / 2, &g);
    return g.high ? g.low + 1 : 0;
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
                         uint64_t cap)
{
    uint64_t steps = 0, here = 0;
    bool yes = false;
    mop_regex_begin(r, m, subject);
    for (size_t i = 0; i <= subject.n && !yes && steps <= cap; i++)
        if (may_start(r, subject, i))
            steps += here = steps_from(r, m, i, cap - steps, here, &yes);
    return steps;
}

static bool decided(int rc)
{
    return rc >= 0 || rc == PCRE2_ERROR_NOMATCH;
}

static int run_jit_alone(const struct mop_regex *r, struct mop_match *m)
{
    struct mop_sv s = m->subject;
    pcre2_set_match_limit(m->context, MOP_MATCH_LIMIT);
    return pcre2_match(r->code, (PCRE2_SPTR)(s.p ? s.p : ""), s.n, 0, PCRE2_NO_UTF_CHECK, m->data,
                       m->context);
}

bool mop_regex_jit_agrees(const struct mop_regex *r, struct mop_match *m, struct mop_sv subject)
{
    if (!r->fast || pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE))
        return true;
    mop_regex_begin(r, m, subject);
    const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(m->data);
    int plain = mop_regex_run(r, m, 0, MOP_MATCH_LIMIT, PCRE2_NO_JIT);
    PCRE2_SIZE from = pair[0], to = pair[1];
    int jit = run_jit_alone(r, m);
    if (!decided(plain) || !decided(jit))
        return true;
    return plain < 0 ? jit < 0 : jit >= 0 && from == pair[0] && to == pair[1];
}
