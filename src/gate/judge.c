/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "base/utf8.h"
#include "pipeline.h"
#include "rules/kinds.h"
#include "rules/template.h"
#include "values/url_keys.h"
#include <stdlib.h>

/*
 * The campaign and its links as records of the taxonomy, through the pipeline that `check` uses:
 * there is no second judge here. What the brief does not say is no column, and rules that read it
 * are left out.
 */

/* A record type's fields that the brief can fill, and the rows. */
struct rows {
    struct mop_source source;
    struct mop_launch *g;
    struct mop_sv *keys; /* by column: key of the brief, or parameter of a link */
    struct mop_sv *said; /* by column: what the brief says, as records have it; p NULL: of a link */
    bool links;
    size_t n, next;
    struct mop_arena batch;
};

static bool takes(const char *source)
{
    (void)source;
    return false;
}

static struct mop_source *open_none(const char *source, const struct mop_source_options *o,
                                    struct mop_err *e)
{
    (void)o;
    mop_err_set(e, 2, (struct mop_loc){source, 0, 0}, "a brief is no source of records");
    return NULL;
}

/* ---- values ---- */

static struct mop_sv own_value(const struct mop_launch *g, const struct mop_field *f)
{
    return mop_brief_value(g->b, "fields", mop_arena_str(&g->b->arena, f->name)).text;
}

static struct mop_sv link_value(const struct mop_launch *g, const struct rows *s, size_t column,
                                size_t link)
{
    if (s->said[column].p)
        return s->said[column];
    if (mop_sv_eqs(s->keys[column], "url"))
        return g->b->links[link].url.text;
    return mop_url_param(&g->urls[link], s->keys[column]);
}

static void fill_row(struct rows *s, struct mop_row *row)
{
    struct mop_launch *g = s->g;
    struct mop_cell *cells = mop_arena_array(&s->batch, s->source.schema.n + 1, sizeof *cells);
    for (size_t i = 0; i < s->source.schema.n; i++) {
        struct mop_sv v = s->links ? link_value(g, s, i, s->next) : s->said[i];
        cells[i].presence = v.p ? MOP_GIVEN : MOP_ABSENT;
        cells[i].v = v;
        if (s->links && g->b->links[s->next].fault)
            cells[i].fault = (uint8_t)g->b->links[s->next].fault;
    }
    s->next++;
    uint32_t line = s->links ? g->b->links[s->next - 1].url.at.line : 0;
    *row = (struct mop_row){.cells = cells, .record = s->next, .line = line ? line : s->next};
    row->cell_faults = s->links && g->b->links[s->next - 1].fault;
}

static int next(struct mop_source *source, struct mop_batch *b, struct mop_err *e)
{
    struct rows *s = (struct rows *)source;
    (void)e;
    mop_arena_reset(&s->batch);
    for (b->n = 0; b->n < MOP_BATCH_ROWS && s->next < s->n;)
        fill_row(s, &b->rows[b->n++]);
    return b->n > 0;
}

static void close_rows(struct mop_source *source)
{
    struct rows *s = (struct rows *)source;
    mop_arena_release(&s->batch);
    free(s);
}

static const struct mop_exporter exporter = {
    "brief", "a campaign and its links", takes, open_none, next, close_rows, NULL};

/* ---- which fields ---- */

static struct mop_sv pair_key(const struct mop_gate_pair *pairs, size_t n, struct mop_sv field)
{
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(pairs[i].name, field))
            return pairs[i].key;
    return MOP_SV_NONE;
}

struct mop_sv mop_gate_campaign_key(const struct mop_launch *g, const struct mop_field *f)
{
    struct mop_sv key = pair_key(g->p->campaign_fields, g->p->ncampaign_fields, f->name);
    if (f == g->name_field)
        key = MOP_SV("name");
    else if (!key.p && f == f->record->dated_by)
        key = MOP_SV("start");
    else if (!key.p && mop_key_find(&mop_brief_keys_top, f->name))
        key = f->name;
    return key;
}

static struct mop_sv campaign_key(const struct mop_launch *g, const struct mop_field *f)
{
    struct mop_sv key = mop_gate_campaign_key(g, f);
    return !key.p && own_value(g, f).p ? f->name : key;
}

