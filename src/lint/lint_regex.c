/* SPDX-License-Identifier: MIT */
#include "base/regex.h"
#include "base/utf8.h"
#include "lint/lint.h"
#include "lint/regex_style.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The checks of patterns. The rule set has kept a list of those it compiled. Each text is looked at
 * once for each way of matching, and what there is to say is said wherever it stands.
 */
enum {
    SAMPLES = 8,       /* texts on which JIT and interpreter are compared */
    SHOWN = 200,       /* bytes of each part of a witness in a message */
    STEPS_PER_STEP = 5 /* of a search, for one of the taxonomy's budget */
};

/*
 * What a search may cost in each round. Those that it does not suffice for have another go when all
 * have had theirs, from the start: a slow one takes nothing from what is cheap to look into.
 */
static const uint64_t ROUNDS[] = {16000, 256000, 6000000, MOP_RX_PATTERN_STEPS};

struct remark {
    struct remark *next;
    const char *id;
    size_t from, to; /* bytes of the pattern */
    struct mop_sv msg, hint;
};

struct seen { /* a text, once for each way of matching */
    struct remark *first, **tail;
    const struct mop_pattern *at; /* one of those that have it */
    bool unsure;                  /* whether some text makes it slow */
};

struct looker {
    struct mop_lint *l;
    struct mop_rx_symbols symbols;
    struct mop_arena scratch; /* of one pattern */
    struct mop_map known;     /* flags, use and text -> struct seen * */
    struct mop_map places;    /* file:line:column of what was told */
    struct seen **list;       /* all of them, in the order of the files */
    size_t n, room;
    struct seen *now;
    const char *id, *msg, *hint; /* of the next remark */
};

static struct remark *remark(struct looker *k, size_t from, size_t to)
{
    struct remark *r = mop_arena_alloc(k->l->arena, sizeof *r);
    *r = (struct remark){NULL, k->id, from, to, mop_sv_of(k->msg), mop_sv_of(k->hint)};
    *k->now->tail = r;
    k->now->tail = &r->next;
    return r;
}

static void tell(void *ctx, size_t from, size_t to)
{
    remark(ctx, from, to);
}

/* ---- backtracking ---- */

/* In single quotes, as a C string would have it. */
static void quote(struct mop_buf *b, struct mop_sv s)
{
    mop_buf_chr(b, '\'');
    for (size_t i = 0; i < s.n && i < SHOWN;) {
        size_t at = i;
        uint32_t cp = mop_utf8_next(s, &i);
        if (cp == '\n')
            mop_buf_str(b, "\\n");
        else if (cp < 0x20 || cp == 0x7F)
            mop_buf_printf(b, "\\x%02x", cp);
        else if (cp > 0x7F)
            mop_buf_printf(b, "\\u{%x}", cp);
        else
            mop_buf_printf(b, "%s%c", cp == '\'' || cp == '\\' ? "\\" : "", s.p[at]);
    }
    mop_buf_str(b, s.n > SHOWN ? "...'" : "'");
}

