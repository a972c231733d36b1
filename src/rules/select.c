/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/loader.h"
#include <fnmatch.h>

/* --without, --select, --ignore: which part of the rule set this run is about. */

static void not_judged(struct mop_loader *l, struct mop_sv id, struct mop_sv reason)
{
    struct mop_not_judged n = {id, reason};
    MOP_PUSH(l->a, l->rs->not_judged, l->rs->nnot_judged, n);
}

/* Keeps the checks for which keep says so; what is dropped can be told. */
static void filter_checks(struct mop_loader *l, struct mop_record *r,
                          bool (*keep)(struct mop_loader *l, const struct mop_check *c))
{
    size_t n = 0;
    for (size_t i = 0; i < r->nchecks; i++)
        if (keep(l, r->checks[i])) {
            r->checks[n++] = r->checks[i];
        } else {
            if (r->checks[i]->severity == MOP_SEV_ERROR)
                MOP_PUSH(l->a, r->dropped, r->ndropped, r->checks[i]);
            r->checks[i]->severity = MOP_SEV_OFF;
        }
    r->nchecks = n;
    n = 0;
    for (size_t i = 0; i < r->ncoming; i++)
        if (keep(l, r->coming[i]))
            r->coming[n++] = r->coming[i];
    r->ncoming = n;
    for (size_t i = 0; i < r->nfields; i++) {
        struct mop_field *f = r->fields[i];
        size_t left = 0;
        for (size_t k = 0; k < f->nchecks; k++)
            if (f->checks[k]->severity != MOP_SEV_OFF)
                f->checks[left++] = f->checks[k];
        f->nchecks = left;
    }
}

/* ---- --without ---- */

static bool is_absent(const struct mop_loader *l, const struct mop_record *r)
{
    for (size_t i = 0; i < l->nabsent; i++)
        if (l->absent[i] == r)
            return true;
    return false;
}

static const struct mop_record *absent_need(const struct mop_loader *l, const struct mop_check *c)
{
    for (size_t i = 0; i < c->nfar; i++)
        if (is_absent(l, c->far[i]))
            return c->far[i];
    return NULL;
}

static struct mop_sv why_absent(struct mop_loader *l, const struct mop_record *r)
{
    return mop_arena_printf(l->a, "needs records of type '%.*s'", MOP_SV_ARG(r->name));
}

static bool is_judged(struct mop_loader *l, const struct mop_check *c)
{
    const struct mop_record *need = absent_need(l, c);
    if (need)
        not_judged(l, c->id, why_absent(l, need));
    return !need;
}

static void find_absent(struct mop_loader *l)
{
    for (size_t i = 0; i < l->o->nwithout; i++) {
        struct mop_node name = {.kind = MOP_SCALAR, .text = l->o->without[i], .span = 1};
        MOP_PUSH(l->a, l->rs->without, l->rs->nwithout, name.text);
        struct mop_record *r = mop_scope_record(&l->scope, &name);
        if (r)
            MOP_PUSH(l->a, l->absent, l->nabsent, r);
    }
}

static void drop_reports(struct mop_loader *l)
{
    struct mop_ruleset *rs = l->rs;
    size_t n = 0;
    for (size_t i = 0; i < rs->nreports; i++) {
        const struct mop_record *need = NULL;
        for (size_t k = 0; k < rs->reports[i].nneeds && !need; k++)
            if (is_absent(l, rs->reports[i].needs[k].record))
                need = rs->reports[i].needs[k].record;
        if (need)
            not_judged(l, mop_arena_printf(l->a, "report %.*s", MOP_SV_ARG(rs->reports[i].name)),
                       why_absent(l, need));
        else
            rs->reports[n++] = rs->reports[i];
    }
    rs->nreports = n;
}

static void drop_datasets(struct mop_loader *l)
{
    struct mop_ruleset *rs = l->rs;
    size_t n = 0;
    for (size_t i = 0; i < rs->ndatasets; i++) {
        if (is_absent(l, rs->datasets[i].record))
            not_judged(l, rs->datasets[i].id, why_absent(l, rs->datasets[i].record));
        else
            rs->datasets[n++] = rs->datasets[i];
    }
    rs->ndatasets = n;
}

static void drop_reads(struct mop_loader *l, struct mop_record *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->nreads_first; i++)
        if (!is_absent(l, r->reads_first[i]))
            r->reads_first[n++] = r->reads_first[i];
    r->nreads_first = n;
    for (size_t i = 0; i < r->nfields; i++) {
        struct mop_vocabulary *v = r->fields[i]->vocabulary;
        if (v && v->from_record && is_absent(l, v->from_record))
            r->fields[i]->vocabulary = NULL; /* its values are not known: the field is text */
    }
}

