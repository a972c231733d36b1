/* SPDX-License-Identifier: MIT */
#include "csv_source.h"

#include <string.h>

/* The delimiter is the one under which most of the first records have the same number of fields. */
enum { SAMPLE_RECORDS = 64 };
static const char candidates[] = {',', ';', '\t', '|'};

struct shape {
    size_t n;
    struct {
        size_t fields, lines_before;
    } rec[SAMPLE_RECORDS];
    size_t usual, agreeing; /* the most frequent number of fields over 1, and of how many records */
};

static size_t lines_in(const char *p, const char *end, char newline)
{
    size_t n = 0;
    while ((p = memchr(p, newline, (size_t)(end - p)))) {
        n++;
        p++;
    }
    return n;
}

static const char *past_line_ends(const char *p, const char *end)
{
    while (p < end && (*p == '\n' || *p == '\r'))
        p++;
    return p;
}

/* The end of the record at p, its fields counted. NULL: it goes on behind the sample. */
static const char *record_end(const char *p, const char *end, char delimiter, bool whole,
                              size_t *fields)
{
    bool open;
    for (*fields = 1;; ++*fields) {
        p = mop_csv_field_end(p, end, delimiter, &open);
        if (open || (p == end && !whole))
            return NULL;
        if (p == end || *p != delimiter)
            return p;
        p++;
    }
}

static void take_shape(struct shape *s, struct mop_sv text, char delimiter, char newline,
                       bool whole)
{
    const char *p = text.p, *end = text.p + text.n, *counted = p;
    size_t lines = 0, fields;
    s->n = 0;
    while (s->n < SAMPLE_RECORDS && (p = past_line_ends(p, end)) < end) {
        lines += lines_in(counted, p, newline);
        counted = p;
        p = record_end(p, end, delimiter, whole, &fields);
        if (!p)
            break;
        s->rec[s->n].lines_before = lines;
        s->rec[s->n++].fields = fields;
    }
}

static void find_usual(struct shape *s)
{
    s->usual = s->agreeing = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t same = 0, fields = s->rec[i].fields;
        for (size_t k = 0; k < s->n; k++)
            same += s->rec[k].fields == fields;
        bool better = same > s->agreeing || (same == s->agreeing && fields > s->usual);
        if (fields > 1 && better) {
            s->usual = fields;
            s->agreeing = same;
        }
    }
}

/* By agreement; a header of the usual size decides a tie, then more fields, then the candidates'
 * order. */
static size_t score(const struct shape *s)
{
    return 2 * s->agreeing + (s->agreeing && s->rec[0].fields == s->usual);
}

static void describe(struct csv_guess *g, const struct shape *s)
{
    g->header = s->n ? s->rec[0].fields : 0;
    g->usual = s->usual;
    for (size_t i = s->n; i-- > 0;)
        if (s->rec[i].fields == s->usual)
            g->lines_before = s->rec[i].lines_before;
}

struct csv_guess mop_csv_guess(struct mop_sv text, char fixed, bool cr_lines, bool whole)
{
    struct csv_guess g = {fixed ? fixed : ',', false, 0, 0, 0};
    struct shape best = {0}, s;
    bool splits = false; /* some candidate splits the first line */
    for (size_t i = 0; i < (fixed ? 1 : sizeof candidates); i++) {
        char d = fixed ? fixed : candidates[i];
        take_shape(&s, text, d, cr_lines ? '\r' : '\n', whole);
        splits |= s.n && s.rec[0].fields > 1;
        find_usual(&s);
        if (i > 0 &&
            (score(&s) < score(&best) || (score(&s) == score(&best) && s.usual <= best.usual)))
            continue;
        best = s;
        g.delimiter = d;
    }
    /* A first line that it does not split is a preamble where the lines below have several fields,
     * and else the header of one column: one ';' within URLs is no delimiter. */
    if (!fixed && best.n && best.rec[0].fields < 2 && (best.usual < 3 || !splits))
        g.delimiter = ',';
    g.found = best.usual > 1;
    describe(&g, &best);
    return g;
}