static struct mop_sv describe(struct looker *k, const struct mop_rx_witness *w)
{
    struct mop_buf b;
    mop_buf_init(&b, 8192);
    mop_buf_str(&b, "this backtracks: ");
    if (w->prefix.n) {
        quote(&b, w->prefix);
        mop_buf_str(&b, " + ");
    }
    quote(&b, w->pump);
    mop_buf_printf(&b, " x %zu", w->repeats);
    if (w->suffix.n) {
        mop_buf_str(&b, " + ");
        quote(&b, w->suffix);
    }
    mop_buf_printf(&b, " (%zu bytes) takes more than 1,000,000 match steps%s",
                   w->prefix.n + w->pump.n * w->repeats + w->suffix.n,
                   w->undecided ? ": undecided" : " from all places together");
    struct mop_sv text = mop_arena_copy(k->l->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

static const char one_way[] =
    "let a text fit in one way only: no repeat in a repeat, no two neighbours that take the same; "
    "or set limits: {1,20}";
static const char anywhere[] =
    "the search starts at every place anew: ask for one character of the run ('\\s$' for "
    "'\\s+$'), or begin with what stands before it";

static void unfinished(struct looker *k, size_t from, size_t to, const char *msg, const char *hint)
{
    k->id = "regex-unfinished";
    k->msg = msg;
    k->hint = hint;
    remark(k, from, to);
}

static const char smaller[] = "make two checks of it, or lower its limits";

static void tell_slow(struct looker *k, const struct mop_rx_witness *w)
{
    k->id = "regex-backtracking";
    k->hint = w->anywhere ? anywhere : one_way;
    remark(k, w->from, w->to)->msg = describe(k, w);
}

static void tell_rough(struct looker *k, const struct mop_rx_pattern *p)
{
    const struct mop_rx_node *rough = mop_rx_rough(p->top);
    if (rough)
        unfinished(k, rough->from, rough->to,
                   "this call, condition or verb is looked into only roughly: it may be slow",
                   "write it without, if you can: nothing is known of such a pattern otherwise");
}

/* False if `budget`, or what the taxonomy has left, did not suffice. */
static bool find_backtracking(struct looker *k, const struct mop_rx_pattern *p, uint64_t budget)
{
    uint64_t all = k->l->steps * STEPS_PER_STEP, most = budget < all ? budget : all, left = most;
    struct mop_rx_witness w;
    enum mop_rx_verdict v = mop_rx_witness_find(&k->scratch, &k->symbols, p, &left, &w);
    mop_lint_steps(k->l, (most - left) / STEPS_PER_STEP);
    if (v == MOP_RX_SLOW)
        tell_slow(k, &w);
    else if (v == MOP_RX_FAST)
        tell_rough(k, p);
    else if (v == MOP_RX_TOO_LARGE)
        unfinished(k, 0, p->text.n,
                   "this pattern is too large to be searched for texts that make it slow", smaller);
    return v != MOP_RX_UNSURE;
}

/* ---- JIT ---- */

static void compare_on(struct looker *k, const struct mop_rx_pattern *p, struct mop_sv text)
{
    struct mop_buf b;
    if (mop_regex_jit_agrees(p->regex, k->symbols.match, text))
        return;
    mop_buf_init(&b, 8192);
    mop_buf_printf(&b, "JIT and interpreter of PCRE2 %s disagree on ", mop_regex_version());
    quote(&b, text);
    remark(k, 0, p->text.n)->msg = mop_arena_copy(k->l->arena, mop_buf_view(&b));
    mop_buf_release(&b);
}

/* One text is enough; so many are cheap. */
static void find_jit(struct looker *k, const struct mop_rx_pattern *p)
{
    struct mop_sv list[SAMPLES];
    struct remark **before = k->now->tail;
    k->id = "regex-jit";
    k->hint = "a fault of the library that mopslint goes round; other programs with PCRE2 will not";
    size_t n = mop_rx_samples(&k->scratch, &k->symbols, p, list, SAMPLES);
    for (size_t i = 0; i < n && k->now->tail == before; i++)
        compare_on(k, p, list[i]);
}

/* ---- form ---- */

static const struct form {
    const char *id;
    mop_rx_look *look;
    const char *msg, *hint;
} FORMS[] = {
    {"regex-range", mop_rx_find_ranges, "this range also takes the signs between its ends",
     "write A-Za-z or 0-9A-Za-z: between Z and a stand [ \\ ] ^ _ `, between 9 and A : ; < = > ? "
     "@"},
    {"regex-host", mop_rx_find_host_dots, "this dot of a host name takes any character",
     "write \\."},
    {"regex-empty", mop_rx_find_empty, "an alternative is empty",
     "if it may be missing write (...)?, else take the | away"},
    {"regex-list", mop_rx_find_list, "the pattern is a list of words",
     "write them as values: then a wrong one gets a did-you-mean"},
    {"regex-anchor", mop_rx_find_anchors,
     "an anchor that is not needed: the whole value is matched", "take it away"},
};

static void find_forms(struct looker *k, const struct mop_rx_pattern *p, enum mop_pattern_use use)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        k->id = FORMS[i].id;
        k->msg = FORMS[i].msg;
        k->hint = FORMS[i].hint;
        if (use == MOP_PATTERN_VALUE || FORMS[i].look != mop_rx_find_list)
            FORMS[i].look(p, tell, k);
    }
}

/* ---- every pattern ---- */

static struct mop_rx_pattern parsed(struct looker *k, const struct mop_pattern *at)
{
    struct mop_rx_pattern p = {at->node->text, at->flags, at->regex, NULL};
    p.top = mop_rx_parse(&k->scratch, p.text, at->flags & MOP_RX_NOCASE ? MOP_RX_I : 0);
    return p;
}

static void look(struct looker *k, struct seen *s)
{
    struct mop_rx_pattern p = parsed(k, s->at);
    k->now = s;
    if (p.top) {
        find_jit(k, &p);
        find_forms(k, &p, s->at->use);
        s->unsure = true;
    } else {
        unfinished(k, 0, p.text.n,
                   "this pattern has what lint does not know: it is not looked into",
                   "write it without, if you can");
    }
    mop_arena_reset(&k->scratch);
}

