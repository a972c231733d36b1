/* SPDX-License-Identifier: MIT */
#include "words.h"
#include <string.h>

static const char *start(const struct mop_words *w, size_t i)
{
    return w->pool[w->offset[i] / MOP_WORDS_BLOCK] + w->offset[i] % MOP_WORDS_BLOCK;
}

struct mop_sv mop_words_at(const struct mop_words *w, size_t i)
{
    const char *p = start(w, i);
    return (struct mop_sv){p, strcspn(p, "\n")};
}

/* Byte order of the key against the word at p; the '\n' behind a word is smaller than all in words.
 */
static int compare(struct mop_sv key, const char *p)
{
    for (size_t i = 0; i < key.n; i++) {
        if (p[i] == '\n') {
            return 1;
        }
        if (key.p[i] != p[i]) {
            return (unsigned char)key.p[i] < (unsigned char)p[i] ? -1 : 1;
        }
    }
    return p[key.n] == '\n' ? 0 : -1;
}

long mop_words_find(const struct mop_words *w, struct mop_sv key)
{
    size_t lo = 0, hi = w->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = compare(key, start(w, mid));
        if (c == 0) {
            return (long)mid;
        }
        if (c < 0) {
            hi = mid;
        } else {
            lo = mid + 1;
        }
    }
    return -1;
}
