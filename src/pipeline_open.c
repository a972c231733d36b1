/* SPDX-License-Identifier: MIT */
#include "pipeline_parts.h"
#include "rules/args.h"
#include "rules/stage_history.h"

/* Sources: which exporter, which record type, which columns, and whether all are there. */

/* ---- opening ---- */

static const struct mop_exporter *exporter_for(const struct mop_pipeline_options *o,
                                               const char *source)
{
    const struct mop_exporter *const *x = o->exporters;
    while (x[1] && !(*x)->takes(source))
        x++;
    return *x;
}

static void tell_no_record(const struct mop_pipeline_options *o, const char *name,
                           struct mop_err *e)
{
    for (size_t i = 0; i < o->rules->nwithout; i++)
        if (mop_sv_eqs(o->rules->without[i], name)) {
            mop_err_set(e, 2, (struct mop_loc){0}, "--record: '%s' is left out by --without %s",
                        name, name);
            mop_err_hint(e, "leave out its source as well, or one of the two options");
            return;
        }
    mop_err_set(e, 2, (struct mop_loc){0}, "--record: the taxonomy has no record type '%s'", name);
}

/* Named by --record, or by the only type whose file patterns match; else NULL: the header decides.
 */
static struct mop_record *named_record(const struct mop_pipeline_options *o,
                                       const struct mop_pipeline_source *s, const char **how,
                                       struct mop_err *e)
{
    if (!s->record)
        return mop_bind_by_name(o->rules, s->name, how);
    struct mop_record *r = mop_ruleset_record(o->rules, mop_sv_of(s->record));
    *how = s->found ? "by file name" : "by --record";
    if (!r)
        tell_no_record(o, s->record, e);
    return r;
}

int mop_pipeline_open(struct mop_pipeline *p, const struct mop_pipeline_source *s,
                      struct mop_err *e)
{
    const struct mop_pipeline_options *o = p->o;
    struct mop_opened *x = &p->opened[p->nopened];
    struct mop_bound *b = &p->judgings[0].bound[p->nopened];
    b->record = named_record(o, s, &x->how, e);
    if (s->record && !b->record)
        return -1;
    struct mop_source_options options = mop_bind_options(&o->source, b->record);
    x->source = s->ready ? s->ready : exporter_for(o, s->name)->open(s->name, &options, e);
    if (!x->source)
        return -1;
    p->nopened++;
    if (!b->record)
        b->record = mop_bind_guess(o->rules, x->source, &x->how, &x->guessed, e);
    if (!b->record)
        return -1;
    return mop_bind(&b->binding, b->record, &x->source->schema, s->name, o->maps, o->nmaps,
                    &p->arena, e);
}

/* ---- what refers to what ---- */

static bool has_source(const struct mop_pipeline *p, const struct mop_judging *q,
                       const struct mop_record *r)
{
    for (size_t i = 0; i < p->nopened; i++)
        if (q->bound[i].record == r)
            return true;
    return false;
}

/* "; 'a.csv' was taken for 'contact' by its columns": one of those may hold what is missing. */
static struct mop_sv guesses(const struct mop_pipeline *p, const struct mop_judging *q,
                             struct mop_buf *b)
{
    for (size_t i = 0; i < p->nopened; i++)
        if (q->bound[i].record && p->opened[i].guessed)
            mop_buf_printf(b, "; '%s' was taken for '%.*s' %s (else: --record)",
                           p->opened[i].source->name, MOP_SV_ARG(q->bound[i].record->name),
                           p->opened[i].how);
    return mop_buf_view(b);
}

/* What refers to a type that no source holds. */
struct referrer {
    const char *what;
    struct mop_sv id;
    struct mop_loc at;
};

static int absent(const struct mop_pipeline *p, const struct mop_judging *q,
                  const struct referrer *by, const struct mop_record *needed, struct mop_err *e)
{
    struct mop_buf b;
    mop_buf_init(&b, 400);
    struct mop_sv taken = guesses(p, q, &b);
    mop_err_set(e, 2, by->at,
                "%s '%.*s' refers to '%.*s', but no source of that type is in the run", by->what,
                MOP_SV_ARG(by->id), MOP_SV_ARG(needed->name));
    mop_err_hint(e, "add its source, or leave out what needs it with --without %.*s%.*s",
                 MOP_SV_ARG(needed->name), MOP_SV_ARG(taken));
    mop_buf_release(&b);
    return -1;
}

static int check_expr(const struct mop_pipeline *p, const struct mop_judging *q,
                      const struct mop_check *c, const struct mop_expr *x, struct mop_err *e)
{
    const struct referrer by = {"rule", c->id, c->at};
    if (x->op == MOP_OP_TEST && x->test->kind == &mop_kind_references) {
        const struct mop_references_arg *arg = x->test->arg;
        return has_source(p, q, arg->target->record) ? 0
                                                     : absent(p, q, &by, arg->target->record, e);
    }
    const struct mop_history *h = x->op == MOP_OP_TEST ? mop_test_history(x->test) : NULL;
    if (h && !has_source(p, q, h->record))
        return absent(p, q, &by, h->record, e);
    for (size_t i = 0; i < x->n; i++)
        if (check_expr(p, q, c, x->kids[i], e))
            return -1;
    return 0;
}

int mop_pipeline_referred(const struct mop_pipeline *p, const struct mop_judging *q,
                          struct mop_err *e)
{
    for (size_t i = 0; i < p->nopened; i++) {
        const struct mop_record *r = q->bound[i].record;
        for (size_t k = 0; r && k < r->nchecks; k++)
            if (r->checks[k]->assert_ && check_expr(p, q, r->checks[k], r->checks[k]->assert_, e))
                return -1;
        for (size_t k = 0; r && k < r->nreads_first; k++)
            if (!has_source(p, q, r->reads_first[k]))
                return absent(p, q, &(struct referrer){"record type", r->name, r->at},
                              r->reads_first[k], e);
    }
    return 0;
}

/* ---- --map ---- */

static bool is_field(const struct mop_ruleset *rs, struct mop_sv name)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nfields; k++)
            if (mop_sv_eq(rs->records[i]->fields[k]->name, name))
                return true;
    return false;
}

static void no_such_field(struct mop_pipeline *p, struct mop_sv name, struct mop_err *e)
{
    const struct mop_ruleset *rs = p->o->rules;
    size_t n = 0, most = 0;
    for (size_t i = 0; i < rs->nrecords; i++)
        most += rs->records[i]->nfields;
    struct mop_sv *names = mop_arena_array(&p->arena, most + 1, sizeof *names);
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nfields; k++)
            names[n++] = rs->records[i]->fields[k]->name;
    mop_err_set(e, 2, (struct mop_loc){0}, "--map: no field '%.*s'", MOP_SV_ARG(name));
    long near = mop_suggest(name, names, n);
    if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
}

int mop_pipeline_maps(struct mop_pipeline *p, struct mop_err *e)
{
    for (size_t i = 0; i < p->o->nmaps; i++)
        if (!is_field(p->o->rules, p->o->maps[i].field)) {
            no_such_field(p, p->o->maps[i].field, e);
            return -1;
        }
    return 0;
}
