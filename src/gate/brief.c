/* SPDX-License-Identifier: MIT */
#include "gate/brief_read.h"
#include "base/date.h"
#include "base/text.h"
#include <string.h>

/* Briefs from YAML: single values, and the keys that have a type. */

const char *const mop_role_names[MOP_ROLES + 1] = {"decision", "execution", "input", "review",
                                                   "stop",     "routing",   NULL};
const char *const mop_role_words[MOP_ROLES] = {"can approve it or stop it before the launch",
                                               "produces it",
                                               "provides the context",
                                               "checks it before the launch",
                                               "can take it down once it runs",
                                               "sees to it that leads arrive"};

static const struct mop_key_table *const top = &mop_brief_keys_top;

void mop_brief_fault(struct mop_brief_reader *r, const char *id, const struct mop_node *at,
                     const char *hint, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_node_fault(r->d, id, at, hint, fmt, ap);
    va_end(ap);
}

static void key_fault(void *ctx, const char *id, const struct mop_node *at, const char *msg,
                      const char *hint)
{
    mop_brief_fault(ctx, id, at, hint, "%s", msg);
}

bool mop_brief_check(struct mop_brief_reader *r, const struct mop_node *map,
                     const struct mop_key_table *t)
{
    struct mop_key_faults f = {key_fault, r, NULL, 0};
    return mop_key_table_check(t, map, &f) == 0;
}

struct mop_said mop_said_of(const struct mop_node *n)
{
    struct mop_said s = {MOP_SV_NONE, {0}, 0};
    if (!n || n->kind != MOP_SCALAR || n->null || n->open)
        return s;
    struct mop_sv text = mop_sv_trim(n->text);
    if (text.n)
        s = (struct mop_said){text, n->at, n->span};
    return s;
}

struct mop_said mop_brief_said(const struct mop_node *map, const struct mop_key_table *t,
                               const char *key)
{
    return mop_said_of(mop_key_table_get(t, map, key));
}

struct mop_said mop_brief_raw(const struct mop_node *map, const char *key)
{
    struct mop_node plain, *n = mop_node_get(map, key);
    if (!n || !n->open)
        return mop_said_of(n);
    plain = *n;
    plain.open = false;
    return mop_said_of(&plain);
}

struct mop_said mop_brief_need(struct mop_brief_reader *r, const struct mop_node *map,
                               const struct mop_key_table *t, const char *key)
{
    struct mop_said s = mop_brief_raw(map, key);
    if (!s.text.p && !mop_node_get(map, key)) /* an empty one is not known yet */
        mop_brief_fault(r, "missing-key", map, NULL, "%s has no '%s'", t->what, key);
    return s;
}

bool mop_brief_bool(struct mop_brief_reader *r, const struct mop_node *map,
                    const struct mop_key_table *t, const char *key)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    struct mop_said s = mop_said_of(n);
    if (!s.text.p || mop_sv_eqs(s.text, "true") || mop_sv_eqs(s.text, "false"))
        return s.text.p && mop_sv_eqs(s.text, "true");
    mop_brief_fault(r, "bad-value", n, "write true or false", "'%s' is true or false, not '%.*s'",
                    key, MOP_SV_ARG(s.text));
    return false;
}

struct mop_said_day mop_brief_day(struct mop_brief_reader *r, const struct mop_node *map,
                                  const struct mop_key_table *t, const char *key)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    struct mop_said_day day = {MOP_NO_DAY, mop_said_of(n)};
    struct mop_when when;
    if (!day.as.text.p)
        return day;
    if (mop_date_parse_iso(NULL, day.as.text, &when) && when.whole_day)
        day.day = when.day;
    else
        mop_brief_fault(r, "bad-day", n, "write it as 2026-12-31", "'%.*s' is no day",
                        MOP_SV_ARG(day.as.text));
    return day;
}

static struct mop_said_list texts_of(struct mop_brief *b, const struct mop_node *n)
{
    struct mop_said_list l = {NULL, 0, false};
    if (!n || n->null)
        return l;
    size_t most = n->kind == MOP_SCALAR ? 1 : n->n;
    l.list = mop_arena_array(&b->arena, most + 1, sizeof *l.list);
    for (size_t i = 0; i < most; i++) {
        struct mop_said s = mop_said_of(n->kind == MOP_SCALAR ? n : n->item[i]);
        if (s.text.p)
            l.list[l.n++] = s;
    }
    l.said = l.n || !most; /* a list of blanks says nothing, an empty one does */
    return l;
}

