/* SPDX-License-Identifier: MIT */
#include "json_pointer.h"

#include <jansson.h>

static const char *add_token(struct mop_pointer *p, struct mop_arena *a, struct mop_sv raw,
                             size_t *at)
{
    char *name = mop_arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '~') {
            char code = i + 1 < raw.n ? raw.p[++i] : '\0';
            if (code != '0' && code != '1') {
                *at += i;
                return "after '~' comes 0 or 1: ~0 is '~', ~1 is '/'";
            }
            c = code == '0' ? '~' : '/';
        }
        name[n++] = c;
    }
    bool every = mop_sv_eqs(raw, "*");
    p->token[p->n++] = (struct mop_pointer_token){{name, n}, every};
    p->many |= every;
    return NULL;
}

const char *mop_pointer_compile(struct mop_pointer *p, struct mop_arena *a, struct mop_sv text,
                                size_t *at)
{
    *p = (struct mop_pointer){.text = mop_arena_copy(a, text)};
    *at = 0;
    if (text.n && text.p[0] != '/')
        return "a JSON Pointer begins with '/'";
    size_t tokens = 0;
    for (size_t i = 0; i < text.n; i++)
        tokens += text.p[i] == '/';
    p->token = mop_arena_array(a, tokens + 1, sizeof *p->token);
    struct mop_sv rest = mop_sv_sub(text, 1, text.n), raw;
    while (text.n && mop_sv_next(&rest, '/', &raw)) {
        *at = (size_t)(raw.p - text.p);
        const char *wrong = add_token(p, a, raw, at);
        if (wrong)
            return wrong;
    }
    return NULL;
}

static json_t *child(json_t *v, struct mop_sv name)
{
    uint64_t i;
    if (json_is_object(v))
        return json_object_get(v, name.p);
    bool index = name.n && (name.p[0] != '0' || name.n == 1) && mop_sv_u64(name, &i);
    return json_is_array(v) && index ? json_array_get(v, i) : NULL;
}

struct walk {
    const struct mop_pointer *p;
    int (*each)(void *ctx, json_t *v);
    void *ctx;
};

static int walk(const struct walk *w, json_t *v, size_t i);

static int walk_every(const struct walk *w, json_t *v, size_t i)
{
    size_t k;
    const char *key;
    json_t *item;
    int rc = 0;
    if (json_is_array(v)) {
        for (k = 0; !rc && k < json_array_size(v); k++)
            rc = walk(w, json_array_get(v, k), i + 1);
        return rc;
    }
    json_object_foreach(v, key, item)
    {
        rc = walk(w, item, i + 1);
        if (rc)
            return rc;
    }
    return 0;
}

static int walk(const struct walk *w, json_t *v, size_t i)
{
    for (; v && i < w->p->n; i++) {
        if (w->p->token[i].every)
            return walk_every(w, v, i);
        v = child(v, w->p->token[i].name);
    }
    return v ? w->each(w->ctx, v) : 0;
}

int mop_pointer_each(const struct mop_pointer *p, json_t *root, int (*each)(void *ctx, json_t *v),
                     void *ctx)
{
    return walk(&(struct walk){p, each, ctx}, root, 0);
}

static int take(void *ctx, json_t *v)
{
    *(json_t **)ctx = v;
    return 1;
}

json_t *mop_pointer_get(const struct mop_pointer *p, json_t *root)
{
    json_t *found = NULL;
    mop_pointer_each(p, root, take, &found);
    return found;
}

json_t *mop_pointer_container(const struct mop_pointer *p, json_t *root)
{
    for (size_t i = 0; root && i < p->n && !p->token[i].every; i++)
        root = child(root, p->token[i].name);
    return root;
}

static int count_any(void *ctx, json_t *v)
{
    (void)v;
    ++*(size_t *)ctx;
    return 0;
}

struct lists {
    size_t n;
    bool members;
};

static int count_list(void *ctx, json_t *v)
{
    struct lists *l = ctx;
    l->n += json_is_array(v) || (l->members && json_is_object(v));
    return 0;
}

size_t mop_pointer_items(const struct mop_pointer *p, json_t *root)
{
    struct mop_pointer head = *p;
    size_t items = 0;
    while (head.n && !head.token[head.n - 1].every)
        head.n--;
    mop_pointer_each(&head, root, count_any, &items);
    return items;
}

bool mop_pointer_has_lists(const struct mop_pointer *p, bool members, json_t *root)
{
    struct mop_pointer head = *p;
    size_t behind = 0; /* the * before */
    bool all = true;
    for (size_t i = 0; all && i < p->n; i++) {
        if (!p->token[i].every)
            continue;
        size_t places = 0;
        struct lists lists = {0, members};
        head.n = behind;
        mop_pointer_each(&head, root, count_any, &places);
        head.n = i;
        mop_pointer_each(&head, root, count_list, &lists);
        all = lists.n == places;
        behind = i + 1;
    }
    return all;
}
