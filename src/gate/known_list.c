/* SPDX-License-Identifier: MIT */
#include "gate/brief_read.h"
#include "gate/known.h"

/* Campaigns of a CSV file, as a CRM or an earlier run exported them. */

enum { LINK = MOP_KNOWN_WORDS, COLUMNS, SPELLINGS = 12 };
/* Columns that mean the same in exports of campaigns. */
static const char *const spellings[MOP_KNOWN_WORDS][SPELLINGS] = {
    {"name", "campaign name", "campaign_name", "campaignname", "campaign", "campaign title",
     "title", "campaign: campaign name", "program name", "hs_name", NULL},
    {"utm_campaign", "utm campaign", "utm", "hs_utm", NULL},
    {"utm_id", "utm id", NULL},
    {"crm_campaign_id", "id", "record id", "campaign id", "campaign_id", "campaignid",
     "campaign: campaign id", "program id", "hs_object_id", "crm id", NULL}};

struct list {
    struct mop_known *k;
    const char *path, *encoding;
    struct mop_source *source;
    long column[COLUMNS];
};

static long find_column(const struct mop_schema *s, const char *const *names)
{
    for (size_t k = 0; names[k]; k++)
        for (size_t i = 0; i < s->n; i++)
            if (mop_sv_eq_nocase(s->columns[i], mop_sv_of(names[k])))
                return (long)i;
    return -1;
}

static void take_row(struct list *l, const struct mop_row *row)
{
    struct mop_known *k = l->k;
    struct mop_sv cells[COLUMNS];
    mop_arena_reset(&k->scratch);
    struct mop_sv place =
        mop_arena_printf(&k->scratch, "%s, line %llu", l->path, (unsigned long long)row->line);
    for (int c = 0; c < COLUMNS; c++)
        cells[c] = l->column[c] < 0 ? MOP_SV("") : mop_sv_trim(row->cells[l->column[c]].v);
    if (mop_known_is_self(k, cells)) {
        k->campaigns++;
        k->compared++;
        return;
    }
    mop_known_fill(k, cells[LINK], cells);
    mop_known_campaign(k, cells, place, true);
    mop_known_link(k, cells[LINK], place);
}

/* A name whose bytes mean nothing is like no other: that is no comparison. */
static bool is_readable(const struct list *l, const struct mop_row *row)
{
    for (int c = 0; row->cell_faults && c < COLUMNS; c++)
        if (l->column[c] >= 0 && row->cells[l->column[c]].fault)
            return false;
    return true;
}

static int read_rows(struct list *l, struct mop_err *e)
{
    struct mop_batch *batch = mop_arena_alloc(&l->k->g->arena, sizeof *batch);
    int more;
    while ((more = l->source->exporter->next(l->source, batch, e)) > 0)
        for (size_t i = 0; i < batch->n; i++) {
            if (batch->rows[i].fault) {
                mop_err_set(e, 3, (struct mop_loc){l->path, (uint32_t)batch->rows[i].line, 0},
                            "the known campaigns cannot be read: %.*s",
                            MOP_SV_ARG(batch->rows[i].fault_note));
                return -1;
            }
            if (!is_readable(l, &batch->rows[i])) {
                mop_err_set(e, 3, batch->rows[i].fault_at,
                            "the known campaigns cannot be read: a name, id or link has bytes that "
                            "are not %s, or a NUL",
                            l->encoding ? l->encoding : "UTF-8");
                mop_err_hint(e, "save the list as UTF-8 ('CSV UTF-8' in Excel), or say what it is "
                                "behind its --known, e.g. --encoding windows-1252");
                return -1;
            }
            take_row(l, &batch->rows[i]);
        }
    return more;
}

static int bind(struct list *l, struct mop_err *e)
{
    bool any = false;
    for (int c = 0; c < COLUMNS; c++) {
        l->column[c] =
            find_column(&l->source->schema, c == LINK ? mop_link_spellings : spellings[c]);
        any = any || l->column[c] >= 0;
    }
    l->k->has_ids = l->column[MOP_KNOWN_CRM_ID] >= 0;
    if (any)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){l->path, 0, 0},
                "the file of known campaigns has no column name, utm_campaign, utm_id, "
                "crm_campaign_id or url");
    mop_err_hint(
        e, "rename what it has: Campaign Name, Title, Campaign ID, Record ID, Id, UTM Campaign, "
           "Final URL, Link and the like are read, too");
    return -1;
}

int mop_known_list(struct mop_known *k, const struct mop_gate_known *from, struct mop_err *e)
{
    struct mop_source_options o = {.encoding = from->encoding};
    struct list l = {.k = k, .path = from->path, .encoding = from->encoding};
    l.source = k->g->o->csv->open(from->path, &o, e);
    if (!l.source)
        return -1;
    int rc = bind(&l, e) || read_rows(&l, e) ? -1 : 0;
    l.source->exporter->close(l.source);
    return rc;
}
