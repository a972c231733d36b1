/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "base/keys.h"
#include "base/utf8.h"
#include "values/domain.h"
#include <stdlib.h>
#include <string.h>

/* The scalars of rule files: text that the key reading it gives its type. */

static int bad(struct mop_scope *s, const struct mop_node *n, const char *wants, const char *hint)
{
    if (n->kind == MOP_SCALAR && !n->null)
        mop_scope_fault(s, "bad-value", n, "'%.*s' is no %s", MOP_SV_ARG(n->text), wants);
    else
        mop_scope_fault(s, "wrong-type", n, "this is no %s", wants);
    if (hint)
        mop_scope_hint(s, "%s", hint);
    return -1;
}

int mop_read_text(struct mop_scope *s, const struct mop_node *n, struct mop_sv *out)
{
    if (n->kind != MOP_SCALAR || n->null)
        return bad(s, n, "text", NULL);
    *out = n->text;
    return 0;
}

int mop_read_bool(struct mop_scope *s, const struct mop_node *n, bool *out)
{
    bool yes = n->kind == MOP_SCALAR && mop_sv_eqs(n->text, "true");
    if (!yes && (n->kind != MOP_SCALAR || n->null || !mop_sv_eqs(n->text, "false")))
        return bad(s, n, "truth value", "write true or false");
    *out = yes;
    return 0;
}

int mop_bad_date_format(struct mop_scope *s, const struct mop_node *n, struct mop_sv text,
                        const char *error)
{
    mop_scope_fault(s, "bad-format", n, "date format '%.*s': %s", MOP_SV_ARG(text), error);
    mop_scope_hint(s, "%s", MOP_DATE_FORMAT_HINT);
    return -1;
}

int mop_read_u64(struct mop_scope *s, const struct mop_node *n, uint64_t *out)
{
    if (n->kind != MOP_SCALAR || n->null || !mop_sv_u64(n->text, out))
        return bad(s, n, "whole number", "write digits only, such as 100");
    return 0;
}

int mop_read_decimal(struct mop_scope *s, const struct mop_node *n, mop_i128 *out)
{
    static const struct mop_marks marks = {'.', 0};
    if (n->kind != MOP_SCALAR || n->null || !mop_decimal_parse(n->text, marks, out))
        return bad(s, n, "number", "at most 18 digits before and 6 after the point, such as 12.5");
    return 0;
}

int mop_read_number(struct mop_scope *s, const struct mop_node *n, mop_i128 *out)
{
    static const struct mop_marks marks = {'.', 0};
    if (n->kind != MOP_SCALAR || n->null || mop_number_parse(n->text, marks, out) != MOP_NUMBER_OK)
        return bad(s, n, "number", "at most 18 digits before and 20 after the point, such as 12.5");
    return 0;
}

int mop_read_percent(struct mop_scope *s, const struct mop_node *n, int64_t *tenths)
{
    static const struct mop_marks marks = {'.', 0};
    static const char hint[] =
        "write a percentage from 0 to 100 with at most one decimal, such as 90% or 99.5";
    if (n->kind != MOP_SCALAR || n->null)
        return bad(s, n, "percentage", hint);
    struct mop_sv t = mop_sv_trim(n->text);
    if (mop_sv_ends(t, MOP_SV("%")))
        t = mop_sv_trim(mop_sv_sub(t, 0, t.n - 1));
    mop_i128 v;
    if (!mop_decimal_parse(t, marks, &v) || v < 0 || v > (mop_i128)100 * MOP_UNIT ||
        v % (MOP_UNIT / 10) != 0)
        return bad(s, n, "percentage", hint);
    *tenths = (int64_t)(v / (MOP_UNIT / 10));
    return 0;
}

int mop_read_duration(struct mop_scope *s, const struct mop_node *n, int64_t *us)
{
    if (n->kind != MOP_SCALAR || n->null || !mop_duration_parse(n->text, us))
        return bad(s, n, "length of time", "write a number and s, m, h, d or w, such as 8h or 7d");
    return 0;
}

int mop_read_day(struct mop_scope *s, const struct mop_node *n, int32_t *day)
{
    struct mop_when w;
    if (n->kind != MOP_SCALAR || n->null ||
        !mop_date_parse_iso(s->rules->zone, mop_sv_trim(n->text), &w) || !w.whole_day)
        return bad(s, n, "day", "write YYYY-MM-DD, such as 2026-12-31");
    *day = w.day;
    return 0;
}

int mop_read_window(struct mop_scope *s, const struct mop_node *n, struct mop_window *w)
{
    *w = MOP_WINDOW_OPEN;
    if (mop_keys_check(s, n, &mop_keys_window) != 0)
        return -1;
    const struct mop_node *from = mop_keys_get(n, &mop_keys_window, "from");
    const struct mop_node *until = mop_keys_get(n, &mop_keys_window, "until");
    int rc = from ? mop_read_day(s, from, &w->from) : 0;
    if (until && mop_read_day(s, until, &w->until) != 0)
        rc = -1;
    if (rc == 0 && w->from > w->until)
        return mop_scope_fault(s, "bad-value", until, "the last day is before the first");
    return rc;
}

