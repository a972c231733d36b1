/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "base/regex.h"
#include "lint/lint.h"

/* Lint: every id has a page, a file that gives it and one that does not; whose findings are told.
 */

struct linted {
    struct mop_problems p;
    struct mop_diags sources;
    struct mop_err e;
    int rc;
};

static void lint(struct linted *t, const char *const *files, size_t n, const char *select)
{
    struct mop_sv word = mop_sv_of(select);
    struct mop_lint_options o = {.files = files,
                                 .nfiles = n,
                                 .now_us = RULES_NOW,
                                 .select = &word,
                                 .nselect = select != NULL};
    memset(t, 0, sizeof *t);
    mop_problems_init(&t->p, "rules lint");
    mop_diags_init(&t->sources);
    t->rc = mop_lint_files(&o, &t->p, &t->sources, &t->e);
}

static void lint_one(struct linted *t, const char *file)
{
    lint(t, &file, 1, NULL);
}

static void done(struct linted *t)
{
    mop_diags_release(&t->sources);
    mop_problems_release(&t->p);
}

static struct mop_sv id_of(const struct linted *t, size_t i)
{
    return t->p.rules[t->p.list[i].rule].id;
}

/* FILE:LINE id of all that is told. */
static const char *told(const struct linted *t)
{
    static char out[4096];
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < t->p.n; i++) {
        const char *slash = t->p.list[i].at.file ? strrchr(t->p.list[i].at.file, '/') : NULL;
        n += (size_t)snprintf(out + n, sizeof out - n, "%s:%u %.*s%s\n",
                              slash ? slash + 1 : t->p.list[i].at.file,
                              (unsigned)t->p.list[i].at.line, MOP_SV_ARG(id_of(t, i)),
                              t->p.list[i].suppressed.n ? " off" : "");
    }
    return out;
}

/* ---- pages and fixtures ---- */

/* Of PCRE2 10.42; later ones do not have it, nor what runs without JIT. */
static bool jit_is_wrong(void)
{
    struct mop_regex_error e;
    struct mop_regex *r = mop_regex_compile(MOP_SV("(1|\\b)b*1"), 0, &e);
    struct mop_match *m = mop_match_create();
    bool wrong = !mop_regex_jit_agrees(r, m, MOP_SV("1"));
    mop_match_free(m);
    mop_regex_free(r);
    return wrong;
}

/* Too large for a fixture: tests/cli/lint-caps makes them. no-rules: lint is given a file. */
static bool has_fixture(const char *id)
{
    static const char *const none[] = {"yaml-size", "yaml-many", "too-many-files", "too-many-rules",
                                       "no-rules"};
    for (size_t i = 0; i < ROWS(none); i++)
        if (strcmp(id, none[i]) == 0)
            return false;
    return strcmp(id, "regex-jit") != 0 || jit_is_wrong();
}

/* How many are not switched off; each of them has to be of that id. */
static size_t count(const struct linted *t, const char *id)
{
    size_t n = 0;
    for (size_t i = 0; i < t->p.n; i++) {
        if (t->p.list[i].suppressed.n)
            continue;
        check_text(id, id_of(t, i), mop_sv_of(id));
        n++;
    }
    return n;
}

/* bad.yaml tells, good.yaml does not; further pairs are bad-2.yaml and good-2.yaml ... */
static void pair(const char *id, const char *end)
{
    struct linted t;
    char name[32];
    snprintf(name, sizeof name, "bad%s.yaml", end);
    lint_one(&t, name);
    CHECK(id, count(&t, id) > 0);
    done(&t);
    snprintf(name, sizeof name, "good%s.yaml", end);
    lint_one(&t, name);
    if (count(&t, "nothing") || t.p.exit)
        fail_msg("%s/%s is not silent:\n%s", id, name, told(&t));
    done(&t);
}

static void fixture(const char *id)
{
    char dir[256], end[16] = "";
    snprintf(dir, sizeof dir, MOP_TOP "/fixtures/lint/%s", id);
    if (chdir(dir) != 0)
        fail_msg("%s: no such folder", dir);
    pair(id, end);
    for (int i = 2; i < 10; i++) {
        char name[32];
        snprintf(end, sizeof end, "-%d", i);
        snprintf(name, sizeof name, "bad%s.yaml", end);
        if (access(name, F_OK) == 0)
            pair(id, end);
    }
}

