/* SPDX-License-Identifier: MIT */
#include "keys.h"

/* What other tools call our words; nobody's slip of the hand, so that mop_suggest finds none. */
static const struct {
    const char *word, *ours;
} synonyms[] = {
    {"number", "decimal"},
    {"money", "decimal"},
    {"float", "decimal"},
    {"amount", "decimal"},
    {"int", "integer"},
    {"string", "text"},
    {"bool", "boolean"},
    {"timestamp", "datetime"},
    {"enum", "values"},
    {"allowed_values", "values"},
    {"one_of", "values"},
    {"in", "values"},
    {"regex", "pattern"},
    {"regexp", "pattern"},
    {"matches", "pattern"},
    {"thousands", "group"},
    {"grouping", "group"},
    {"not_null", "required"},
    {"mandatory", "required"},
    {"min", "range"},
    {"max", "range"},
    {"primary_key", "key"},
    {"foreign_key", "references"},
    {"fixer", "fixed_by"},
    {"yes", "true"},
    {"on", "true"},
    {"no", "off"},
};

struct mop_sv mop_synonym(struct mop_sv word, const struct mop_sv *known, size_t n)
{
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        for (size_t k = 0; mop_sv_eq_nocase(word, mop_sv_of(synonyms[i].word)) && k < n; k++)
            if (mop_sv_eqs(known[k], synonyms[i].ours))
                return known[k];
    long near = mop_suggest(word, known, n);
    return near < 0 ? MOP_SV_NONE : known[near];
}
