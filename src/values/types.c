/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "../base/utf8.h"
#include "country.h"
#include "domain.h"
#include "email.h"
#include "phone.h"
#include "types_time.h"
#include "url.h"
#include "why.h"

enum { CANONICAL_MAX = 64 };

/* The arguments of every `read`; those that a type does not need are named in UNUSED. */
#define READ(type)                                                                                 \
    static bool read_##type(struct mop_sv s, const struct mop_type_options *o,                     \
                            struct mop_typed *out, struct mop_arena *a, struct mop_buf *why)
#define UNUSED(x) (void)(x)

static bool text(struct mop_sv canonical, struct mop_typed *out)
{
    *out = (struct mop_typed){.canonical = canonical};
    return true;
}

READ(text)
{
    UNUSED(o), UNUSED(a), UNUSED(why);
    return text(s, out);
}

READ(email)
{
    struct mop_sv canonical;
    UNUSED(o);
    return mop_email_read(s, &canonical, a, why) && text(canonical, out);
}

READ(url)
{
    struct mop_url u;
    mop_url_parse(a, s, o && o->url_template, &u);
    if (u.fault != MOP_URL_OK) {
        return mop_why(why, "%.*s", MOP_SV_ARG(u.reason));
    }
    return text(mop_url_canonical(&u), out);
}

static struct mop_marks marks_of(const struct mop_type_options *o)
{
    struct mop_marks marks = o ? o->marks : (struct mop_marks){0, 0};
    marks.decimal = marks.decimal ? marks.decimal : '.';
    return marks;
}

static bool number(mop_i128 value, struct mop_typed *out, struct mop_arena *a)
{
    char room[CANONICAL_MAX + 1];
    struct mop_buf b;
    mop_buf_fixed(&b, room, sizeof room);
    mop_number_print(&b, value);
    *out = (struct mop_typed){
        .canonical = mop_arena_copy(a, mop_buf_view(&b)), .number = value, .has_number = true};
    return true;
}

static bool no_number(enum mop_number_fault fault, const char *noun, struct mop_marks marks,
                      struct mop_buf *why)
{
    if (fault == MOP_NUMBER_LONG)
        return mop_why(why, "has more than %d digits%s", MOP_NUMBER_WHOLE,
                       marks.decimal ? " before the decimal mark" : "");
    if (fault == MOP_NUMBER_FINE)
        return mop_why(why, "has more than %d digits after the decimal mark", MOP_NUMBER_DECIMALS);
    mop_why(why, "is no %s", noun);
    if (marks.decimal) {
        mop_why(why, " with decimal mark '%c'", marks.decimal);
    }
    if (marks.group) {
        mop_why(why, " %s group mark '%c'", marks.decimal ? "and" : "with", marks.group);
    }
    return false;
}

static bool read_number(struct mop_sv s, const char *noun, const struct mop_type_options *o,
                        struct mop_marks marks, struct mop_typed *out, struct mop_arena *a,
                        struct mop_buf *why)
{
    mop_i128 value;
    bool exponent = o && o->exponent;
    enum mop_number_fault fault =
        exponent ? mop_number_parse_exponent(s, marks, &value) : mop_number_parse(s, marks, &value);
    if (fault == MOP_NUMBER_NONE && !exponent && !mop_number_parse_exponent(s, marks, &value))
        return mop_why(why, "has an exponent, which only 'marks: {exponent: true}' takes");
    return fault ? no_number(fault, noun, marks, why) : number(value, out, a);
}

READ(decimal)
{
    return read_number(s, "number", o, marks_of(o), out, a, why);
}

static bool has_exponent(struct mop_sv s)
{
    return mop_sv_find(s, 'e') < s.n || mop_sv_find(s, 'E') < s.n;
}

/* 1.5E3 is whole though its digits have a mark: of a number with an exponent its value is asked. */
READ(integer)
{
    struct mop_marks marks = marks_of(o);
    struct mop_typed read = {.canonical = MOP_SV_NONE};
    if (o && o->exponent && has_exponent(s)) {
        if (!read_number(s, "whole number", o, marks, &read, a, why))
            return false;
        if (mop_sv_find(read.canonical, '.') < read.canonical.n)
            return mop_why(why, "is no whole number");
        *out = read;
        return true;
    }
    marks.decimal = '\0';
    return read_number(s, "whole number", o, marks, out, a, why);
}

