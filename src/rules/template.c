/* SPDX-License-Identifier: MIT */
#include "rules/template.h"
#include "base/utf8.h"
#include "rules/kind_util.h"
#include <string.h>

/* Templates from rule files: "{quarter}_{region}[_{variant}]" -> elements and parts. Parsing
 * values: template_parse.c. */

struct builder {
    struct mop_scope *s;
    const struct mop_node *at;           /* the template's scalar */
    const struct mop_node *parts, *more; /* definitions */
    struct mop_template *t;
    size_t open[16];      /* indexes of groups not closed yet */
    size_t opened_at[16]; /* and where they stand in the text */
    size_t nopen;
    struct mop_buf text; /* literal text since the last element */
};

size_t mop_template_part(const struct mop_template *t, struct mop_sv name)
{
    for (size_t i = 0; i < t->nparts; i++)
        if (mop_sv_eq(t->parts[i].name, name))
            return i;
    return SIZE_MAX;
}

bool mop_template_optional(const struct mop_template *t, size_t part)
{
    size_t depth = 0;
    for (size_t i = 0; i < t->nelements; i++) {
        const struct mop_template_element *el = &t->elements[i];
        if (el->op == MOP_EL_PART && el->part == part)
            return depth;
        depth += el->op == MOP_EL_OPEN;
        depth -= el->op == MOP_EL_CLOSE;
    }
    return true;
}

/* A fault of the template's bytes from..to. */
static int fault(struct builder *b, const char *id, size_t from, size_t to, const char *what,
                 struct mop_sv name)
{
    struct mop_node at = mop_scope_place(b->s, b->at, from, to);
    return mop_scope_fault(b->s, id, &at, what, MOP_SV_ARG(name));
}

static int too_long(struct builder *b)
{
    return mop_scope_fault(b->s, "bad-template", b->at, "a template has at most %d elements",
                           MOP_TEMPLATE_ELEMENTS);
}

static int add_element(struct builder *b, struct mop_template_element e)
{
    if (b->t->nelements == MOP_TEMPLATE_ELEMENTS)
        return too_long(b);
    b->t->elements[b->t->nelements++] = e;
    return 0;
}

static int flush_text(struct builder *b)
{
    if (!b->text.n)
        return 0;
    struct mop_sv text = mop_arena_copy(b->s->arena, mop_buf_view(&b->text));
    mop_buf_reset(&b->text);
    return add_element(b, (struct mop_template_element){.op = MOP_EL_TEXT, .text = text});
}

/* ---- parts ---- */

static const char *const part_keys[] = {"pattern", "values",      "vocabulary",
                                        "date",    "description", NULL};

/* Names carry months and years as well. */
static int part_date(struct mop_scope *s, const struct mop_node *n, struct mop_template_part *p)
{
    const char *error = "";
    if (mop_read_text(s, n, &p->text))
        return -1;
    p->zone = s->rules->zone ? s->rules->zone : mop_zone_find(MOP_SV("UTC"));
    p->date = mop_date_format_rough(s->arena, p->text, &error);
    return p->date ? 0 : mop_bad_date_format(s, n, p->text, error);
}

static int part_values(struct mop_scope *s, const struct mop_node *n, struct mop_template_part *p)
{
    p->vocabulary = mop_read_vocabulary(s, n);
    p->inline_values = true;
    return p->vocabulary ? 0 : -1;
}

static int read_part(struct mop_scope *s, const struct mop_node *n, struct mop_template_part *p)
{
    const struct mop_node *pattern = mop_node_get(n, "pattern"),
                          *values = mop_node_get(n, "values");
    const struct mop_node *vocabulary = mop_node_get(n, "vocabulary"),
                          *date = mop_node_get(n, "date");
    if (mop_check_keys(s, n, part_keys, "a part"))
        return -1;
    if (!!pattern + !!values + !!vocabulary + !!date != 1)
        return mop_scope_fault(s, "bad-template", n,
                               "part '%.*s' wants one of pattern, values, vocabulary and date",
                               MOP_SV_ARG(p->name));
    if (pattern)
        return (p->pattern = mop_read_regex(s, pattern, MOP_RX_WHOLE, MOP_PATTERN_VALUE)) ? 0 : -1;
    if (values)
        return part_values(s, values, p);
    if (vocabulary)
        return (p->vocabulary = mop_scope_vocabulary(s, vocabulary)) ? 0 : -1;
    return part_date(s, date, p);
}

