/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/utf8.h"

#include <string.h>

/*
 * What a page says about itself, from its first bytes: HTML as browsers cut it into tags, comments
 * and raw text, no more. A page that is cut off in the middle is read up to there.
 */

struct scan {
    struct mop_sv s;
    size_t at;
    struct mop_buf *text; /* what is no comment */
    struct mop_live_page *out;
    struct mop_arena *a;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The first `what`, ASCII letters in either case, from `at` on; or s.n. */
static size_t find(struct mop_sv s, size_t at, struct mop_sv what)
{
    for (; at + what.n <= s.n; at++) {
        const char *p = memchr(s.p + at, what.p[0], s.n - at);
        at = p ? (size_t)(p - s.p) : s.n;
        if (mop_sv_eq_nocase(mop_sv_sub(s, at, at + what.n), what) && at + what.n <= s.n)
            return at;
    }
    return s.n;
}

/* Behind the '>' that ends the tag at `at`; one in quotes does not. */
static size_t tag_end(struct mop_sv s, size_t at)
{
    char quote = '\0';
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '>')
            return at + 1;
        else if ((c == '"' || c == '\'') && s.p[at - 1] == '=')
            quote = c;
    }
    return s.n;
}

static struct mop_sv tag_name(struct mop_sv tag)
{
    size_t n = 1;
    while (n < tag.n && !is_blank(tag.p[n]) && tag.p[n] != '>' && tag.p[n] != '/')
        n++;
    return mop_sv_sub(tag, 1, n);
}

/* The value in `s` from *at on, which stands behind the '='. */
static struct mop_sv attribute_value(struct mop_sv s, size_t *at)
{
    while (*at < s.n && is_blank(s.p[*at]))
        ++*at;
    size_t from = *at;
    char quote = from < s.n && (s.p[from] == '"' || s.p[from] == '\'') ? s.p[from] : '\0';
    if (quote) {
        size_t n = mop_sv_find(mop_sv_sub(s, from + 1, s.n), quote);
        *at = from + 1 + n + 1;
        return mop_sv_sub(s, from + 1, from + 1 + n);
    }
    while (*at < s.n && !is_blank(s.p[*at]) && s.p[*at] != '>')
        ++*at;
    return mop_sv_sub(s, from, *at);
}

/* The value of an attribute of a whole tag, or absent. */
static struct mop_sv attribute(struct mop_sv tag, const char *name)
{
    size_t at = tag_name(tag).n + 1;
    while (at < tag.n) {
        while (at < tag.n && (is_blank(tag.p[at]) || tag.p[at] == '/' || tag.p[at] == '>'))
            at++;
        size_t from = at;
        while (at < tag.n && !is_blank(tag.p[at]) && !strchr("=/>", tag.p[at]))
            at++;
        struct mop_sv key = mop_sv_sub(tag, from, at), value = MOP_SV("");
        while (at < tag.n && is_blank(tag.p[at]))
            at++;
        if (at < tag.n && tag.p[at] == '=') {
            at++;
            value = attribute_value(tag, &at);
        } else if (at == from)
            at++;
        if (key.n && mop_sv_eq_nocase(key, mop_sv_of(name)))
            return value;
    }
    return MOP_SV_NONE;
}

/* Is `word` among the words of s? */
static bool has_word(struct mop_sv s, const char *word)
{
    struct mop_sv piece;
    while (mop_sv_next(&s, ' ', &piece))
        if (mop_sv_eq_nocase(mop_sv_trim(piece), mop_sv_of(word)))
            return true;
    return false;
}

/* The entity that addresses hold. */
static struct mop_sv plain(struct mop_arena *a, struct mop_sv s)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    for (size_t at = 0; at < s.n;) {
        size_t next = find(s, at, MOP_SV("&amp;"));
        mop_buf_sv(&b, mop_sv_sub(s, at, next));
        if (next < s.n)
            mop_buf_chr(&b, '&');
        at = next < s.n ? next + 5 : s.n;
    }
    s = mop_arena_copy(a, mop_sv_trim(mop_buf_view(&b)));
    mop_buf_release(&b);
    return s;
}

