/* SPDX-License-Identifier: MIT */
#include "bench.h"

/* Derived fields: what comes out, and when it is blank or cannot be told. */

static const char yaml[] =
    "mopslint: 1\nname: t\nblanks: ['', n/a]\n"
    "records:\n"
    "  lead:\n"
    "    fields:\n"
    "      url: {type: url}\n"
    "      loose:\n"
    "      source: {values: [google, email, fb], case: lower}\n"
    "      medium:\n"
    "      campaign: {template: {use: '{region}_{product}[_{variant}]', when: {medium: {not_in: "
    "[none]}}},\n"
    "        parts: {region: {values: [emea, amer]}, product: {pattern: '[a-z]+'}, variant: "
    "{pattern: '\\d+'}}}\n"
    "      email: {type: email}\n"
    "      tags:\n"
    "      product: {references: product.name}\n"
    "      p_source: {derive: {url_param: url, name: utm_source}}\n"
    "      p_loose: {derive: {url_param: loose, name: utm_source}}\n"
    "      host: {derive: {url_host: url}}\n"
    "      channel: {derive: {ga4_channel: {source: source, medium: medium, campaign: campaign}}}\n"
    "      old: {derive: {ga4_channel: {source: source, medium: medium, version: ga4-2023-07}}}\n"
    "      mail_domain: {derive: {email_domain: email}}\n"
    "      region: {derive: {part: campaign.region}}\n"
    "      variant: {derive: {part: campaign.variant}}\n"
    "      market: {derive: {map: {from: source, table: {Google: Search, fb: Social}}}}\n"
    "      other: {derive: {map: {from: medium, table: {a: b}, else: none of them}}}\n"
    "      code: {derive: {capture: {from: loose, pattern: '.*/(c-\\d+)(/.*)?'}}}\n"
    "      first: {derive: {json: {from: tags, at: /0/value}}}\n"
    "      each: {derive: {json: {from: tags, at: '/*/value'}}}\n"
    "      deep: {derive: {json: {from: tags, at: /a~1b/m~0n}}}\n"
    "      root: {derive: {json: {from: tags, at: ''}}}\n"
    "      series: {derive: {lookup: {via: product, field: series}}}\n"
    "      chain: {derive: {map: {from: region, table: {emea: Europe}}}}\n"
    "  product: {fields: {name: , series: }}\n";

static bool look(struct mop_run *run, const struct mop_derive_lookup *l, struct mop_sv key,
                 struct mop_sv *value, enum mop_state *state)
{
    (void)run;
    assert_true(mop_sv_eqs(l->wanted->name, "series"));
    *value = MOP_SV("GTX");
    *state = mop_sv_eqs(key, "failed")  ? MOP_ST_UNREADABLE
             : mop_sv_eqs(key, "plain") ? MOP_ST_EMPTY
                                        : MOP_ST_VALUE;
    return !mop_sv_eqs(key, "orphan");
}

