/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "rules/template.h"

/* Templates: which parse is taken, what is said of the wrong part, what is proposed. */

#define FIELD(name, template) "      " name ": {template: '" template "', parts: *p}\n"

static const char yaml[] =
    "mopslint: 1\nname: t\n"
    "vocabularies:\n"
    "  product: {values: {gtx: {aliases: [gt]}, mg_pro: , mg: , 'no': , old: {use: gtx}}}\n"
    "x-parts: &p\n"
    "  quarter: {pattern: '20\\d{2}q[1-4]'}\n"
    "  region: {values: [emea, amer, apac]}\n"
    "  product: {vocabulary: product}\n"
    "  variant: {pattern: '[a-z0-9-]{1,20}'}\n"
    "  free: {pattern: '.+'}\n"
    "  any: {pattern: '.+'}\n"
    "  month: {date: YYYYMM}\n"
    "  short: {date: YYYY-M}\n"
    "  run_on: {date: YYYYM}\n"
    "  two: {pattern: '[a-z]{2}'}\n"
    "  slow: {pattern: '(a+)+$'}\n"
    "records:\n"
    "  lead:\n"
    "    fields:\n" FIELD("name", "{quarter}_{region}_{product}[_{variant}]")
        FIELD("lit", "promo-{region}.{product}!")
            FIELD("opt", "{region}[_{product}[_{variant}]][-x]")
                FIELD("esc", "\\{{region}\\[{two}\\]") FIELD("adj", "{two}{month}_{free}")
                    FIELD("head", "[{two}_]{region}") FIELD("greedy", "{free}_{variant}")
                        FIELD("date", "{month}_{region}") FIELD("short", "{short}_{region}")
                            FIELD("run", "{run_on}_{region}") FIELD("limit", "{slow}_{region}")
                                FIELD("both", "{free}_{any}") FIELD("dash", "{region} - {product}");

