/* SPDX-License-Identifier: MIT */
#include "http_template.h"

#include <string.h>

static const struct {
    const char *name;
    enum mop_format_of format;
} formats[] = {
    {"number", MOP_AS_NUMBER}, {"comma", MOP_AS_COMMA},       {"list", MOP_AS_LIST},
    {"repeat", MOP_AS_REPEAT}, {"iso", MOP_AS_ISO},           {"date", MOP_AS_DATE},
    {"epoch", MOP_AS_EPOCH},   {"epoch_ms", MOP_AS_EPOCH_MS}, {"http_date", MOP_AS_HTTP_DATE}};

static bool find_format(struct mop_sv name, enum mop_format_of *out)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (mop_sv_eqs(name, formats[i].name)) {
            *out = formats[i].format;
            return true;
        }
    return false;
}

static int variable(struct mop_sv *rest, struct mop_template_part *part, const char **wrong)
{
    size_t end = mop_sv_find(*rest, '}');
    struct mop_sv inside = mop_sv_sub(*rest, 1, end);
    size_t colon = mop_sv_find(inside, ':');
    part->name = mop_sv_sub(inside, 0, colon);
    part->format = MOP_AS_TEXT;
    if (end == rest->n)
        *wrong = "'{' is never closed; a brace itself is written {{";
    else if (!part->name.n)
        *wrong = "a variable has no name; a brace itself is written {{";
    else if (colon < inside.n &&
             !find_format(mop_sv_sub(inside, colon + 1, inside.n), &part->format))
        *wrong = "formats are number, comma, list, repeat, iso, date, epoch, epoch_ms, http_date";
    if (*wrong)
        return -1;
    *rest = mop_sv_sub(*rest, end + 1, rest->n);
    return 1;
}

int mop_template_next(struct mop_sv *rest, struct mop_template_part *part, const char **wrong)
{
    *wrong = NULL;
    *part = (struct mop_template_part){0};
    if (!rest->n)
        return 0;
    bool doubled = rest->n > 1 && rest->p[0] == rest->p[1];
    if (rest->p[0] == '{' && !doubled)
        return variable(rest, part, wrong);
    if (rest->p[0] == '}' && !doubled) {
        *wrong = "'}' without '{'; a brace itself is written }}";
        return -1;
    }
    size_t n = 0;
    if (rest->p[0] == '{' || rest->p[0] == '}') {
        part->literal = mop_sv_sub(*rest, 0, 1);
        n = 2;
    } else {
        while (n < rest->n && rest->p[n] != '{' && rest->p[n] != '}')
            n++;
        part->literal = mop_sv_sub(*rest, 0, n);
    }
    *rest = mop_sv_sub(*rest, n, rest->n);
    return 1;
}

bool mop_template_is_lone(struct mop_sv text, enum mop_format_of format)
{
    struct mop_template_part part;
    const char *wrong;
    return mop_template_next(&text, &part, &wrong) == 1 && part.name.p && part.format == format &&
           !text.n;
}

bool mop_template_render(struct mop_sv text, mop_template_fn value, void *ctx,
                         void (*escape)(struct mop_buf *out, struct mop_sv v), struct mop_buf *out)
{
    struct mop_template_part part;
    const char *wrong;
    bool whole = true;
    struct mop_buf one;
    mop_buf_init(&one, out->max);
    while (whole && mop_template_next(&text, &part, &wrong) == 1) {
        if (!part.name.p) {
            mop_buf_sv(out, part.literal);
            continue;
        }
        mop_buf_reset(&one);
        whole = value(ctx, part.name, part.format, &one);
        out->over |= one.over;
        if (whole && escape)
            escape(out, mop_buf_view(&one));
        else if (whole)
            mop_buf_sv(out, mop_buf_view(&one));
    }
    mop_buf_release(&one);
    return whole;
}

void mop_percent_encode(struct mop_buf *out, struct mop_sv v)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] && strchr(unreserved, v.p[i]))
            mop_buf_chr(out, v.p[i]);
        else
            mop_buf_printf(out, "%%%02X", (unsigned char)v.p[i]);
}
