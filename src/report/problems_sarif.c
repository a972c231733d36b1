/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "report/problems_parts.h"
#include "base/map.h"
#include <stdlib.h>
#include <string.h>

/*
 * SARIF 2.1.0 with what GitHub's code scanning asks for beyond the schema: every text not empty,
 * regions whole, one location each, at most 25,000 results and rules (a larger file is refused as a
 * whole) and 10 MB of gzip, which the texts alone cannot reach.
 */
enum {
    RESULTS_MAX = 25000,
    RULES_MAX = 25000,
    TEXT_MAX = 1024,
    TEXTS_MAX = 6 << 20,
    CLIPPED_MAX = 40000
};

typedef struct mop_json_out J;

struct sarif {
    const struct mop_problems *p;
    J j;
    struct mop_problem_lines lines;
    struct mop_arena arena; /* of the result at hand */
    size_t *rule_at;        /* index in the document, by rule */
    bool *listed;           /* by rule: the document's entry is this one */
    bool *chosen;           /* by problem */
    size_t left;
};

/* {"text": ...}; GitHub refuses empty ones. */
static void put_message(struct sarif *s, const struct mop_sv *key, struct mop_sv text)
{
    mop_json_open(&s->j, key, '{');
    mop_json_put_text(&s->j, "text", text.n ? text : MOP_SV("-"));
    mop_json_close(&s->j, '}');
}

/* `[text](target)` would be a link of the message; a bracket behind a backslash is none. */
static struct mop_sv without_links(struct mop_arena *a, struct mop_sv text)
{
    struct mop_buf b;
    if (!strstr(text.p, "]("))
        return text;
    mop_buf_init(&b, SIZE_MAX);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '[')
            mop_buf_chr(&b, '\\');
        mop_buf_chr(&b, text.p[i]);
    }
    struct mop_sv own = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return own;
}

static struct mop_sv first_of(struct mop_sv a, struct mop_sv b)
{
    return a.n ? a : b;
}

/* ---- rules ---- */

static void put_rule_properties(struct sarif *s, const struct mop_problem_rule *r)
{
    static const char *const severity[] = {
        [MOP_NOTE] = "recommendation", [MOP_WARN] = "warning", [MOP_FAULT] = "error"};
    J *j = &s->j;
    mop_json_open(j, MOP_KEY("properties"), '{');
    mop_json_open(j, MOP_KEY("tags"), '[');
    for (size_t i = 0; i < sizeof r->tags / sizeof *r->tags; i++)
        if (r->tags[i].n)
            mop_json_put(j, NULL, mop_json_text(r->tags[i]));
    mop_json_close(j, ']');
    mop_json_put_text(j, "precision", MOP_SV("very-high"));
    mop_json_put_text(j, "problem.severity", mop_sv_of(severity[r->level]));
    if (r->owner.n)
        mop_json_put_text(j, "owner", r->owner);
    mop_json_close(j, '}');
}

/* Lines stay lines, for what is a paragraph. */
static struct mop_sv paragraphs(struct mop_arena *a, struct mop_sv text, size_t max)
{
    struct mop_buf b;
    struct mop_sv line;
    mop_buf_init(&b, SIZE_MAX);
    while (text.n && b.n < max && mop_sv_next(&text, '\n', &line)) {
        if (b.n)
            mop_buf_chr(&b, '\n');
        mop_buf_sv(&b, mop_problem_shown(a, line, max > b.n ? max - b.n : 0));
    }
    struct mop_sv own = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return own;
}

static void put_rule(struct sarif *s, const struct mop_problem_rule *r)
{
    J *j = &s->j;
    struct mop_arena *a = &s->arena;
    struct mop_sv id = mop_problem_shown(a, r->id, 255);
    struct mop_sv summary = first_of(mop_problem_shown(a, r->summary, TEXT_MAX), id);
    struct mop_sv doc = first_of(paragraphs(a, r->doc, TEXT_MAX), summary);
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "id", r->id);
    mop_json_put_text(j, "name", id);
    put_message(s, MOP_KEY("shortDescription"), summary);
    put_message(s, MOP_KEY("fullDescription"), doc);
    put_message(s, MOP_KEY("help"), first_of(paragraphs(a, r->doc, 16 * (size_t)TEXT_MAX), doc));
    mop_json_open(j, MOP_KEY("defaultConfiguration"), '{');
    mop_json_put_text(j, "level", mop_sv_of(mop_problem_levels[r->level]));
    mop_json_close(j, '}');
    put_rule_properties(s, r);
    mop_json_close(j, '}');
    mop_arena_reset(a);
}

