/* SPDX-License-Identifier: MIT */
#include "rules.h"

/* From YAML to checks: ids, severities, owners, subjects, expected columns, what options choose. */

static const char taxonomy[] =
    "mopslint: 1\nname: t\nversion: 2026.10\nowner: mops\n"
    "people: {mops: , dg: , crm: , sdr: }\n"
    "vocabularies: {source: {owner: dg, values: {google: {aliases: [ggl]}, bing: , old: {use: "
    "bing}, new: {provisional: true}}, fold: [blanks, case, separators]}}\n"
    "records:\n"
    "  campaign:\n"
    "    key: name\n"
    "    fields: {name: , spend: {type: decimal}}\n"
    "  lead:\n"
    "    owner: crm\n"
    "    key: id\n"
    "    dated_by: created\n"
    "    weight: {field: amount, currency: {is: USD}, to: EUR, rates: {USD: 0.92}}\n"
    "    fields:\n"
    "      id: {columns: [Record ID]}\n"
    "      created: {type: date}\n"
    "      amount: {type: decimal}\n"
    "      source: {vocabulary: {use: source, severity: warning, tags: [utm]}, case: {use: lower, "
    "severity: warning, owner: sdr}}\n"
    "      email: {type: email, required: {severity: error, when: {source: [Google]}}}\n"
    "      domain: {derive: {email_domain: email}, not_values: [a.example]}\n"
    "      region: {values: [emea, apac], owner: dg}\n"
    "      free: {length: {max: 3}, pattern: {use: 'x*', id: lead.free.second, severity: off}}\n"
    "      soon: {required: {phase_in: {severity: warning, until: 2026-11-22}}}\n"
    "      past: {required: {phase_in: {severity: warning, until: 2026-11-21}}}\n"
    "      campaign:\n"
    "rules:\n"
    "  - {id: named, record: lead, then: {campaign: {references: campaign.name}}, tags: [link]}\n"
    "  - {id: mixed, record: lead, when: {free: x}, then: {email: {length: {max: 9}}, region: "
    "emea}, fixed_by: {field: region, map: {EMEA: sdr}, else: mops}}\n"
    "  - {id: short, record: lead, then: {email: {length: {max: 9}}}}\n"
    "reports:\n"
    "  - {name: R, target: {records: 95, value: 90.5}, needs: {lead: {fields: [region], where: "
    "{domain: b.example}}, campaign: {fields: [spend]}}}\n"
    "dataset: [{id: many, record: campaign, volume: {min: 1}}]\n"
    "overrides: {lead.region.vocabulary: {severity: warning, effect: delays}}\n"
    "suppressions:\n"
    "  - {rule: input.ragged, reason: x, until: 2026-11-21}\n"
    "  - {rule: short, reason: x, where: {region: emea}, until: 2026-11-22}\n";

