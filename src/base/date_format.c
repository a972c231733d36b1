/* SPDX-License-Identifier: MIT */
#include "civil.h"
#include <ctype.h>
#include <stdlib.h>

/* Formats such as "M/D/YYYY H:mm A", compiled into steps; reading never looks back. */

enum part { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, HALF, ZONE, PARTS };

struct step {
    const struct token *token; /* NULL: literal */
    struct mop_sv text;        /* the literal */
};
struct mop_date_format {
    struct step *step;
    size_t n;
    bool has[PARTS];
};
struct reader {
    struct mop_sv s;
    size_t i;
    int part[PARTS];
    int32_t offset;
};

struct token {
    const char *text;
    enum part part;
    int least, most; /* digits; 0: no number */
    bool (*read)(struct reader *r, const struct token *t);
    void (*print)(const struct token *t, const int *part, struct mop_buf *out);
    const char *pattern; /* a regex of all that may stand there, and maybe of more */
};

static bool read_number(struct reader *r, const struct token *t)
{
    int n = 0, value = 0;
    for (; n < t->most && r->i < r->s.n && r->s.p[r->i] >= '0' && r->s.p[r->i] <= '9'; n++)
        value = value * 10 + (r->s.p[r->i++] - '0');
    r->part[t->part] = value;
    return n >= t->least;
}

/* Exports write YY for their own time: 2000 to 2099. */
static bool read_short_year(struct reader *r, const struct token *t)
{
    bool good = read_number(r, t);
    r->part[YEAR] += 2000;
    return good;
}

static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* One of `n` words of `length` letters, in any case; its index or -1. */
static int read_word(struct reader *r, const char *words, size_t length)
{
    struct mop_sv here = mop_sv_sub(r->s, r->i, r->i + length);
    for (size_t k = 0; words[k * length]; k++)
        if (mop_sv_eq_nocase(here, (struct mop_sv){words + k * length, length})) {
            r->i += length;
            return (int)k;
        }
    return -1;
}

static bool read_month_name(struct reader *r, const struct token *t)
{
    r->part[t->part] = read_word(r, MONTHS, 3) + 1;
    return r->part[t->part] > 0;
}

static bool read_half(struct reader *r, const struct token *t)
{
    r->part[t->part] = read_word(r, "AMPM", 2);
    return r->part[t->part] >= 0;
}

static bool read_zone(struct reader *r, const struct token *t)
{
    (void)t;
    if (r->i < r->s.n && r->s.p[r->i] == 'Z')
        return ++r->i > 0;
    size_t n = mop_offset_parse(mop_sv_sub(r->s, r->i, r->s.n), &r->offset);
    r->i += n;
    return n > 0;
}

static void print_number(const struct token *t, const int *part, struct mop_buf *out)
{
    mop_buf_printf(out, "%0*d", t->least, part[t->part]);
}

static void print_short_year(const struct token *t, const int *part, struct mop_buf *out)
{
    mop_buf_printf(out, "%02d", part[t->part] % 100);
}

static void print_month_name(const struct token *t, const int *part, struct mop_buf *out)
{
    mop_buf_printf(out, "%.3s", MONTHS + 3 * (part[t->part] - 1));
}

static void print_half(const struct token *t, const int *part, struct mop_buf *out)
{
    mop_buf_str(out, part[t->part] ? "PM" : "AM");
}

static void print_zone(const struct token *t, const int *part, struct mop_buf *out)
{
    int minutes = part[t->part];
    mop_buf_printf(out, "%c%02d:%02d", minutes < 0 ? '-' : '+', abs(minutes) / 60,
                   abs(minutes) % 60);
}

