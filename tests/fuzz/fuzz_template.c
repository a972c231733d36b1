/* SPDX-License-Identifier: MIT */
/*
 * Name templates: the first line is a template over the parts a b c d, the rest a name.
 *
 * covers: src/rules/template.c src/rules/template_parse.c
 */
#include "base/utf8.h"
#include "rules/template.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static const char parts[] =
    "a: {pattern: '[a-z]+'}\nb: {pattern: '\\d{1,4}'}\nc: {pattern: '.*'}\nd: {date: YYYYMM}\n";

/* Parts are views of the name, in its order; a pass has no wrong one; a whole proposal is text. */
static void must_hold(const struct mop_template *t, const struct mop_parse *p, struct mop_sv name)
{
    const char *last = name.p;
    struct mop_buf b;
    bool certain;
    for (size_t i = 0; p->fits && i < t->nparts; i++) {
        const struct mop_part_view *v = &p->parts[i];
        if (!v->text.p)
            continue;
        must(v->text.p >= last && v->text.p + v->text.n <= name.p + name.n);
        must(v->right || p->outcome != MOP_PASS);
        last = v->text.p + v->text.n;
    }
    must(p->outcome != MOP_PASS || p->fits);
    must(p->reached <= t->nelements);
    mop_buf_init(&b, 1 << 20);
    if (mop_parse_proposal(t, p, &b, &certain))
        must(mop_utf8_check(mop_buf_view(&b)) == b.n);
    mop_buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mop_sv all = {(const char *)data, size}, line;
    if (!size || mop_utf8_check(all) < size || !mop_sv_next(&all, '\n', &line))
        return 0;
    struct mop_ruleset *rs = mop_alloc(sizeof *rs);
    struct mop_diags d;
    struct mop_arena scratch;
    mop_arena_init(&rs->arena);
    mop_arena_init(&scratch);
    mop_diags_init(&d);
    struct mop_scope s = {.rules = rs, .diags = &d, .arena = &rs->arena, .inline_ = true};
    struct mop_node use = {.kind = MOP_SCALAR, .text = line, .span = 1};
    const struct mop_node *defs = mop_yaml_parse(&rs->arena, "parts", MOP_SV(parts), &d);
    const struct mop_template *t = mop_template_compile(&s, &use, defs, NULL);
    struct mop_run run = {.rules = rs, .match = mop_match_create(), .scratch = &scratch};
    must((t == NULL) == (d.faults > 0));
    if (t)
        must_hold(t, mop_template_parse(t, all.p ? all : MOP_SV(""), &run, &scratch),
                  all.p ? all : MOP_SV(""));
    mop_match_free(run.match);
    mop_diags_release(&d);
    mop_arena_release(&scratch);
    mop_ruleset_free(rs);
    return 0;
}
