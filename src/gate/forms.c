/* SPDX-License-Identifier: MIT */
#include "base/civil.h"
#include "gate/checks.h"

/*
 * Days, amounts, yes and no are written in one form in every brief; the taxonomy's records have
 * them in the forms that their fields declare. A brief is judged as the record it will be, so what
 * it says is written as such a record has it.
 */

typedef const struct mop_field *F;

static bool is_type(F f, const char *name)
{
    return f->type && mop_sv_eqs(mop_sv_of(f->type->name), name);
}

/* ---- days ---- */

static bool reads_as(F f, struct mop_sv text, int32_t day, bool whole, struct mop_arena *a)
{
    struct mop_typed t;
    return f->type->read(text, &f->type_options, &t, a, NULL) && t.when.day == day &&
           t.when.whole_day == whole;
}

/* The day as a format writes it: a time in it is midnight in `midnight`. */
static struct mop_sv day_by(F f, const struct mop_date_format *fmt, int32_t day,
                            const struct mop_zone *midnight, struct mop_arena *a)
{
    struct mop_when w = {mop_zone_instant(midnight, day * MOP_US_DAY), day,
                         !mop_date_format_has_time(fmt)};
    struct mop_buf b;
    mop_buf_init(&b, 1000);
    mop_date_format_print(fmt, f->type_options.zone, w, &b);
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

/* By the first format that is read as this day and no other; a whole day rather than a midnight,
 * that of the field's clock rather than that of the zone in which moments have their days.
 * MOP_SV_NONE: by none. */
static struct mop_sv declared_day(F f, struct mop_sv iso, int32_t day, struct mop_arena *a)
{
    const struct mop_type_options *o = &f->type_options;
    for (int attempt = 0; attempt < 3; attempt++)
        for (size_t i = 0; i < o->nformats; i++) {
            const struct mop_date_format *fmt = o->formats[i].format;
            struct mop_sv by = fmt ? day_by(f, fmt, day, attempt < 2 ? o->zone : o->days, a) : iso;
            if (reads_as(f, by, day, attempt == 0, a))
                return by;
        }
    return MOP_SV_NONE;
}

static struct mop_sv as_day(F f, struct mop_sv iso, struct mop_arena *a)
{
    struct mop_when w;
    if ((!is_type(f, "date") && !is_type(f, "datetime")) || !mop_date_parse_iso(NULL, iso, &w) ||
        reads_as(f, iso, w.day, true, a))
        return iso;
    return declared_day(f, iso, w.day, a);
}

/* ---- amounts ---- */

/* Without the currency that may stand behind it, with the decimal mark of the field. */
static struct mop_sv as_amount(F f, const struct mop_brief_money *m, struct mop_arena *a)
{
    char mark = f->type_options.marks.decimal;
    struct mop_buf b;
    if (!is_type(f, "decimal") && !is_type(f, "integer"))
        return m->as.text;
    mop_buf_init(&b, 100);
    mop_decimal_print(&b, m->millionths);
    struct mop_sv number = mop_buf_view(&b);
    size_t dot = mop_sv_find(number, '.');
    struct mop_sv text = mop_arena_printf(a, "%.*s", MOP_SV_ARG(number));
    if (dot < number.n)
        text = mop_arena_printf(a, "%.*s%c%.*s", (int)dot, number.p, mark ? mark : '.',
                                MOP_SV_ARG(mop_sv_sub(number, dot + 1, number.n)));
    mop_buf_release(&b);
    return text;
}

/* ---- by key ---- */

static bool is_one_of(struct mop_sv key, const char *const *words)
{
    while (*words && !mop_sv_eqs(key, *words))
        words++;
    return *words != NULL;
}

bool mop_gate_is_day(struct mop_sv key)
{
    static const char *const days[] = {"start", "end", "changed", NULL};
    return is_one_of(key, days);
}

bool mop_gate_is_truth(struct mop_sv key)
{
    static const char *const truths[] = {"recurring", "creates_leads", "printed", NULL};
    return is_one_of(key, truths);
}

struct mop_sv mop_gate_as_recorded(struct mop_launch *g, F f, struct mop_sv key)
{
    struct mop_said_list l = mop_gate_facts(g->b, key);
    if (mop_sv_eqs(key, "budget"))
        return g->b->budget.as.text.p ? as_amount(f, &g->b->budget, &g->arena) : MOP_SV_NONE;
    if (!l.n)
        return MOP_SV_NONE;
    if (mop_gate_is_day(key))
        return as_day(f, l.list[0].text, &g->arena);
    return mop_gate_is_truth(key) ? mop_gate_truth(f, l.list[0].text, &g->arena) : l.list[0].text;
}

static void tell_unwritten(struct mop_launch *g, struct mop_gate_result *r, F f,
                           const struct mop_said *at)
{
    bool truth = mop_said_is(at, "true") || mop_said_is(at, "false"); /* else a day */
    struct mop_gate_item *x = mop_gate_tell(
        g, r, MOP_WARN, at,
        truth ? "'%.*s' is none of the values of '%.*s.%.*s' that are known: not judged"
              : "'%.*s' is no single day by any format of '%.*s.%.*s': not judged",
        MOP_SV_ARG(at->text), MOP_SV_ARG(f->record->name), MOP_SV_ARG(f->name));
    mop_gate_do(g, x,
                truth ? "have the taxonomy's owner make true and false aliases of its values"
                      : "have the taxonomy's owner declare a format that holds it (formats:)");
}

void mop_gate_tell_unwritten(struct mop_launch *g, struct mop_gate_result *r,
                             const struct mop_record *type)
{
    for (size_t i = 0; i < g->nunwritten; i++)
        if (g->unwritten[i].field->record == type)
            tell_unwritten(g, r, g->unwritten[i].field, &g->unwritten[i].as);
}