void mop_apply_without(struct mop_loader *l)
{
    struct mop_ruleset *rs = l->rs;
    size_t n = 0;
    find_absent(l);
    if (l->nabsent == 0)
        return;
    for (size_t i = 0; i < rs->nrecords; i++) {
        struct mop_record *r = rs->records[i];
        if (is_absent(l, r))
            continue;
        filter_checks(l, r, is_judged);
        drop_reads(l, r);
        r->index = n;
        rs->records[n++] = r;
    }
    rs->nrecords = n;
    drop_reports(l);
    drop_datasets(l);
}

/* ---- --select, --ignore ---- */

static bool matches(const struct mop_check *c, struct mop_sv what)
{
    if (mop_sv_starts(what, MOP_SV("dimension:")))
        return mop_sv_eqs(mop_sv_sub(what, 10, what.n), mop_dimension_names[c->dimension]);
    if (mop_sv_starts(what, MOP_SV("owner:")))
        return mop_sv_eq(mop_sv_sub(what, 6, what.n), c->owner);
    if (mop_sv_starts(what, MOP_SV("tag:"))) {
        for (size_t i = 0; i < c->ntags; i++)
            if (mop_sv_eq(c->tags[i], mop_sv_sub(what, 4, what.n)))
                return true;
        return false;
    }
    return fnmatch(what.p, c->id.p, 0) == 0 || mop_sv_eq(what, c->renamed_from);
}

static bool any_match(const struct mop_check *c, const struct mop_sv *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (matches(c, list[i]))
            return true;
    return false;
}

/* Faults of the bytes stay unless they are ignored by name: nothing is said about a record that
 * cannot be read. */
static bool is_selected(struct mop_loader *l, const struct mop_check *c)
{
    const struct mop_load_options *o = l->o;
    if (any_match(c, o->ignore, o->nignore))
        return false;
    return o->nselect == 0 || c->role == MOP_CHECK_INPUT || any_match(c, o->select, o->nselect);
}

static bool dataset_match(const struct mop_dataset_check *c, const struct mop_sv *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fnmatch(list[i].p, c->id.p, 0) == 0 ||
            (mop_sv_starts(list[i], MOP_SV("owner:")) &&
             mop_sv_eq(mop_sv_sub(list[i], 6, list[i].n), c->owner)))
            return true;
    return false;
}

static void select_datasets(struct mop_loader *l)
{
    const struct mop_load_options *o = l->o;
    size_t n = 0;
    for (size_t i = 0; i < l->rs->ndatasets; i++) {
        struct mop_dataset_check *c = &l->rs->datasets[i];
        if (!dataset_match(c, o->ignore, o->nignore) &&
            (o->nselect == 0 || dataset_match(c, o->select, o->nselect)))
            l->rs->datasets[n++] = *c;
    }
    l->rs->ndatasets = n;
}

/* ---- what was meant by a word that chooses nothing ---- */

/* The words that may stand behind `dimension:`, `owner:`, `tag:`. */
static size_t words_of_class(struct mop_loader *l, struct mop_sv class, struct mop_sv **words)
{
    size_t n = 0;
    *words = NULL;
    for (size_t i = 0; i < MOP_DIMS && mop_sv_eqs(class, "dimension:"); i++)
        MOP_PUSH(l->a, *words, n, mop_sv_of(mop_dimension_names[i]));
    for (size_t i = 0; i < l->nknown; i++) {
        const struct mop_check *c = l->known[i].check;
        if (c && mop_sv_eqs(class, "owner:") && c->owner.n)
            MOP_PUSH(l->a, *words, n, c->owner);
        for (size_t k = 0; c && mop_sv_eqs(class, "tag:") && k < c->ntags; k++)
            MOP_PUSH(l->a, *words, n, c->tags[k]);
    }
    return n;
}

/* "deal.id": a field, or a record type, where its rules are meant. */
static bool hint_begins(struct mop_loader *l, struct mop_sv what, const struct mop_sv *ids)
{
    size_t n = 0;
    for (size_t i = 0; i < l->nknown; i++)
        n += mop_sv_starts(ids[i], what) && ids[i].n > what.n && ids[i].p[what.n] == '.';
    if (!n)
        return false;
    mop_scope_hint(&l->scope, "'%.*s.*' chooses the %zu %s that begin%s so", MOP_SV_ARG(what), n,
                   n == 1 ? "rule" : "rules", n == 1 ? "s" : "");
    return true;
}

