/* SPDX-License-Identifier: MIT */
#include "json_source.h"

/* Looks ahead from `at` without moving it, at most to the end of the first object. */

/* The first byte from *i on that is not blank: 1, 0 at the end, -1. */
static int ahead(struct mop_json *j, size_t *i, char *ch, struct mop_err *e)
{
    const struct mop_window *w = &j->file.w;
    for (;; ++*i) {
        if (j->at + *i == w->n) {
            int more = mop_json_refill(j, e);
            if (more != 1)
                return more;
        }
        *ch = w->p[j->at + *i];
        if (!mop_json_blank(*ch))
            return 1;
    }
}

/* One member of the object, from its name at *i: 1 with *i at its value, 0 if this is no name and
 * colon, -1. */
static int to_value(struct mop_json *j, size_t *i, bool *records, struct mop_err *e)
{
    char ch;
    int rc = ahead(j, i, &ch, e);
    if (rc != 1 || ch != '"')
        return rc < 0 ? -1 : 0;
    long n = mop_json_value_length(j, *i, e);
    if (n < 0)
        return -1;
    *records = mop_sv_eqs((struct mop_sv){j->file.w.p + j->at + *i, (size_t)n}, "\"records\"");
    *i += (size_t)n;
    rc = ahead(j, i, &ch, e);
    if (rc != 1 || ch != ':')
        return rc < 0 ? -1 : 0;
    ++*i;
    rc = ahead(j, i, &ch, e);
    *records = *records && rc == 1 && ch == '[';
    return rc;
}

/* An object begins: the place of its records array if it has one, else whether anything follows it.
 */
static int object_shape(struct mop_json *j, size_t *i, struct mop_err *e)
{
    char ch = '\0';
    bool records = false;
    for (*i = 1; ch != '}'; ++*i) {
        int rc = to_value(j, i, &records, e);
        if (rc != 1)
            return rc < 0 ? -1 : MOP_JSON_LINES;
        if (records)
            return MOP_JSON_MEMBER;
        long n = mop_json_value_length(j, *i, e);
        if (n < 0)
            return -1;
        *i += (size_t)n;
        rc = ahead(j, i, &ch, e);
        if (rc < 0)
            return -1;
        if (rc == 0 || n == 0 || (ch != ',' && ch != '}'))
            return MOP_JSON_LINES;
    }
    int rc = ahead(j, i, &ch, e);
    return rc < 0 ? -1 : rc ? MOP_JSON_LINES : MOP_JSON_SINGLE;
}

/* Moves behind the opening bracket of the array, `i` bytes on. */
static void enter(struct mop_json *j, size_t i)
{
    for (size_t to = j->at + i; j->at < to; j->at++) {
        if (j->file.w.p[j->at] == '\n') {
            j->line++;
            j->line_start = j->file.w.base + j->at + 1;
        }
    }
    j->at++;
}

int mop_json_shape(struct mop_json *j, bool lines, struct mop_err *e)
{
    char ch = '\0';
    size_t i = 0;
    j->shape = MOP_JSON_LINES;
    if (lines)
        return 0;
    int rc = mop_json_peek(j, &ch, e);
    if (rc < 0)
        return -1;
    if (rc == 0)
        return mop_json_fail(j, e, "no records: the file is empty");
    if (ch != '[' && ch != '{')
        return mop_json_fail(j, e, "neither a JSON array nor JSON objects");
    int shape = ch == '[' ? MOP_JSON_ARRAY : object_shape(j, &i, e);
    if (shape < 0)
        return -1;
    j->shape = (enum json_shape)shape;
    if (shape == MOP_JSON_ARRAY || shape == MOP_JSON_MEMBER)
        enter(j, i);
    return 0;
}