static void search(struct looker *k, struct seen *s, uint64_t budget)
{
    struct mop_rx_pattern p = parsed(k, s->at);
    k->now = s;
    s->unsure = !find_backtracking(k, &p, budget);
    mop_arena_reset(&k->scratch);
}

static void search_all(struct looker *k)
{
    for (size_t r = 0; r < sizeof ROUNDS / sizeof *ROUNDS; r++)
        for (size_t i = 0; i < k->n; i++)
            if (k->list[i]->unsure)
                search(k, k->list[i], ROUNDS[r]);
}

/* Which budget it was: that of one pattern, or that of all. */
static void tell_unsure(struct looker *k)
{
    bool all = k->l->steps == 0;
    char msg[160];
    if (all)
        snprintf(msg, sizeof msg,
                 "whether some text makes this pattern slow is not known: all patterns together "
                 "used up the budget of %d steps",
                 MOP_LINT_STEPS);
    else
        snprintf(msg, sizeof msg,
                 "whether some text makes this pattern slow is not known: the search was given up "
                 "after %d steps",
                 MOP_RX_PATTERN_STEPS / STEPS_PER_STEP);
    for (size_t i = 0; i < k->n; i++) {
        if (!k->list[i]->unsure)
            continue;
        k->now = k->list[i];
        unfinished(k, 0, k->now->at->node->text.n, mop_arena_copy(k->l->arena, mop_sv_of(msg)).p,
                   all ? "make the slow ones simpler, or lint a file that has this one alone"
                       : smaller);
        mop_lint_steps(k->l, all);
    }
}

static struct seen *seen_of(struct looker *k, const struct mop_pattern *at)
{
    bool added;
    struct mop_sv key = mop_arena_printf(k->l->arena, "%u %d %.*s", at->flags, (int)at->use,
                                         MOP_SV_ARG(at->node->text));
    uint64_t *item = mop_map_put(&k->known, key, &added);
    if (!added)
        return (struct seen *)(uintptr_t)*item;
    struct seen *s = mop_arena_alloc(k->l->arena, sizeof *s);
    *item = (uint64_t)(uintptr_t)s;
    s->tail = &s->first;
    s->at = at;
    MOP_GROW(k->list, k->n, k->room);
    return k->list[k->n++] = s;
}

static struct mop_sv text_of(const struct mop_diags *d, const char *file)
{
    for (size_t i = 0; file && i < d->nfiles; i++)
        if (strcmp(d->files[i].name, file) == 0)
            return d->files[i].text;
    return MOP_SV("");
}

static void tell_remark(struct looker *k, const struct mop_node *n, const struct remark *r)
{
    struct mop_sv text = text_of(k->l->diags, n->at.file);
    struct mop_loc from = mop_node_place(n, text, r->from);
    struct mop_loc last = mop_node_place(n, text, r->to > r->from ? r->to - 1 : r->from);
    uint32_t span = last.line == from.line && last.col >= from.col ? last.col - from.col + 1 : 1;
    const struct mop_lint_check *c = mop_lint_find(mop_sv_of(r->id));
    struct mop_diag *d = mop_diag(k->l->diags, c ? c->level : MOP_WARN, r->id, from, span, "%.*s",
                                  MOP_SV_ARG(r->msg));
    mop_diag_hint(k->l->diags, d, "%.*s", MOP_SV_ARG(r->hint));
}

/* A scalar whose place was not met before: what is extended is there more than once. */
static bool is_new(struct looker *k, const struct mop_pattern *at)
{
    const struct mop_loc *loc = &at->node->at;
    bool added;
    struct mop_sv place =
        mop_arena_printf(k->l->arena, "%s:%u:%u", loc->file ? loc->file : "", loc->line, loc->col);
    mop_map_put(&k->places, place, &added);
    return added && at->node->kind == MOP_SCALAR;
}

static void look_at_all(struct looker *k)
{
    for (size_t i = 0; i < k->l->npatterns; i++)
        if (k->l->patterns[i].node->kind == MOP_SCALAR)
            seen_of(k, &k->l->patterns[i]);
    for (size_t i = 0; i < k->n; i++)
        look(k, k->list[i]);
    search_all(k);
    tell_unsure(k);
}