static const struct mop_node *find_definition(const struct mop_node *parts, struct mop_sv name)
{
    long i = parts && parts->kind == MOP_MAPPING ? mop_node_index(parts, name) : -1;
    return i < 0 ? NULL : parts->item[i];
}

static size_t names_of(const struct mop_node *parts, struct mop_sv *out, size_t room)
{
    size_t n = 0;
    for (; parts && parts->kind == MOP_MAPPING && n < parts->n && n < room; n++)
        out[n] = parts->key[n]->text;
    return n;
}

static int undefined_part(struct builder *b, struct mop_sv name, size_t at)
{
    enum { NAMES = 64 };
    struct mop_sv list[2 * NAMES];
    size_t n = names_of(b->parts, list, NAMES);
    n += names_of(b->more, list + n, NAMES);
    long near = mop_suggest(name, list, n);
    fault(b, "undefined-part", at, at + name.n, "part '%.*s' has no definition", name);
    if (near >= 0)
        mop_scope_hint(b->s, "did you mean '{%.*s}'?", MOP_SV_ARG(list[near]));
    else
        mop_scope_hint(b->s, "add it beside the template: parts: {%.*s: {pattern: '[a-z0-9-]+'}}",
                       MOP_SV_ARG(name));
    return -1;
}

/* In one template a name is used once: two parts of a name could not be told apart by `derive:
 * part`. */
static int add_part(struct builder *b, struct mop_sv name, size_t at)
{
    struct mop_template *t = b->t;
    if (t->nelements == MOP_TEMPLATE_ELEMENTS)
        return too_long(b);
    if (!name.n)
        return fault(b, "bad-template", at - 1, at + 1, "a part has no name: '{%.*s}'", name);
    if (mop_template_part(t, name) != SIZE_MAX)
        return fault(b, "bad-template", at, at + name.n, "part '%.*s' stands twice", name);
    const struct mop_node *def = find_definition(b->parts, name);
    if (!def)
        def = find_definition(b->more, name);
    if (!def)
        return undefined_part(b, name, at);
    struct mop_template_part *p = &t->parts[t->nparts];
    p->name = name;
    if (def->kind != MOP_MAPPING)
        return mop_scope_fault(
            b->s, "bad-template", def,
            "part '%.*s' wants {pattern: ..}, {values: ..}, {vocabulary: ..} or {date: ..}",
            MOP_SV_ARG(name));
    if (read_part(b->s, def, p))
        return -1;
    return add_element(b, (struct mop_template_element){.op = MOP_EL_PART, .part = t->nparts++});
}

/* ---- syntax ---- */

static int open_group(struct builder *b, size_t at)
{
    if (b->nopen == sizeof b->open / sizeof *b->open)
        return fault(b, "bad-template", at, at + 1, "%.*s nests too deep", MOP_SV("[ ]"));
    b->opened_at[b->nopen] = at;
    b->open[b->nopen++] = b->t->nelements;
    return add_element(b, (struct mop_template_element){.op = MOP_EL_OPEN});
}

static int closes_nothing(struct builder *b, size_t at, const char *sign)
{
    fault(b, "bad-template", at, at + 1, "'%.*s' closes nothing", mop_sv_of(sign));
    mop_scope_hint(b->s, "for the character itself write '\\%s'", sign);
    return -1;
}

static int close_group(struct builder *b, size_t at)
{
    if (!b->nopen)
        return closes_nothing(b, at, "]");
    b->t->elements[b->open[--b->nopen]].close = b->t->nelements;
    return add_element(b, (struct mop_template_element){.op = MOP_EL_CLOSE});
}

