/* SPDX-License-Identifier: MIT */
#include "words.h"
#include <string.h>

struct mop_sv mop_words_at(const struct mop_words *w, size_t i)
{
    const char *p = w->pool[w->offset[i] / MOP_WORDS_BLOCK] + w->offset[i] % MOP_WORDS_BLOCK;
    return (struct mop_sv){p, strcspn(p, "\n")};
}

long mop_words_find(const struct mop_words *w, struct mop_sv key)
{
    size_t lo = 0, hi = w->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = mop_sv_cmp(key, mop_words_at(w, mid));
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