/* An id stands once, for whatever has it. Beyond the limit only those that have a result. */
static void choose_rules(struct sarif *s)
{
    const struct mop_problems *p = s->p;
    struct mop_map ids;
    size_t n = 0;
    bool *has = mop_calloc(p->nrules + 1, sizeof *has);
    for (size_t i = 0; i < p->n; i++)
        has[p->list[i].rule] |= s->chosen[i];
    s->rule_at = mop_calloc(p->nrules + 1, sizeof *s->rule_at);
    s->listed = mop_calloc(p->nrules + 1, sizeof *s->listed);
    mop_map_init(&ids);
    for (size_t i = 0; i < p->nrules; i++) {
        if (!has[i] && p->nrules > RULES_MAX)
            continue;
        uint64_t *at = mop_map_put(&ids, p->rules[i].id, &s->listed[i]);
        if (s->listed[i])
            *at = n++;
        s->rule_at[i] = (size_t)*at;
    }
    mop_map_release(&ids);
    free(has);
}

static void put_driver(struct sarif *s)
{
    J *j = &s->j;
    mop_json_open(j, MOP_KEY("tool"), '{');
    mop_json_open(j, MOP_KEY("driver"), '{');
    mop_json_put_text(j, "name", MOP_SV("mopslint"));
    mop_json_put_text(j, "semanticVersion", MOP_SV(MOP_VERSION));
    mop_json_open(j, MOP_KEY("rules"), '[');
    for (size_t i = 0; i < s->p->nrules; i++)
        if (s->listed[i])
            put_rule(s, &s->p->rules[i]);
    mop_json_close(j, ']');
    mop_json_close(j, '}');
    mop_json_close(j, '}');
}

/* ---- results ---- */

/* Of a path; absolute ones become file: URIs. */
static struct mop_sv uri_of(struct mop_arena *a, const char *file)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@";
    struct mop_sv path = mop_problem_path(a, file);
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    if (path.p[0] == '/')
        mop_buf_str(&b, "file://");
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] && strchr(plain, path.p[i]))
            mop_buf_chr(&b, path.p[i]);
        else
            mop_buf_printf(&b, "%%%02X", (unsigned)(unsigned char)path.p[i]);
    struct mop_sv uri = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return uri;
}

static void put_region(J *j, struct mop_problem_region r)
{
    mop_json_open(j, MOP_KEY("region"), '{');
    mop_json_put_count(j, "startLine", r.line);
    mop_json_put_count(j, "startColumn", r.col);
    mop_json_put_count(j, "endLine", r.line);
    mop_json_put_count(j, "endColumn", r.end);
    mop_json_close(j, '}');
}

static void put_locations(struct sarif *s, const struct mop_problem *x)
{
    J *j = &s->j;
    struct mop_loc at = mop_problem_place(s->p, x);
    mop_json_open(j, MOP_KEY("locations"), '[');
    if (at.file) {
        mop_json_open(j, NULL, '{');
        mop_json_open(j, MOP_KEY("physicalLocation"), '{');
        mop_json_open(j, MOP_KEY("artifactLocation"), '{');
        mop_json_put_text(j, "uri", uri_of(&s->arena, at.file));
        mop_json_close(j, '}');
        put_region(j, mop_problem_region_of(&s->lines, at, x->at.file ? x->span : 1));
        mop_json_close(j, '}');
        mop_json_close(j, '}');
    }
    mop_json_close(j, ']');
}

/* What `check` suppresses is told in the taxonomy, not in the file of records. */
static void put_suppressions(struct sarif *s, const struct mop_problem *x)
{
    J *j = &s->j;
    bool outside = strcmp(s->p->command, "check") == 0;
    if (!x->suppressed.n)
        return;
    mop_json_open(j, MOP_KEY("suppressions"), '[');
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "kind", outside ? MOP_SV("external") : MOP_SV("inSource"));
    mop_json_put_text(j, "justification", mop_problem_shown(&s->arena, x->suppressed, TEXT_MAX));
    mop_json_close(j, '}');
    mop_json_close(j, ']');
}

static void put_result(struct sarif *s, const struct mop_problem *x,
                       const struct mop_fingerprint *f)
{
    J *j = &s->j;
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "ruleId", s->p->rules[x->rule].id);
    mop_json_put_count(j, "ruleIndex", s->rule_at[x->rule]);
    mop_json_put_text(j, "level", mop_sv_of(mop_problem_levels[x->level]));
    put_message(s, MOP_KEY("message"), without_links(&s->arena, mop_problem_body(&s->arena, x)));
    put_locations(s, x);
    mop_json_open(j, MOP_KEY("partialFingerprints"), '{');
    mop_json_put_text(j, "primaryLocationLineHash", mop_sv_of(f->hex));
    mop_json_close(j, '}');
    mop_json_put_count(j, "occurrenceCount", x->count ? x->count : 1);
    if (s->p->has_baseline)
        mop_json_put_text(j, "baselineState", x->known ? MOP_SV("unchanged") : MOP_SV("new"));
    put_suppressions(s, x);
    mop_json_close(j, '}');
    mop_arena_reset(&s->arena);
}