static void fixtures(void **state)
{
    size_t n = 0;
    (void)state;
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id; c++) {
            n++;
            if (has_fixture(c->id))
                fixture(c->id);
        }
    assert_true(n > 80);
}

static void page(const struct mop_lint_check *c)
{
    size_t width = 0;
    CHECK(c->id, strlen(c->summary) > 10 && strlen(c->summary) < 80 && strlen(c->doc) > 40);
    for (const char *s = c->doc; *s; s++) {
        width = *s == '\n' ? 0 : width + 1;
        CHECK(c->id, width < 110);
    }
    for (const char *s = c->id; *s; s++)
        CHECK(c->id, (*s >= 'a' && *s <= 'z') || *s == '-' || (*s >= '0' && *s <= '9'));
    CHECK(c->id, mop_lint_find(mop_sv_of(c->id)) == c); /* no id twice */
}

static void pages(void **state)
{
    (void)state;
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id; c++)
            page(c);
}

/* ---- whose findings ---- */

#define HEAD "mopslint: 1\nname: t\nowner: o\ndescription: d\n"
#define LEAD "records: {lead: {fields: {email: {required: true}}}}\n"
#define VAGUE                                                                                      \
    "rules: [{id: vague, record: lead, then: {email: {required: true}}, why: w,"                   \
    " examples: {pass: [{email: a}], fail: [{email: ''}]}}]\n"

