/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lint/logic.h"

/* Suppressions of what another one suppresses, too. From the nodes. */

/* By its check and, unless it is for all records, its record type and condition. */
static struct mop_sv key_of(struct mop_lint *l, const struct mop_node *s, bool all)
{
    struct mop_buf b;
    const struct mop_node *where = mop_lint_get(s, "where");
    mop_buf_init(&b, 1 << 20);
    mop_buf_printf(&b, "%.*s", MOP_SV_ARG(mop_lint_text(s, "rule")));
    if (!all) {
        mop_buf_printf(&b, "\n%.*s\n", MOP_SV_ARG(mop_lint_text(s, "record")));
        if (where)
            mop_yaml_flow(&b, where);
    }
    struct mop_sv key = mop_arena_copy(l->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return key;
}

static bool is_of_all(const struct mop_node *s)
{
    return !mop_lint_get(s, "where") && !mop_lint_get(s, "record");
}

static bool lasts_as_long(const struct mop_node *s, const struct mop_node *other)
{
    int32_t day = INT32_MAX, others = INT32_MAX;
    mop_lint_day(mop_lint_get(s, "until"), &day);
    mop_lint_day(mop_lint_get(other, "until"), &others);
    return day >= others;
}

/* One for all records, or the first that speaks of the same; or NULL. */
static const struct mop_node *other_of(struct mop_lint *l, const struct mop_map *first,
                                       const struct mop_node *list, size_t i)
{
    const struct mop_node *s = list->item[i];
    const uint64_t *same = mop_map_find(first, key_of(l, s, false)),
                   *all = mop_map_find(first, key_of(l, s, true));
    if (same && *same - 1 < i)
        return list->item[*same - 1];
    return all && !is_of_all(s) && lasts_as_long(list->item[*all - 1], s) ? list->item[*all - 1]
                                                                          : NULL;
}

static void note(struct mop_lint *l, struct mop_map *first, const struct mop_node *list, size_t i)
{
    uint64_t *item = mop_map_put(first, key_of(l, list->item[i], false), NULL);
    *item = *item ? *item : 1 + i;
    if (!is_of_all(list->item[i]))
        return;
    item = mop_map_put(first, key_of(l, list->item[i], true), NULL);
    if (!*item || lasts_as_long(list->item[i], list->item[*item - 1]))
        *item = 1 + i;
}

void mop_lint_suppressed_twice(struct mop_lint *l)
{
    const struct mop_node *list = mop_lint_get(l->root, "suppressions");
    struct mop_map first; /* -> 1 + index */
    if (!list || list->kind != MOP_LIST)
        return;
    mop_map_init(&first);
    for (size_t i = 0; i < list->n; i++)
        if (mop_lint_get(list->item[i], "rule"))
            note(l, &first, list, i);
    for (size_t i = 0; i < list->n; i++) {
        const struct mop_node *s = list->item[i], *other = mop_lint_get(s, "rule")
                                                               ? other_of(l, &first, list, i)
                                                               : NULL;
        if (!other)
            continue;
        mop_lint_tell(l, "unused-suppression", s, "'%.*s' is suppressed for %s records in line %u",
                      MOP_SV_ARG(mop_lint_text(s, "rule")),
                      is_of_all(other) && !is_of_all(s) ? "all" : "the same", other->at.line);
        mop_lint_hint(l, "take one of the two out");
    }
    mop_map_release(&first);
}
