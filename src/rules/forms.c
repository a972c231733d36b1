/* SPDX-License-Identifier: MIT */
#include "rules/compile.h"

/*
 * The forms under which rules may speak of a value: its meant form; where its vocabulary is a
 * column, what the rules call that value of it (they were loaded before the column was read, so
 * that it is here, and not there, that 'mg' comes to mean 'MG'); of a moment its day.
 */

static void put_day(const struct mop_when *moment, struct mop_form *out)
{
    struct mop_buf b;
    mop_buf_fixed(&b, out->room, sizeof out->room);
    mop_when_print(&b, (struct mop_when){.day = moment->day, .whole_day = true});
    out->text = mop_buf_view(&b);
}

bool mop_value_form(const struct mop_value *v, size_t i, struct mop_form *out)
{
    size_t spoken = v->term ? v->term->nspoken : 0;
    if (i <= spoken) {
        out->text = i ? v->term->spoken[i - 1] : v->meant;
        return true;
    }
    bool day = i == spoken + 1 && v->typed.has_when && !v->typed.when.whole_day;
    if (day)
        put_day(&v->typed.when, out);
    return day;
}

bool mop_value_means(const struct mop_value *v, struct mop_sv said)
{
    struct mop_form f;
    for (size_t i = 0; mop_value_form(v, i, &f); i++)
        if (mop_sv_eq(f.text, said))
            return true;
    return false;
}

const uint64_t *mop_value_find(const struct mop_value *v, const struct mop_map *by_form)
{
    const uint64_t *item = NULL;
    struct mop_form f;
    for (size_t i = 0; !item && mop_value_form(v, i, &f); i++)
        item = mop_map_find(by_form, f.text);
    return item;
}