static const struct row {
    const char *what, *named, *base, *pack, *want;
    int exit;
} rows[] = {
    {"a file of one's own that is extended is told about",
     "mopslint: 1\nextends: base.yaml\nowner: o\n", HEAD LEAD VAGUE, NULL,
     "base.yaml:6 missing-message\n", 0},
    {"a pack is not", "mopslint: 1\nextends: pack\nowner: o\n", NULL, HEAD LEAD VAGUE, "", 0},
    {"nor what a pack extends by path", "mopslint: 1\nextends: pack\nowner: o\n", HEAD LEAD VAGUE,
     "mopslint: 1\nextends: base.yaml\n", "", 0},
    {"what keeps a pack from loading is", "mopslint: 1\nextends: pack\nowner: o\n", NULL,
     HEAD "records: {lead: {fields: {email: {requird: true}}}}\n", "pack.yaml:5 unknown-key\n", 2},
    {"an unused vocabulary of a file that is extended may be for others",
     "mopslint: 1\nextends: base.yaml\nowner: o\n",
     HEAD LEAD "vocabularies: {v: {description: d, values: [a]}}\n", NULL, "", 0},
    {"switched off with a reason",
     HEAD LEAD "vocabularies: {v: {description: d, values: [a]}}\n"
               "lint: {off: {unused-vocabulary: for others}}\n",
     NULL, NULL, "named.yaml:6 unused-vocabulary off\n", 0},
    {"a pack's lint: off is not inherited",
     "mopslint: 1\nextends: pack\nowner: o\nvocabularies: {v: {description: d, values: [a]}}\n",
     NULL, HEAD LEAD "lint: {off: {unused-vocabulary: for others}}\n",
     "named.yaml:4 unused-vocabulary\n", 0},
    {"a fault cannot be switched off",
     HEAD "records: {lead: {fields: {email: {requird: true}}}}\n"
          "lint: {off: {unknown-key: we like it}}\n",
     NULL, NULL, "named.yaml:5 unknown-key\nnamed.yaml:6 unknown-finding\n", 2},
    {"what the nodes tell is told of a file that does not load",
     HEAD "records: {lead: {fields: {email: {requird: true}}}}\n" VAGUE, NULL, NULL,
     "named.yaml:5 unknown-key\nnamed.yaml:6 missing-message\n", 2},
    {"more is asked for", HEAD "lint: {require: {message: all}}\n" LEAD, NULL, NULL,
     "named.yaml:6 missing-message\n", 0},
    {"less is asked for", HEAD "lint: {require: {message: none}}\n" LEAD VAGUE, NULL, NULL, "", 0},
    {"for whom", HEAD "lint: {require: {message: some, mesage: all}}\n" LEAD, NULL, NULL,
     "named.yaml:5 bad-value\nnamed.yaml:5 unknown-key\n", 2},
    {"a short form that is off", HEAD "records: {lead: {fields: {email: {required: off}}}}\n", NULL,
     NULL, "named.yaml:5 missing-reason\n", 0},
    {"'false' over what a field set asks for is off",
     HEAD "field_sets: {s: {description: d, fields: {email: {required: true, url: true}}}}\n"
          "records: {lead: {use: {set: s, as: x}, fields: {x_email: {\n"
          "  required: false,\n  url: false}}}}\n",
     NULL, NULL, "named.yaml:7 missing-reason\nnamed.yaml:8 missing-reason\n", 0},
    {"and over what a file asks for that is extended",
     HEAD "extends: base.yaml\nrecords: {lead: {fields: {email: {required: false}}}}\n", HEAD LEAD,
     NULL, "named.yaml:6 missing-reason\n", 0},
    {"over nothing it is what holds anyway",
     HEAD "field_sets: {s: {description: d, fields: {email: {required: true}}}}\n"
          "records: {lead: {use: {set: s, as: x}, fields: {email: {required: false}}}}\n",
     NULL, NULL, "", 0},
    {"rules that compare records need no example",
     HEAD "records: {lead: {fields: {id: {}, up: {}}}}\nrules: [{id: r, record: lead, then: {up: "
          "{references: lead.id}}, why: w, message: m}]\n",
     NULL, NULL, "", 0},
    {"a field set that no record type uses is broken all the same",
     HEAD LEAD "field_sets: {fs: {description: d, fields: {\n  v: {pattern: 'a('},\n  w: {type: "
               "emial}}}}\n",
     NULL, NULL,
     "named.yaml:6 unused-field-set\nnamed.yaml:7 bad-regex\nnamed.yaml:8 unknown-type\n", 2},
    {"its patterns are looked at",
     HEAD LEAD "field_sets: {fs: {description: d, fields: {\n  v: {pattern: '(a+)+$'}}}}\n", NULL,
     NULL,
     "named.yaml:6 unused-field-set\nnamed.yaml:7 regex-backtracking\nnamed.yaml:7 "
     "regex-anchor\n",
     0},
    {"a file of field sets alone",
     HEAD "field_sets: {fs: {description: d, fields: {\n  v: {pattern: 'a|b'}}}}\ntests: [{record: "
          "fs, values: {v: a}, expect: {fs.v.pattern: pass}}]\n",
     NULL, NULL, "named.yaml:6 regex-list\n", 0},
    {"a stage's owner is a person, and a field set's",
     HEAD
     "people: {o: {}}\nfield_sets: {fs: {owner: nobody, description: d, fields: {a: {}}}}\n"
     "records: {lead: {use: fs, fields: {s: {}}}}\nlifecycles: [{id: lc, record: lead, field: s, "
     "description: d, stages: [\n  {name: a, owner: oo}, {name: b, owner: o}]}]\n",
     NULL, NULL, "named.yaml:6 unknown-person\nnamed.yaml:9 unknown-person\n", 2},
    {"blanks are no message",
     HEAD LEAD
     "rules: [{id: r, record: lead, then: {email: {required: true}}, why: w, message: ' ',"
     " examples: {pass: [{email: a}], fail: [{email: ''}]}}]\n",
     NULL, NULL, "named.yaml:6 missing-message\n", 0},
    {"a kind of record that there is not",
     HEAD "records: {lead: {kind: tempalte, fields: {email: {required: true}}}}\n", NULL, NULL,
     "named.yaml:5 bad-value\n", 2},
    {"a record type may be called what it likes",
     HEAD "records: {tempalte: {fields: {email: {required: true}}}}\n", NULL, NULL, "", 0},
    {"an alias is told where it stands",
     HEAD
     "records: {lead: {fields: {a: {values: {\n  x: {aliases: [o, u]},\n  y: {aliases:\n    [t,"
     "\n     u]}}}}}}\n",
     NULL, NULL, "named.yaml:9 ambiguous-alias\n", 2},
    {"a test that expects nothing, or no word",
     HEAD LEAD "tests:\n- {record: lead, expect: {}}\n- {record: lead, expect: "
               "{lead.email.required: [fail]}}\n",
     NULL, NULL, "named.yaml:7 missing-value\nnamed.yaml:8 wrong-type\n", 2},
    {"a test of a check of the run",
     HEAD LEAD "dataset: [{id: v, description: d, record: lead, volume: {min: 1}}]\n"
               "tests: [{record: lead, expect: {v: fail}}]\n",
     NULL, NULL, "named.yaml:7 bad-value\n", 2},
    {"with none", HEAD "field_sets: {}\n", NULL, NULL, "named.yaml:1 missing-key\n", 2},
    {"with one of the wrong kind", HEAD "field_sets: [a]\n", NULL, NULL,
     "named.yaml:5 wrong-type\n", 2},
};