/* What of a link fills a field: all of it, or a parameter. */
static struct mop_sv link_key(struct mop_launch *g, const struct mop_field *f, bool *has_url)
{
    struct mop_sv key = pair_key(g->p->link_fields, g->p->nlink_fields, f->name);
    if (!key.p && mop_url_key_utm(f->name))
        key = f->name;
    for (size_t i = 0; !key.p && i < f->ncolumns; i++)
        if (mop_url_key_utm(f->columns[i]))
            key = f->columns[i];
    bool is_url =
        mop_sv_eqs(f->name, "url") || (f->type && mop_sv_eqs(mop_sv_of(f->type->name), "url"));
    if (!key.p && is_url && !*has_url)
        key = MOP_SV("url");
    if (!key.p && f == f->record->dated_by) {
        key = MOP_SV("start");
        g->link_date = f;
    }
    *has_url = *has_url || mop_sv_eqs(key, "url");
    return key;
}

/* A day that the field's records cannot have: the field is left out, and that is told. */
static void tell_later(struct mop_launch *g, const struct mop_field *f, struct mop_sv key)
{
    struct mop_said_list l = mop_gate_facts(g->b, key);
    if (!l.n || mop_sv_eqs(key, "budget"))
        return;
    MOP_GROW(g->unwritten, g->nunwritten, g->capunwritten);
    g->unwritten[g->nunwritten++] = (struct mop_gate_unwritten){f, l.list[0]};
}

/* What the brief says for all rows of a column. */
static struct mop_sv said_value(struct mop_launch *g, const struct mop_field *f, struct mop_sv key)
{
    struct mop_sv own = own_value(g, f);
    if (own.p && f->record == g->campaign_type)
        return own;
    struct mop_sv v = mop_gate_as_recorded(g, f, key);
    if (!v.p)
        tell_later(g, f, key);
    return v;
}

/* What a brief does not say is no column; of links only the start is the brief's. */
static void add_column(struct rows *s, const struct mop_field *f, struct mop_sv key)
{
    size_t column = s->source.schema.n;
    if (!s->links || mop_sv_eqs(key, "start")) {
        s->said[column] = said_value(s->g, f, key);
        if (!s->said[column].p)
            return;
    }
    s->keys[column] = key;
    s->source.schema.columns[column] = f->name;
    s->source.schema.n++;
}

static struct mop_source *open_rows(struct mop_launch *g, const struct mop_record *r, bool links)
{
    struct rows *s = mop_alloc(sizeof *s);
    bool has_url = false;
    mop_arena_init(&s->batch);
    s->g = g;
    s->links = links;
    s->n = links ? g->b->nlinks : 1;
    s->said = mop_arena_array(&g->arena, r->nfields + 1, sizeof *s->said);
    s->keys = mop_arena_array(&g->arena, r->nfields + 1, sizeof *s->keys);
    s->source = (struct mop_source){
        .exporter = &exporter,
        .name = links ? "links" : "campaign",
        .schema.columns = mop_arena_array(&g->arena, r->nfields + 1, sizeof(struct mop_sv))};
    for (size_t i = 0; i < r->nfields; i++) {
        struct mop_field *f = r->fields[i];
        struct mop_sv key = f->derive ? MOP_SV_NONE
                            : links   ? link_key(g, f, &has_url)
                                      : campaign_key(g, f);
        if (key.p)
            add_column(s, f, key);
    }
    return &s->source;
}

/* ---- what the judge says ---- */

static bool is_campaign(const struct mop_launch *g, size_t source)
{
    return g->campaign_type && source == 0;
}

static int finding(void *ctx, const struct mop_finding *f, struct mop_err *e)
{
    struct mop_launch *g = ctx;
    (void)e;
    if (!is_campaign(g, f->source) && f->field && f->field == g->link_date)
        return 0; /* of the start as the date of a link, nobody is to mend a link */
    MOP_GROW(g->findings, g->nfindings, g->capfindings);
    g->findings[g->nfindings++] = (struct mop_gate_finding){
        .check = f->check,
        .field = f->field,
        .link = is_campaign(g, f->source) ? SIZE_MAX : (size_t)f->record - 1,
        .undecided = f->undecided,
        .certain = f->certain,
        .suppressed = f->suppressed,
        .message = mop_arena_copy(&g->arena, f->message),
        .value = mop_arena_copy(&g->arena, f->value),
        .proposal = mop_arena_copy(&g->arena, f->proposal)};
    return 0;
}

