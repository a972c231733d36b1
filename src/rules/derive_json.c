/* SPDX-License-Identifier: MIT */
#include "base/json_doc.h"
#include "rules/derive_kinds.h"
#include "rules/kind_util.h"
#include "rules/fragment.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * json: a value inside a JSON cell by RFC 6901 pointer, in which `*` stands for every element. What
 * several elements give is joined in their order, each different value once. (The only file of this
 * room that knows jansson.)
 */
enum { STEPS_MAX = 64, TEXT_MAX = 16 << 20, FOUND_MAX = 1000 };
struct json_arg {
    struct mop_sv step[STEPS_MAX]; /* unescaped; a step of its own `*` has every set */
    bool every[STEPS_MAX];
    size_t n;
    struct mop_sv separator;
};
static const char *const json_keys[] = {"from", "at", "separator", NULL};

/* ---- compiling ---- */

/* ~1 is a slash, ~0 a tilde. */
static bool unescape(struct mop_arena *a, struct mop_sv s, struct mop_sv *out)
{
    char *p = mop_arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '~') {
            p[n++] = s.p[i];
            continue;
        }
        if (++i == s.n || (s.p[i] != '0' && s.p[i] != '1'))
            return false;
        p[n++] = s.p[i] == '0' ? '~' : '/';
    }
    *out = (struct mop_sv){p, n};
    return true;
}

static int read_pointer(struct mop_scope *s, const struct mop_node *n, struct json_arg *arg)
{
    struct mop_sv text, step;
    if (mop_read_text(s, n, &text))
        return -1;
    if (text.n && text.p[0] != '/')
        return mop_scope_fault(s, "bad-value", n, "a JSON pointer begins with '/': '/0/value'");
    struct mop_sv rest = text.n ? mop_sv_sub(text, 1, text.n) : MOP_SV_NONE;
    while (text.n && mop_sv_next(&rest, '/', &step)) {
        if (arg->n == STEPS_MAX)
            return mop_scope_fault(s, "bad-value", n, "a JSON pointer has at most %d steps",
                                   STEPS_MAX);
        arg->every[arg->n] = mop_sv_eqs(step, "*");
        if (!unescape(s->arena, step, &arg->step[arg->n++]))
            return mop_scope_fault(s, "bad-value", n, "'~' stands before 0 or 1 in a JSON pointer");
    }
    return 0;
}

static int json_compile(struct mop_scope *s, const struct mop_node *use,
                        const struct mop_node *derive, struct mop_derive *d)
{
    struct json_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    (void)derive;
    d->arg = arg;
    arg->separator = MOP_SV(";");
    if (mop_derive_keys(s, d, use, json_keys) ||
        mop_derive_reads(s, d, mop_node_get(use, "from"), use, "from") < 0)
        return -1;
    const struct mop_node *at = mop_node_get(use, "at"),
                          *separator = mop_node_get(use, "separator");
    if (!at)
        return mop_scope_fault(s, "missing-value", use, "'json' wants a pointer: at: /0/value");
    if (separator && mop_read_text(s, separator, &arg->separator))
        return -1;
    return read_pointer(s, at, arg);
}

/* ---- computing ---- */

struct found {
    struct mop_sv *list;
    size_t n, cap;
    bool over;
    struct mop_arena *a;
    const struct mop_json_doc *doc;
};

static void add_found(struct found *f, struct mop_sv text)
{
    f->over |= f->n == FOUND_MAX;
    if (f->over)
        return;
    for (size_t i = 0; i < f->n; i++)
        if (mop_sv_eq(f->list[i], text))
            return;
    MOP_GROW(f->list, f->n, f->cap);
    f->list[f->n++] = mop_arena_copy(f->a, text);
}

static json_t *member(json_t *v, struct mop_sv step)
{
    uint64_t i;
    if (json_is_object(v))
        return json_object_getn(v, step.p, step.n);
    bool leading_zero = step.n > 1 && step.p[0] == '0'; /* RFC 6901: no such index */
    return json_is_array(v) && !leading_zero && mop_sv_u64(step, &i) ? json_array_get(v, (size_t)i)
                                                                     : NULL;
}

static void walk(struct found *f, const struct json_arg *arg, size_t at, json_t *v);

static void walk_every(struct found *f, const struct json_arg *arg, size_t at, json_t *v)
{
    for (size_t i = 0; json_is_array(v) && i < json_array_size(v); i++)
        walk(f, arg, at, json_array_get(v, i));
    for (void *i = json_object_iter(v); i; i = json_object_iter_next(v, i))
        walk(f, arg, at, json_object_iter_value(i));
}

static void walk(struct found *f, const struct json_arg *arg, size_t at, json_t *v)
{
    if (!v || (at == arg->n && json_is_null(v)))
        return;
    if (at == arg->n)
        add_found(f, mop_json_doc_text(f->doc, v, f->a));
    else if (arg->every[at])
        walk_every(f, arg, at + 1, v);
    else
        walk(f, arg, at + 1, member(v, arg->step[at]));
}

static struct mop_sv join(const struct found *f, struct mop_sv separator)
{
    struct mop_buf b;
    if (f->n < 2)
        return f->n ? f->list[0] : MOP_SV_NONE;
    mop_buf_init(&b, TEXT_MAX);
    for (size_t i = 0; i < f->n; i++) {
        if (i)
            mop_buf_sv(&b, separator);
        mop_buf_sv(&b, f->list[i]);
    }
    struct mop_sv out = mop_arena_copy(f->a, mop_buf_view(&b));
    mop_buf_release(&b);
    return out;
}

static enum mop_state json_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                   struct mop_run *run, struct mop_arena *a, struct mop_sv *out)
{
    const struct json_arg *arg = d->arg;
    struct mop_sv text = in[0]->meant;
    (void)run;
    if (!in[0]->known)
        return MOP_ST_UNREADABLE;
    struct mop_json_doc doc;
    struct found f = {.a = a, .doc = &doc};
    if (mop_json_doc_read(&doc, text, JSON_DECODE_ANY, NULL)) {
        walk(&f, arg, 0, doc.root);
        *out = join(&f, arg->separator);
    } else {
        f.over = true;
    }
    free(f.list);
    mop_json_doc_release(&doc);
    return f.over ? MOP_ST_UNREADABLE : MOP_ST_VALUE;
}

const struct mop_derive_kind mop_derive_json = {
    .name = "json",
    .summary = "a value in a JSON cell: {json: {from: url_tags, at: /0/value}}; * is every element",
    .schema = MOP_MEMBERS(
        "\"from\", \"at\"",
        MOP_MEMBER("from", "text", "the field with the JSON") ", " MOP_MEMBER(
            "at", "pointer",
            "RFC 6901 pointer; * is every element") ", " MOP_MEMBER("separator", "text",
                                                                    "between several values; "
                                                                    "default ;")),
    .compile = json_compile,
    .compute = json_compute,
};
