/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include <stdio.h>

/* Merging of files, and of a record's own words with those of field sets. */

static const char base[] =
    "mopslint: 1\nname: pack\nowner: packer\nversion: 9\n"
    "vocabularies:\n  source:\n    values:\n      google: {aliases: [adwords]}\n      bing: "
    "{aliases: [msn]}\n      ask:\n"
    "records:\n  lead:\n    fields:\n      source: {vocabulary: source}\n      email: {type: "
    "email, columns: [E-Mail, Mail]}\n      gone: {required: true}\n"
    "rules:\n  - {id: one, record: lead, then: {email: {required: true}}}\n  - {id: two, record: "
    "lead, then: {source: google}}\n"
    "reports:\n  - {name: R, target: 90, needs: {lead: {fields: [source]}}}\n"
    "overrides: {lead.gone.required: {severity: warning}}\n";

static const char own[] = "mopslint: 1\nname: acme\nextends: [base]\n"
                          "vocabularies:\n  source:\n    values:\n      google:\n      bing: "
                          "{aliases: [live]}\n      ask: {remove: true}\n      duck:\n"
                          "records:\n  lead:\n    fields:\n      email: {columns: [Address], "
                          "required: true}\n      gone: {remove: true}\n"
                          "rules:\n  - {id: two, severity: warning}\n  - {id: three, record: lead, "
                          "then: {email: {required: true}}}\n  - {id: one, remove: true}\n"
                          "reports:\n  - {name: R, target: 95}\n";

static void files(void **state)
{
    (void)state;
    struct rules r;
    rules_begin(&r);
    rules_file(&r, "base.yaml", base, false);
    rules_file(&r, "own.yaml", own, true);
    if (!rules_load(&r))
        fail_msg("%s", rules_said(&r));
    const struct mop_ruleset *rs = r.rs;
    check_text("name", rs->name, MOP_SV("acme"));
    check_text("owner and version are not inherited", rs->owner, MOP_SV_NONE);
    check_text("owner and version are not inherited", rs->version, MOP_SV_NONE);

    const struct mop_vocabulary *v = rules_field(rs, "lead", "source")->vocabulary;
    assert_int_equal(v->nterms, 3);
    check_text("order of the base", v->terms[0]->value, MOP_SV("google"));
    check_text("new ones follow", v->terms[2]->value, MOP_SV("duck"));
    assert_int_equal(v->terms[0]->naliases, 1); /* an empty entry keeps what is inherited */
    assert_int_equal(v->terms[1]->naliases, 1); /* a list is replaced */
    check_text("a list is replaced", v->terms[1]->aliases[0], MOP_SV("live"));

    const struct mop_field *email = rules_field(rs, "lead", "email");
    assert_int_equal(email->ncolumns, 2);
    check_text("columns", email->columns[1], MOP_SV("Address"));
    assert_string_equal(email->type->name, "email");
    assert_null(rules_field(rs, "lead", "gone"));

    assert_null(rules_check(rs, "one"));
    assert_int_equal(rules_check(rs, "two")->severity, MOP_SEV_WARNING);
    assert_true(rules_check(rs, "two")->index < rules_check(rs, "three")->index);
    check_text("origin", rules_check(rs, "three")->origin, MOP_SV("acme"));
    check_text("origin of an amended rule", rules_check(rs, "two")->origin, MOP_SV("pack"));
    check_text("origin of a check added to an amended field",
               rules_check(rs, "lead.email.required")->origin, MOP_SV("acme"));
    check_text("origin of an inherited check", rules_check(rs, "lead.email.type")->origin,
               MOP_SV("pack"));
    assert_int_equal(rs->nreports, 1);
    assert_int_equal(rs->reports[0].target_records, 950);
    assert_int_equal(rs->reports[0].nneeds, 1);
    rules_end(&r);
}