static void parses(void **state)
{
    (void)state;
    static const struct bench_row rows[] = {
        {"all parts", "name=2026q1_emea_gtx_a-1", "lead.name.template", MOP_PASS, NULL, NULL},
        {"without the variant", "name=2026q1_emea_gtx", "lead.name.template", MOP_PASS, NULL, NULL},
        {"a value with the separator in it", "name=2026q1_emea_mg_pro", "lead.name.template",
         MOP_PASS, NULL, NULL},
        {"... and a variant behind", "name=2026q1_emea_mg_pro_x", "lead.name.template", MOP_PASS,
         NULL, NULL},
        {"a guess names the part", "name=2026q1_emea2_gtx", "lead.name.template", MOP_FAIL,
         "part 2 'emea2' is not a region; did you mean 'emea'?", "2026q1_emea_gtx"},
        {"an alias in a part is wrong, and certain", "name=2026q1_emea_gt", "lead.name.template",
         MOP_FAIL, "part 3 'gt' is another name of 'gtx'", "!2026q1_emea_gtx"},
        {"a case variant too", "name=2026q1_EMEA_gtx", "lead.name.template", MOP_FAIL,
         "part 2 'EMEA' is written 'emea'", "!2026q1_emea_gtx"},
        {"two wrong parts, one a guess: nothing certain", "name=2026q1_EMEA_gtxx",
         "lead.name.template", MOP_FAIL,
         "part 2 'EMEA' is written 'emea'; part 3 'gtxx' is not a product; did you mean 'gtx'?",
         "2026q1_emea_gtx"},
        {"one without any proposal: none for the whole", "name=26q1_EMEA_gtx", "lead.name.template",
         MOP_FAIL, "part 1 '26q1' is not a quarter; part 2 'EMEA' is written 'emea'", ""},
        {"blanks around the name are in its outer parts", "name= 2026q1_emea_gtx ",
         "lead.name.template", MOP_FAIL, NULL, "!2026q1_emea_gtx"},
        {"case in a pattern's part is a guess", "name=2026Q1_emea_gtx", "lead.name.template",
         MOP_FAIL, "part 1 '2026Q1' is not a quarter; did you mean '2026q1'?", "2026q1_emea_gtx"},
        {"a deprecated value", "name=2026q1_emea_old", "lead.name.template", MOP_FAIL,
         "part 3 'old' is not used any more, use 'gtx'", "!2026q1_emea_gtx"},
        {"an empty part", "name=2026q1__gtx", "lead.name.template", MOP_FAIL,
         "part 2 (region) is empty", ""},
        {"an empty variant: the group was begun", "name=2026q1_emea_gtx_", "lead.name.template",
         MOP_FAIL, "part 4 (variant) is empty", ""},
        {"a missing part", "name=2026q1_emea", "lead.name.template", MOP_FAIL,
         "'2026q1_emea' has no '_' after region: no product; the name is "
         "{quarter}_{region}_{product}[_{variant}]",
         ""},
        {"two missing parts", "name=2026q1", "lead.name.template", MOP_FAIL,
         "'2026q1' has no '_' after quarter: no region, product; the name is "
         "{quarter}_{region}_{product}[_{variant}]",
         ""},
        {"nothing of it", "name=-", "lead.name.template", MOP_FAIL, NULL, ""},
        {"literal text", "lit=promo-emea.gtx!", "lead.lit.template", MOP_PASS, NULL, NULL},
        {"literal text in front", "lit=emea.gtx!", "lead.lit.template", MOP_FAIL,
         "'emea.gtx!' does not begin with 'promo-': no region, product; the name is "
         "promo-{region}.{product}!",
         ""},
        {"literal text behind", "lit=promo-emea.gtx", "lead.lit.template", MOP_FAIL,
         "'promo-emea.gtx' has no '!' after product; the name is promo-{region}.{product}!", ""},
        {"text behind the end", "lit=promo-emea.gtx!!", "lead.lit.template", MOP_FAIL,
         "part 2 'gtx!' is not a product; did you mean 'gtx'?", "promo-emea.gtx!"},
        {"nested groups: none", "opt=emea", "lead.opt.template", MOP_PASS, NULL, NULL},
        {"nested groups: outer", "opt=emea_gtx", "lead.opt.template", MOP_PASS, NULL, NULL},
        {"nested groups: both, and text alone", "opt=emea_gtx_v1-x", "lead.opt.template", MOP_PASS,
         NULL, NULL},
        {"text alone in a group", "opt=emea-x", "lead.opt.template", MOP_PASS, NULL, NULL},
        {"escapes", "esc={emea[de]", "lead.esc.template", MOP_PASS, NULL, NULL},
        {"parts that meet", "adj=ab202603_x", "lead.adj.template", MOP_PASS, NULL, NULL},
        {"parts that meet: the second is wrong", "adj=ab202613_x", "lead.adj.template", MOP_FAIL,
         "part 2 '202613' is no date as YYYYMM", ""},
        {"a group in front", "head=de_emea", "lead.head.template", MOP_PASS, NULL, NULL},
        {"a group in front, left out", "head=emea", "lead.head.template", MOP_PASS, NULL, NULL},
        {"a date", "date=202602_emea", "lead.date.template", MOP_PASS, NULL, NULL},
        {"a month of one digit", "short=2026-1_emea", "lead.short.template", MOP_PASS, NULL, NULL},
        {"of two", "short=2026-12_emea", "lead.short.template", MOP_PASS, NULL, NULL},
        {"of none", "short=2026-13_emea", "lead.short.template", MOP_FAIL, NULL, NULL},
        {"right behind the year", "run=20261_emea", "lead.run.template", MOP_PASS, NULL, NULL},
        {"a longer separator", "dash=emea - gtx", "lead.dash.template", MOP_PASS, NULL, NULL},
        {"a pattern's limit", "limit=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!_emea",
         "lead.limit.template", MOP_UNDECIDED, NULL, NULL},
        {"a blank does not apply", "name=", "lead.name.template", MOP_NA, NULL, NULL},
    };
    struct bench b;
    bench_open(&b, yaml);
    bench_rows(&b, rows, ROWS(rows));
    bench_close(&b);
}

static const struct mop_parse *parse(struct bench *b, const char *field, struct mop_sv text)
{
    const struct mop_field *f = rules_field(b->rs, "lead", field);
    return mop_template_parse(f->tests[0]->arg, text, &b->run, &b->scratch);
}

/* Of parses with all parts right the leftmost: the first part ends first. */
static void choices(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b, yaml);
    const struct mop_parse *p = parse(&b, "greedy", MOP_SV("a_b_c"));
    check_text("`free` may hold the separator, `variant` may not", p->parts[0].text, MOP_SV("a_b"));
    p = parse(&b, "greedy", MOP_SV("a_b-c"));
    check_text("one way only", p->parts[0].text, MOP_SV("a"));
    p = parse(&b, "both", MOP_SV("a_b_c"));
    check_text("either may hold it: leftmost", p->parts[0].text, MOP_SV("a"));
    p = parse(&b, "name", MOP_SV("2026q1_emea_mg_pro"));
    check_text("mg with variant pro, and mg_pro: most parts", p->parts[2].text, MOP_SV("mg"));
    check_text("... so there is a variant", p->parts[3].text, MOP_SV("pro"));
    p = parse(&b, "name", MOP_SV("2026q1_emea_gtx"));
    assert_null(p->parts[3].text.p);
    bench_close(&b);
}