READ(boolean)
{
    struct mop_sv canonical = mop_boolean_find(s);
    UNUSED(o), UNUSED(a);
    return canonical.p ? text(canonical, out) : mop_why(why, "is neither true nor false");
}

READ(phone)
{
    struct mop_sv canonical;
    UNUSED(o);
    return mop_phone_read(s, &canonical, a, why) && text(canonical, out);
}

READ(country)
{
    struct mop_sv canonical = mop_country_find(s, a);
    UNUSED(o);
    return canonical.p ? text(canonical, out)
                       : mop_why(why, "is no country of ISO 3166 by code or English name");
}

READ(currency)
{
    struct mop_sv canonical = mop_currency_find(s);
    UNUSED(o), UNUSED(a);
    return canonical.p ? text(canonical, out) : mop_why(why, "is no currency code of ISO 4217");
}

READ(domain)
{
    struct mop_sv canonical;
    UNUSED(o);
    return mop_domain_read(s, MOP_DOMAIN_DOT, &canonical, a, why) && text(canonical, out);
}

static bool has_letter(struct mop_sv s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = mop_utf8_next(s, &i);
        if ((cp | 0x20) - 'a' < 26U || (cp >= 0xc0 && !mop_utf8_is_space(cp))) {
            return true;
        }
    }
    return false;
}

static bool has_control(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f) {
            return true;
        }
    }
    return false;
}

READ(name)
{
    struct mop_sv email;
    UNUSED(o);
    if (has_control(s)) {
        return mop_why(why, "has a control character");
    }
    if (!has_letter(s)) {
        return mop_why(why, "has no letter");
    }
    if (mop_email_read(s, &email, a, NULL)) {
        return mop_why(why, "is an e-mail address, no name");
    }
    return text(s, out);
}

const struct mop_type mop_types[] = {
    {"text", "text", "any text", false, MOP_AS_TEXT, read_text},
    {"email", "an e-mail address", "an e-mail address", true, MOP_AS_TEXT, read_email},
    {"url", "a web address", "an absolute http or https URL", false, MOP_AS_TEXT, read_url},
    {"decimal", "a number",
     "a number with the declared marks, at most 18 digits before and 20 after the decimal mark",
     false, MOP_AS_NUMBER, read_decimal},
    {"integer", "a whole number", "a whole number with the declared group mark, at most 18 digits",
     false, MOP_AS_NUMBER, read_integer},
    {"date", "a date", "a whole day, by ISO 8601 or the declared formats", false, MOP_AS_TIME,
     mop_type_read_date},
    {"datetime", "a date or a time", "a day or a moment, by ISO 8601 or the declared formats",
     false, MOP_AS_TIME, mop_type_read_datetime},
    {"boolean", "a yes or a no", "true yes t y 1, false no f n 0", false, MOP_AS_TEXT,
     read_boolean},
    {"phone", "a phone number with + and calling code",
     "a phone number with + and calling code (E.164)", true, MOP_AS_TEXT, read_phone},
    {"country", "a country", "a country by ISO 3166 code or English name", false, MOP_AS_TEXT,
     read_country},
    {"currency", "a currency", "a currency by ISO 4217 code", false, MOP_AS_TEXT, read_currency},
    {"domain", "a host name", "a host name with a dot", false, MOP_AS_TEXT, read_domain},
    {"name", "the name of a person or company", "the name of a person or company", true,
     MOP_AS_TEXT, read_name},
};
const size_t mop_types_n = sizeof mop_types / sizeof *mop_types;

const struct mop_type *mop_type_find(struct mop_sv name)
{
    for (size_t i = 0; i < mop_types_n; i++) {
        if (mop_sv_eqs(name, mop_types[i].name)) {
            return &mop_types[i];
        }
    }
    return NULL;
}
