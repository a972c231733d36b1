/* SPDX-License-Identifier: MIT */
#include "report/shown.h"
#include "base/utf8.h"
#include "check/words.h"
#include <stdlib.h>

static struct mop_sv kept(struct mop_arena *a, struct mop_buf *b)
{
    struct mop_sv s = mop_arena_copy(a, mop_buf_view(b));
    mop_buf_release(b);
    return s;
}

static struct mop_sv masked(struct mop_arena *a, struct mop_sv value)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    mop_mask(&b, value);
    return kept(a, &b);
}

struct mop_sv mop_shown_value(struct mop_arena *a, bool show_values, const struct mop_field *field,
                              struct mop_sv value)
{
    if (show_values)
        return value;
    return field && field->personal ? masked(a, value) : mop_mask_found(a, value);
}

struct mop_sv mop_shown_found(struct mop_arena *a, bool show_values, const struct mop_check *c,
                              const struct mop_field *field, struct mop_sv value)
{
    bool mask = c->personal && !show_values;
    return mask ? masked(a, value) : mop_shown_value(a, show_values, field, value);
}

const struct mop_field *mop_check_masked_as(const struct mop_check *c)
{
    for (size_t i = 0; !c->field && i < c->nsubjects; i++)
        if (c->subjects[i]->personal)
            return c->subjects[i];
    return c->field;
}

struct mop_sv mop_shown_key(struct mop_arena *a, bool show_values, const struct mop_record *record,
                            struct mop_sv key)
{
    bool personal = false;
    for (size_t i = 0; i < record->nkey; i++)
        personal |= record->key[i]->personal;
    if (show_values)
        return key;
    if (!personal)
        return mop_mask_found(a, key);
    /* Parts cannot be told apart again: a mask that keeps a domain would keep the next part. */
    return masked(a, record->nkey > 1 ? mop_sv_sub(key, 0, mop_sv_find(key, '@')) : key);
}

/* Runners of GitHub and Azure look for ##[ and ##vso[ anywhere in a line. */
static void add_unmarked(struct mop_buf *out, struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '#' && i && s.p[i - 1] == '#')
            mop_buf_str(out, "\\x23");
        else
            mop_buf_chr(out, s.p[i]);
}

struct mop_sv mop_shown_text(struct mop_arena *a, struct mop_sv s, size_t max)
{
    struct mop_buf b, out;
    mop_buf_init(&b, SIZE_MAX);
    mop_utf8_show(&b, s, max);
    mop_buf_init(&out, SIZE_MAX);
    add_unmarked(&out, mop_buf_view(&b));
    mop_buf_release(&b);
    return kept(a, &out);
}

struct mop_sv mop_shown_reason(struct mop_arena *a, struct mop_sv s)
{
    enum { LONGEST = 400 };
    return mop_shown_text(a, s, LONGEST);
}

/* ---- numbers ---- */

static void add_grouped(struct mop_buf *b, struct mop_sv digits)
{
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            mop_buf_chr(b, ',');
        mop_buf_chr(b, digits.p[i]);
    }
}

struct mop_sv mop_shown_count(struct mop_arena *a, uint64_t n)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    add_grouped(&b, mop_arena_printf(a, "%llu", (unsigned long long)n));
    return kept(a, &b);
}

struct mop_sv mop_shown_records(struct mop_arena *a, uint64_t n, struct mop_sv of)
{
    return mop_arena_printf(a, "%.*s %.*s%srecord%s", MOP_SV_ARG(mop_shown_count(a, n)),
                            MOP_SV_ARG(of), of.n ? " " : "", n == 1 ? "" : "s");
}

struct mop_sv mop_shown_decimal(struct mop_arena *a, mop_i128 millionths)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_decimal_print(&b, millionths);
    return kept(a, &b);
}

struct mop_sv mop_shown_money(struct mop_arena *a, mop_i128 millionths, const char *currency)
{
    mop_i128 unit = millionths < (mop_i128)1000 * MOP_UNIT ? MOP_UNIT / 100 : MOP_UNIT;
    mop_i128 v = (millionths + unit / 2) / unit * unit;
    v = millionths > 0 && !v ? unit : v;
    struct mop_buf b;
    mop_buf_init(&b, 128);
    add_grouped(&b, mop_shown_decimal(a, v - v % MOP_UNIT));
    if (v % MOP_UNIT)
        mop_buf_printf(&b, ".%02d", (int)(v % MOP_UNIT / (MOP_UNIT / 100)));
    if (currency[0])
        mop_buf_printf(&b, " %s", currency);
    return kept(a, &b);
}

struct mop_sv mop_shown_tenths(struct mop_arena *a, int64_t tenths)
{
    if (tenths < 0)
        return MOP_SV("none");
    return mop_arena_printf(a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

struct mop_sv mop_shown_day(struct mop_arena *a, int32_t day)
{
    int y, m, d;
    mop_civil_of_day(day, &y, &m, &d);
    return mop_arena_printf(a, "%04d-%02d-%02d", y, m, d);
}

/* ---- values ---- */

static int by_count(const void *x, const void *y)
{
    const struct mop_rule_value *a = *(const struct mop_rule_value *const *)x;
    const struct mop_rule_value *b = *(const struct mop_rule_value *const *)y;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return mop_sv_cmp(a->value, b->value);
}

const struct mop_rule_value **mop_sorted_values(struct mop_arena *a, const struct mop_rule_tally *t)
{
    const struct mop_rule_value **v = mop_arena_array(a, t->nvalues + 1, sizeof *v);
    for (size_t i = 0; i < t->nvalues; i++)
        v[i] = &t->values[i];
    if (t->nvalues)
        qsort(v, t->nvalues, sizeof *v, by_count);
    return v;
}

static int by_loss(const void *x, const void *y)
{
    const struct mop_fixer *a = *(const struct mop_fixer *const *)x;
    const struct mop_fixer *b = *(const struct mop_fixer *const *)y;
    if (a->lost != b->lost)
        return a->lost < b->lost ? 1 : -1;
    return mop_sv_cmp(a->name, b->name);
}

const struct mop_fixer **mop_sorted_fixers(struct mop_arena *a, const struct mop_tally *t)
{
    const struct mop_fixer **f = mop_arena_array(a, t->nfixers + 1, sizeof *f);
    for (size_t i = 0; i < t->nfixers; i++)
        f[i] = &t->fixers[i];
    if (t->nfixers)
        qsort(f, t->nfixers, sizeof *f, by_loss);
    return f;
}