/* "amount.type": without the record type. */
static bool hint_ends(struct mop_loader *l, struct mop_sv what, const struct mop_sv *ids)
{
    for (size_t i = 0; i < l->nknown; i++) {
        struct mop_sv id = ids[i];
        if (id.n <= what.n + 1 || id.p[id.n - what.n - 1] != '.' ||
            !mop_sv_eq(mop_sv_sub(id, id.n - what.n, id.n), what))
            continue;
        mop_scope_hint(&l->scope, "did you mean '%.*s'?", MOP_SV_ARG(id));
        return true;
    }
    return false;
}

static void hint_choice(struct mop_loader *l, struct mop_sv what, const struct mop_sv *ids)
{
    struct mop_sv *words, class = mop_sv_sub(what, 0, mop_sv_find(what, ':') + 1);
    size_t n = words_of_class(l, class, &words);
    long best = n ? mop_suggest(mop_sv_sub(what, class.n, what.n), words, n) : -1;
    if (best >= 0 && mop_sv_eq(mop_sv_sub(what, class.n, what.n), words[best])) {
        mop_scope_hint(&l->scope, "no rule of this taxonomy has that %.*s",
                       (int)(class.n ? class.n - 1 : 0), class.p);
        return;
    }
    if (best >= 0) {
        mop_scope_hint(&l->scope, "did you mean '%.*s%.*s'?", MOP_SV_ARG(class),
                       MOP_SV_ARG(words[best]));
        return;
    }
    if (hint_begins(l, what, ids) || hint_ends(l, what, ids))
        return;
    best = mop_suggest(what, ids, l->nknown);
    if (best >= 0)
        mop_scope_hint(&l->scope, "did you mean '%.*s'?", MOP_SV_ARG(ids[best]));
    else
        mop_scope_hint(&l->scope, "'mopslint rules list -r FILE' lists the rules, with owners and "
                                  "dimensions");
}

/* A word that chooses nothing is a slip of the hand. */
static void check_words(struct mop_loader *l, struct mop_sv *list, size_t n, const char *option)
{
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        list[i] = mop_arena_copy(l->a, list[i]); /* NUL-terminated, for fnmatch */
        struct mop_sv *words = mop_arena_array(l->a, l->nknown + 1, sizeof *words);
        for (size_t k = 0; k < l->nknown && !found; k++) {
            words[k] = l->known[k].id;
            found = l->known[k].check ? matches(l->known[k].check, list[i])
                                      : fnmatch(list[i].p, l->known[k].id.p, 0) == 0;
        }
        if (found)
            continue;
        struct mop_node at = {.span = 1};
        mop_scope_fault(&l->scope, "unknown-rule", &at, "%s '%.*s' matches no rule", option,
                        MOP_SV_ARG(list[i]));
        hint_choice(l, list[i], words);
    }
}

static struct mop_sv *own_copy(struct mop_arena *a, const struct mop_sv *list, size_t n)
{
    struct mop_sv *out = mop_arena_array(a, n + 1, sizeof *out);
    for (size_t i = 0; i < n; i++)
        out[i] = list[i];
    return out;
}

void mop_apply_select(struct mop_loader *l)
{
    if (l->o->nselect + l->o->nignore == 0)
        return;
    struct mop_load_options *o = mop_arena_alloc(l->a, sizeof *o);
    *o = *l->o;
    o->select = own_copy(l->a, o->select, o->nselect);
    o->ignore = own_copy(l->a, o->ignore, o->nignore);
    l->o = o;
    check_words(l, o->select, o->nselect, "--select");
    check_words(l, o->ignore, o->nignore, "--ignore");
    for (size_t i = 0; i < l->rs->nrecords; i++)
        filter_checks(l, l->rs->records[i], is_selected);
    select_datasets(l);
}

void mop_weigh_rungs(struct mop_loader *l)
{
    for (size_t i = 0; i < l->rs->nrecords; i++) {
        const struct mop_record *r = l->rs->records[i];
        for (size_t k = 0; k < r->nchecks; k++)
            mop_items_told(r->checks[k]);
    }
}

void mop_number_checks(struct mop_loader *l)
{
    for (size_t i = 0; i < l->rs->nrecords; i++) {
        struct mop_record *r = l->rs->records[i];
        for (size_t k = 0; k < r->nchecks; k++)
            r->checks[k]->index = k;
        size_t needs = 0;
        for (size_t k = 0; k < l->rs->nreports; k++)
            for (size_t n = 0; n < l->rs->reports[k].nneeds; n++)
                if (l->rs->reports[k].needs[n].record == r)
                    l->rs->reports[k].needs[n].index = needs++;
    }
}