static void command_line(void **state)
{
    (void)state;
    struct rules r;
    rules_begin(&r);
    rules_file(&r, "base.yaml", base, true);
    rules_file(&r, "own.yaml",
               "mopslint: 1\nname: acme\nextends: [base]\nrecords: {lead: {fields: {phone: {type: "
               "phone}}}}\n",
               true);
    if (!rules_load(&r))
        fail_msg("%s", rules_said(&r));
    check_text("both are one's own: the later name", r.rs->name, MOP_SV("acme"));
    check_text("both are one's own: the only owner", r.rs->owner, MOP_SV("packer"));
    assert_int_equal(r.rs->nfiles, 2); /* each once */
    assert_int_equal(rules_check(r.rs, "lead.gone.required")->severity, MOP_SEV_WARNING);
    rules_end(&r);
}

static void nothing_to_remove(void **state)
{
    (void)state;
    struct rules r;
    rules_of(&r, "mopslint: 1\nname: a\nrecords: {lead: {fields: {id: , old: {remove: "
                 "true}}}}\nvocabularies: {v: {values: {a: , b: {remove: true}}}}\n");
    assert_null(rules_field(r.rs, "lead", "old"));
    assert_int_equal(r.rs->vocabularies[0]->nterms, 1);
    assert_int_equal(r.d.n, 1);
    assert_int_equal(r.d.list[0].level, MOP_WARN);
    assert_string_equal(r.d.list[0].id, "nothing-to-remove");
    rules_end(&r);
}

static const char sets[] =
    "mopslint: 1\nname: acme\n"
    "field_sets:\n"
    "  utm:\n"
    "    fields:\n"
    "      source: {values: [google, bing], columns: [utm_source], required: true}\n"
    "      medium: {required: {when: {source: google}}, length: {max: 20}}\n"
    "      junk: {required: true}\n"
    "    rules:\n"
    "      - {id: both, when: {source: {blank: false}}, then: {medium: {required: true}}, message: "
    "'{source} has no {medium}, {id}'}\n"
    "  bare: {region: {values: [emea]}}\n"
    "records:\n"
    "  lead:\n"
    "    use: [{set: utm, as: utm}, {set: utm, as: first, columns: 'UTM_{name}_FT', severity: "
    "warning}, bare]\n"
    "    fields:\n"
    "      id:\n"
    "      utm_source: {required: {severity: warning}, owner: me}\n"
    "      utm_medium: {length: {remove: true}}\n"
    "      first_source: {required: error}\n"
    "      utm_junk: {remove: true}\n";

static const char staged[] =
    "mopslint: 1\nname: acme\n"
    "field_sets:\n"
    "  path:\n"
    "    fields: {stage: {}, at: {type: date}, other_at: {type: date}}\n"
    "    lifecycles:\n"
    "      - id: way\n"
    "        field: stage\n"
    "        severities: {order: error}\n"
    "        stages: [{name: new, aliases: [neu], entered_at: at}, {name: won, entered_at: "
    "other_at, valid: {until: 2030-01-01}}]\n"
    "records:\n"
    "  lead:\n"
    "    use: [{set: path, as: mild, severity: warning}, {set: path, as: hard, severity: error}, "
    "{set: path}]\n"
    "    fields: {mild_stage: {case: {use: lower, severity: error}, required: error}}\n";

/* The stages are the vocabulary of their field: what a `use` says of its checks holds for theirs.
 */
static void stages_of_field_sets(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        enum mop_severity severity;
    } want[] = {
        {"lead.mild_stage.vocabulary", MOP_SEV_WARNING},
        {"lead.mild_stage.alias", MOP_SEV_WARNING},
        {"lead.mild_stage.whitespace", MOP_SEV_WARNING},
        {"lead.mild_stage.case", MOP_SEV_ERROR}, /* the record's own words come first */
        {"lead.mild_stage.deprecated", MOP_SEV_WARNING},
        {"lead.mild.way.skipped", MOP_SEV_WARNING},
        {"lead.mild_stage.required", MOP_SEV_ERROR},
        {"lead.hard_stage.vocabulary", MOP_SEV_ERROR},
        {"lead.hard_stage.deprecated", MOP_SEV_ERROR}, /* all of them, what warns by nature too */
        {"lead.stage.vocabulary", MOP_SEV_ERROR},
        {"lead.stage.deprecated", MOP_SEV_WARNING},
    };
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, staged);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct mop_check *c = rules_check(rs, want[i].id);
        if (!c || c->severity != want[i].severity)
            fail_msg("%s: %s", want[i].id, c ? mop_severity_names[c->severity] : "is not there");
    }
    rules_end(&r);
}