struct mop_said_list mop_brief_texts(struct mop_brief_reader *r, const struct mop_node *map,
                                     const struct mop_key_table *t, const char *key)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    for (size_t i = 0; n && n->kind == MOP_LIST && i < n->n; i++)
        if (n->item[i]->kind != MOP_SCALAR)
            mop_brief_fault(r, "wrong-type", n->item[i], NULL, "'%s' holds single words", key);
    return texts_of(r->b, n);
}

/* One of a few words. */
static void check_words(struct mop_brief_reader *r, const char *key, const char *const *words)
{
    struct mop_said_list said = mop_brief_values(r->b, key);
    struct mop_sv known[16];
    size_t n = 0;
    for (; words[n]; n++)
        known[n] = mop_sv_of(words[n]);
    for (size_t i = 0; i < said.n; i++) {
        size_t k = 0;
        while (k < n && !mop_sv_eq(said.list[i].text, known[k]))
            k++;
        if (k < n)
            continue;
        char hint[200];
        struct mop_node at = {.at = said.list[i].at, .span = said.list[i].span};
        bool near = mop_did_you_mean(hint, sizeof hint, said.list[i].text, known, n);
        mop_brief_fault(r, "bad-value", &at, near ? hint : mop_key_find(top, mop_sv_of(key))->doc,
                        "'%s' knows no '%.*s'", key, MOP_SV_ARG(said.list[i].text));
    }
}

static void read_level(struct mop_brief_reader *r)
{
    const struct mop_node *n = mop_key_table_get(top, r->b->root, "level");
    r->b->level = mop_said_of(n);
    if (!n || n->kind != MOP_MAPPING)
        return;
    mop_brief_check(r, n, &mop_brief_keys_level);
    mop_brief_need(r, n, &mop_brief_keys_level, "use");
    r->b->level = mop_brief_said(n, &mop_brief_keys_level, "use");
    r->b->level_reason = mop_brief_said(n, &mop_brief_keys_level, "reason");
}

/* Lists whose entries are words or mappings. */
static void check_entry(struct mop_brief_reader *r, const struct mop_node *n,
                        const struct mop_key_table *t)
{
    static const char *const lists[] = {"suppression", "fields"};
    if (!mop_brief_check(r, n, t))
        return;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (mop_key_find(t, mop_sv_of(lists[i])))
            mop_brief_texts(r, n, t, lists[i]);
}

static void check_entries(struct mop_brief_reader *r, const char *key,
                          const struct mop_key_table *t)
{
    const struct mop_node *n = mop_key_table_get(top, r->b->root, key);
    for (size_t i = 0; n && n->kind == MOP_LIST && i < n->n; i++)
        if (n->item[i]->kind != MOP_SCALAR || n->item[i]->null)
            check_entry(r, n->item[i], t);
    if (n && n->kind == MOP_MAPPING)
        check_entry(r, n, t);
}

/* How many people there are is a count; 1.0e+4 is a number to YAML. */
static void check_size(struct mop_brief_reader *r)
{
    const struct mop_node *audience = mop_key_table_get(top, r->b->root, "audience");
    const struct mop_node *n = audience ? mop_node_get(audience, "size") : NULL;
    struct mop_said s = mop_brief_value(r->b, "audience", "size");
    mop_i128 people;
    uint64_t digits;
    bool read = s.text.p && n &&
                (mop_sv_u64(s.text, &digits) ||
                 (n->plain && mop_brief_number(s.text, &people) && people % MOP_UNIT == 0));
    if (s.text.p && !read)
        mop_brief_fault(r, "bad-value", n, "write it in digits: 2400",
                        "'%.*s' is no number of people", MOP_SV_ARG(s.text));
}

static void check_fields(struct mop_brief_reader *r)
{
    const struct mop_node *n = mop_key_table_get(top, r->b->root, "fields");
    for (size_t i = 0; n && i < n->n; i++)
        if (n->item[i]->kind != MOP_SCALAR)
            mop_brief_fault(r, "wrong-type", n->item[i], NULL, "field '%.*s' holds a single value",
                            MOP_SV_ARG(n->key[i]->text));
}

static void read_version(struct mop_brief_reader *r)
{
    const struct mop_node *root = r->b->root;
    struct mop_said s = mop_brief_said(root, top, "brief");
    if (!s.text.p)
        mop_brief_fault(r, "language-version", root, "begin it with brief: 1",
                        "the file does not say that it is a brief");
    else if (!mop_sv_eqs(s.text, "1"))
        mop_brief_fault(r, "language-version", mop_node_get(root, "brief"), "this version reads 1",
                        "there is no version '%.*s' of briefs", MOP_SV_ARG(s.text));
}