static void whose(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct rules r;
        struct linted t;
        rules_begin(&r);
        rules_file(&r, "named.yaml", rows[i].named, true);
        if (rows[i].base)
            rules_file(&r, "base.yaml", rows[i].base, false);
        if (rows[i].pack)
            rules_file(&r, "pack.yaml", rows[i].pack, false);
        setenv("MOPSLINT_RULES_PATH", r.dir, 1);
        lint_one(&t, r.paths[0]);
        check_text(rows[i].what, mop_sv_of(told(&t)), mop_sv_of(rows[i].want));
        CHECK(rows[i].what, t.rc == 0 && t.p.exit == rows[i].exit);
        CHECK(rows[i].what, (t.p.nnotes > 0) == (rows[i].exit == 2));
        done(&t);
        rules_end(&r);
    }
    unsetenv("MOPSLINT_RULES_PATH");
}

/* Two taxonomies that extend the same file. */
static void once(void **state)
{
    struct rules r;
    struct linted t;
    (void)state;
    rules_begin(&r);
    rules_file(&r, "one.yaml", "mopslint: 1\nextends: base.yaml\nowner: o\n", true);
    rules_file(&r, "two.yaml", "mopslint: 1\nextends: base.yaml\nowner: o\n", true);
    rules_file(&r, "base.yaml", HEAD LEAD VAGUE, false);
    lint(&t, r.files, 2, NULL);
    assert_string_equal(told(&t), "base.yaml:6 missing-message\n");
    assert_true(t.sources.nfiles == 3);
    done(&t);
    lint(&t, r.files, 2, "missing-owner");
    assert_string_equal(told(&t), "");
    done(&t);
    lint(&t, r.files, 2, "mising-owner");
    assert_int_equal(t.rc, -1);
    assert_int_equal(t.e.code, 2);
    assert_string_equal(t.e.hint, "did you mean 'missing-owner'?");
    done(&t);
    rules_end(&r);
}

/* The budget: it ends an analysis, and that it did is known. */
static void budget(void **state)
{
    struct mop_lint l = {.steps = 10};
    (void)state;
    assert_true(mop_lint_steps(&l, 4) && mop_lint_steps(&l, 6) && !l.out_of_steps);
    assert_true(!mop_lint_steps(&l, 1) && l.out_of_steps);
}

/* ---- what was not run is not passed ---- */

static const char *skipped(const struct linted *t, const char *id)
{
    for (size_t i = 0; i < t->p.nrules; i++)
        if (mop_sv_eqs(t->p.rules[i].id, id))
            return t->p.rules[i].skipped.n ? "skipped" : "run";
    return "no such id";
}

static void lint_text(struct linted *t, const char *text)
{
    struct rules r;
    rules_begin(&r);
    rules_file(&r, "named.yaml", text, true);
    lint_one(t, r.paths[0]);
    rules_end(&r);
}

static void not_run(void **state)
{
    static const char *const whole[] = {"never-true", "report-field-optional", "ambiguous-template",
                                        "deprecated-in-use", "unused-suppression"};
    static const char *const nodes[] = {"unused-vocabulary", "missing-message", "regex-anchor",
                                        "unreachable-stage", "unknown-field"};
    struct linted t;
    (void)state;
    lint_text(&t, HEAD "records: {lead: {fields: {email: {requird: true}}}}\n");
    for (size_t i = 0; i < ROWS(whole); i++)
        check_text(whole[i], mop_sv_of(skipped(&t, whole[i])), MOP_SV("skipped"));
    for (size_t i = 0; i < ROWS(nodes); i++)
        check_text(nodes[i], mop_sv_of(skipped(&t, nodes[i])), MOP_SV("run"));
    done(&t);
    lint_text(&t, HEAD "records: {lead: [\n");
    assert_string_equal(skipped(&t, "unused-vocabulary"), "skipped");
    assert_string_equal(skipped(&t, "unknown-key"), "skipped");
    done(&t);
    lint_text(&t, HEAD LEAD);
    assert_string_equal(skipped(&t, "never-true"), "run");
    done(&t);
}

