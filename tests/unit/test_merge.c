/* SPDX-License-Identifier: MIT */
#include "rules.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(files), cmocka_unit_test(command_line),
                                       cmocka_unit_test(nothing_to_remove),
                                       cmocka_unit_test(field_sets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