int mop_read_texts(struct mop_scope *s, const struct mop_node *n, struct mop_sv **out,
                   size_t *count)
{
    size_t items = n->kind == MOP_LIST ? n->n : 1;
    *out = mop_arena_array(s->arena, items ? items : 1, sizeof **out);
    *count = 0;
    int rc = 0;
    for (size_t i = 0; i < items; i++) {
        if (mop_read_text(s, n->kind == MOP_LIST ? n->item[i] : n, &(*out)[*count]) != 0)
            rc = -1;
        else
            ++*count;
    }
    return rc;
}

int mop_read_domains(struct mop_scope *s, const struct mop_node *n, struct mop_sv *list)
{
    struct mop_buf why;
    int rc = 0;
    mop_buf_init(&why, 1024);
    for (size_t i = 0; i < (n->kind == MOP_LIST ? n->n : 1); i++) {
        const struct mop_node *at = n->kind == MOP_LIST ? n->item[i] : n;
        struct mop_sv written = list[i];
        mop_buf_reset(&why);
        if (!mop_domain_read(written, MOP_DOMAIN_UNDERSCORE, &list[i], s->arena, &why))
            rc = mop_scope_fault(s, "bad-value", at, "'%.*s' is no domain: it %.*s",
                                 MOP_SV_ARG(written), MOP_SV_ARG(mop_buf_view(&why)));
    }
    mop_buf_release(&why);
    return rc;
}

struct mop_node mop_scope_place(const struct mop_scope *s, const struct mop_node *scalar,
                                size_t from, size_t to)
{
    struct mop_node at = *scalar;
    const struct mop_rule_file *f = mop_file_of(s->rules, scalar->at.file);
    if (!f || !f->text.n)
        return at;
    struct mop_loc last = mop_node_place(scalar, f->text, to > from ? to - 1 : from);
    at.at = mop_node_place(scalar, f->text, from);
    at.span = last.line == at.at.line && last.col >= at.at.col ? last.col - at.at.col + 1 : 1;
    return at;
}

static void free_regex(void *r)
{
    mop_regex_free(r);
}

struct mop_regex *mop_read_regex(struct mop_scope *s, const struct mop_node *n, unsigned flags,
                                 enum mop_pattern_use use)
{
    struct mop_sv text;
    struct mop_regex_error e;
    if (mop_read_text(s, n, &text) != 0)
        return NULL;
    struct mop_regex *r = mop_regex_compile(text, flags, &e);
    if (r) {
        struct mop_pattern p = {n, r, flags, use};
        MOP_PUSH(&s->rules->arena, s->rules->patterns, s->rules->npatterns, p);
        mop_ruleset_defer(s->rules, free_regex, r);
        return r;
    }
    struct mop_node at = mop_scope_place(s, n, e.offset, e.offset);
    at.span = 1;
    mop_scope_fault(s, "bad-regex", &at, "%s", e.msg);
    return NULL;
}

int mop_read_severity(struct mop_scope *s, const struct mop_node *n, enum mop_severity *out)
{
    for (int i = MOP_SEV_OFF; n->kind == MOP_SCALAR && !n->null && i <= MOP_SEV_ERROR; i++)
        if (mop_sv_eqs(n->text, mop_severity_names[i])) {
            *out = (enum mop_severity)i;
            return 0;
        }
    return bad(s, n, "severity", "write true (an error), error, warning or off");
}

enum { KEYS_HINT = 400 };

static void hint_word(struct mop_scope *s, struct mop_sv word, const char *const *words, size_t n)
{
    struct mop_sv list[64];
    size_t k = 0;
    while (k < n && k < 64) {
        list[k] = mop_sv_of(words[k]);
        k++;
    }
    long best = mop_suggest(word, list, k);
    char hint[KEYS_HINT];
    if (best >= 0)
        mop_scope_hint(s, "did you mean '%s'?", words[best]);
    else if (mop_list_keys(hint, sizeof hint, list, n))
        mop_scope_hint(s, "%s", hint);
}

int mop_check_keys(struct mop_scope *s, const struct mop_node *map, const char *const *keys,
                   const char *what)
{
    if (map->kind != MOP_MAPPING || map->null)
        return mop_scope_fault(s, "wrong-type", map,
                               "%s is written as a mapping of keys and values", what);
    size_t n = 0;
    int rc = 0;
    while (keys[n])
        n++;
    for (size_t i = 0; i < map->n; i++) {
        struct mop_sv key = map->key[i]->text;
        bool known = mop_sv_starts(key, MOP_SV("x-"));
        for (size_t k = 0; k < n && !known; k++)
            known = mop_sv_eqs(key, keys[k]);
        if (known)
            continue;
        rc = mop_scope_fault(s, "unknown-key", map->key[i], "unknown key '%.*s' in %s",
                             MOP_SV_ARG(key), what);
        hint_word(s, key, keys, n);
    }
    return rc;
}

int mop_check_option_keys(struct mop_scope *s, const struct mop_node *map, const char *first,
                          const struct mop_kind_option *options, const char *what)
{
    const char *keys[32] = {first};
    size_t n = 1;
    for (const struct mop_kind_option *o = options; o && o->name && n < 31; o++)
        keys[n++] = o->name;
    return mop_check_keys(s, map, keys, what);
}
