/* SPDX-License-Identifier: MIT */
#include "report/html.h"
#include "base/utf8.h"
#include <string.h>

/* Bytes of the page. Everything goes through add(), so that its size is known. */

static void add(struct mop_page *p, const char *bytes, size_t n)
{
    mop_out_add(p->out, bytes, n);
    mop_html_of(p)->written += n;
}

void mop_html_str(struct mop_page *p, const char *markup)
{
    add(p, markup, strlen(markup));
}

static void add_escaped(struct mop_page *p, struct mop_sv s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *entity = mop_out_entity(s.p[i]);
        if (!entity)
            continue;
        add(p, s.p + from, i - from);
        mop_html_str(p, entity);
        from = i + 1;
    }
    add(p, s.p ? s.p + from : "", s.n - from);
}

/* Columns alone are no limit: a letter may carry any number of marks that take none. */
static struct mop_sv bounded(struct mop_sv s, size_t bytes)
{
    if (s.n <= bytes)
        return s;
    size_t n = bytes;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return mop_sv_sub(s, 0, n ? n : bytes);
}

void mop_html_text(struct mop_page *p, struct mop_sv text, size_t max)
{
    struct mop_sv s = bounded(text, 4 * max), safe = mop_shown_text(&p->arena, s, max);
    add_escaped(p, safe);
    if (s.n < text.n && mop_utf8_width(safe) < max)
        mop_html_str(p, "…");
}

void mop_html_data(struct mop_page *p, struct mop_sv value)
{
    if (!mop_sv_trim(value).n) { /* code without a letter is not seen */
        mop_html_str(p, value.n ? "<span class=\"f\">(only blanks)</span>"
                                : "<span class=\"f\">(blank)</span>");
        return;
    }
    mop_html_str(p, "<code><bdi>");
    mop_html_text(p, value, MOP_HTML_DATA);
    mop_html_str(p, "</bdi></code>");
}

void mop_html_fill(struct mop_page *p, const char *markup, const struct mop_sv *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *hole = strstr(markup, "{}");
        if (!hole)
            break;
        add(p, markup, (size_t)(hole - markup));
        mop_html_text(p, texts[i], MOP_HTML_TEXT);
        markup = hole + 2;
    }
    mop_html_str(p, markup);
}

struct mop_sv mop_html_keep(struct mop_sv text)
{
    enum { MOST = 24 };
    return text.n && text.n <= MOST ? MOP_SV("k") : MOP_SV("");
}

struct mop_sv mop_html_int(struct mop_page *p, int64_t n)
{
    return mop_arena_printf(&p->arena, "%lld", (long long)n);
}

bool mop_html_full(struct mop_page *p)
{
    struct mop_html *h = mop_html_of(p);
    if (h->written < h->limit)
        return false;
    h->dropped++;
    return true;
}
