/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"
#include "base/map.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

/* The ids of lint, joined, and what checks tell their findings with. */

const struct mop_lint_group mop_lint_groups[] = {
    {"structure", mop_lint_yaml},
    {"structure", mop_lint_loader},
    {"structure", mop_lint_structure},
    {"governance", mop_lint_governance},
    {"logic", mop_lint_logic},
    {"regex", mop_lint_regex},
    {NULL, NULL},
};

const struct mop_lint_check *mop_lint_find(struct mop_sv id)
{
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id; c++)
            if (mop_sv_eqs(id, c->id))
                return c;
    return NULL;
}

const struct mop_ruleset *mop_lint_rules(struct mop_lint *l)
{
    l->unloaded |= !l->rules;
    return l->rules;
}

bool mop_lint_steps(struct mop_lint *l, uint64_t n)
{
    if (l->steps < n) {
        l->steps = 0;
        l->out_of_steps = true;
        return false;
    }
    l->steps -= n;
    return true;
}

static struct mop_diag *tell(struct mop_lint *l, const char *id, struct mop_loc at, uint32_t span,
                             const char *fmt, va_list ap)
{
    char line[1024];
    const struct mop_lint_check *c = mop_lint_find(mop_sv_of(id));
    mop_text_format(line, sizeof line, fmt, ap);
    return mop_diag(l->diags, c ? c->level : MOP_WARN, id, at, span, "%s", line);
}

struct mop_diag *mop_lint_tell(struct mop_lint *l, const char *id, const struct mop_node *at,
                               const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct mop_diag *g = tell(l, id, at->at, at->span, fmt, ap);
    va_end(ap);
    return g;
}

struct mop_diag *mop_lint_tell_at(struct mop_lint *l, const char *id, struct mop_loc at,
                                  uint32_t span, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct mop_diag *g = tell(l, id, at, span, fmt, ap);
    va_end(ap);
    return g;
}

void mop_lint_hint(struct mop_lint *l, const char *fmt, ...)
{
    char line[1024];
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(line, sizeof line, fmt, ap);
    va_end(ap);
    mop_diag_hint(l->diags, &l->diags->list[l->diags->n - 1], "%s", line);
}
