/* SPDX-License-Identifier: MIT */
#include "report/shown.h"
#include "check/words.h"

/* Fields of a source that never came, or came and have no column, in words. */

const char mop_gap_never_received[] = "input.never_received";
const char mop_gap_not_mapped[] = "input.not_mapped";

const char *mop_gap_id(const struct mop_field_gap *g)
{
    return g->mapped ? mop_gap_never_received : mop_gap_not_mapped;
}

struct mop_sv mop_gap_place(struct mop_arena *a, const struct mop_field_gap *g)
{
    return mop_mask_name(a, g->at);
}

struct mop_sv mop_gap_words(struct mop_arena *a, const struct mop_field_gap *g)
{
    struct mop_sv at = mop_shown_text(a, mop_gap_place(a, g), 120);
    if (g->mapped)
        return mop_arena_printf(a, "field '%.*s' (%.*s) came in no record",
                                MOP_SV_ARG(mop_shown_text(a, g->column, 120)), MOP_SV_ARG(at));
    return mop_arena_printf(a, "'%.*s' came and has no column (in %.*s)", MOP_SV_ARG(at),
                            MOP_SV_ARG(mop_shown_records(a, g->records, MOP_SV(""))));
}