static void checks(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        enum mop_severity severity;
        enum mop_dimension dimension;
        enum mop_effect effect;
        const char *owner;
    } T[] = {
        {"input.encoding", MOP_SEV_ERROR, MOP_DIM_VALIDITY, MOP_EFF_MISPLACES, "crm"},
        {"lead.id.required", MOP_SEV_ERROR, MOP_DIM_COMPLETENESS, MOP_EFF_DROPS, "crm"},
        {"lead.id.unique", MOP_SEV_ERROR, MOP_DIM_UNIQUENESS, MOP_EFF_DOUBLE_COUNTS, "crm"},
        {"campaign.name.unique", MOP_SEV_ERROR, MOP_DIM_UNIQUENESS, MOP_EFF_DOUBLE_COUNTS, "mops"},
        {"lead.created.type", MOP_SEV_ERROR, MOP_DIM_VALIDITY, MOP_EFF_MISPLACES, "crm"},
        {"lead.source.whitespace", MOP_SEV_WARNING, MOP_DIM_CONSISTENCY, MOP_EFF_HYGIENE, "dg"},
        {"lead.source.case", MOP_SEV_WARNING, MOP_DIM_CONSISTENCY, MOP_EFF_HYGIENE, "sdr"},
        {"lead.source.separator", MOP_SEV_WARNING, MOP_DIM_CONSISTENCY, MOP_EFF_HYGIENE, "dg"},
        {"lead.source.deprecated", MOP_SEV_WARNING, MOP_DIM_VALIDITY, MOP_EFF_HYGIENE, "dg"},
        {"lead.source.provisional", MOP_SEV_WARNING, MOP_DIM_VALIDITY, MOP_EFF_HYGIENE, "dg"},
        {"lead.source.vocabulary", MOP_SEV_WARNING, MOP_DIM_VALIDITY, MOP_EFF_HYGIENE, "dg"},
        {"lead.region.case", MOP_SEV_ERROR, MOP_DIM_CONSISTENCY, MOP_EFF_MISPLACES, "dg"},
        {"lead.region.vocabulary", MOP_SEV_WARNING, MOP_DIM_VALIDITY, MOP_EFF_DELAYS,
         "dg"}, /* by override */
        {"lead.free.length", MOP_SEV_WARNING, MOP_DIM_VALIDITY, MOP_EFF_HYGIENE, "crm"},
        {"lead.soon.required", MOP_SEV_WARNING, MOP_DIM_COMPLETENESS, MOP_EFF_DROPS,
         "crm"}, /* up to today */
        {"lead.past.required", MOP_SEV_ERROR, MOP_DIM_COMPLETENESS, MOP_EFF_DROPS, "crm"},
        {"named", MOP_SEV_ERROR, MOP_DIM_CONSISTENCY, MOP_EFF_MISPLACES, "crm"},
        {"mixed", MOP_SEV_ERROR, MOP_DIM_VALIDITY, MOP_EFF_MISPLACES,
         "crm"}, /* several kinds: an error */
        {"short", MOP_SEV_WARNING, MOP_DIM_VALIDITY, MOP_EFF_HYGIENE,
         "crm"}, /* one kind: its own default */
    };
    static const char *const none[] = {"lead.region.alias",      "lead.region.separator",
                                       "lead.region.deprecated", "lead.region.provisional",
                                       "lead.free.second",       "lead.id.type"};
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, taxonomy);
    for (size_t i = 0; i < ROWS(T); i++) {
        const struct mop_check *c = rules_check(rs, T[i].id);
        if (T[i].owner[0] == 'c' && strncmp(T[i].id, "input", 5) == 0)
            c = mop_ruleset_record(rs, MOP_SV("lead"))->checks[0]; /* every record type has these */
        CHECK(T[i].id, c != NULL);
        CHECK(T[i].id, c->severity == T[i].severity);
        CHECK(T[i].id, c->dimension == T[i].dimension);
        CHECK(T[i].id, c->effect == T[i].effect);
        check_text(T[i].id, c->owner, mop_sv_of(T[i].owner));
        CHECK(T[i].id, c->record->checks[c->index] == c);
    }
    for (size_t i = 0; i < ROWS(none); i++)
        CHECK(none[i], !rules_check(rs, none[i]));
    const struct mop_check *soon = rules_check(rs, "lead.soon.required");
    assert_int_equal(soon->final_severity, MOP_SEV_ERROR);
    assert_true(soon->phase_until == rs->now.day);
    assert_true(rules_check(rs, "lead.past.required")->phase_until == INT32_MIN);
    const struct mop_check *mixed = rules_check(rs, "mixed");
    uint64_t *who = mop_map_find(&mixed->fixed_by_map, MOP_SV("emea")); /* by the meant form */
    assert_non_null(who);
    check_text("fixer", *(struct mop_sv *)(uintptr_t)*who, MOP_SV("sdr"));
    check_text("else", mixed->fixed_by, MOP_SV("mops"));
    assert_null(mixed->field);
    check_text("one field", rules_check(rs, "short")->field->name, MOP_SV("email"));
    rules_end(&r);
}

static void values_in_rules(void **state)
{
    (void)state;
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, taxonomy);
    const struct mop_check *c = rules_check(rs, "lead.email.required");
    assert_non_null(c->when); /* Google means google: else it would be a fault */
    assert_int_equal(rs->nsuppressions, 2);
    assert_true(rs->suppressions[0].expired);  /* its day is over */
    assert_false(rs->suppressions[1].expired); /* today is included */
    const struct mop_report_spec *rep = &rs->reports[0];
    assert_int_equal(rep->target_records, 950);
    assert_int_equal(rep->target_value, 905);
    assert_true(rep->needs[0].weight == 0 && rep->needs[1].weight == SIZE_MAX);
    const struct mop_record *lead = mop_ruleset_record(rs, MOP_SV("lead"));
    const struct mop_weight *w = lead->weights[0];
    assert_true(w->rate_values[*mop_map_find(&w->rates, MOP_SV("USD"))] == 920000);
    assert_int_equal(rs->ncohorts, 2);
    check_text("version keeps its zero", rs->version, MOP_SV("2026.10"));
    rules_end(&r);
}

