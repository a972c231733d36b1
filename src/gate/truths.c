/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "gate/checks.h"
#include "rules/compile.h"

/* Yes and no: briefs say true and false, records have them as the field's list does. */

/* By !yes. Words of one sense alone: "no" of a list in another tongue still means no. */
static const char *const words[2][24] = {
    {"true", "yes",        "t",   "y",         "1",         "ja",        "wahr",
     "oui",  "vrai",       "si",  "s\xc3\xad", "s\xc3\xac", "verdadero", "vero",
     "sim",  "verdadeiro", "tak", "prawda",    "ano",       "da",        "kyll\xc3\xa4",
     "evet"},
    {"false",        "no",    "f",          "n",   "0",           "nein", "falsch", "non",
     "faux",         "falso", "n\xc3\xa3o", "nao", "nee",         "nej",  "nei",    "nie",
     "fa\xc5\x82sz", "ne",    "nu",         "ei",  "hay\xc4\xb1r"}};

static const struct mop_term *find(const struct mop_vocabulary *v, bool yes, struct mop_arena *a)
{
    const struct mop_term *t = NULL;
    enum mop_rung rung;
    for (const char *const *w = words[!yes]; !t && *w; w++)
        t = mop_vocabulary_look(v, mop_sv_of(*w), a, &rung);
    return t;
}

/* Of two values the one that the other is not; NULL: there are not two. */
static const struct mop_term *other_of(const struct mop_vocabulary *v, const struct mop_term * not )
{
    const struct mop_term *other = NULL;
    size_t n = 0;
    for (size_t i = 0; i < v->nterms; i++)
        if (!v->terms[i]->use && !v->terms[i]->catch_all) {
            n++;
            other = v->terms[i] == not ? other : v->terms[i];
        }
    return n == 2 ? other : NULL;
}

struct mop_sv mop_gate_truth(const struct mop_field *f, struct mop_sv text, struct mop_arena *a)
{
    const struct mop_vocabulary *v = f->vocabulary;
    bool yes = mop_sv_eqs(text, "true");
    if (!v)
        return f->fold_case == 'u' ? mop_utf8_upper(a, text) : text;
    const struct mop_term *t = find(v, yes, a), *opposite = t ? NULL : find(v, !yes, a);
    if (t)
        return t->value;
    if (!opposite)
        return MOP_SV_NONE;
    t = other_of(v, opposite);
    return t ? t->value : text;
}

int mop_gate_truth_of(struct mop_sv text)
{
    for (int no = 0; no < 2; no++)
        for (const char *const *w = words[no]; *w; w++)
            if (mop_sv_eq_nocase(text, mop_sv_of(*w)))
                return !no;
    return -1;
}
