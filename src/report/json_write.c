/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "base/utf8.h"

/* The pieces that the JSON report is made of, and how values become JSON. */

/* Four digits are enough for 100.0, and few enough that no 73.8 comes out as 73.799999. */
enum { DUMP = JSON_ENCODE_ANY | JSON_REAL_PRECISION(4) };

/* A piece ends between characters. What a terminal would obey or not show is escaped, beyond what
 * JSON asks for. */
static int to_out(const char *p, size_t n, void *out)
{
    struct mop_sv s = {p, n};
    size_t start = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = (unsigned char)p[i] < 0x7F ? 0 : mop_utf8_decode(s, i, &cp);
        if (len && mop_utf8_is_hidden(cp)) {
            mop_out_add(out, p + start, i - start);
            mop_out_unicode(out, cp);
            start = i + len;
        }
        i += len ? len : 1;
    }
    mop_out_add(out, p + start, n - start);
    return 0;
}

static void dump(struct mop_json_out *j, json_t *value)
{
    json_dump_callback(value, to_out, j->out, DUMP);
    json_decref(value);
}

static void begin(struct mop_json_out *j, const struct mop_sv *key)
{
    if (!j->first)
        mop_out_chr(j->out, ',');
    if (j->depth) {
        mop_out_chr(j->out, '\n');
        mop_out_pad(j->out, (size_t)j->depth);
    }
    j->first = false;
    if (!key)
        return;
    dump(j, mop_json_text(*key));
    mop_out_str(j->out, ": ");
}

void mop_json_open(struct mop_json_out *j, const struct mop_sv *key, char bracket)
{
    begin(j, key);
    mop_out_chr(j->out, bracket);
    j->depth++;
    j->first = true;
}

void mop_json_close(struct mop_json_out *j, char bracket)
{
    j->depth--;
    if (!j->first) {
        mop_out_chr(j->out, '\n');
        mop_out_pad(j->out, (size_t)j->depth);
    }
    mop_out_chr(j->out, bracket);
    j->first = false;
}

void mop_json_put(struct mop_json_out *j, const struct mop_sv *key, json_t *value)
{
    begin(j, key);
    dump(j, value);
    mop_arena_reset(&j->arena);
}

void mop_json_put_text(struct mop_json_out *j, const char *key, struct mop_sv text)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_put(j, &name, mop_json_text(text));
}

void mop_json_put_count(struct mop_json_out *j, const char *key, uint64_t n)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_put(j, &name, mop_json_count(n));
}

void mop_json_put_bool(struct mop_json_out *j, const char *key, bool b)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_put(j, &name, json_boolean(b));
}

/* ---- values ---- */

static void add_utf8(struct mop_buf *b, struct mop_sv s)
{
    while (s.n) {
        size_t good = mop_utf8_check(s);
        mop_buf_sv(b, mop_sv_sub(s, 0, good));
        if (good < s.n)
            mop_buf_str(b, "\xEF\xBF\xBD");
        s = mop_sv_sub(s, good + 1, s.n);
    }
}

json_t *mop_json_text(struct mop_sv s)
{
    if (mop_utf8_check(s) == s.n)
        return json_stringn_nocheck(s.n ? s.p : "", s.n);
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    add_utf8(&b, s);
    json_t *text = json_stringn_nocheck(b.p, b.n);
    mop_buf_release(&b);
    return text;
}

json_t *mop_json_text_or_null(struct mop_sv s)
{
    return s.n ? mop_json_text(s) : json_null();
}

json_t *mop_json_str(const char *s)
{
    return s ? mop_json_text(mop_sv_of(s)) : json_null();
}

json_t *mop_json_count(uint64_t n)
{
    return json_integer((json_int_t)n);
}

json_t *mop_json_decimal(mop_i128 millionths)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_decimal_print(&b, millionths);
    json_t *text = json_stringn(b.p, b.n);
    mop_buf_release(&b);
    return text;
}

json_t *mop_json_tenths(int64_t tenths)
{
    return tenths < 0 ? json_null() : json_real((double)tenths / 10);
}

json_t *mop_json_day(int32_t day)
{
    struct mop_arena a;
    mop_arena_init(&a);
    json_t *text = mop_json_text(mop_shown_day(&a, day));
    mop_arena_release(&a);
    return text;
}

json_t *mop_json_time(int64_t us)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(us, NULL));
    json_t *text = mop_json_text(mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

void mop_json_set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new_nocheck(object, key, value);
}