static void subjects(void **state)
{
    (void)state;
    static const struct {
        const char *id, *want;
    } T[] = {
        {"lead.domain.not_values",
         "domain email "},                 /* a derived field: what it comes from as well */
        {"lead.email.required", "email "}, /* not those of `when` */
        {"mixed", "email region "},
        {"named", "campaign "}, /* of `references` the referring field */
    };
    static const struct {
        const char *field;
        bool want;
    } X[] = {
        {"id", true},     {"amount", true},   {"region", true}, {"email", true}, {"domain", true},
        {"source", true}, {"campaign", true}, {"free", true},   {"soon", true},  {"created", true},
    };
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, taxonomy);
    for (size_t i = 0; i < ROWS(T); i++) {
        const struct mop_check *c = rules_check(rs, T[i].id);
        struct mop_buf b;
        mop_buf_init(&b, 1000);
        for (size_t k = 0; k < c->nsubjects; k++)
            mop_buf_printf(&b, "%.*s ", MOP_SV_ARG(c->subjects[k]->name));
        check_text(T[i].id, mop_buf_view(&b), mop_sv_of(T[i].want));
        mop_buf_release(&b);
    }
    for (size_t i = 0; i < ROWS(X); i++)
        CHECK(X[i].field, rules_field(rs, "lead", X[i].field)->expected == X[i].want);
    assert_true(rules_field(rs, "campaign", "spend")->expected);
    assert_true(rules_field(rs, "lead", "id")->required_always);
    assert_false(rules_field(rs, "lead", "email")->required_always);
    assert_true(rules_field(rs, "lead", "email")->personal);
    assert_ptr_equal(rules_check(rs, "named")->far[0], mop_ruleset_record(rs, MOP_SV("campaign")));
    rules_end(&r);
}

static void without(void **state)
{
    (void)state;
    struct rules r;
    struct mop_sv campaign = MOP_SV("campaign");
    rules_begin(&r);
    rules_file(&r, "rules.yaml", taxonomy, true);
    r.o.without = &campaign;
    r.o.nwithout = 1;
    const struct mop_ruleset *rs = rules_load(&r);
    assert_non_null(rs);
    assert_int_equal(rs->nrecords, 1);
    assert_int_equal(rs->nreports, 0);
    assert_int_equal(rs->ndatasets, 0);
    assert_null(rules_check(rs, "named"));
    assert_int_equal(rs->nnot_judged, 3);
    check_text("the rule", rs->not_judged[0].id, MOP_SV("named"));
    check_text("the report", rs->not_judged[1].id, MOP_SV("report R"));
    check_text("the dataset check", rs->not_judged[2].id, MOP_SV("many"));
    rules_end(&r);
}

