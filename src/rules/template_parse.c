/* SPDX-License-Identifier: MIT */
#include "rules/template.h"
#include "base/utf8.h"
#include "rules/kind_util.h"
#include <string.h>

/*
 * Parsing a name by its template. Parts can only end where literal text begins, or the name ends,
 * so a state is (element, place): what is the best that the rest of the template can make of the
 * rest of the name? States are solved once each, so that all parses are looked at without being
 * listed.
 */

struct best {
    bool solved;
    int16_t clean,
        most; /* right parts of the best rest: with no part wrong; of any. -1: there is none */
    uint16_t clean_choice, most_choice; /* PART: place where it ends; OPEN: 1 entered, 0 left out */
};
struct parser {
    const struct mop_template *t;
    struct mop_run *run;
    struct mop_arena *a;
    struct mop_sv text;
    const int32_t *day; /* by which values with dates are judged; NULL: as if inside them */
    size_t *place;
    size_t nplaces;    /* offsets, ascending: 0, where literal text begins or ends, the end */
    struct best *best; /* by element and place */
    size_t reached;    /* the last literal text that did not fit */
    bool limited;
};
enum verdict { WRONG, RIGHT, LIMIT };

/* ---- one part ---- */

static enum verdict look_up(struct parser *p, const struct mop_vocabulary *voc,
                            struct mop_part_view *v)
{
    v->term = mop_vocabulary_look(mop_vocabulary_now(voc, p->run), v->text, p->a, &v->rung);
    if (v->term && v->term->has_valid && v->rung < MOP_RUNG_DEPRECATED &&
        !mop_days_inside(&p->run->days, &v->term->valid, p->day))
        v->rung = MOP_RUNG_DEPRECATED;
    return v->rung == MOP_RUNG_EXACT || v->rung == MOP_RUNG_PROVISIONAL ? RIGHT : WRONG;
}

/* The listed value; of one that is over its successor, if that is right on the day. */
static enum verdict judge_term(struct parser *p, const struct mop_vocabulary *voc,
                               struct mop_part_view *v)
{
    if (look_up(p, voc, v) == RIGHT)
        return RIGHT;
    if (v->rung == MOP_RUNG_VOCABULARY)
        return WRONG;
    bool over = v->rung == MOP_RUNG_DEPRECATED;
    struct mop_part_view next = {.text =
                                     over && v->term->use ? v->term->use->value : v->term->value};
    v->certain = !over || look_up(p, voc, &next) == RIGHT;
    v->proposal = v->certain ? next.text : MOP_SV_NONE;
    return WRONG;
}

static enum verdict judge_date(const struct mop_template_part *part, struct mop_sv text)
{
    enum { DATE_MAX = 64 };
    struct mop_when when;
    return text.n <= DATE_MAX && mop_date_parse(part->date, part->zone, text, &when) ? RIGHT
                                                                                     : WRONG;
}

static enum verdict judge_part(struct parser *p, const struct mop_template_part *part,
                               struct mop_part_view *v)
{
    static const enum verdict by_match[] = {
        [MOP_RX_NO] = WRONG, [MOP_RX_YES] = RIGHT, [MOP_RX_LIMIT] = LIMIT};
    if (!v->text.n)
        return WRONG;
    if (part->pattern)
        return by_match[mop_regex_match(part->pattern, p->run->match, v->text)];
    if (part->vocabulary)
        return judge_term(p, part->vocabulary, v);
    return judge_date(part, v->text);
}

/* ---- places ---- */

static bool stands_at(struct mop_sv text, size_t at, struct mop_sv piece)
{
    return text.n - at >= piece.n && !memcmp(text.p + at, piece.p, piece.n);
}

/* Marks where each literal text begins and ends; the number of its beginnings. */
static size_t mark_texts(const struct parser *p, bool *mark)
{
    bool *begins = mop_arena_alloc(p->a, p->text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->t->nelements; i++) {
        struct mop_sv piece = p->t->elements[i].text;
        for (size_t at = 0; p->t->elements[i].op == MOP_EL_TEXT && at + piece.n <= p->text.n; at++)
            if (stands_at(p->text, at, piece)) {
                n += !begins[at];
                begins[at] = mark[at] = mark[at + piece.n] = true;
            }
    }
    return n;
}

static size_t mark_characters(const struct parser *p, bool *mark)
{
    size_t n = 0;
    for (size_t i = 0; i < p->text.n; n++) {
        mark[i] = true;
        mop_utf8_next(p->text, &i);
    }
    return n;
}

