/* SPDX-License-Identifier: MIT */
#include "macro.h"
#include "ascii.h"
#include <string.h>

enum { INNER_MAX = 120 }; /* bytes between the marks: keeps hostile input linear */

/* What may stand between the marks: byte i of the inner text. */
static bool in_braces(char c, size_t i)
{
    (void)i;
    return c != '{' && c != '}';
}

static bool in_name(char c, size_t i)
{
    return c == '_' || mop_is_lower(c) || mop_is_upper(c) ||
           (i > 0 && (mop_is_digit(c) || c == '.' || c == ':' || c == '+'));
}

static bool in_upper(char c, size_t i)
{
    return mop_is_upper(c) || (i > 0 && (mop_is_digit(c) || c == '_'));
}

static bool in_lower(char c, size_t i)
{
    (void)i;
    return mop_is_lower(c);
}

static bool not_percent(char c, size_t i)
{
    (void)i;
    return c != '%';
}

static bool not_brace(char c, size_t i)
{
    (void)i;
    return c != '}';
}

static bool not_bar(char c, size_t i)
{
    (void)i;
    return c != '|';
}

static bool not_bracket(char c, size_t i)
{
    (void)i;
    return c != ']';
}

/* `whole`: no letter or digit may touch the marks. */
static const struct shape {
    const char *open, *close;
    bool (*inner)(char c, size_t i);
    size_t min;
    bool whole;
} shapes[] = {
    {"{{", "}}", in_braces, 1, false},   {"${", "}", not_brace, 1, false},
    {"{", "}", in_name, 1, true},        {"__", "__", in_upper, 2, false},
    {"%%", "%%", not_percent, 1, false}, {"%", "!", in_lower, 3, true},
    {"*|", "|*", not_bar, 1, false},     {"[[", "]]", not_bracket, 1, false},
};

static struct mop_sv behind(struct mop_sv s, size_t i)
{
    return mop_sv_sub(s, i, s.n);
}

/* Length of the inner text from s.p[i] up to the closing mark; 0 if it does not fit. */
static size_t inner_length(const struct shape *shape, struct mop_sv s, size_t i)
{
    struct mop_sv close = mop_sv_of(shape->close);
    for (size_t n = 0; n <= INNER_MAX && i + n < s.n; n++) {
        if (n >= shape->min && mop_sv_starts(behind(s, i + n), close)) {
            return n;
        }
        if (!shape->inner(s.p[i + n], n)) {
            return 0;
        }
    }
    return 0;
}

static size_t shape_at(const struct shape *shape, struct mop_sv s, size_t i)
{
    size_t open = strlen(shape->open);
    if (!mop_sv_starts(behind(s, i), mop_sv_of(shape->open))) {
        return 0;
    }
    size_t inner = inner_length(shape, s, i + open);
    size_t n = open + inner + strlen(shape->close);
    if (inner == 0) {
        return 0;
    }
    bool touched = (i > 0 && mop_is_alnum(s.p[i - 1])) || (i + n < s.n && mop_is_alnum(s.p[i + n]));
    return shape->whole && touched ? 0 : n;
}

static bool opens(char c)
{
    return c == '{' || c == '$' || c == '_' || c == '%' || c == '*' || c == '[';
}

size_t mop_macro_at(struct mop_sv s, size_t i)
{
    if (!opens(s.p[i])) {
        return 0;
    }
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        size_t n = shape_at(&shapes[k], s, i);
        if (n > 0) {
            return n;
        }
    }
    return 0;
}

struct mop_sv mop_macro_find(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        size_t n = opens(s.p[i]) ? mop_macro_at(s, i) : 0;
        if (n > 0) {
            return mop_sv_sub(s, i, i + n);
        }
    }
    return MOP_SV_NONE;
}
