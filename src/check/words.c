/* SPDX-License-Identifier: MIT */
#include "check/words.h"
#include "base/utf8.h"
#include <ctype.h>

enum { SHOWN_WIDTH = 80 };

/* Where the domain behind an '@' ends: what follows it is text, and may name a person. */
static size_t domain_end(struct mop_sv value, size_t at)
{
    size_t end = at < value.n ? at + 1 : at;
    while (end < value.n &&
           (isalnum((unsigned char)value.p[end]) || value.p[end] == '.' || value.p[end] == '-'))
        end++;
    return end;
}

void mop_mask(struct mop_buf *out, struct mop_sv value)
{
    if (!value.n)
        return;
    size_t first = 0;
    if (mop_utf8_check(value) == value.n)
        mop_utf8_next(value, &first);
    mop_buf_sv(out, mop_sv_sub(value, 0, first));
    mop_buf_str(out, "***");
    size_t at = mop_sv_find(value, '@'), end = domain_end(value, at);
    mop_buf_sv(out, mop_sv_sub(value, at, end));
    if (at < end && end < value.n)
        mop_buf_str(out, "***");
}

static struct mop_sv show(struct mop_words *w, const struct mop_field *f, struct mop_sv value)
{
    struct mop_judge *j = w->show_ctx;
    mop_buf_reset(&j->shown);
    if (f && (f->personal || f == j->private_) && !j->show_values) {
        struct mop_buf masked;
        mop_buf_init(&masked, 1 << 16);
        mop_mask(&masked, value);
        mop_utf8_show(&j->shown, mop_buf_view(&masked), SHOWN_WIDTH);
        mop_buf_release(&masked);
    } else {
        mop_utf8_show(&j->shown, value, SHOWN_WIDTH);
    }
    return mop_arena_copy(j->run->scratch, mop_buf_view(&j->shown));
}

void mop_words_init(struct mop_judge *j)
{
    j->words = (struct mop_words){
        .message = &j->message, .proposal = &j->proposal, .show = show, .show_ctx = j};
}