/* Longer ones first. */
static const struct token tokens[] = {
    {"YYYY", YEAR, 4, 4, read_number, print_number, "(?:2[0-9]{3}|[013-9][0-9]{3})"},
    {"YY", YEAR, 2, 2, read_short_year, print_short_year, "(?:2[0-9]|[013-9][0-9])"},
    {"MMM", MONTH, 0, 0, read_month_name, print_month_name,
     "(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"},
    {"MM", MONTH, 2, 2, read_number, print_number, "(?:0[1-9]|1[0-2])"},
    {"M", MONTH, 1, 2, read_number, print_number, "(?:1[0-2]?|0?[1-9])"},
    {"DD", DAY, 2, 2, read_number, print_number, "(?:0[1-9]|[12][0-9]|3[01])"},
    {"D", DAY, 1, 2, read_number, print_number, "(?:[12][0-9]?|0?[1-9]|3[01])"},
    {"HH", HOUR, 2, 2, read_number, print_number, "[0-2][0-9]"},
    {"H", HOUR, 1, 2, read_number, print_number, "[0-2]?[0-9]"},
    {"mm", MINUTE, 2, 2, read_number, print_number, "[0-5][0-9]"},
    {"ss", SECOND, 2, 2, read_number, print_number, "[0-6][0-9]"},
    {"A", HALF, 0, 0, read_half, print_half, "(?i:AM|PM)"},
    {"Z", ZONE, 0, 0, read_zone, print_zone, "(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"},
};

/* The token that the whole run of this letter is, or NULL. */
static const struct token *find_token(struct mop_sv run)
{
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        if (mop_sv_eqs(run, tokens[i].text))
            return &tokens[i];
    return NULL;
}

/* A letter that is no token is one of another language of formats (Q, w, hh, d): as a literal no
 * date would have it. The T of ISO 8601 is what it looks like. */
static bool looks_like_token(struct mop_sv run)
{
    return isalpha((unsigned char)run.p[0]) && !mop_sv_eqs(run, "T");
}

static struct mop_sv run_at(struct mop_sv fmt, size_t i)
{
    size_t end = i + 1;
    while (end < fmt.n && fmt.p[end] == fmt.p[i])
        end++;
    return mop_sv_sub(fmt, i, end);
}

static const char *add_token(struct mop_date_format *f, const struct token *t)
{
    const struct token *last = f->n ? f->step[f->n - 1].token : NULL;
    if (f->has[t->part])
        return "a part is there twice";
    if (t->most && last && last->most > last->least)
        return "'M', 'D' or 'H' right before another number; use two letters";
    f->has[t->part] = true;
    f->step[f->n++] = (struct step){t, MOP_SV_NONE};
    return NULL;
}

/* What one part needs besides itself. */
static const struct need {
    enum part part, needs;
    const char *error;
} needs[] = {
    {MINUTE, HOUR, "minutes without hours"},
    {SECOND, MINUTE, "seconds without minutes"},
    {HALF, HOUR, "'A' without hours"},
    {ZONE, HOUR, "'Z' without a time of day"},
};

static const char *check_parts(const struct mop_date_format *f, bool rough)
{
    if (!f->has[YEAR])
        return "no year: 'YYYY' or 'YY'";
    if (!f->has[MONTH] && (!rough || f->has[DAY]))
        return "no month: 'MM', 'M' or 'MMM' (minutes are 'mm')";
    if (!f->has[DAY] && !rough)
        return "no day: 'DD' or 'D'";
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (f->has[needs[i].part] && !f->has[needs[i].needs])
            return needs[i].error;
    return NULL;
}

static const char *compile(struct mop_date_format *f, struct mop_sv fmt, bool rough)
{
    for (size_t i = 0; i < fmt.n;) {
        bool escaped = fmt.p[i] == '\\' && i + 1 < fmt.n;
        struct mop_sv run = escaped ? mop_sv_sub(fmt, i + 1, i + 2) : run_at(fmt, i);
        const struct token *t = escaped ? NULL : find_token(run);
        const char *error = NULL;
        if (t)
            error = add_token(f, t);
        else if (!escaped && looks_like_token(run))
            error = "a letter that is no token";
        else
            f->step[f->n++] = (struct step){NULL, run};
        if (error)
            return error;
        i += run.n + escaped;
    }
    return check_parts(f, rough);
}

