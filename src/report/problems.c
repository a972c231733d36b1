/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include "base/hmac.h"
#include "base/text.h"
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

void mop_problems_init(struct mop_problems *p, const char *command)
{
    *p = (struct mop_problems){
        .command = command, .fail_on = MOP_FAULT, .why_partial = "not all was done"};
    mop_arena_init(&p->arena);
}

void mop_problems_release(struct mop_problems *p)
{
    mop_arena_release(&p->arena);
    free(p->rules);
    free(p->list);
    free(p->figures);
    free(p->notes);
}

static struct mop_loc keep_place(struct mop_problems *p, struct mop_loc at)
{
    if (at.file)
        at.file = mop_arena_str(&p->arena, mop_sv_of(at.file));
    return at;
}

size_t mop_problems_rule(struct mop_problems *p, const struct mop_problem_rule *r)
{
    struct mop_problem_rule kept = *r;
    struct mop_sv *texts[] = {&kept.id,      &kept.summary, &kept.doc,     &kept.group,
                              &kept.tags[0], &kept.tags[1], &kept.tags[2], &kept.tags[3],
                              &kept.owner,   &kept.skipped};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = mop_arena_copy(&p->arena, *texts[i]);
    kept.at = keep_place(p, r->at);
    MOP_GROW(p->rules, p->nrules, p->caprules);
    p->rules[p->nrules] = kept;
    return p->nrules++;
}

static bool counts(const struct mop_problem *x)
{
    return !x->suppressed.n && !x->known;
}

struct mop_problem *mop_problems_add(struct mop_problems *p, const struct mop_problem *x)
{
    struct mop_problem kept = *x;
    struct mop_sv *texts[] = {&kept.message, &kept.hint, &kept.detail, &kept.identity,
                              &kept.suppressed};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = mop_arena_copy(&p->arena, *texts[i]);
    kept.at = keep_place(p, x->at);
    kept.span = x->span ? x->span : 1;
    if (counts(x) && x->level > MOP_NOTE)
        p->rules[x->rule].problems++;
    if (counts(x) && x->undecided)
        p->rules[x->rule].undecided += x->count;
    MOP_GROW(p->list, p->n, p->cap);
    p->list[p->n] = kept;
    return &p->list[p->n++];
}

static struct mop_sv format(struct mop_problems *p, const char *fmt, va_list ap)
{
    char line[1024];
    mop_text_format(line, sizeof line, fmt, ap);
    return mop_arena_copy(&p->arena, mop_sv_of(line));
}

void mop_problems_figure(struct mop_problems *p, const char *name, const char *fmt, ...)
{
    va_list ap;
    MOP_GROW(p->figures, p->nfigures, p->capfigures);
    va_start(ap, fmt);
    p->figures[p->nfigures++] =
        (struct mop_problem_figure){mop_arena_copy(&p->arena, mop_sv_of(name)), format(p, fmt, ap)};
    va_end(ap);
}

void mop_problems_note(struct mop_problems *p, const char *fmt, ...)
{
    va_list ap;
    MOP_GROW(p->notes, p->nnotes, p->capnotes);
    va_start(ap, fmt);
    p->notes[p->nnotes++] = format(p, fmt, ap);
    va_end(ap);
}

/* ---- order ---- */

struct entry {
    size_t file, seq;
    struct mop_problem x;
};

static int order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *pa, const void *pb)
{
    const struct entry *a = pa, *b = pb;
    int c = order(a->file, b->file);
    if (!c)
        c = order(a->x.at.line, b->x.at.line);
    if (!c)
        c = order(a->x.at.col, b->x.at.col);
    return c ? c : order(a->seq, b->seq);
}

static bool same_file(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The first problem that names the same file; files are few, and the one before is looked at first.
 */
static size_t file_rank(const struct entry *all, size_t i)
{
    if (i && same_file(all[i - 1].x.at.file, all[i].x.at.file))
        return all[i - 1].file;
    size_t k = 0;
    while (!same_file(all[k].x.at.file, all[i].x.at.file))
        k++;
    return k;
}

void mop_problems_sort(struct mop_problems *p)
{
    struct entry *all = mop_calloc(p->n, sizeof *all);
    for (size_t i = 0; i < p->n; i++) {
        all[i] = (struct entry){.seq = i, .x = p->list[i]};
        all[i].file = file_rank(all, i);
    }
    qsort(all, p->n, sizeof *all, compare);
    for (size_t i = 0; i < p->n; i++)
        p->list[i] = all[i].x;
    free(all);
}

size_t mop_problems_count(const struct mop_problems *p, enum mop_level level)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += counts(&p->list[i]) && p->list[i].level == level;
    return n;
}

/* The key is public: a fingerprint has to be the same everywhere, and hides nothing that the report
 * does not show. */
void mop_problem_fingerprint(const struct mop_problems *p, const struct mop_problem *x, size_t nth,
                             char out[33])
{
    static const char key[] = "mopslint fingerprint 1";
    char number[24];
    struct mop_arena a;
    struct mop_hmac *h = mop_hmac_create(key, sizeof key - 1);
    mop_arena_init(&a);
    snprintf(number, sizeof number, "%zu", nth);
    mop_hmac_add(h, p->rules[x->rule].id);
    mop_hmac_add(h, x->at.file ? mop_problem_path(&a, x->at.file) : MOP_SV(""));
    mop_hmac_add(h, x->identity.n ? x->identity : x->message);
    mop_hmac_add(h, mop_sv_of(number));
    struct mop_h128 d = mop_hmac_end(h);
    mop_hmac_free(h);
    mop_arena_release(&a);
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)d.hi, (unsigned long long)d.lo);
}
