/* SPDX-License-Identifier: MIT */
#include "err.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>

/*
 * "Did you mean": the distance counts insertions, deletions, replacements and swaps of neighbours
 * (Damerau-Levenshtein, each place edited once) in code points of the case-folded words.
 */
enum { LONGEST = 128 }; /* code points; longer words are no slips of the finger */

struct word {
    uint32_t c[LONGEST];
    size_t n; /* LONGEST + 1: too long */
};

static void decode(struct word *w, struct mop_sv s)
{
    bool good = mop_utf8_check(s) == s.n;
    w->n = 0;
    for (size_t i = 0; i < s.n && w->n <= LONGEST; w->n++) {
        uint32_t c = good ? mop_utf8_next(s, &i) : (unsigned char)s.p[i++];
        if (w->n < LONGEST)
            w->c[w->n] = c;
    }
}

/* False: not all of it is ASCII, or it is too long. */
static bool fold_ascii(struct word *w, struct mop_sv s)
{
    size_t i = 0;
    for (; i < s.n && i < LONGEST && (unsigned char)s.p[i] < 0x80; i++)
        w->c[i] = (uint32_t)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] | 0x20 : s.p[i]);
    w->n = i;
    return i == s.n;
}

static void fold(struct mop_arena *a, struct word *w, struct mop_sv s)
{
    if (fold_ascii(w, s))
        return;
    mop_arena_reset(a);
    decode(w, s.n <= 4 * LONGEST && mop_utf8_check(s) == s.n ? mop_utf8_fold(a, s) : s);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Of the last three rows, row i % 3 belongs to the first i code points of a. */
typedef size_t rows[3][LONGEST + 1];

static size_t cell(const struct word *a, const struct word *b, rows row, size_t i, size_t j)
{
    const size_t *above = row[(i + 2) % 3], *here = row[i % 3];
    size_t d = least(above[j - 1] + (a->c[i - 1] != b->c[j - 1]), least(above[j], here[j - 1]) + 1);
    if (i > 1 && j > 1 && a->c[i - 1] == b->c[j - 2] && a->c[i - 2] == b->c[j - 1])
        d = least(d, row[(i + 1) % 3][j - 2] + 1);
    return d;
}

/* The distance, or any number over `limit` once it must be more. */
static size_t distance(const struct word *a, const struct word *b, size_t limit)
{
    rows row;
    for (size_t j = 0; j <= b->n; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= a->n; i++) {
        size_t best = row[i % 3][0] = i;
        for (size_t j = 1; j <= b->n; j++) {
            row[i % 3][j] = cell(a, b, row, i, j);
            best = least(best, row[i % 3][j]);
        }
        if (best > limit + 1) /* a swap may still reach back over one row, no further */
            return best;
    }
    return row[a->n % 3][b->n];
}

static bool worth_a_look(const struct word *a, const struct word *b, size_t limit)
{
    size_t apart = a->n > b->n ? a->n - b->n : b->n - a->n;
    return b->n > 0 && b->n <= LONGEST && apart <= limit;
}

long mop_suggest(struct mop_sv word, const struct mop_sv *words, size_t n)
{
    struct mop_arena arena;
    struct word a, b;
    long found = -1;
    mop_arena_init(&arena);
    fold(&arena, &a, word);
    /* one letter for another is no misspelling where there is no other letter */
    size_t limit = a.n / 3 > 1 ? a.n / 3 : a.n > 1;
    size_t room = a.n && a.n <= LONGEST ? 1 + limit : 0;
    for (size_t i = 0; i < n && room > 0; i++) {
        fold(&arena, &b, words[i]);
        size_t d = worth_a_look(&a, &b, room - 1) ? distance(&a, &b, room - 1) : room;
        if (d < room) { /* from here on only a nearer one */
            room = d;
            found = (long)i;
        }
    }
    mop_arena_release(&arena);
    return found;
}
