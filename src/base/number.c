/* SPDX-License-Identifier: MIT */
#include "decimal.h"

/* Reads numbers. What is too long or too fine is still a number: the whole text is looked at first.
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(struct mop_sv s, size_t i)
{
    size_t start = i;
    while (i < s.n && is_digit(s.p[i]))
        i++;
    return i - start;
}

/* The sign's bytes; U+2212 is what spreadsheets typeset. */
static size_t read_sign(struct mop_sv s, bool *negative)
{
    static const struct sign {
        struct mop_sv text;
        bool negative;
    } SIGNS[] = {{{"+", 1}, false}, {{"-", 1}, true}, {{"\xE2\x88\x92", 3}, true}};

    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (mop_sv_starts(s, SIGNS[i].text)) {
            *negative = SIGNS[i].negative;
            return SIGNS[i].text.n;
        }
    return 0;
}

struct reading {
    mop_i128 v;
    size_t whole; /* digits before the mark, from the first that is not zero */
    bool fine;    /* digits that are not zero behind the last place */
};

static void take_whole(struct reading *r, struct mop_sv digits)
{
    for (size_t i = 0; i < digits.n; i++) {
        r->whole += r->whole || digits.p[i] != '0';
        if (r->whole <= MOP_NUMBER_WHOLE)
            r->v = r->v * 10 + (digits.p[i] - '0');
    }
}

/* Digits, or one to three of them and then groups of three. Bytes read in *used; false if
 * malformed. */
static bool read_whole(struct mop_sv s, char group, struct reading *r, size_t *used)
{
    size_t i = 0, run = digits_at(s, 0), first = run;
    for (;;) {
        take_whole(r, mop_sv_sub(s, i, i + run));
        i += run;
        if (!group || i >= s.n || s.p[i] != group)
            break;
        run = digits_at(s, ++i);
        if (first == 0 || first > 3 || run != 3)
            return false;
    }
    *used = i;
    return true;
}

/* The digits behind the mark, to the end of s; there may be none at all. */
static void take_decimals(struct reading *r, struct mop_sv s)
{
    for (size_t i = 0; i < MOP_NUMBER_DECIMALS; i++)
        r->v = r->v * 10 + (i < s.n ? s.p[i] - '0' : 0);
    for (size_t i = MOP_NUMBER_DECIMALS; i < s.n; i++)
        r->fine |= s.p[i] != '0';
}

enum mop_number_fault mop_number_parse(struct mop_sv s, struct mop_marks marks, mop_i128 *out)
{
    struct reading r = {0};
    bool negative = false;
    size_t used;
    s = mop_sv_sub(s, read_sign(s, &negative), s.n);
    if (!read_whole(s, marks.group, &r, &used))
        return MOP_NUMBER_NONE;
    struct mop_sv rest = mop_sv_sub(s, used, s.n);
    if (rest.n == 0 && used == 0)
        return MOP_NUMBER_NONE;
    if (rest.n) { /* a NUL byte in the text is not taken for the mark */
        if (!marks.decimal || rest.p[0] != marks.decimal || rest.n == 1 ||
            digits_at(rest, 1) != rest.n - 1)
            return MOP_NUMBER_NONE;
        rest = mop_sv_sub(rest, 1, rest.n);
    }
    take_decimals(&r, rest);
    if (r.whole > MOP_NUMBER_WHOLE || r.fine)
        return r.fine ? MOP_NUMBER_FINE : MOP_NUMBER_LONG;
    *out = negative ? -r.v : r.v;
    return MOP_NUMBER_OK;
}