static void computes(void **state)
{
    (void)state;
    static const char blank[] = "", undecided[] = "?";
    static const struct {
        const char *row, *record, *field, *value; /* value: blank, undecided, or what comes out */
    } T[] = {
        {"a parameter, decoded", "url=https://a.example/?utm_source=a%20b", "p_source", "a b"},
        {"the first of two", "url=https://a.example/?utm_source=a&utm_source=b", "p_source", "a"},
        {"none", "url=https://a.example/?x=1", "p_source", blank},
        {"an empty one", "url=https://a.example/?utm_source=", "p_source", blank},
        {"one that counts as blank", "url=https://a.example/?utm_source=n/a", "p_source", blank},
        {"from a blank", "", "p_source", blank},
        {"from an unparsable URL", "url=a.example?utm_source=a", "p_source", undecided},
        {"untyped, with blanks around", "loose= https://a.example/?utm_source=a ", "p_loose", "a"},
        {"untyped and no URL", "loose=hello", "p_loose", undecided},
        {"host", "url=https://Shop.A.example:8080/x", "host", "shop.a.example"},
        {"host of a blank", "", "host", blank},
        {"channel", "source=google|medium=cpc", "channel", "Paid Search"},
        {"channel: a blank medium is empty", "source=google", "channel", "Organic Search"},
        {"channel: by meant form", "source=Google|medium=cpc", "channel", "Paid Search"},
        {"channel: all blank", "", "channel", blank},
        {"channel: source refused", "source=zzz|medium=cpc", "channel", undecided},
        {"channel: campaign decides", "source=fb|medium=cpc|campaign=cross-network", "channel",
         "Cross-network"},
        {"channel: an older table, without campaign; source beats medium", "source=fb|medium=email",
         "old", "Organic Social"},
        {"mail domain", "email=Ann@ACME.example", "mail_domain", "acme.example"},
        {"mail domain of no address", "email=ann", "mail_domain", undecided},
        {"part", "medium=x|campaign=emea_gtx_1", "region", "emea"},
        {"part: left out", "medium=x|campaign=emea_gtx", "variant", blank},
        {"part: the template failed", "medium=x|campaign=emea2_gtx", "region", undecided},
        {"part: the template does not apply", "medium=none|campaign=emea_gtx", "region", blank},
        {"part: of a blank", "medium=x", "region", blank},
        {"a derived field of a derived field", "medium=x|campaign=emea_gtx", "chain", "Europe"},
        {"... undecided with it", "medium=x|campaign=emea2_gtx", "chain", undecided},
        {"map: both sides by meant form", "source=GOOGLE", "market", "Search"},
        {"map: no entry", "source=email", "market", blank},
        {"map: refused", "source=zzz", "market", undecided},
        {"map: else", "medium=x", "other", "none of them"},
        {"map: from a blank, else or not", "", "other", blank},
        {"capture", "loose=https://x/c-12/y", "code", "c-12"},
        {"capture: no match", "loose=https://x/d-12/y", "code", blank},
        {"json", "tags=[{\"value\": \"a b\"}, {\"value\": \"c\"}]", "first", "a b"},
        {"json: every element, each value once",
         "tags=[{\"value\": \"a\"}, {\"x\": 1}, {\"value\": \"c\"}, {\"value\": \"a\"}]", "each",
         "a;c"},
        {"json: numbers", "tags=[{\"value\": 1.10}, {\"value\": 12}]", "each", "1.10;12"},
        {"json: long numbers and exponents", "tags=[1e2, -0, 12345678901234567890.5]", "root",
         "[1e2,-0,12345678901234567890.5]"},
        {"json: no number", "tags=[01.5]", "root", undecided},
        {"json: null is blank", "tags=[{\"value\": null}]", "first", blank},
        {"json: not there", "tags=[]", "first", blank},
        {"json: no JSON", "tags=[{]", "first", undecided},
        {"json: escapes of the pointer", "tags={\"a/b\": {\"m~n\": true}}", "deep", "true"},
        {"json: the whole", "tags=[1, {\"a\": [ ]}]", "root", "[1,{\"a\":[]}]"},
        {"json: a leading zero is no index", "tags=[[1]]", "first", blank},
        {"look-up", "product=x", "series", "GTX"},
        {"look-up: the parent's blank", "product=plain", "series", blank},
        {"look-up: no parent", "product=orphan", "series", undecided},
        {"look-up: a failed parent", "product=failed", "series", undecided},
        {"look-up from a blank", "", "series", blank},
    };
    struct bench b;
    bench_open(&b, yaml);
    b.record = mop_ruleset_record(b.rs, MOP_SV("lead"));
    b.run.lookup = look;
    for (size_t i = 0; i < ROWS(T); i++) {
        bench_record(&b, T[i].record);
        const struct mop_value *v = &b.values[rules_field(b.rs, "lead", T[i].field)->index];
        if (T[i].value == undecided)
            CHECK(T[i].row, v->state == MOP_ST_UNREADABLE);
        else if (T[i].value == blank)
            CHECK(T[i].row, MOP_IS_BLANK(v->state));
        else
            check_text(T[i].row, v->written, mop_sv_of(T[i].value));
        mop_arena_reset(&b.scratch);
    }
    bench_close(&b);
}

