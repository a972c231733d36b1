/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "gate/checks.h"

/* --known: is there another campaign with this name or id? */

/* Columns that mean the same in exports of campaigns. */
enum { NAME, CAMPAIGN, UTM_ID, CRM_ID, COLUMNS };
enum { SPELLINGS = 6 };
static const char *const spellings[COLUMNS][SPELLINGS] = {
    {"name", "campaign name", "campaign_name", "campaign", "title", NULL},
    {"utm_campaign", "utm campaign", NULL, NULL, NULL, NULL},
    {"utm_id", "utm id", NULL, NULL, NULL, NULL},
    {"crm_campaign_id", "id", "record id", "campaign id", "campaign_id", NULL}};
static const char *const words[COLUMNS] = {"name", "utm_campaign", "utm_id", "crm_campaign_id"};

struct known {
    struct mop_launch *g;
    struct mop_gate_result *r;
    struct mop_source *source;
    long column[COLUMNS];
    struct mop_sv ours[COLUMNS]; /* squeezed; "" is nothing to compare */
    size_t rows;
    struct mop_arena scratch; /* of the row at hand */
};

/* Two spellings that a report cannot tell apart at a glance: case, blanks, separators. */
static struct mop_sv squeeze(struct mop_arena *a, struct mop_sv s)
{
    struct mop_sv f = mop_utf8_fold(a, mop_sv_trim(s));
    char *out = mop_arena_alloc(a, f.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if (f.p[i] != ' ' && f.p[i] != '_' && f.p[i] != '-')
            out[n++] = f.p[i];
    return (struct mop_sv){out, n};
}

static long find_column(const struct mop_schema *s, const char *const *names)
{
    for (size_t k = 0; k < SPELLINGS && names[k]; k++)
        for (size_t i = 0; i < s->n; i++)
            if (mop_sv_eq_nocase(s->columns[i], mop_sv_of(names[k])))
                return (long)i;
    return -1;
}

static struct mop_sv cell(const struct known *k, const struct mop_row *row, int column)
{
    return k->column[column] < 0 ? MOP_SV("") : mop_sv_trim(row->cells[k->column[column]].v);
}

/* The campaign's own row is no other campaign. */
static bool is_self(struct known *k, const struct mop_row *row, struct mop_arena *a)
{
    struct mop_sv id = squeeze(a, cell(k, row, CRM_ID));
    return id.n && mop_sv_eq(id, k->ours[CRM_ID]);
}

static void compare(struct known *k, const struct mop_row *row)
{
    struct mop_arena *a = &k->scratch;
    struct mop_launch *g = k->g;
    mop_arena_reset(a);
    for (int c = NAME; c <= UTM_ID && !is_self(k, row, a); c++) {
        struct mop_sv theirs = squeeze(a, cell(k, row, c));
        int ours = c == CAMPAIGN && !k->ours[CAMPAIGN].n ? NAME : c;
        if (!theirs.n || !mop_sv_eq(theirs, k->ours[ours]))
            continue;
        struct mop_said_list said = mop_brief_values(g->b, words[ours]);
        struct mop_gate_item *x = mop_gate_tell(g, k->r, MOP_FAULT, said.n ? &said.list[0] : NULL,
                                                "another campaign has the %s '%s' (%s, line %llu)",
                                                words[c], mop_gate_shown(g, cell(k, row, c)),
                                                g->o->known, (unsigned long long)row->line);
        mop_gate_do(g, x, "take another, or write crm_campaign_id if it is the same campaign");
        break;
    }
}

static int read_rows(struct known *k, struct mop_err *e)
{
    struct mop_batch *batch = mop_arena_alloc(&k->g->arena, sizeof *batch);
    int more;
    while ((more = k->source->exporter->next(k->source, batch, e)) > 0)
        for (size_t i = 0; i < batch->n; i++) {
            if (batch->rows[i].fault) {
                mop_err_set(e, 3,
                            (struct mop_loc){k->g->o->known, (uint32_t)batch->rows[i].line, 0},
                            "the known campaigns cannot be read: %.*s",
                            MOP_SV_ARG(batch->rows[i].fault_note));
                return -1;
            }
            compare(k, &batch->rows[i]);
            k->rows++;
        }
    return more;
}

static int bind(struct known *k, struct mop_err *e)
{
    bool any = false;
    for (int c = 0; c < COLUMNS; c++) {
        struct mop_said_list said = mop_brief_values(k->g->b, words[c]);
        k->column[c] = find_column(&k->source->schema, spellings[c]);
        k->ours[c] = said.n ? squeeze(&k->g->arena, said.list[0].text) : MOP_SV("");
        any = any || (c <= UTM_ID && k->column[c] >= 0);
    }
    if (any)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){k->g->o->known, 0, 0},
                "the file of known campaigns has no column name, utm_campaign or utm_id");
    return -1;
}

int mop_gate_read_known(struct mop_launch *g, struct mop_gate_result *r, struct mop_err *e)
{
    struct mop_source_options none = {0};
    struct known k = {.g = g, .r = r};
    k.source = g->o->csv->open(g->o->known, &none, e);
    if (!k.source)
        return -1;
    mop_arena_init(&k.scratch);
    int rc = bind(&k, e) || read_rows(&k, e) ? -1 : 0;
    k.source->exporter->close(k.source);
    mop_arena_release(&k.scratch);
    r->why =
        mop_arena_printf(&g->arena, "compared with %zu campaign%s", k.rows, k.rows == 1 ? "" : "s");
    return rc;
}

void mop_gate_run_DUPLICATE(struct mop_launch *g, struct mop_gate_result *r)
{
    if (!g->o->known)
        mop_gate_not_asked(g, r, "no file of other campaigns: --known FILE");
}
