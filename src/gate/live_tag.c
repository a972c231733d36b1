/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

/* Does the page hold the tag that is expected of it? */

enum { PIECE = 58 * 1024, OVERLAP = 4 * 1024, ID_MAX = 1024 };

/* What ids are made of: GTM-XY12 is not in GTM-XY123. */
#define OF_IDS "[A-Za-z0-9_-]"

struct mop_regex *mop_live_compile_tag(struct mop_sv pattern, struct mop_regex_error *e)
{
    static const char before[] = "(?:(?<!" OF_IDS ")|(?!" OF_IDS "))(?:",
                      behind[] = ")(?:(?!" OF_IDS ")|(?<!" OF_IDS "))";
    struct mop_buf b;
    struct mop_regex *x = mop_regex_compile(pattern, 0, e); /* faults have their place in it */
    if (!x)
        return NULL;
    mop_regex_free(x);
    mop_buf_init(&b, SIZE_MAX);
    mop_buf_printf(&b, "%s%.*s%s", before, MOP_SV_ARG(pattern), behind);
    x = mop_regex_compile(mop_buf_view(&b), 0, e);
    mop_buf_release(&b);
    return x;
}

static bool is_of_ids(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
           c == '-';
}

/* Is `at` within a code point or an id? */
static bool is_inside(struct mop_sv s, size_t at)
{
    bool inside = at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
    return inside || (at > 0 && at < s.n && is_of_ids(s.p[at - 1]) && is_of_ids(s.p[at]));
}

/* From `at` on; it ends where no id and no code point goes on. */
static struct mop_sv piece_of(struct mop_sv s, size_t at)
{
    size_t end = at + PIECE < s.n ? at + PIECE : s.n;
    for (size_t i = 0; i < ID_MAX && is_inside(s, end); i++)
        end++;
    while (end < s.n && ((unsigned char)s.p[end] & 0xC0) == 0x80)
        end++;
    return mop_sv_sub(s, at, end);
}

static size_t piece_begin(struct mop_sv s, size_t at)
{
    for (size_t i = 0; i < ID_MAX && is_inside(s, at); i++)
        at--;
    while (at && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* PCRE2 is given 64 KiB at most; pieces overlap, so that a tag is whole in one of them. */
static enum mop_regex_result search(struct mop_live *run, struct mop_sv text)
{
    enum mop_regex_result all = MOP_RX_NO;
    for (size_t at = 0;;) {
        struct mop_sv piece = piece_of(text, at);
        enum mop_regex_result one = mop_regex_match(run->settings.expect_tag, run->match, piece);
        if (one == MOP_RX_YES)
            return one;
        all = one == MOP_RX_LIMIT ? one : all;
        if (at + piece.n >= text.n)
            return all;
        at = piece_begin(text, at + piece.n - OVERLAP);
    }
}

void mop_live_judge_tag(struct mop_live_walk *w, struct mop_sv text)
{
    if (!w->run->settings.expect_tag)
        return;
    enum mop_regex_result found = search(w->run, text);
    if (found == MOP_RX_LIMIT)
        mop_live_found(w, MOP_LIVE_UNCHECKED,
                       "was not checked for the expected tag: its pattern takes too long");
    else if (found == MOP_RX_NO && w->capped)
        mop_live_found(
            w, MOP_LIVE_UNCHECKED,
            "was not checked for the expected tag: it is not in the first %zu bytes of its page, "
            "and the rest was not read",
            w->body.n);
    else if (found == MOP_RX_NO)
        mop_live_found(w, MOP_LIVE_TAG, "ends at a page without the expected tag");
}