struct mop_sv mop_live_refresh_target(struct mop_sv content)
{
    size_t at = 0;
    content = mop_sv_trim(content);
    while (at < content.n &&
           ((content.p[at] >= '0' && content.p[at] <= '9') || strchr(".;, \t\n", content.p[at])))
        at++;
    struct mop_sv s = mop_sv_trim(mop_sv_sub(content, at, content.n));
    if (s.n > 3 && mop_sv_eq_nocase(mop_sv_sub(s, 0, 3), MOP_SV("url"))) {
        struct mop_sv rest = mop_sv_trim(mop_sv_sub(s, 3, s.n));
        if (rest.n && rest.p[0] == '=')
            s = mop_sv_trim(mop_sv_sub(rest, 1, rest.n));
    }
    if (s.n && (s.p[0] == '"' || s.p[0] == '\''))
        s = mop_sv_sub(s, 1, 1 + mop_sv_find(mop_sv_sub(s, 1, s.n), s.p[0]));
    return s.n ? s : MOP_SV_NONE;
}

static void on_tag(struct scan *x, struct mop_sv tag, struct mop_sv name)
{
    if (mop_sv_eq_nocase(name, MOP_SV("link")) && !x->out->canonical.p &&
        has_word(attribute(tag, "rel"), "canonical"))
        x->out->canonical = plain(x->a, attribute(tag, "href"));
    if (mop_sv_eq_nocase(name, MOP_SV("meta")) && !x->out->refresh.p &&
        mop_sv_eq_nocase(attribute(tag, "http-equiv"), MOP_SV("refresh")))
        x->out->refresh = mop_live_refresh_target(plain(x->a, attribute(tag, "content")));
}

/* Text without its tags. */
static struct mop_sv untagged(struct mop_arena *a, struct mop_sv s)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    for (size_t at = 0; at < s.n;) {
        size_t open = at + mop_sv_find(mop_sv_sub(s, at, s.n), '<');
        mop_buf_sv(&b, mop_sv_sub(s, at, open));
        at = open < s.n ? tag_end(s, open + 1) : s.n;
    }
    s = mop_arena_copy(a, mop_sv_trim(mop_buf_view(&b)));
    mop_buf_release(&b);
    return s;
}

/* Elements whose inside is text up to their end tag, or is wanted as such. */
static const struct raw {
    struct mop_sv name, end;
} raws[] = {
    {{"script", 6}, {"</script", 8}},
    {{"style", 5}, {"</style", 7}},
    {{"textarea", 8}, {"</textarea", 10}},
    {{"title", 5}, {"</title", 7}},
};

/* Behind the string that begins at `at`; one in ' or " ends with its line at the latest. */
static size_t string_end(struct mop_sv s, size_t at)
{
    char quote = s.p[at++];
    for (; at < s.n && s.p[at] != quote && (s.p[at] != '\n' || quote == '`'); at++)
        at += s.p[at] == '\\';
    return at < s.n ? at + 1 : s.n;
}

/* Where the last comment of a script can end: looked for once, or each that never ends would look.
 */
static size_t last_end(struct mop_sv s)
{
    size_t at = s.n;
    while (at >= 2 && !(s.p[at - 2] == '*' && s.p[at - 1] == '/'))
        at--;
    return at >= 2 ? at - 2 : 0;
}

/* Behind the comment at `at`, or `at`: there is none. One that never ends is none. */
static size_t comment_end(struct mop_sv s, size_t at, size_t last)
{
    struct mop_sv rest = mop_sv_sub(s, at, s.n);
    if (mop_sv_starts(rest, MOP_SV("//")))
        return at + mop_sv_find(rest, '\n');
    bool ends = mop_sv_starts(rest, MOP_SV("/*")) && at + 2 <= last;
    return ends ? find(s, at + 2, MOP_SV("*/")) + 2 : at;
}

