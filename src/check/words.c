/* SPDX-License-Identifier: MIT */
#include "check/words.h"
#include "base/utf8.h"
#include "values/pii.h"
#include "values/url.h"
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

/* Links escape "@" and "+", sometimes twice. */
static bool hides_found(struct mop_arena *a, struct mop_sv text)
{
    for (int undone = 0; undone < 2 && mop_sv_find(text, '%') < text.n; undone++) {
        text = mop_url_decode(a, text, false);
        if (mop_utf8_check(text) < text.n)
            return false;
        if (mop_pii_next(text, 0, a).kind)
            return true;
    }
    return false;
}

/* Neither an address nor a number reaches back over a '?' or '/'. */
static size_t before_escapes(struct mop_sv text)
{
    size_t end = mop_sv_find(text, '%'), query = mop_sv_find(text, '?');
    if (query < end)
        return query + 1;
    while (end > 0 && text.p[end - 1] != '/')
        end--;
    return end;
}

struct mop_sv mop_mask_found(struct mop_arena *a, struct mop_sv value)
{
    struct mop_pii found = mop_pii_next(value, 0, a);
    struct mop_buf out;
    size_t at = 0;
    mop_buf_init(&out, SIZE_MAX);
    for (; found.kind; found = mop_pii_next(value, at, a)) {
        mop_buf_sv(&out, mop_sv_sub(value, at, found.from));
        mop_mask(&out, mop_sv_sub(value, found.from, found.to));
        at = found.to;
    }
    if (at) {
        mop_buf_sv(&out, mop_sv_sub(value, at, value.n));
        value = mop_arena_copy(a, mop_buf_view(&out));
    }
    mop_buf_release(&out);
    if (!hides_found(a, value))
        return value;
    return mop_arena_printf(a, "%.*s***", MOP_SV_ARG(mop_sv_sub(value, 0, before_escapes(value))));
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
        struct mop_sv shown = j->show_values ? value : mop_mask_found(j->run->scratch, value);
        mop_utf8_show(&j->shown, shown, SHOWN_WIDTH);
    }
    return mop_arena_copy(j->run->scratch, mop_buf_view(&j->shown));
}

void mop_words_init(struct mop_judge *j)
{
    j->words = (struct mop_words){
        .message = &j->message, .proposal = &j->proposal, .show = show, .show_ctx = j};
}