/* A missing column is missing in what comes from it; an unreadable cell leaves it open. */
static void states(void **state)
{
    (void)state;
    static const enum mop_state T[][3] = {
        /* source, medium, channel */
        {MOP_ST_MISSING, MOP_ST_VALUE, MOP_ST_MISSING},
        {MOP_ST_UNREADABLE, MOP_ST_VALUE, MOP_ST_UNREADABLE},
        {MOP_ST_UNREADABLE, MOP_ST_MISSING, MOP_ST_MISSING},
        {MOP_ST_NULL, MOP_ST_PLACEHOLDER, MOP_ST_EMPTY},
        {MOP_ST_ABSENT, MOP_ST_VALUE, MOP_ST_VALUE},
    };
    struct bench b;
    bench_open(&b, yaml);
    const struct mop_derive *d = rules_field(b.rs, "lead", "old")->derive;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_value source = {.state = T[i][0], .known = true, .meant = MOP_SV("google")};
        struct mop_value medium = {.state = T[i][1], .known = true, .meant = MOP_SV("cpc")};
        struct mop_sv out;
        assert_int_equal(mop_derive_compute(d, (const struct mop_value *[]){&source, &medium},
                                            &b.run, &b.scratch, &out),
                         T[i][2]);
    }
    bench_close(&b);
}

static void binding(void **state)
{
    (void)state;
    struct bench b;
    bench_open(&b, yaml);
    const struct mop_derive *part = rules_field(b.rs, "lead", "region")->derive,
                            *look_up = rules_field(b.rs, "lead", "series")->derive;
    assert_true(part->per_record); /* its template has a `when` */
    assert_int_equal(part->nafter, 1);
    assert_ptr_equal(part->after[0], rules_field(b.rs, "lead", "medium"));
    assert_ptr_equal(look_up->lookup->target, rules_field(b.rs, "product", "name"));
    assert_ptr_equal(look_up->lookup->wanted, rules_field(b.rs, "product", "series"));
    assert_false(rules_field(b.rs, "lead", "host")->derive->per_record);
    bench_close(&b);
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row, *derive, *said;
    } T[] = {
        {"unknown kind", "{url_parm: a}", "did you mean 'url_param'?"},
        {"no kind", "{}", "'derive' wants one of"},
        {"unknown field", "{url_host: nope}", "has no field 'nope'"},
        {"from itself", "{url_host: d}", "derived from itself"},
        {"no parameter", "{url_param: a}", "name: utm_source"},
        {"unknown option", "{url_host: a, name: x}", "unknown key 'name'"},
        {"no medium", "{ga4_channel: {source: a}}",
         "'ga4_channel' wants the field to read: medium"},
        {"unknown table", "{ga4_channel: {source: a, medium: a, version: x}}",
         "there is no channel table 'x'"},
        {"part without a dot", "{part: a}", "write FIELD.PART"},
        {"part without a template", "{part: a.b}", "'a' has no template"},
        {"unknown part", "{part: t.regio}", "did you mean 'region'?"},
        {"map without a table", "{map: {from: a}}", "'map' wants a table"},
        {"capture without a group", "{capture: {from: a, pattern: 'x'}}",
         "has no group to capture"},
        {"a pointer without a slash", "{json: {from: a, at: x}}", "a JSON pointer begins with '/'"},
        {"a lone tilde", "{json: {from: a, at: /~2}}", "'~' stands before 0 or 1"},
        {"look-up of no reference", "{lookup: {via: a, field: x}}",
         "'a' references nothing to look up"},
        {"look-up of an unknown field", "{lookup: {via: r, field: x}}",
         "record type 'p' has no field 'x'"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct rules r;
        char text[1024];
        snprintf(text, sizeof text,
                 "mopslint: 1\nname: t\nrecords:\n  lead:\n    fields:\n      a:\n      r: "
                 "{references: p.n}\n"
                 "      t: {template: '{region}', parts: {region: {values: [x]}}}\n      d: "
                 "{derive: %s}\n  p: {fields: {n: }}\n",
                 T[i].derive);
        rules_begin(&r);
        rules_file(&r, "rules.yaml", text, true);
        CHECK(T[i].row, !rules_load(&r));
        if (!strstr(rules_said(&r), T[i].said))
            fail_msg("%s: want '%s' in\n%s", T[i].row, T[i].said, rules_said(&r));
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(computes), cmocka_unit_test(states),
                                       cmocka_unit_test(binding), cmocka_unit_test(faults)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