static void field_sets(void **state)
{
    (void)state;
    struct rules r;
    const struct mop_ruleset *rs = rules_of(&r, sets);
    const struct mop_field *first = rules_field(rs, "lead", "first_source");
    assert_non_null(rules_field(rs, "lead", "region")); /* a bare mapping means fields */
    assert_null(rules_field(rs, "lead", "utm_junk"));
    assert_non_null(rules_field(rs, "lead", "first_junk"));
    assert_null(rules_check(rs, "lead.utm_medium.length"));
    assert_non_null(rules_check(rs, "lead.first_medium.length"));
    check_text("column by pattern", first->columns[1], MOP_SV("UTM_source_FT"));
    check_text("the set's own columns", rules_field(rs, "lead", "utm_source")->columns[1],
               MOP_SV("utm_source"));
    assert_int_equal(rules_check(rs, "lead.utm_source.required")->severity,
                     MOP_SEV_WARNING); /* own over the set's */
    assert_int_equal(rules_check(rs, "lead.utm_medium.required")->severity, MOP_SEV_ERROR);
    assert_int_equal(rules_check(rs, "lead.first_medium.required")->severity,
                     MOP_SEV_WARNING); /* by the use */
    assert_int_equal(rules_check(rs, "lead.first_source.vocabulary")->severity, MOP_SEV_WARNING);
    assert_int_equal(rules_check(rs, "lead.first_source.required")->severity,
                     MOP_SEV_ERROR); /* said by the record itself */
    const struct mop_check *both = rules_check(rs, "lead.first.both");
    assert_non_null(rules_check(rs, "lead.utm.both"));
    assert_int_equal(both->severity, MOP_SEV_WARNING);
    check_text("names are relative", both->subjects[0]->name, MOP_SV("first_medium"));
    check_text("names in when", both->when->test->fields[0]->name, MOP_SV("first_source"));
    check_text("names in messages", both->message,
               MOP_SV("{first_source} has no {first_medium}, {id}"));
    check_text("names in the condition of a field",
               rules_check(rs, "lead.first_medium.required")->when->test->fields[0]->name,
               MOP_SV("first_source"));
    rules_end(&r);
}

/* A bare set and a whole one are the same thing, in either order. */
static void bare_sets(void **state)
{
    static const char bare[] = "mopslint: 1\nname: bare\nfield_sets: {utm: {source: {required: "
                               "true}, rules: {length: {max: 9}}}}\nrecords: {lead: {use: utm}}\n";
    static const char whole[] =
        "mopslint: 1\nname: whole\nfield_sets: {utm: {fields: {source: {case: lower}, medium: }, "
        "rules: [{id: both, then: {all_or_none: [source, medium]}}]}}\n";
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct rules r;
        rules_begin(&r);
        rules_file(&r, "a.yaml", i ? bare : whole, true);
        rules_file(&r, "b.yaml", i ? whole : bare, true);
        if (!rules_load(&r))
            fail_msg("%s", rules_said(&r));
        assert_non_null(rules_check(r.rs, "lead.source.required"));
        assert_non_null(rules_check(r.rs, "lead.source.case"));
        assert_non_null(rules_check(r.rs, "lead.rules.length")); /* a field may be called `rules` */
        assert_non_null(rules_check(r.rs, "lead.both"));
        check_text("origin", rules_check(r.rs, "lead.source.case")->origin, MOP_SV("whole"));
        check_text("origin", rules_check(r.rs, "lead.source.required")->origin, MOP_SV("bare"));
        rules_end(&r);
    }
}

/* What `use` of a file extended and of one's own make together: fields of the record, in order. */
static const struct use_case {
    const char *base, *own, *fields;
} uses[] = {
    {"a", "b", "x y"},
    {"[a]", "[b]", "x y"},
    {"[a]", "[a]", "x"},
    {"[a]", "[{set: a, as: p}]", "x p_x"},
    {"[{set: a, as: p}]", "[{set: a, as: q}, {set: a, as: p, remove: true}]", "q_x"},
    {"[a, b]", "[{set: a, remove: true}]", "y"},
    {"a", "{set: a, remove: true}", ""},
    {"[a, b]", "[]", ""},
};

