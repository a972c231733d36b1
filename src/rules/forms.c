/* SPDX-License-Identifier: MIT */
#include "rules/compile.h"

/*
 * The forms under which rules may speak of a value: its meant form, and where its vocabulary is a
 * column what the rules call that value of it. They were loaded before the column was read, so that
 * it is here, and not there, that 'mg' comes to mean 'MG'.
 */
bool mop_value_form(const struct mop_value *v, size_t i, struct mop_sv *out)
{
    size_t spoken = v->term ? v->term->nspoken : 0;
    if (i > spoken)
        return false;
    *out = i ? v->term->spoken[i - 1] : v->meant;
    return true;
}

bool mop_value_means(const struct mop_value *v, struct mop_sv said)
{
    struct mop_sv form;
    for (size_t i = 0; mop_value_form(v, i, &form); i++)
        if (mop_sv_eq(form, said))
            return true;
    return false;
}

const uint64_t *mop_value_find(const struct mop_value *v, const struct mop_map *by_form)
{
    const uint64_t *item = NULL;
    struct mop_sv form;
    for (size_t i = 0; !item && mop_value_form(v, i, &form); i++)
        item = mop_map_find(by_form, form);
    return item;
}
