/* SPDX-License-Identifier: MIT */
#include "rules/kinds.h"

#define ROW(n) &mop_kind_##n,
const struct mop_kind *const mop_kinds[] = {MOP_KINDS(ROW) NULL};

const struct mop_kind *mop_kind_find(struct mop_sv name)
{
    for (size_t i = 0; mop_kinds[i]; i++)
        if (mop_sv_eqs(name, mop_kinds[i]->name))
            return mop_kinds[i];
    return NULL;
}