static void merged_uses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        char base_text[400], own_text[400], got[80] = "";
        struct rules r;
        snprintf(base_text, sizeof base_text,
                 "mopslint: 1\nname: base\nfield_sets: {a: {x: }, b: {y: }}\nrecords: {lead: {use: "
                 "%s}}\n",
                 uses[i].base);
        snprintf(own_text, sizeof own_text,
                 "mopslint: 1\nname: own\nextends: base.yaml\nrecords: {lead: {use: %s}}\n",
                 uses[i].own);
        rules_begin(&r);
        rules_file(&r, "base.yaml", base_text, false);
        rules_file(&r, "own.yaml", own_text, true);
        if (!rules_load(&r))
            fail_msg("%s and %s: %s", uses[i].base, uses[i].own, rules_said(&r));
        const struct mop_record *lead = mop_ruleset_record(r.rs, MOP_SV("lead"));
        for (size_t k = 0; k < lead->nfields; k++) {
            strcat(got, k ? " " : "");
            strncat(got, lead->fields[k]->name.p, lead->fields[k]->name.n);
        }
        check_text(uses[i].own, mop_sv_of(got), mop_sv_of(uses[i].fields));
        rules_end(&r);
    }
}

/* An amended use changes its severity, and keeps the place of the one inherited. */
static void amended_use(void **state)
{
    (void)state;
    struct rules r;
    rules_begin(&r);
    rules_file(&r, "base.yaml",
               "mopslint: 1\nname: base\nfield_sets: {a: {x: {required: true}}}\n"
               "records: {lead: {use: [{set: a, as: p, columns: 'P {name}'}]}}\n",
               true);
    rules_file(&r, "own.yaml",
               "mopslint: 1\nname: own\nrecords: {lead: {use: [{set: a, as: p, severity: "
               "warning}]}}\n",
               true);
    if (!rules_load(&r))
        fail_msg("%s", rules_said(&r));
    assert_int_equal(rules_check(r.rs, "lead.p_x.required")->severity, MOP_SEV_WARNING);
    check_text("columns of the base", rules_field(r.rs, "lead", "p_x")->columns[1], MOP_SV("P x"));
    rules_end(&r);
}

/* A looked-up field is what the parent's field is, whichever way the reference is written. */
static void looked_up_types(void **state)
{
    static const char *const ways[] = {
        "fields: {p: {references: product.name}, price: {derive: {lookup: {via: p, field: price}}, "
        "range: {min: 1}}, mail: {derive: {lookup: {via: p, field: mail}}}, when: {derive: "
        "{lookup: "
        "{via: p, field: since}}, type: datetime}}",
        "use: s",
    };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char text[1200];
        struct rules r;
        snprintf(
            text, sizeof text,
            "mopslint: 1\nname: t\nfield_sets: {s: {fields: {p: , price: {derive: {lookup: {via: "
            "p, field: price}}, range: {min: 1}}, mail: {derive: {lookup: {via: p, field: "
            "mail}}}, when: {derive: {lookup: {via: p, field: since}}, type: datetime}}, rules: "
            "[{id: there, then: {p: {references: product.name}}}]}}\n"
            "records:\n  deal: {%s}\n"
            "  product: {fields: {name: , price: {type: decimal}, mail: {type: email}, since: "
            "{type: {use: date, formats: [D.M.YYYY]}}}}\n",
            ways[i]);
        rules_of(&r, text);
        assert_string_equal(rules_field(r.rs, "deal", "price")->type->name, "decimal");
        assert_true(rules_field(r.rs, "deal", "mail")->personal);
        assert_string_equal(rules_field(r.rs, "deal", "when")->type->name, "datetime");
        assert_null(rules_check(r.rs, "deal.price.type")); /* the parent's check tells it */
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(files),
                                       cmocka_unit_test(command_line),
                                       cmocka_unit_test(nothing_to_remove),
                                       cmocka_unit_test(field_sets),
                                       cmocka_unit_test(stages_of_field_sets),
                                       cmocka_unit_test(bare_sets),
                                       cmocka_unit_test(merged_uses),
                                       cmocka_unit_test(amended_use),
                                       cmocka_unit_test(looked_up_types)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
