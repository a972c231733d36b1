/* SPDX-License-Identifier: MIT */
#ifndef MOP_ASCII_H
#define MOP_ASCII_H
#include <stdbool.h>

/* Classes of ASCII characters. Not <ctype.h>: that one obeys the locale. */
static inline bool mop_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool mop_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool mop_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool mop_is_letter(char c)
{
    return mop_is_lower(c) || mop_is_upper(c);
}

static inline bool mop_is_alnum(char c)
{
    return mop_is_letter(c) || mop_is_digit(c);
}

static inline char mop_to_lower(char c)
{
    return (char)(mop_is_upper(c) ? c + ('a' - 'A') : c);
}

static inline char mop_to_upper(char c)
{
    return (char)(mop_is_lower(c) ? c - ('a' - 'A') : c);
}
#endif