static void selection(void **state)
{
    (void)state;
    static const struct {
        const char *row, *select, *ignore, *in, *out;
    } T[] = {
        {"by id", "mixed", NULL, "mixed", "named"},
        {"input.* stays", "mixed", NULL, "input.ragged", "lead.id.unique"},
        {"by glob", "lead.source.*", NULL, "lead.source.alias", "mixed"},
        {"by tag", "tag:link", NULL, "named", "mixed"},
        {"a tag of the ladder", "tag:utm", NULL, "lead.source.case", "named"},
        {"by dimension", "dimension:uniqueness", NULL, "lead.id.unique", "lead.id.required"},
        {"by owner", "owner:sdr", NULL, "lead.source.case", "lead.source.alias"},
        {"ignored", NULL, "owner:dg", "mixed", "lead.region.case"},
        {"ignored by name", NULL, "input.ragged", "input.nul", "input.ragged"},
        {"no such rule", "mixxed", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct rules r;
        struct mop_sv select = mop_sv_of(T[i].select), ignore = mop_sv_of(T[i].ignore);
        rules_begin(&r);
        rules_file(&r, "rules.yaml", taxonomy, true);
        r.o.select = &select;
        r.o.nselect = T[i].select != NULL;
        r.o.ignore = &ignore;
        r.o.nignore = T[i].ignore != NULL;
        const struct mop_ruleset *rs = rules_load(&r);
        CHECK(T[i].row, (rs != NULL) == (T[i].in != NULL));
        if (rs) {
            CHECK(T[i].row, rules_check(rs, T[i].in) != NULL);
            CHECK(T[i].row, rules_check(rs, T[i].out) == NULL);
        } else {
            CHECK(T[i].row, strstr(rules_said(&r), "did you mean 'mixed'?") != NULL);
        }
        rules_end(&r);
    }
}

/* The first digest tells what may change a verdict or score, the second any change. */
static void digests(void **state)
{
    (void)state;
#define HEAD "mopslint: 1\nname: t\n"
    static const struct {
        const char *row, *text;
        bool same;
    } T[] = {
        {"comments, quotes, order of keys",
         HEAD "# x\nrecords: {lead: {fields: {b: {length: {max: \"3\"}, required: true}, a: "
              "{values: [x, y]}}}}\n",
         true},
        {"words",
         HEAD "description: d\nversion: 2\nrecords: {lead: {description: e, fields: {a: {values: "
              "[x, y], description: f}, b: {required: true, length: {max: 3}}}}}\n",
         true},
        {"another value",
         HEAD "records: {lead: {fields: {a: {values: [x, z]}, b: {required: true, length: {max: "
              "3}}}}}\n",
         false},
        {"another limit",
         HEAD "records: {lead: {fields: {a: {values: [x, y]}, b: {required: true, length: {max: "
              "4}}}}}\n",
         false},
        {"a field called description",
         HEAD "records: {lead: {fields: {a: {values: [x, y]}, b: {required: true, length: {max: "
              "3}}, description: }}}\n",
         false},
    };
    struct rules r;
    char digest[65], text[65];
    rules_of(&r, HEAD "records: {lead: {fields: {a: {values: [x, y]}, b: {required: true, length: "
                      "{max: 3}}}}}\n");
    strcpy(digest, r.rs->digest);
    strcpy(text, r.rs->text_digest);
    assert_int_equal(strlen(digest), 64);
    rules_end(&r);
    for (size_t i = 0; i < ROWS(T); i++) {
        rules_of(&r, T[i].text);
        CHECK(T[i].row, (strcmp(digest, r.rs->digest) == 0) == T[i].same);
        CHECK(T[i].row, strcmp(text, r.rs->text_digest) != 0);
        rules_end(&r);
    }
}

/* No verdict depends on what only `rules test` reads. */
static void test_digest(void **state)
{
    (void)state;
    static const char *const T[] = {
        HEAD "records: {lead: {fields: {a: {required: {use: true}}}}}\n",
        HEAD "records: {lead: {fields: {a: {required: {use: true, examples: {fail: [{}]}}}}}}\n"
             "tests: [{record: lead, expect: {lead.a.required: fail}}]\n",
    };
    char digest[65];
    struct rules r;
    rules_of(&r, T[0]);
    strcpy(digest, r.rs->digest);
    rules_end(&r);
    rules_of(&r, T[1]);
    assert_string_equal(r.rs->digest, digest);
    rules_end(&r);
}

/* A vocabulary file counts with its contents. */
static void table_digest(void **state)
{
    (void)state;
    static const char *const csv[] = {"value,label\na,\"A, \"\"x\"\"\"\nb,\n",
                                      "value,label\r\na,\"A, \"\"x\"\"\"\r\nc,\r\n"};
    char digest[2][65];
    for (size_t i = 0; i < 2; i++) {
        struct rules r;
        rules_begin(&r);
        rules_file(&r, "v.csv", csv[i], false);
        rules_file(
            &r, "rules.yaml",
            HEAD
            "vocabularies: {v: {file: v.csv}}\nrecords: {lead: {fields: {a: {vocabulary: v}}}}\n",
            true);
        if (!rules_load(&r))
            fail_msg("%s", rules_said(&r));
        const struct mop_vocabulary *v = rules_field(r.rs, "lead", "a")->vocabulary;
        assert_int_equal(v->nterms, 2);
        check_text("label", v->terms[0]->label, MOP_SV("A, \"x\""));
        check_text("second", v->terms[1]->value, i == 0 ? MOP_SV("b") : MOP_SV("c"));
        strcpy(digest[i], r.rs->digest);
        rules_end(&r);
    }
    assert_string_not_equal(digest[0], digest[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks),      cmocka_unit_test(values_in_rules),
        cmocka_unit_test(subjects),    cmocka_unit_test(without),
        cmocka_unit_test(selection),   cmocka_unit_test(digests),
        cmocka_unit_test(test_digest), cmocka_unit_test(table_digest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