static void put_results(struct sarif *s)
{
    struct mop_fingerprint *f = mop_problems_fingerprints(s->p);
    mop_json_open(&s->j, MOP_KEY("results"), '[');
    for (size_t i = 0; i < s->p->n; i++)
        if (s->chosen[i])
            put_result(s, &s->p->list[i], &f[i]);
    mop_json_close(&s->j, ']');
    free(f);
}

/* ---- the run ---- */

/* Long texts are clipped: mop_problem_body. */
static size_t text_bytes(const struct mop_problem *x)
{
    const struct mop_sv texts[] = {x->message, x->hint, x->detail, x->suppressed};
    size_t n = x->at.file ? strlen(x->at.file) : 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        n += texts[i].n < CLIPPED_MAX ? texts[i].n : CLIPPED_MAX;
    return n;
}

/* So many of the worst that their texts stay within the size, were they to compress not at all. */
static size_t most_results(const struct mop_problems *p)
{
    size_t *ranked = mop_problems_ranked(p), n = 0, bytes = 0;
    while (n < p->n && n < RESULTS_MAX && bytes <= TEXTS_MAX)
        bytes += text_bytes(&p->list[ranked[n++]]);
    free(ranked);
    return n;
}

static void put_notification(struct sarif *s, const char *level, struct mop_sv text)
{
    mop_json_open(&s->j, NULL, '{');
    mop_json_put_text(&s->j, "level", mop_sv_of(level));
    put_message(s, MOP_KEY("message"), mop_problem_shown(&s->arena, text, TEXT_MAX));
    mop_json_close(&s->j, '}');
}

static void put_invocation(struct sarif *s)
{
    J *j = &s->j;
    const struct mop_problems *p = s->p;
    mop_json_open(j, MOP_KEY("invocations"), '[');
    mop_json_open(j, NULL, '{');
    mop_json_put_bool(j, "executionSuccessful", !p->partial);
    mop_json_put_count(j, "exitCode", (uint64_t)p->exit);
    mop_json_open(j, MOP_KEY("toolExecutionNotifications"), '[');
    if (p->partial)
        put_notification(
            s, "error",
            mop_arena_printf(&s->arena, "%s: the result is not to be trusted", p->why_partial));
    for (size_t i = 0; i < p->nnotes; i++)
        put_notification(s, "note", p->notes[i]);
    if (s->left)
        put_notification(s, "warning",
                         mop_arena_printf(&s->arena,
                                          "%zu results are left out: the %zu worst are "
                                          "here, a platform takes no more",
                                          s->left, p->n - s->left));
    mop_json_close(j, ']');
    mop_json_close(j, '}');
    mop_json_close(j, ']');
}

/* "mopslint/rules-lint/acme/": what stands before the last slash is GitHub's category. */
static struct mop_sv category(struct sarif *s)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_buf_printf(&b, "mopslint/%s/", s->p->command);
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == ' ')
            b.p[i] = '-';
    mop_buf_sv(&b, mop_problem_shown(&s->arena, s->p->taxonomy, 200));
    mop_buf_str(&b, s->p->taxonomy.n ? "/" : "");
    struct mop_sv id = mop_arena_copy(&s->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return id;
}

static void put_document(struct sarif *s)
{
    J *j = &s->j;
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "$schema", MOP_SV("https://json.schemastore.org/sarif-2.1.0.json"));
    mop_json_put_text(j, "version", MOP_SV("2.1.0"));
    mop_json_open(j, MOP_KEY("runs"), '[');
    mop_json_open(j, NULL, '{');
    put_driver(s);
    mop_json_open(j, MOP_KEY("automationDetails"), '{');
    mop_json_put_text(j, "id", category(s));
    mop_json_close(j, '}');
    mop_json_put_text(j, "columnKind", MOP_SV("utf16CodeUnits"));
    put_invocation(s);
    put_results(s);
    mop_json_close(j, '}');
    mop_json_close(j, ']');
    mop_json_close(j, '}');
    mop_out_chr(j->out, '\n');
}

static int write_sarif(const struct mop_problems *p, const struct mop_problem_options *o,
                       struct mop_out *out, struct mop_err *e)
{
    struct sarif s = {.p = p, .j = {.out = out, .first = true}};
    (void)o;
    mop_arena_init(&s.arena);
    mop_arena_init(&s.j.arena);
    mop_problem_lines_init(&s.lines, p);
    s.chosen = mop_problems_choose(p, most_results(p), NULL, &s.left);
    choose_rules(&s);
    put_document(&s);
    free(s.rule_at);
    free(s.listed);
    free(s.chosen);
    mop_problem_lines_release(&s.lines);
    mop_arena_release(&s.j.arena);
    mop_arena_release(&s.arena);
    return mop_out_flush(out, e);
}

const struct mop_problem_format mop_problems_sarif = {"sarif", "SARIF 2.1.0, for code scanning",
                                                      write_sarif};