/* What opens at byte `at` is not closed before byte `to`. */
static int unclosed(struct builder *b, struct mop_sv text, size_t at, size_t to, bool name)
{
    struct mop_sv word = mop_sv_sub(text, at + 1, to);
    fault(b, "bad-template", at, to, "'%.*s' is not closed", mop_sv_sub(text, at, at + 1));
    if (name && word.n)
        mop_scope_hint(b->s, "did you mean '{%.*s}'? for the character itself write '\\{'",
                       MOP_SV_ARG(word));
    else
        mop_scope_hint(b->s, "for the character itself write '\\%c'", text.p[at]);
    return -1;
}

/* A name has no brackets: where one comes first, its brace was forgotten. */
static int one_part(struct builder *b, struct mop_sv text, size_t *i)
{
    size_t end = *i + 1, at = end;
    while (end < text.n && !strchr("{}[]", text.p[end]))
        end++;
    if (end == text.n || text.p[end] != '}')
        return unclosed(b, text, *i, end, true);
    struct mop_sv name = mop_sv_sub(text, at, end);
    *i = end + 1;
    return add_part(b, name, at);
}

static int one_step(struct builder *b, struct mop_sv text, size_t *i)
{
    char c = text.p[*i];
    if (c == '{' || c == '[' || c == ']') {
        if (flush_text(b))
            return -1;
        if (c == '{')
            return one_part(b, text, i);
        int rc = c == '[' ? open_group(b, *i) : close_group(b, *i);
        *i += !rc;
        return rc;
    }
    if (c == '}')
        return closes_nothing(b, *i, "}");
    if (c == '\\' && *i + 1 < text.n)
        c = text.p[++*i];
    ++*i;
    mop_buf_chr(&b->text, c);
    return 0;
}

/* May a part begin at element k without text before it? Groups may be entered or left out; `seen`
 * keeps it linear. */
static bool part_may_begin(const struct mop_template *t, size_t k, bool *seen)
{
    if (k >= t->nelements || seen[k])
        return false;
    seen[k] = true;
    switch (t->elements[k].op) {
    case MOP_EL_PART:
        return true;
    case MOP_EL_TEXT:
        return false;
    case MOP_EL_CLOSE:
        return part_may_begin(t, k + 1, seen);
    default:
        return part_may_begin(t, k + 1, seen) || part_may_begin(t, t->elements[k].close + 1, seen);
    }
}

static bool has_adjacent(const struct mop_template *t)
{
    for (size_t i = 0; i < t->nelements; i++) {
        bool seen[MOP_TEMPLATE_ELEMENTS] = {false};
        if (t->elements[i].op == MOP_EL_PART && part_may_begin(t, i + 1, seen))
            return true;
    }
    return false;
}

static int build(struct builder *b, struct mop_sv text)
{
    /* At most one element per byte of the text, and one part per element. */
    size_t room = text.n < MOP_TEMPLATE_ELEMENTS ? text.n : (size_t)MOP_TEMPLATE_ELEMENTS;
    b->t->elements = mop_arena_array(b->s->arena, room + 1, sizeof *b->t->elements);
    b->t->parts = mop_arena_array(b->s->arena, room + 1, sizeof *b->t->parts);
    int rc = 0;
    for (size_t i = 0; i < text.n;) {
        size_t was = i;
        if (one_step(b, text, &i)) {
            rc = -1;
            if (i == was)
                return rc; /* syntax: what follows cannot be told */
        }
    }
    if (flush_text(b))
        return -1;
    if (b->nopen)
        return unclosed(b, text, b->opened_at[b->nopen - 1], text.n, false);
    if (!rc && !b->t->nparts)
        return mop_scope_fault(b->s, "bad-template", b->at,
                               "a template wants parts in braces: '{region}_{product}'");
    b->t->adjacent = has_adjacent(b->t);
    return rc;
}

struct mop_template *mop_template_compile(struct mop_scope *s, const struct mop_node *use,
                                          const struct mop_node *parts, const struct mop_node *more)
{
    struct mop_sv text;
    if (mop_read_text(s, use, &text))
        return NULL;
    struct builder b = {.s = s, .at = use, .parts = parts, .more = more};
    b.t = mop_arena_alloc(s->arena, sizeof *b.t);
    b.t->source = text;
    b.t->is_inline = s->inline_;
    mop_buf_init(&b.text, text.n + 1);
    int rc = build(&b, text);
    mop_buf_release(&b.text);
    return rc ? NULL : b.t;
}