static void run(struct mop_lint *l)
{
    struct looker k = {.l = l};
    mop_rx_symbols_init(&k.symbols);
    mop_arena_init(&k.scratch);
    mop_map_init(&k.known);
    mop_map_init(&k.places);
    look_at_all(&k);
    for (size_t i = 0; i < l->npatterns; i++)
        if (is_new(&k, &l->patterns[i]))
            for (const struct remark *r = seen_of(&k, &l->patterns[i])->first; r; r = r->next)
                tell_remark(&k, l->patterns[i].node, r);
    free(k.list);
    mop_map_release(&k.places);
    mop_map_release(&k.known);
    mop_arena_release(&k.scratch);
    mop_rx_symbols_release(&k.symbols);
}

const struct mop_lint_check mop_lint_regex[] = {
    {"regex-backtracking", MOP_WARN, "no value makes a pattern take a million steps",
     "A pattern that fits one text in many ways tries them all before it gives up. The message\n"
     "has a text that shows it; it was run, and what is counted are the steps of PCRE2's\n"
     "interpreter. A value that takes more than a million is undecided. Where a match may start\n"
     "at every place of the value (not_pattern), check's limit holds for each place, and the\n"
     "count is that of all: then such a value is decided, slowly.\n\n"
     "bad:  pattern: '([a-z]+-?)+\\d'         not_pattern: '\\s+$'\n"
     "good: pattern: '[a-z]+(-[a-z]+)*-?\\d'  not_pattern: '\\s$'\n\n"
     "Let a text fit in one way only: no repeat inside a repeat that takes the same, no two\n"
     "neighbours that take the same. Or set limits: {1,20}.",
     run},
    {"regex-unfinished", MOP_NOTE, "patterns are small enough to be searched through",
     "Whether some text makes a pattern slow is looked for within a budget of steps: one for each\n"
     "pattern, about a second at most, and one for all of a taxonomy, some seconds. Cheap ones\n"
     "come first. One of the two did not suffice (the message says which), or the pattern is too\n"
     "large: no such text was found, there may be one. Calls of groups, conditions and verbs are\n"
     "looked into only roughly.\n\n"
     "bad:  pattern: '([a-z]{50}-[a-z]{50}-[a-z]{50}_){3}...'\n"
     "good: two checks, each of a part",
     NULL},
    {"regex-jit", MOP_WARN, "PCRE2's JIT and its interpreter find the same",
     "Both are run on texts that are made from the pattern. Where they disagree the "
     "library has\n"
     "a fault. mopslint does not rely on it there, but other programs with PCRE2 do.\n\n"
     "bad:  not_pattern: '(1|\\b)b*1'      (PCRE2 10.42)\n"
     "good: not_pattern: '1?b*1'\n\n"
     "Write the pattern another way, or take a newer PCRE2.",
     NULL},
    {"regex-range", MOP_WARN, "no range of a class goes from one kind of character to another",
     "Between Z and a stand [ \\ ] ^ _ and `, between 9 and A : ; < = > ? @. [A-z], [0-z] and "
     "[9-A]\n"
     "take them too.\n\n"
     "bad:  pattern: '[A-z]+'\n"
     "good: pattern: '[A-Za-z]+'",
     NULL},
    {"regex-host", MOP_WARN, "the dots of a host name are escaped",
     "A dot takes any character: example.com also matches example-com.\n\n"
     "bad:  pattern: 'www.example.com'\n"
     "good: pattern: 'www\\.example\\.com'",
     NULL},
    {"regex-empty", MOP_WARN, "no alternative of a pattern is empty",
     "(cpc|ppc|) also matches nothing at all, which is mostly a bar too many.\n\n"
     "bad:  pattern: 'paid-(cpc|ppc|)'\n"
     "good: pattern: 'paid-(cpc|ppc)'\n\n"
     "If nothing is meant: (cpc|ppc)?",
     NULL},
    {"regex-list", MOP_NOTE, "a list of words is written as values",
     "Of values a message can say which is meant, whatever the case; of a pattern only that "
     "it\n"
     "does not match.\n\n"
     "bad:  pattern: 'emea|amer|apac'\n"
     "good: values: [emea, amer, apac]\n\n"
     "A vocabulary if several fields share them; in a condition {region: [emea, amer, apac]}.",
     NULL},
    {"regex-anchor", MOP_NOTE, "a pattern has no anchors that change nothing",
     "A pattern is matched against the whole value: ^ and $ at its ends say nothing. (A\n"
     "not_pattern is looked for anywhere in the value; there they do.)\n\n"
     "bad:  pattern: '^C-\\d{4}$'\n"
     "good: pattern: 'C-\\d{4}'",
     NULL},
    {NULL, MOP_NOTE, NULL, NULL, NULL},
};