/* Records that the taxonomy takes out before judging are told, not passed. */
static void judged(void *ctx, const struct mop_judged *r)
{
    struct mop_launch *g = ctx;
    g->left_out[is_campaign(g, r->source) ? g->b->nlinks : r->record - 1] = r->excluded;
}

/* Which links have a utm_campaign that fits the template of names: its separators are meant. */
static void look_at_campaigns(struct mop_launch *g, struct mop_judge *j)
{
    struct mop_sv before = MOP_SV_NONE;
    g->campaign_fits = mop_arena_array(&g->arena, g->b->nlinks + 1, sizeof *g->campaign_fits);
    for (size_t i = 0; i < g->b->nlinks; i++) {
        struct mop_sv v = mop_gate_param(g, i, "utm_campaign");
        bool again = i && mop_sv_eq(v, before), reads = v.n && mop_utf8_check(v) == v.n;
        g->campaign_fits[i] =
            again ? g->campaign_fits[i - 1]
                  : reads && mop_template_parse(g->template->arg, v, j->run, &g->arena)->fits;
        before = v;
    }
}

/* The parts of the campaign's name, by the template that its rules have. */
static void looked(void *ctx, struct mop_judge *j)
{
    struct mop_launch *g = ctx;
    const struct mop_test *t = mop_gate_template_of(g->name_field);
    if (!is_campaign(g, j->source) && g->template && !g->campaign_fits)
        look_at_campaigns(g, j);
    if (!is_campaign(g, j->source) || !t || !g->b->name.text.p)
        return;
    const struct mop_template *tpl = t->arg;
    const struct mop_parse *p = mop_value_parse(t, &j->entries[g->name_field->index]->v, j->run);
    if (!p || !p->fits)
        return;
    g->parts = mop_arena_array(&g->arena, tpl->nparts + 1, sizeof *g->parts);
    for (size_t i = 0; i < tpl->nparts; i++)
        if (p->parts[i].text.p)
            g->parts[g->nparts++] =
                (struct mop_gate_part){.name = tpl->parts[i].name,
                                       .text = mop_arena_copy(&g->arena, p->parts[i].text),
                                       .vocabulary = tpl->parts[i].vocabulary,
                                       .right = p->parts[i].right,
                                       .provisional = p->parts[i].rung == MOP_RUNG_PROVISIONAL};
}

int mop_gate_judge(struct mop_launch *g, struct mop_diags *d, struct mop_err *e)
{
    struct mop_pipeline_source sources[2];
    struct mop_finding_sink sink = {finding, g, NULL, looked, judged};
    size_t n = 0;
    g->left_out = mop_arena_array(&g->arena, g->b->nlinks + 1, sizeof *g->left_out);
    if (!g->o->rules)
        return 0;
    if (mop_gate_find_types(g, d))
        return -1;
    if (g->campaign_type)
        sources[n++] =
            (struct mop_pipeline_source){.name = "campaign",
                                         .record = mop_arena_str(&g->arena, g->campaign_type->name),
                                         .ready = open_rows(g, g->campaign_type, false)};
    if (g->link_type)
        sources[n++] =
            (struct mop_pipeline_source){.name = "links",
                                         .record = mop_arena_str(&g->arena, g->link_type->name),
                                         .ready = open_rows(g, g->link_type, true)};
    if (!n)
        return 0;
    struct mop_pipeline_options o = {.rules = g->o->rules,
                                     .exporters = g->o->exporters,
                                     .sources = sources,
                                     .nsources = n,
                                     .columns_as_given = true,
                                     .sink = &sink};
    struct mop_pipeline *p = mop_pipeline_run(&o, NULL, e);
    mop_pipeline_free(p);
    return p ? 0 : -1;
}