static const struct mop_date_format *compiled(struct mop_arena *a, struct mop_sv fmt, bool rough,
                                              const char **error)
{
    struct mop_date_format *f = mop_arena_alloc(a, sizeof *f);
    fmt = mop_arena_copy(a, fmt);
    f->step = mop_arena_array(a, fmt.n + 1, sizeof *f->step);
    *error = compile(f, fmt, rough);
    return *error ? NULL : f;
}

const struct mop_date_format *mop_date_format_compile(struct mop_arena *a, struct mop_sv fmt,
                                                      const char **error)
{
    return compiled(a, fmt, false, error);
}

const struct mop_date_format *mop_date_format_rough(struct mop_arena *a, struct mop_sv fmt,
                                                    const char **error)
{
    return compiled(a, fmt, true, error);
}

void mop_date_format_pattern(const struct mop_date_format *f, struct mop_buf *out)
{
    for (size_t k = 0; k < f->n; k++) {
        struct mop_sv text = f->step[k].text;
        if (f->step[k].token)
            mop_buf_str(out, f->step[k].token->pattern);
        for (size_t i = 0; !f->step[k].token && i < text.n; i++)
            mop_buf_printf(out, "%s%c", ispunct((unsigned char)text.p[i]) ? "\\" : "", text.p[i]);
    }
}

bool mop_date_format_has_time(const struct mop_date_format *f)
{
    return f->has[HOUR];
}

/* A clock with AM and PM has no 0: midnight is 12 AM. */
static void print_hour(const struct mop_date_format *f, int *part)
{
    part[HALF] = part[HOUR] >= 12;
    if (f->has[HALF])
        part[HOUR] = (part[HOUR] + 11) % 12 + 1;
}

void mop_date_format_print(const struct mop_date_format *f, const struct mop_zone *z,
                           struct mop_when w, struct mop_buf *out)
{
    int32_t offset = mop_zone_offset(z, w.us);
    int64_t local = w.whole_day ? w.day * MOP_US_DAY : w.us + offset * MOP_US_SECOND;
    int32_t day = mop_day_of_us(local);
    int second = (int)((local - day * MOP_US_DAY) / MOP_US_SECOND);
    int part[PARTS] = {[HOUR] = second / 3600,
                       [MINUTE] = second / 60 % 60,
                       [SECOND] = second % 60,
                       [ZONE] = offset / 60};
    mop_civil_of_day(day, &part[YEAR], &part[MONTH], &part[DAY]);
    print_hour(f, part);
    for (size_t k = 0; k < f->n; k++)
        if (f->step[k].token)
            f->step[k].token->print(f->step[k].token, part, out);
        else
            mop_buf_sv(out, f->step[k].text);
}

static bool read_step(struct reader *r, const struct step *step)
{
    if (step->token)
        return step->token->read(r, step->token);
    struct mop_sv here = mop_sv_sub(r->s, r->i, r->i + step->text.n);
    r->i += step->text.n;
    return mop_sv_eq(here, step->text);
}

/* 12 AM is midnight, 12 PM noon; 0 and 13 are on no such clock. */
static bool apply_half(struct mop_clock *c, int half)
{
    if (c->hour < 1 || c->hour > 12)
        return false;
    c->hour = c->hour % 12 + 12 * half;
    return true;
}

bool mop_date_parse(const struct mop_date_format *f, const struct mop_zone *z, struct mop_sv s,
                    struct mop_when *out)
{
    struct reader r = {.s = s};
    for (size_t k = 0; k < f->n; k++)
        if (!read_step(&r, &f->step[k]))
            return false;
    struct mop_clock c = {.year = r.part[YEAR],
                          .month = f->has[MONTH] ? r.part[MONTH] : 1,
                          .day = f->has[DAY] ? r.part[DAY] : 1,
                          .hour = r.part[HOUR],
                          .minute = r.part[MINUTE],
                          .second = r.part[SECOND],
                          .timed = f->has[HOUR],
                          .has_offset = f->has[ZONE],
                          .offset = r.offset};
    if (r.i != s.n || (f->has[HALF] && !apply_half(&c, r.part[HALF])))
        return false;
    return mop_clock_when(&c, z, out);
}
