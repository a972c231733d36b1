/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "report/problems_parts.h"
#include <stdlib.h>

/*
 * For programs: all there is, schema mopslint.problems/1 (contrib/schema/problems.schema.json).
 * Keys are added, never taken away; each is always present.
 */
typedef struct mop_json_out J;

static void put_text_or_null(J *j, const char *key, struct mop_sv text)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_put(j, &name, mop_json_text_or_null(text));
}

static void put_place(J *j, struct mop_loc at)
{
    put_text_or_null(j, "file", mop_sv_of(at.file));
    mop_json_put_count(j, "line", at.line);
    mop_json_put_count(j, "column", at.col);
}

static void put_tool(J *j)
{
    mop_json_open(j, MOP_KEY("tool"), '{');
    mop_json_put_text(j, "name", MOP_SV("mopslint"));
    mop_json_put_text(j, "version", MOP_SV(MOP_VERSION));
    mop_json_close(j, '}');
}

static void put_taxonomy(J *j, const struct mop_problems *p)
{
    mop_json_open(j, MOP_KEY("taxonomy"), '{');
    put_text_or_null(j, "name", p->taxonomy);
    put_text_or_null(j, "version", p->version);
    put_text_or_null(j, "digest", p->digest);
    mop_json_close(j, '}');
}

static void put_counts(J *j, const struct mop_problems *p)
{
    uint64_t suppressed = 0, known = 0;
    for (size_t i = 0; i < p->n; i++) {
        suppressed += p->list[i].suppressed.n > 0;
        known += !p->list[i].suppressed.n && p->list[i].known;
    }
    mop_json_open(j, MOP_KEY("counts"), '{');
    mop_json_put_count(j, "errors", mop_problems_count(p, MOP_FAULT));
    mop_json_put_count(j, "warnings", mop_problems_count(p, MOP_WARN));
    mop_json_put_count(j, "notes", mop_problems_count(p, MOP_NOTE));
    mop_json_put_count(j, "suppressed", suppressed);
    mop_json_put_count(j, "in_baseline", known);
    mop_json_close(j, '}');
}

static void put_tags(J *j, const struct mop_problem_rule *r)
{
    mop_json_open(j, MOP_KEY("tags"), '[');
    for (size_t i = 0; i < sizeof r->tags / sizeof *r->tags; i++)
        if (r->tags[i].n)
            mop_json_put(j, NULL, mop_json_text(r->tags[i]));
    mop_json_close(j, ']');
}

static void put_rule(J *j, const struct mop_problem_rule *r)
{
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "id", r->id);
    mop_json_put_text(j, "summary", r->summary);
    put_text_or_null(j, "doc", r->doc);
    put_text_or_null(j, "group", r->group);
    mop_json_put_text(j, "level", mop_sv_of(mop_problem_levels[r->level]));
    put_tags(j, r);
    put_text_or_null(j, "owner", r->owner);
    put_text_or_null(j, "skipped", r->skipped);
    put_place(j, r->at);
    mop_json_put_count(j, "problems", r->problems);
    mop_json_put_count(j, "undecided", r->undecided);
    mop_json_close(j, '}');
}

static void put_problem(J *j, const struct mop_problems *p, const struct mop_problem *x,
                        const struct mop_fingerprint *f)
{
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "rule", p->rules[x->rule].id);
    mop_json_put_text(j, "level", mop_sv_of(mop_problem_levels[x->level]));
    put_place(j, x->at);
    mop_json_put_count(j, "span", x->span);
    mop_json_put_text(j, "message", x->message);
    put_text_or_null(j, "hint", x->hint);
    put_text_or_null(j, "detail", x->detail);
    put_text_or_null(j, "identity", x->identity);
    mop_json_put_count(j, "count", x->count);
    put_text_or_null(j, "suppressed", x->suppressed);
    mop_json_put_bool(j, "in_baseline", x->known);
    mop_json_put_text(j, "fingerprint", mop_sv_of(f->hex));
    mop_json_close(j, '}');
}

static void put_problems(J *j, const struct mop_problems *p)
{
    struct mop_fingerprint *f = mop_problems_fingerprints(p);
    mop_json_open(j, MOP_KEY("problems"), '[');
    for (size_t i = 0; i < p->n; i++)
        put_problem(j, p, &p->list[i], &f[i]);
    mop_json_close(j, ']');
    free(f);
}

static void put_figures(J *j, const struct mop_problems *p)
{
    mop_json_open(j, MOP_KEY("figures"), '[');
    for (size_t i = 0; i < p->nfigures; i++) {
        mop_json_open(j, NULL, '{');
        mop_json_put_text(j, "name", p->figures[i].name);
        mop_json_put_text(j, "value", p->figures[i].value);
        mop_json_close(j, '}');
    }
    mop_json_close(j, ']');
}

static void put_document(J *j, const struct mop_problems *p)
{
    mop_json_put_text(j, "schema", MOP_SV("mopslint.problems/1"));
    put_tool(j);
    mop_json_put_text(j, "command", mop_sv_of(p->command));
    put_taxonomy(j, p);
    mop_json_put_count(j, "exit", (uint64_t)p->exit);
    mop_json_put_bool(j, "partial", p->partial);
    put_counts(j, p);
    mop_json_open(j, MOP_KEY("rules"), '[');
    for (size_t i = 0; i < p->nrules; i++)
        put_rule(j, &p->rules[i]);
    mop_json_close(j, ']');
    put_problems(j, p);
    put_figures(j, p);
    mop_json_open(j, MOP_KEY("notes"), '[');
    for (size_t i = 0; i < p->nnotes; i++)
        mop_json_put(j, NULL, mop_json_text(p->notes[i]));
    mop_json_close(j, ']');
}

static int write_json(const struct mop_problems *p, const struct mop_problem_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    J j = {.out = out, .first = true};
    (void)o;
    mop_arena_init(&j.arena);
    mop_json_open(&j, NULL, '{');
    put_document(&j, p);
    mop_json_close(&j, '}');
    mop_out_chr(out, '\n');
    mop_arena_release(&j.arena);
    return mop_out_flush(out, e);
}

const struct mop_problem_format mop_problems_json = {"json", "for programs: mopslint.problems/1",
                                                     write_json};