/* A budget that the first of two checks uses up is lacking to the second. */
static void budget_used_up(void **state)
{
    struct mop_buf b;
    struct linted t;
    (void)state;
    mop_buf_init(&b, 1 << 24);
    mop_buf_str(&b, HEAD "records: {lead: {fields: {v: {values: [");
    for (int i = 0; i < 4000; i++)
        mop_buf_printf(&b, "w%d, ", i);
    mop_buf_str(&b, "last]}, e: {}}}}\nrules:\n");
    for (int i = 0; i < 4000; i++)
        mop_buf_printf(&b,
                       " - {id: r%d, record: lead, why: w, message: m, when: {v: {pattern: last}}, "
                       "then: {e: {required: true}}}\n",
                       i);
    mop_buf_str(&b, "lint: {require: {examples: none}}\n");
    mop_buf_chr(&b, '\0');
    lint_text(&t, b.p);
    assert_int_equal(t.p.nnotes, 1);
    assert_string_equal(skipped(&t, "never-true"), "skipped");
    assert_string_equal(skipped(&t, "unused-vocabulary"), "run");
    done(&t);
    mop_buf_release(&b);
}

/* ---- fields of reports that may be blank ---- */

#define TELLS "report-field-optional"
static const struct {
    const char *what, *field, *rest, *want;
} optional[] = {
    {"required", "values: [x], required: true", "", ""},
    {"some blanks only", "values: [x], required: {of: [placeholder]}", "", TELLS},
    {"two checks that answer all blanks between them",
     "values: [x], required: {of: [placeholder, blanks, missing]}",
     "rules: [{id: r, record: lead, then: {f: {required: {of: ['null', empty]}}}}]", ""},
    {"half a set", "values: [x]", "rules: [{id: r, record: lead, then: {all_or_none: [f, g]}}]",
     TELLS},
    {"a set with a required field", "values: [x]",
     "rules: [{id: r, record: lead, then: {all_or_none: [f, h]}}]", ""},
    {"one of two", "values: [x]",
     "rules: [{id: r, record: lead, then: {any: [{f: {required: true}}, {g: {required: true}}]}}]",
     TELLS},
    {"one in any case", "values: [x]",
     "rules: [{id: r, record: lead, then: {any: [{f: {required: true}}, {f: {pattern: x}}]}}]", ""},
    {"both", "values: [x]",
     "rules: [{id: r, record: lead, then: {f: {required: true}, g: {required: true}}}]", ""},
    {"for some records", "values: [x]",
     "rules: [{id: r, record: lead, when: {g: y}, then: {f: {required: true}}}]", ""},
    {"has to be blank", "values: [x]",
     "rules: [{id: r, record: lead, when: {g: y}, then: {f: {blank: true}}}]", TELLS},
    {"must not be blank", "values: [x]",
     "rules: [{id: r, record: lead, then: {f: {blank: false}}}]", ""},
    {"not blank", "values: [x]", "rules: [{id: r, record: lead, then: {not: {f: {blank: true}}}}]",
     ""},
    {"a stage", "description: d",
     "lifecycles: [{id: lc, record: lead, field: f, stages: [{name: a}, {name: b, requires: "
     "[g]}]}]",
     TELLS},
    {"what a stage requires", "values: [x]",
     "lifecycles: [{id: lc, record: lead, field: g, stages: [{name: a}, {name: b, requires: "
     "[f]}]}]",
     ""},
    {"a date whose lack shows that a stage was skipped", "type: date",
     "lifecycles: [{id: lc, record: lead, field: g, stages: [{name: a, entered_at: f}, {name: "
     "b}]}]",
     ""},
};

static void blanks_of_reports(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(optional); i++) {
        struct rules r;
        struct linted t;
        char text[1024];
        snprintf(text, sizeof text,
                 HEAD "records: {lead: {fields: {f: {%s}, g: {}, h: {required: true}}}}\n"
                      "reports: [{name: R, description: d, needs: {lead: {fields: [f]}}}]\n"
                      "lint: {require: {description: none, message: none, examples: none}}\n%s\n",
                 optional[i].field, optional[i].rest);
        rules_begin(&r);
        rules_file(&r, "named.yaml", text, true);
        lint_one(&t, r.paths[0]);
        check_text(optional[i].what, t.p.n ? id_of(&t, 0) : MOP_SV(""),
                   mop_sv_of(optional[i].want));
        CHECK(optional[i].what, t.rc == 0 && t.p.exit == 0);
        done(&t);
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixtures), cmocka_unit_test(pages),
        cmocka_unit_test(whose),    cmocka_unit_test(once),
        cmocka_unit_test(budget),   cmocka_unit_test(blanks_of_reports),
        cmocka_unit_test(not_run),  cmocka_unit_test(budget_used_up)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