/* At most 64 separators are tried, and hostile names end soon. */
static void limits(void **state)
{
    (void)state;
    struct bench b;
    char text[70000];
    bench_open(&b, yaml);
    memset(text, '_', sizeof text);
    assert_int_equal(parse(&b, "name", (struct mop_sv){text, 64})->limited, false);
    assert_int_equal(parse(&b, "name", (struct mop_sv){text, 65})->outcome, MOP_UNDECIDED);
    assert_int_equal(parse(&b, "name", (struct mop_sv){text, sizeof text})->outcome, MOP_UNDECIDED);
    memset(text, 'a', sizeof text);
    assert_int_equal(parse(&b, "adj", (struct mop_sv){text, 128})->outcome, MOP_FAIL);
    assert_int_equal(parse(&b, "adj", (struct mop_sv){text, 129})->outcome, MOP_UNDECIDED);
    assert_int_equal(parse(&b, "name", (struct mop_sv){text, 60000})->outcome, MOP_FAIL);
    assert_int_equal(parse(&b, "name", MOP_SV(""))->outcome, MOP_FAIL);
    bench_close(&b);
}

/* ---- against a parser that lists every parse ---- */

struct naive {
    struct bench *b;
    const struct mop_template *t;
    struct mop_sv text, part[16];
    bool clean;
    int most;
};

static bool part_is_right(struct naive *n, size_t part, struct mop_sv text)
{
    const struct mop_template_part *p = &n->t->parts[part];
    enum mop_rung rung;
    if (!text.n)
        return false;
    if (p->pattern)
        return mop_regex_match(p->pattern, n->b->run.match, text) == MOP_RX_YES;
    mop_vocabulary_look(p->vocabulary, text, &n->b->scratch, &rung);
    return rung == MOP_RUNG_EXACT;
}

static void naive_walk(struct naive *n, size_t element, size_t at, int right, int wrong)
{
    if (element == n->t->nelements) {
        if (at < n->text.n)
            return;
        n->clean |= !wrong;
        n->most = right > n->most ? right : n->most;
        return;
    }
    const struct mop_template_element *e = &n->t->elements[element];
    if (e->op == MOP_EL_TEXT) {
        if (mop_sv_starts(mop_sv_sub(n->text, at, n->text.n), e->text))
            naive_walk(n, element + 1, at + e->text.n, right, wrong);
        return;
    }
    if (e->op == MOP_EL_PART) {
        for (size_t end = at; end <= n->text.n; end++) {
            bool ok = part_is_right(n, e->part, mop_sv_sub(n->text, at, end));
            naive_walk(n, element + 1, end, right + ok, wrong + !ok);
        }
        return;
    }
    naive_walk(n, element + 1, at, right, wrong);
    if (e->op == MOP_EL_OPEN)
        naive_walk(n, e->close + 1, at, right, wrong);
}

static void same_as_all_parses(void **state)
{
    (void)state;
    static const char *const pieces[] = {"emea", "gtx", "_",      "mg_pro", "mg",
                                         "v1",   "-x",  "2026q1", "_",      "de"};
    static const char *const fields[] = {"name", "opt", "head"};
    struct bench b;
    uint32_t seed = 7;
    bench_open(&b, yaml);
    for (int round = 0; round < 2000; round++) {
        char text[64] = "";
        for (int k = 0; k < 6; k++) {
            seed = seed * 1664525 + 1013904223;
            if ((seed >> 28) < 13)
                strcat(text, pieces[(seed >> 16) % ROWS(pieces)]);
        }
        const char *field = fields[round % 3];
        struct naive n = {.b = &b,
                          .t = rules_field(b.rs, "lead", field)->tests[0]->arg,
                          .text = mop_sv_of(text),
                          .most = -1};
        mop_arena_reset(&b.scratch);
        naive_walk(&n, 0, 0, 0, 0);
        const struct mop_parse *p = parse(&b, field, mop_sv_of(text));
        int right = 0;
        for (size_t i = 0; p->fits && i < n.t->nparts; i++)
            right += p->parts[i].right;
        if ((p->outcome == MOP_PASS) != n.clean || p->fits != (n.most >= 0) ||
            (p->fits && !n.clean && right != n.most))
            fail_msg("'%s' of %s: clean %d/%d, right %d/%d", text, field, p->outcome == MOP_PASS,
                     n.clean, right, n.most);
    }
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses),
        cmocka_unit_test(choices),
        cmocka_unit_test(limits),
        cmocka_unit_test(same_as_all_parses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