/* False: more places than are tried. */
static bool find_places(struct parser *p)
{
    enum { TEXT_MAX = 65536 }; /* as for patterns */
    if (p->text.n > TEXT_MAX || (p->t->adjacent && p->text.n > 4 * MOP_TEMPLATE_ADJACENT))
        return false;
    bool *mark = mop_arena_alloc(p->a, p->text.n + 1);
    mark[0] = mark[p->text.n] = true;
    if (mark_texts(p, mark) > MOP_TEMPLATE_SEPARATORS)
        return false;
    if (p->t->adjacent && mark_characters(p, mark) > MOP_TEMPLATE_ADJACENT)
        return false;
    for (size_t i = 0; i <= p->text.n; i++)
        p->nplaces += mark[i];
    p->place = mop_arena_array(p->a, p->nplaces, sizeof *p->place);
    size_t n = 0;
    for (size_t i = 0; i <= p->text.n; i++)
        if (mark[i])
            p->place[n++] = i;
    return true;
}

static size_t place_of(const struct parser *p, size_t offset)
{
    size_t low = 0, high = p->nplaces;
    while (low + 1 < high) {
        size_t mid = low + (high - low) / 2;
        if (p->place[mid] <= offset)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* ---- the best rest ---- */

static const struct best *solve(struct parser *p, size_t element, size_t at);

/* Better only if more parts are right: of equals the first tried stays, which is the leftmost. */
static void offer(int16_t *best, uint16_t *choice, int right, size_t how)
{
    if (right > *best) {
        *best = (int16_t)right;
        *choice = (uint16_t)how;
    }
}

static void offer_both(struct best *b, const struct best *rest, size_t how)
{
    offer(&b->clean, &b->clean_choice, rest->clean, how);
    offer(&b->most, &b->most_choice, rest->most, how);
}

static void solve_part(struct parser *p, size_t element, size_t at, struct best *b)
{
    const struct mop_template_part *part = &p->t->parts[p->t->elements[element].part];
    for (size_t end = at; end < p->nplaces; end++) {
        const struct best *rest = solve(p, element + 1, end);
        if (rest->most < 0)
            continue;
        struct mop_part_view view = {.text = mop_sv_sub(p->text, p->place[at], p->place[end])};
        enum verdict v = judge_part(p, part, &view);
        p->limited |= v == LIMIT;
        if (v == RIGHT && rest->clean >= 0)
            offer(&b->clean, &b->clean_choice, rest->clean + 1, end);
        offer(&b->most, &b->most_choice, rest->most + (v == RIGHT), end);
    }
}

static void solve_text(struct parser *p, size_t element, size_t at, struct best *b)
{
    struct mop_sv piece = p->t->elements[element].text;
    if (stands_at(p->text, p->place[at], piece))
        offer_both(b, solve(p, element + 1, place_of(p, p->place[at] + piece.n)), 0);
    else if (element > p->reached)
        p->reached = element;
}

static void solve_end(struct parser *p, size_t at, struct best *b)
{
    if (at + 1 == p->nplaces)
        b->clean = b->most = 0;
    else
        p->reached = p->t->nelements;
}

static const struct best *solve(struct parser *p, size_t element, size_t at)
{
    struct best *b = &p->best[element * p->nplaces + at];
    if (b->solved)
        return b;
    b->solved = true;
    b->clean = b->most = -1;
    if (element == p->t->nelements) {
        solve_end(p, at, b);
        return b;
    }
    switch (p->t->elements[element].op) {
    case MOP_EL_PART:
        solve_part(p, element, at, b);
        break;
    case MOP_EL_TEXT:
        solve_text(p, element, at, b);
        break;
    case MOP_EL_OPEN:
        offer_both(b, solve(p, element + 1, at), 1);
        offer_both(b, solve(p, p->t->elements[element].close + 1, at), 0);
        break;
    case MOP_EL_CLOSE:
        offer_both(b, solve(p, element + 1, at), 0);
        break;
    }
    return b;
}

/* ---- the parse that was chosen ---- */

static void retrace(struct parser *p, bool clean, struct mop_parse *out)
{
    size_t at = 0;
    for (size_t i = 0; i < p->t->nelements;) {
        const struct mop_template_element *e = &p->t->elements[i];
        const struct best *b = &p->best[i * p->nplaces + at];
        size_t choice = clean ? b->clean_choice : b->most_choice;
        if (e->op == MOP_EL_TEXT) {
            at = place_of(p, p->place[at] + e->text.n);
        } else if (e->op == MOP_EL_PART) {
            struct mop_part_view *v = &out->parts[e->part];
            v->text = mop_sv_sub(p->text, p->place[at], p->place[choice]);
            v->right = judge_part(p, &p->t->parts[e->part], v) == RIGHT;
            at = choice;
        }
        i = e->op == MOP_EL_OPEN && !choice ? e->close + 1 : i + 1;
    }
}

/* What to write instead of a part that no vocabulary explains: a guess, unless only blanks are in
 * the way. */
static void propose_part(struct parser *p, const struct mop_template_part *part,
                         struct mop_part_view *v)
{
    struct mop_sv tries[] = {mop_sv_trim(v->text), mop_utf8_fold(p->a, mop_sv_trim(v->text))};
    for (size_t i = 0; i < 2 && !v->proposal.n; i++) {
        struct mop_part_view as = {.text = tries[i]};
        if (!mop_sv_eq(tries[i], v->text) && judge_part(p, part, &as) == RIGHT) {
            v->proposal = tries[i];
            v->certain = i == 0;
        }
    }
    if (!v->proposal.n && part->vocabulary && v->text.n)
        v->proposal = mop_vocabulary_nearest(mop_vocabulary_now(part->vocabulary, p->run), v->text);
}

static void choose(struct parser *p, struct mop_parse *out)
{
    p->best = mop_arena_array(p->a, (p->t->nelements + 1) * p->nplaces, sizeof *p->best);
    const struct best *b = solve(p, 0, 0);
    out->fits = b->most >= 0;
    out->reached = p->reached;
    out->outcome = b->clean >= 0 ? MOP_PASS : MOP_FAIL;
    if (!out->fits)
        return;
    retrace(p, b->clean >= 0, out);
    for (size_t i = 0; b->clean < 0 && i < p->t->nparts; i++)
        if (out->parts[i].text.p && !out->parts[i].right && !out->parts[i].proposal.n &&
            out->parts[i].rung != MOP_RUNG_DEPRECATED)
            propose_part(p, &p->t->parts[i], &out->parts[i]);
}

static struct mop_parse *parse_on(const struct mop_template *t, struct mop_sv text,
                                  const int32_t *day, struct mop_run *run, struct mop_arena *a)
{
    struct mop_parse *out = mop_arena_alloc(a, sizeof *out);
    struct parser p = {.t = t, .run = run, .a = a, .text = text, .day = day};
    if (!text.p)
        p.text = MOP_SV("");
    out->text = p.text;
    out->parts = mop_arena_array(a, t->nparts + 1, sizeof *out->parts);
    if (find_places(&p))
        choose(&p, out);
    else
        p.limited = true;
    out->limited = p.limited;
    if (p.limited && out->outcome != MOP_PASS)
        out->outcome = MOP_UNDECIDED;
    return out;
}

const struct mop_parse *mop_template_parse(const struct mop_template *t, struct mop_sv text,
                                           struct mop_run *run, struct mop_arena *a)
{
    return parse_on(t, text, NULL, run, a);
}

static bool same_parse(const struct mop_template *t, const struct mop_parse *x,
                       const struct mop_parse *y)
{
    bool same = x->outcome == y->outcome;
    for (size_t i = 0; same && x->outcome == MOP_PASS && i < t->nparts; i++)
        same = x->parts[i].text.p == y->parts[i].text.p && x->parts[i].text.n == y->parts[i].text.n;
    return same;
}

/* Where nobody knows the day: what all days agree on. */
static const struct mop_parse *parse_undated(const struct mop_template *t, struct mop_sv text,
                                             struct mop_run *run)
{
    struct mop_parse *out = parse_on(t, text, NULL, run, run->scratch);
    bool same = true;
    for (int32_t day = INT32_MIN; same; day = run->days.same.until + 1) {
        mop_days_clear(&run->days);
        same = same_parse(t, out, parse_on(t, text, &day, run, run->scratch));
        if (run->days.same.until == INT32_MAX)
            break;
    }
    out->outcome = same ? out->outcome : MOP_UNDECIDED;
    for (size_t i = 0; out->fits && i < t->nparts; i++)
        out->parts[i].certain &= !out->parts[i].term || !out->parts[i].term->has_valid;
    return out;
}

const struct mop_parse *mop_value_parse(const struct mop_test *t, const struct mop_value *v,
                                        struct mop_run *run)
{
    struct mop_sv text = mop_test_text(t, v, false);
    if (v->as_of == MOP_AS_OF_UNKNOWN)
        return parse_undated(t->arg, text, run);
    return parse_on(t->arg, text, v->as_of == MOP_AS_OF_DAY ? &v->day : NULL, run, run->scratch);
}

bool mop_parse_proposal(const struct mop_template *t, const struct mop_parse *p,
                        struct mop_buf *out, bool *certain)
{
    size_t from = 0;
    *certain = true;
    for (size_t i = 0; p->fits && i < t->nparts; i++) {
        const struct mop_part_view *v = &p->parts[i];
        if (!v->text.p || v->right)
            continue;
        if (!v->proposal.n)
            return false;
        size_t at = (size_t)(v->text.p - p->text.p);
        mop_buf_sv(out, mop_sv_sub(p->text, from, at));
        mop_buf_sv(out, v->proposal);
        from = at + v->text.n;
        *certain &= v->certain;
    }
    mop_buf_sv(out, mop_sv_sub(p->text, from, p->text.n));
    return p->fits && !out->over;
}
