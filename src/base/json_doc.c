/* SPDX-License-Identifier: MIT */
#include "json_doc.h"

#include "json_numbers.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR_MAX = 20 }; /* jansson quotes no longer token */

static void *allocate(size_t size)
{
    return mop_realloc(NULL, size, 1);
}

/* An error in the text without its numbers is told as one in the text itself. */
static void explain(struct mop_sv text, json_error_t *why)
{
    struct mop_sv number;
    char *quoted = strstr(why->text, " near '");
    if (why->position <= 0)
        return;
    why->position = (int)mop_json_numbers_origin(text, (size_t)why->position, &number);
    if (!number.n || !quoted)
        return;
    *quoted = '\0';
    size_t used = (size_t)(quoted - why->text), room = sizeof why->text - 1 - used;
    if (number.n <= NEAR_MAX)
        snprintf(quoted, room, " near '%.*s'", MOP_SV_ARG(number));
}

/* jansson passes over a NUL that ends a number or a word, as if it were not there. */
static bool holds_nul(struct mop_sv text, json_error_t *why)
{
    const char *nul = text.n ? memchr(text.p, '\0', text.n) : NULL;
    if (nul && why) {
        snprintf(why->text, sizeof why->text - 1, "NUL byte");
        why->text[sizeof why->text - 1] = json_error_invalid_syntax; /* see json_error_code */
        why->position = (int)(nul - text.p) + 1;
    }
    return nul;
}

bool mop_json_doc_read(struct mop_json_doc *d, struct mop_sv text, size_t flags,
                       struct json_error_t *why)
{
    struct mop_buf rest;
    mop_buf_init(&rest, SIZE_MAX);
    mop_buf_init(&d->numbers, SIZE_MAX);
    json_set_alloc_funcs(allocate, free); /* which never give NULL */
    bool aside = mop_json_numbers_aside(text, &rest, &d->numbers);
    d->root = json_loadb(aside ? rest.p : text.p, aside ? rest.n : text.n, flags, why);
    if (!d->root && aside && why)
        explain(text, why);
    mop_buf_release(&rest);
    if (!d->root || holds_nul(text, why))
        mop_json_doc_release(d);
    return d->root;
}

void mop_json_doc_release(struct mop_json_doc *d)
{
    json_decref(d->root);
    d->root = NULL;
    mop_buf_release(&d->numbers);
}

static struct mop_sv compact(const struct mop_json_doc *d, const json_t *v, size_t flags,
                             struct mop_arena *a)
{
    char *text = json_dumps(v, JSON_COMPACT | flags);
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    if (text)
        mop_json_numbers_back(mop_sv_of(text), mop_buf_view(&d->numbers), &b);
    struct mop_sv out = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    free(text);
    return out;
}

struct mop_sv mop_json_doc_text(const struct mop_json_doc *d, const struct json_t *v,
                                struct mop_arena *a)
{
    switch (json_typeof(v)) {
    case JSON_STRING:
        return (struct mop_sv){json_string_value(v), json_string_length(v)};
    case JSON_INTEGER:
        return mop_arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    case JSON_REAL:
        return mop_sv_of(d->numbers.p + (size_t)json_real_value(v));
    case JSON_TRUE:
        return MOP_SV("true");
    case JSON_FALSE:
        return MOP_SV("false");
    case JSON_NULL:
        return MOP_SV("");
    default:
        return compact(d, v, 0, a);
    }
}

struct mop_sv mop_json_doc_sorted(const struct mop_json_doc *d, const struct json_t *v,
                                  struct mop_arena *a)
{
    return compact(d, v, JSON_SORT_KEYS | JSON_ENCODE_ANY, a);
}