static void read_values(struct mop_brief_reader *r)
{
    struct mop_brief *b = r->b;
    b->name = mop_brief_said(b->root, top, "name");
    b->start = mop_brief_day(r, b->root, top, "start");
    b->end = mop_brief_day(r, b->root, top, "end");
    b->changed = mop_brief_day(r, b->root, top, "changed");
    b->channels = mop_brief_texts(r, b->root, top, "channels");
    b->touches = mop_brief_texts(r, b->root, top, "touches");
    mop_brief_texts(r, b->root, top, "market");
    mop_brief_texts(r, b->root, top, "product");
    mop_brief_bool(r, b->root, top, "recurring");
    mop_brief_bool(r, b->root, top, "creates_leads");
    check_words(r, "risk", mop_brief_risks);
    check_words(r, "touches", mop_brief_touched);
    check_entries(r, "assets", &mop_brief_keys_asset);
    check_entries(r, "forms", &mop_brief_keys_form);
    check_entries(r, "audience", &mop_brief_keys_audience);
    check_entries(r, "routing", &mop_brief_keys_routing);
    check_size(r);
    check_fields(r);
    mop_brief_read_budget(r);
    read_level(r);
    mop_brief_read_people(r);
}

/* What makes a brief that long are its links. */
static void hint_size(struct mop_diags *d, size_t from)
{
    for (size_t i = from; i < d->n; i++)
        if (!strcmp(d->list[i].id, "yaml-size") || !strcmp(d->list[i].id, "yaml-nodes"))
            mop_diag_hint(d, &d->list[i],
                          "put the links into a CSV file: links: {file: links.csv}");
}

int mop_brief_load(struct mop_brief *b, const char *path, const struct mop_brief_options *o,
                   struct mop_diags *d, struct mop_err *e)
{
    struct mop_brief_reader r = {b, d, o};
    size_t before = d->faults;
    *b = (struct mop_brief){.file = path};
    b->start.day = b->end.day = b->changed.day = MOP_NO_DAY;
    mop_arena_init(&b->arena);
    size_t told = d->n;
    struct mop_node *root = mop_yaml_load(&b->arena, path, d);
    hint_size(d, told);
    if (root)
        mop_brief_find_open(&r, root);
    b->root = root;
    if (!b->root || !mop_brief_check(&r, b->root, top)) {
        if (b->root && d->faults == before)
            mop_brief_fault(&r, "language-version", b->root, "mopslint gate --init writes one",
                            "the brief is empty");
        return -1;
    }
    read_version(&r);
    read_values(&r);
    const struct mop_node *links = mop_key_table_get(top, b->root, "links");
    int rc = links ? mop_brief_read_links(&r, links, e) : 0;
    if (rc || d->faults > before)
        return -1;
    mop_brief_make_digest(b);
    return 0;
}

void mop_brief_release(struct mop_brief *b)
{
    mop_arena_release(&b->arena);
}

bool mop_said_is(const struct mop_said *s, const char *word)
{
    return s->text.p && mop_sv_eq_nocase(s->text, mop_sv_of(word));
}

struct mop_said mop_brief_value(const struct mop_brief *b, const char *key, const char *inner)
{
    const struct mop_node *n = b->root ? mop_key_table_get(top, b->root, key) : NULL;
    return mop_said_of(n && n->kind == MOP_MAPPING ? mop_node_get(n, inner) : NULL);
}

/* What stands for a mapping where one word is wanted. */
static const struct mop_node *word_of(const struct mop_node *n)
{
    static const char *const keys[] = {"name", "use", "to", "amount", "list", "url", "file"};
    for (size_t i = 0; n->kind == MOP_MAPPING && i < sizeof keys / sizeof *keys; i++)
        if (mop_said_of(mop_node_get(n, keys[i])).text.p)
            return mop_node_get(n, keys[i]);
    return n;
}

struct mop_said_list mop_brief_values(struct mop_brief *b, const char *key)
{
    const struct mop_node *n = b->root ? mop_key_table_get(top, b->root, key) : NULL;
    if (!n || n->kind != MOP_LIST)
        return texts_of(b, n ? word_of(n) : NULL);
    struct mop_said_list l = {mop_arena_array(&b->arena, n->n + 1, sizeof *l.list), 0, true};
    for (size_t i = 0; i < n->n; i++) {
        struct mop_said s = mop_said_of(word_of(n->item[i]));
        if (s.text.p)
            l.list[l.n++] = s;
    }
    l.said = l.n || !n->n;
    return l;
}