/* A script without its comments. Patterns (/["']/) are not told from divisions: what stands behind
 * them in the line may be taken for a string, and so be kept. */
static void add_script(struct mop_buf *out, struct mop_sv s)
{
    size_t last = last_end(s);
    for (size_t at = 0; at < s.n;) {
        size_t from = at, end = s.p[at] == '/' ? comment_end(s, at, last) : at;
        if (end > at) {
            mop_buf_chr(out, ' ');
            at = end;
            continue;
        }
        if (strchr("'\"`", s.p[at]) && s.p[at])
            at = string_end(s, at);
        else
            at += s.p[at] == '\\' && at + 1 < s.n ? 2 : 1;
        mop_buf_sv(out, mop_sv_sub(s, from, at));
    }
}

static void raw_text(struct scan *x, struct mop_sv name)
{
    for (size_t i = 0; i < sizeof raws / sizeof *raws; i++) {
        if (!mop_sv_eq_nocase(name, raws[i].name))
            continue;
        size_t end = find(x->s, x->at, raws[i].end);
        struct mop_sv inside = mop_sv_sub(x->s, x->at, end);
        if (i == 3 && !x->out->title.p)
            x->out->title = mop_arena_copy(x->a, mop_sv_trim(inside));
        if (i == 0)
            add_script(x->text, inside);
        else
            mop_buf_sv(x->text, inside);
        x->at = end;
    }
}

/* At a '<'. */
static void markup(struct scan *x)
{
    struct mop_sv rest = mop_sv_sub(x->s, x->at, x->s.n);
    if (mop_sv_starts(rest, MOP_SV("<!--"))) {
        size_t end = find(x->s, x->at + 2, MOP_SV("-->")); /* <!--> is a whole one */
        x->at = end < x->s.n ? end + 3 : end;
        return;
    }
    if (rest.n < 2 || !(is_letter(rest.p[1]) || rest.p[1] == '/' || rest.p[1] == '!')) {
        mop_buf_chr(x->text, '<');
        x->at++;
        return;
    }
    size_t end = tag_end(x->s, x->at + 1);
    struct mop_sv tag = mop_sv_sub(x->s, x->at, end), name = tag_name(tag);
    mop_buf_sv(x->text, tag);
    x->at = end;
    on_tag(x, tag, name);
    raw_text(x, name);
    if (mop_sv_eq_nocase(name, MOP_SV("h1")) && !x->out->heading.p)
        x->out->heading = untagged(x->a, mop_sv_sub(x->s, end, find(x->s, end, MOP_SV("</h1"))));
}

/* Bytes that are no UTF-8 become '?': what is looked for is ASCII. */
static struct mop_sv readable(struct mop_arena *a, struct mop_sv s)
{
    struct mop_sv out = mop_arena_copy(a, s);
    char *p = (char *)(uintptr_t)out.p;
    for (size_t at = mop_utf8_check(out); at < out.n;) {
        p[at++] = '?';
        at += mop_utf8_check(mop_sv_sub(out, at, out.n));
    }
    return out;
}

void mop_live_read_page(struct mop_arena *a, struct mop_sv body, struct mop_live_page *out)
{
    struct mop_buf text;
    mop_buf_init(&text, body.n);
    *out = (struct mop_live_page){.title = MOP_SV_NONE};
    struct scan x = {.s = readable(a, body), .text = &text, .out = out, .a = a};
    while (x.at < x.s.n) {
        struct mop_sv rest = mop_sv_sub(x.s, x.at, x.s.n);
        size_t n = mop_sv_find(rest, '<');
        mop_buf_sv(&text, mop_sv_sub(rest, 0, n));
        x.at += n;
        if (x.at < x.s.n)
            markup(&x);
    }
    out->text = mop_arena_copy(a, mop_buf_view(&text));
    mop_buf_release(&text);
}
