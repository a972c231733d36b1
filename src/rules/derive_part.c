/* SPDX-License-Identifier: MIT */
#include "rules/derive_kinds.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/template.h"

/*
 * part: a piece of a composed name, {part: utm_campaign.region}. It reads the parse that the
 * field's template check made: undecided where the template failed, blank where none applied or the
 * part is left out.
 */
struct part_of {
    const struct mop_test *test;
    const struct mop_check *check; /* NULL: the check is off; its template still tells the parts */
    size_t part;                   /* index, or SIZE_MAX: this template has no such part */
};
struct part_arg {
    struct mop_sv name;
    const struct mop_node *at;
    struct part_of *of;
    size_t n;
};

static int part_compile(struct mop_scope *s, const struct mop_node *use,
                        const struct mop_node *derive, struct mop_derive *d)
{
    struct part_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    struct mop_sv text;
    d->arg = arg;
    arg->at = use;
    if (mop_read_text(s, use, &text))
        return -1;
    size_t dot = mop_sv_find(text, '.');
    if (dot == text.n) {
        mop_scope_fault(s, "bad-derive", use, "'%.*s' does not name a field and a part",
                        MOP_SV_ARG(text));
        mop_scope_hint(s, "write FIELD.PART, such as utm_campaign.region");
        return -1;
    }
    struct mop_node name = *use;
    name.text = mop_sv_sub(text, 0, dot);
    arg->name = mop_sv_sub(text, dot + 1, text.n);
    return mop_derive_reads(s, d, &name, derive, "") < 0 ? -1 : 0;
}

struct mop_sv mop_derive_part_name(const struct mop_derive *d)
{
    return ((const struct part_arg *)d->arg)->name;
}

/* ---- binding ---- */

static const struct mop_check *check_of(const struct mop_field *f, const struct mop_test *t)
{
    for (size_t i = 0; i < f->nchecks; i++)
        if (f->checks[i]->assert_ && f->checks[i]->assert_->op == MOP_OP_TEST &&
            f->checks[i]->assert_->test == t)
            return f->checks[i];
    return NULL;
}

static void reads_first(struct mop_scope *s, struct mop_derive *d, const struct mop_expr *e)
{
    for (size_t i = 0; e->op == MOP_OP_TEST && i < e->test->nfields; i++)
        mop_fields_add(s->arena, &d->after, &d->nafter, e->test->fields[i]);
    for (size_t i = 0; i < e->n; i++)
        reads_first(s, d, e->kids[i]);
}

static void bind_check(struct mop_scope *s, struct mop_derive *d, const struct mop_check *c)
{
    if (!c)
        return;
    if (c->when)
        reads_first(s, d, c->when);
    d->per_record |= c->when || mop_check_windowed(c);
}

static bool is_own_template(const struct mop_test *t)
{
    return t->kind == &mop_kind_template && ((const struct mop_template *)t->arg)->is_inline;
}

static int no_such_part(struct mop_scope *s, const struct part_arg *arg, const struct mop_field *f)
{
    if (!arg->n)
        return mop_scope_fault(s, "bad-derive", arg->at,
                               "'%.*s' has no template to take a part from", MOP_SV_ARG(f->name));
    const struct mop_template *t = arg->of[0].test->arg;
    struct mop_sv *names = mop_arena_array(s->arena, t->nparts + 1, sizeof *names);
    for (size_t i = 0; i < t->nparts; i++)
        names[i] = t->parts[i].name;
    mop_scope_fault(s, "bad-derive", arg->at, "the template of '%.*s' has no part '%.*s'",
                    MOP_SV_ARG(f->name), MOP_SV_ARG(arg->name));
    long near = mop_suggest(arg->name, names, t->nparts);
    if (near >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    return -1;
}

static int part_bind(struct mop_scope *s, struct mop_derive *d)
{
    struct part_arg *arg = (struct part_arg *)(uintptr_t)d->arg;
    const struct mop_field *f = d->fields[0];
    bool found = false;
    arg->of = mop_arena_array(s->arena, f->ntests + 1, sizeof *arg->of);
    arg->n = 0;
    for (size_t i = 0; i < f->ntests; i++) {
        if (!is_own_template(f->tests[i]))
            continue;
        struct part_of *p = &arg->of[arg->n++];
        p->test = f->tests[i];
        p->check = check_of(f, f->tests[i]);
        p->part = mop_template_part(f->tests[i]->arg, arg->name);
        found |= p->part != SIZE_MAX;
        bind_check(s, d, p->check);
    }
    return found ? 0 : no_such_part(s, arg, f);
}

/* ---- computing ---- */

/* The first template that applies to the record decides. */
static enum mop_state part_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                   struct mop_run *run, struct mop_arena *a, struct mop_sv *out)
{
    const struct part_arg *arg = d->arg;
    (void)a;
    for (size_t i = 0; i < arg->n; i++) {
        const struct part_of *p = &arg->of[i];
        enum mop_outcome applies =
            p->check && run->applies ? run->applies(run, p->check) : MOP_PASS;
        if (applies == MOP_NA)
            continue;
        const struct mop_parse *parse =
            applies == MOP_PASS ? mop_value_parse(p->test, in[0], run) : NULL;
        if (!parse || parse->outcome != MOP_PASS)
            return MOP_ST_UNREADABLE;
        if (p->part != SIZE_MAX)
            *out = parse->parts[p->part].text;
        return MOP_ST_VALUE;
    }
    return MOP_ST_EMPTY;
}

static bool part_whole(const struct mop_derive *d)
{
    const struct part_arg *arg = d->arg;
    bool whole = arg->n && !d->per_record;
    for (size_t i = 0; i < arg->n && whole; i++)
        whole = arg->of[i].part != SIZE_MAX &&
                !mop_template_optional(arg->of[i].test->arg, arg->of[i].part);
    return whole;
}

const struct mop_derive_kind mop_derive_part = {
    .name = "part",
    .summary = "a part of a templated name: {part: utm_campaign.region}",
    .schema = "{\"type\": \"string\", \"pattern\": \"^[^.]+[.].+$\"}",
    .compile = part_compile,
    .bind = part_bind,
    .compute = part_compute,
    .whole = part_whole,
};
