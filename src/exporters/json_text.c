/* SPDX-License-Identifier: MIT */
#include "json_source.h"

#include <string.h>

bool mop_json_blank(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static uint32_t clip(uint64_t n)
{
    return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

struct mop_loc mop_json_begin(const struct mop_json *j, struct json_place b)
{
    return (struct mop_loc){j->file.source.name, clip(b.line), clip(b.at - b.line_start + 1)};
}

struct mop_loc mop_json_loc(const struct mop_json *j, const struct json_text *t, size_t offset)
{
    struct json_place b = t->begin;
    const char *p = t->p, *end = t->p + (offset < t->n ? offset : t->n);
    for (const char *hit; (hit = memchr(p, '\n', (size_t)(end - p))); p = hit + 1) {
        b.line++;
        b.line_start = t->begin.at + (uint64_t)(hit + 1 - t->p);
    }
    b.at = t->begin.at + (uint64_t)(end - t->p);
    return mop_json_begin(j, b);
}

static struct json_place here(const struct mop_json *j)
{
    return (struct json_place){j->file.w.base + j->at, j->line, j->line_start};
}

int mop_json_fail(const struct mop_json *j, struct mop_err *e, const char *what)
{
    mop_err_set(e, 3, mop_json_begin(j, here(j)), "%s", what);
    return -1;
}

int mop_json_refill(struct mop_json *j, struct mop_err *e)
{
    if (j->file.w.n - j->at > MOP_CAP_RECORD)
        return mop_json_fail(j, e, "record is longer than 64 MiB (began here)");
    mop_window_drop(&j->file.w, j->at);
    j->at = 0;
    return mop_window_more(&j->file.w, e);
}

static void advance(struct mop_json *j, size_t n)
{
    const char *p = j->file.w.p + j->at, *end = p + n;
    for (const char *hit; (hit = memchr(p, '\n', (size_t)(end - p))); p = hit + 1) {
        j->line++;
        j->line_start = j->file.w.base + (uint64_t)(hit + 1 - j->file.w.p);
    }
    j->at += n;
}

int mop_json_peek(struct mop_json *j, char *ch, struct mop_err *e)
{
    const struct mop_window *w = &j->file.w;
    for (;;) {
        size_t i = j->at;
        while (i < w->n && mop_json_blank(w->p[i]))
            i++;
        advance(j, i - j->at);
        if (j->at < w->n) {
            *ch = w->p[j->at];
            return 1;
        }
        int more = mop_json_refill(j, e);
        if (more != 1)
            return more;
    }
}

/* The scan of a value for its end: brackets and strings, nothing else. */
struct scan {
    size_t n; /* bytes seen */
    size_t depth;
    bool string, escaped, done;
};

static void scan_string(struct scan *s, char ch)
{
    if (s->escaped)
        s->escaped = false;
    else if (ch == '\\')
        s->escaped = true;
    else if (ch == '"')
        s->string = false;
    s->done = !s->string && s->depth == 0;
}

/* A scalar ends before a delimiter: *past is then false. */
static void scan_token(struct scan *s, char ch, bool *past)
{
    if (ch == '"') {
        s->string = true;
    } else if (ch == '{' || ch == '[') {
        s->depth++;
    } else if (s->depth && (ch == '}' || ch == ']')) {
        s->done = --s->depth == 0;
    } else if (s->depth == 0 &&
               (mop_json_blank(ch) || ch == ',' || ch == ']' || ch == '}' || ch == ':')) {
        s->done = true;
        *past = false;
    }
}

static void scan_some(struct scan *s, const char *p, size_t n)
{
    while (s->n < n && !s->done) {
        bool past = true;
        if (s->string)
            scan_string(s, p[s->n]);
        else
            scan_token(s, p[s->n], &past);
        s->n += past;
    }
}

long mop_json_value_length(struct mop_json *j, size_t from, struct mop_err *e)
{
    const struct mop_window *w = &j->file.w;
    struct scan s = {0};
    for (;;) {
        scan_some(&s, w->p + j->at + from, w->n - j->at - from);
        if (s.done)
            return (long)s.n;
        int more = mop_json_refill(j, e);
        if (more < 0)
            return -1;
        if (more == 0 && !s.string && s.depth == 0)
            return (long)s.n;
        if (more == 0)
            return mop_json_fail(j, e, "the document ends too early: what began here never ends");
    }
}

static int take(struct mop_json *j, size_t n, struct json_text *t)
{
    *t = (struct json_text){here(j), j->file.w.p + j->at, n,
                            j->file.w.eof && j->at + n == j->file.w.n};
    advance(j, n);
    return 1;
}

static int next_line(struct mop_json *j, struct json_text *t, struct mop_err *e)
{
    const struct mop_window *w = &j->file.w;
    char ch;
    int rc = mop_json_peek(j, &ch, e);
    if (rc != 1)
        return rc;
    for (size_t seen = 0;;) {
        const char *from = w->p + j->at + seen, *hit = memchr(from, '\n', w->n - j->at - seen);
        seen = hit ? (size_t)(hit - w->p) - j->at : w->n - j->at;
        if (hit && seen <= MOP_CAP_RECORD)
            return take(j, seen, t);
        rc = mop_json_refill(j, e);
        if (rc < 0)
            return -1;
        if (rc == 0)
            return take(j, seen, t);
    }
}

static int expect_end(struct mop_json *j, struct mop_err *e)
{
    char ch;
    int rc = mop_json_peek(j, &ch, e);
    j->ended = true;
    return rc == 1 ? mop_json_fail(j, e, "something follows the end of the JSON document") : rc;
}

/* The next byte must be `wanted`; it is passed over if `pass`. */
static int expect(struct mop_json *j, char wanted, bool pass, const char *what, struct mop_err *e)
{
    char ch = '\0';
    int rc = mop_json_peek(j, &ch, e);
    if (rc < 0)
        return -1;
    if (rc == 0 || ch != wanted)
        return mop_json_fail(j, e, rc ? what : "the document ends too early");
    advance(j, pass);
    return 0;
}

/* One member behind the records, from its name on: read over. */
static int skip_member(struct mop_json *j, struct mop_err *e)
{
    long n = expect(j, '"', false, "expected a name", e) < 0 ? -1 : mop_json_value_length(j, 0, e);
    if (n < 0)
        return -1;
    if (mop_sv_eqs((struct mop_sv){j->file.w.p + j->at, (size_t)n}, "\"records\""))
        return mop_json_fail(j, e, "a second 'records'");
    advance(j, (size_t)n);
    char ch;
    if (expect(j, ':', true, "expected ':'", e) < 0 || mop_json_peek(j, &ch, e) < 0)
        return -1;
    n = mop_json_value_length(j, 0, e);
    if (n <= 0)
        return n < 0 ? -1 : mop_json_fail(j, e, "expected a value");
    advance(j, (size_t)n);
    return 0;
}

static int end_of_object(struct mop_json *j, struct mop_err *e)
{
    char ch = '\0';
    for (;;) {
        int rc = mop_json_peek(j, &ch, e);
        if (rc < 0)
            return -1;
        if (rc == 0 || (ch != ',' && ch != '}'))
            return mop_json_fail(j, e, rc ? "expected ',' or '}'" : "the document ends too early");
        advance(j, 1);
        if (ch == '}')
            return expect_end(j, e);
        if (skip_member(j, e) < 0)
            return -1;
    }
}

/* Between elements, or at the array's end. */
static int next_element(struct mop_json *j, struct json_text *t, struct mop_err *e)
{
    char ch = '\0';
    int rc = mop_json_peek(j, &ch, e);
    if (rc == 1 && ch == ']') {
        advance(j, 1);
        return j->shape == MOP_JSON_MEMBER ? end_of_object(j, e) : expect_end(j, e);
    }
    if (rc == 1 && j->inside) {
        if (ch != ',')
            return mop_json_fail(j, e, "expected ',' or ']'");
        advance(j, 1);
        rc = mop_json_peek(j, &ch, e);
    }
    if (rc <= 0)
        return rc < 0 ? -1
                      : mop_json_fail(j, e, "the document ends too early: its array is still open");
    long n = mop_json_value_length(j, 0, e);
    if (n <= 0)
        return n < 0 ? -1 : mop_json_fail(j, e, "expected a record");
    j->inside = true;
    return take(j, (size_t)n, t);
}

static int only_value(struct mop_json *j, struct json_text *t, struct mop_err *e)
{
    if (j->inside)
        return expect_end(j, e);
    long n = mop_json_value_length(j, 0, e);
    j->inside = true;
    return n < 0 ? -1 : take(j, (size_t)n, t);
}

int mop_json_value_text(struct mop_json *j, struct json_text *t, struct mop_err *e)
{
    static int (*const next[])(struct mop_json *, struct json_text *, struct mop_err *) = {
        [MOP_JSON_LINES] = next_line,
        [MOP_JSON_ARRAY] = next_element,
        [MOP_JSON_MEMBER] = next_element,
        [MOP_JSON_SINGLE] = only_value,
    };
    return j->ended ? 0 : next[j->shape](j, t, e);
}
