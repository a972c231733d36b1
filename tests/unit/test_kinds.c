/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "rules/args.h"
#include "rules/kinds.h"

/* Rule kinds: what each says of a value, in which words, and what it proposes. */

#define TOP "mopslint: 1\nname: t\nblanks: ['', n/a]\nown_domains: [acme.example]\n"

static void table(void **state)
{
    (void)state;
    for (size_t i = 0; mop_kinds[i]; i++) {
        const struct mop_kind *k = mop_kinds[i];
        CHECK(k->name, k->summary && k->doc && k->schema);
        CHECK(k->name, mop_kind_find(mop_sv_of(k->name)) == k);
        CHECK(k->name, k->severity == MOP_SEV_ERROR || k->severity == MOP_SEV_WARNING);
        bool stands = k->flags & (MOP_K_CONDITION | MOP_K_ASSERT | MOP_K_HIDDEN);
        CHECK(k->name, stands);
        bool asked = k->value || k->row || k->key || k->expand ||
                     !(k->flags & (MOP_K_CONDITION | MOP_K_ASSERT));
        CHECK(k->name, asked);
        CHECK(k->name, k->explain || !(k->flags & MOP_K_ASSERT));
    }
    assert_null(mop_kind_find(MOP_SV("requird")));
}

/* design.md section 3: 'Default severity', 'Default dimension'. */
static void defaults(void **state)
{
    (void)state;
    static const char *const warnings[] = {"deprecated", "provisional", "length", "max_age",
                                           "sla",        "free-mail",   "role"};
    static const struct {
        const char *name;
        enum mop_dimension dimension;
    } dimensions[] = {
        {"required", MOP_DIM_COMPLETENESS},  {"all_or_none", MOP_DIM_COMPLETENESS},
        {"requires", MOP_DIM_COMPLETENESS},  {"unique", MOP_DIM_UNIQUENESS},
        {"whitespace", MOP_DIM_CONSISTENCY}, {"case", MOP_DIM_CONSISTENCY},
        {"separator", MOP_DIM_CONSISTENCY},  {"alias", MOP_DIM_CONSISTENCY},
        {"blank", MOP_DIM_CONSISTENCY},      {"equals_field", MOP_DIM_CONSISTENCY},
        {"references", MOP_DIM_CONSISTENCY}, {"combinations", MOP_DIM_CONSISTENCY},
        {"determines", MOP_DIM_CONSISTENCY}, {"before", MOP_DIM_CONSISTENCY},
        {"not_before", MOP_DIM_CONSISTENCY}, {"after", MOP_DIM_CONSISTENCY},
        {"skipped", MOP_DIM_CONSISTENCY},    {"order", MOP_DIM_CONSISTENCY},
        {"back", MOP_DIM_CONSISTENCY},       {"transition", MOP_DIM_CONSISTENCY},
        {"max_age", MOP_DIM_TIMELINESS},     {"sla", MOP_DIM_TIMELINESS},
    };
    for (size_t i = 0; mop_kinds[i]; i++) {
        bool warning = false;
        enum mop_dimension dimension = MOP_DIM_VALIDITY;
        for (size_t k = 0; k < ROWS(warnings); k++)
            warning |= !strcmp(warnings[k], mop_kinds[i]->name);
        for (size_t k = 0; k < ROWS(dimensions); k++)
            if (!strcmp(dimensions[k].name, mop_kinds[i]->name))
                dimension = dimensions[k].dimension;
        CHECK(mop_kinds[i]->name,
              mop_kinds[i]->severity == (warning ? MOP_SEV_WARNING : MOP_SEV_ERROR));
        CHECK(mop_kinds[i]->name, mop_kinds[i]->dimension == dimension);
    }
}

static void values(void **state)
{
    (void)state;
    static const char yaml[] = TOP
        "vocabularies:\n"
        "  source:\n"
        "    fold: [blanks, case, separators]\n"
        "    values: {google: , linkedin: {aliases: [li]}, paid_x: , old: {use: google}, twitter: "
        "{valid: {until: 2023-07-31}, use: linkedin},\n"
        "             tik: {provisional: {until: 2026-12-31, by: dana}}}\n"
        "    groups: {paid: [linkedin, {pattern: 'paid_.*'}]}\n"
        "records:\n"
        "  lead:\n"
        "    kind: lead\n"
        "    fields:\n"
        "      owner: {required: error}\n"
        "      asked: {required: {of: [placeholder]}}\n"
        "      empty: {blank: true}\n"
        "      source: {vocabulary: source}\n"
        "      region: {values: [emea, amer, apac]}\n"
        "      low: {case: lower}\n"
        "      up: {case: upper}\n"
        "      code: {pattern: 'C-\\d{4}'}\n"
        "      nocase: {pattern: {use: 'c-\\d', ignore_case: true}}\n"
        "      clean: {not_pattern: ' - Copy'}\n"
        "      slow: {pattern: '(a+)+$'}\n"
        "      deny: {not_values: [undefined, 'null', n/a]}\n"
        "      denied: {not_values: n/a}\n"
        "      industry: {values: [tech, retail, health, media, energy, travel, legal, sports, "
        "other]}\n"
        "      land: {type: country}\n"
        "      token: {not_values: {use: [test], tokens: true, ignore_case: true}}\n"
        "      short: {length: 5}\n"
        "      span: {length: {min: 2, max: 3}}\n"
        "      email: {type: email, free-mail: true, disposable: true, role: true}\n"
        "      amount: {type: decimal, range: {min: 0, below: 100}}\n"
        "      day: {type: date, max_age: 30d, range: {above: 2020-01-01}}\n"
        "      site: {domain: [acme.example, x.test]}\n"
        "      link: {type: url, url: {https: true, no_macros: true, duplicate-param: warning}}\n"
        "      text: {no_macros: true, no_pii: true}\n"
        "      many: {items: {separator: ';', vocabulary: source}}\n"
        "      codes: {items: {separator: ',', pattern: '\\d+'}}\n";
    static const struct bench_row rows[] = {
        {"a value is there", "owner=dana", "lead.owner.required", MOP_PASS, NULL, NULL},
        {"empty", "owner=", "lead.owner.required", MOP_FAIL, "owner is empty", ""},
        {"blanks only", "owner=  ", "lead.owner.required", MOP_FAIL, "owner holds only blanks", ""},
        {"a placeholder, in any case", "owner=N/A", "lead.owner.required", MOP_FAIL,
         "owner holds the placeholder 'N/A'", ""},
        {"`of` leaves other blanks alone", "asked=", "lead.asked.required", MOP_NA, NULL, NULL},
        {"`of` answers its own", "asked=n/a", "lead.asked.required", MOP_FAIL, NULL, NULL},
        {"blank: a value is wrong", "empty=x", "lead.empty.blank", MOP_FAIL,
         "empty is 'x' and should be empty", ""},
        {"blank: none is right", "empty=n/a", "lead.empty.blank", MOP_PASS, NULL, NULL},
        {"exact", "source=google", "lead.source.vocabulary", MOP_PASS, NULL, NULL},
        {"a rung is no unknown value", "source=Google", "lead.source.vocabulary", MOP_PASS, NULL,
         NULL},
        {"unknown, with a guess", "source=gogle", "lead.source.vocabulary", MOP_FAIL,
         "'gogle' is not 'google', 'linkedin', 'paid_x', 'old', 'twitter' or 'tik'; did you mean "
         "'google'?",
         "google"},
        {"unknown, without", "source=zzzzzzzz", "lead.source.vocabulary", MOP_FAIL, NULL, ""},
        {"blanks around", "source= google", "lead.source.whitespace", MOP_FAIL,
         "' google' has blanks around 'google'", "!google"},
        {"the other rungs pass", "source= google", "lead.source.case", MOP_PASS, NULL, NULL},
        {"case", "source=Google", "lead.source.case", MOP_FAIL, "'Google' is written 'google'",
         "!google"},
        {"separator", "source=paid-x", "lead.source.separator", MOP_FAIL,
         "'paid-x' is written 'paid_x'", "!paid_x"},
        {"alias", "source=li", "lead.source.alias", MOP_FAIL,
         "'li' is another name of 'linkedin': reports show them apart", "!linkedin"},
        {"deprecated with use", "source=old", "lead.source.deprecated", MOP_FAIL,
         "'old' is not used any more; use 'google'", "!google"},
        {"provisional", "source=tik", "lead.source.provisional", MOP_FAIL,
         "'tik' is not agreed on yet, accepted until 2026-12-31 (asked for by dana)", ""},
        {"values: unknown", "region=emea2", "lead.region.vocabulary", MOP_FAIL,
         "'emea2' is not 'emea', 'amer' or 'apac'; did you mean 'emea'?", "emea"},
        {"values: the ladder too", "region=EMEA", "lead.region.case", MOP_FAIL, NULL, "!emea"},
        {"lower case", "low=Spring_Sale", "lead.low.case", MOP_FAIL,
         "'Spring_Sale' is written 'spring_sale'", "!spring_sale"},
        {"lower case kept", "low=spring", "lead.low.case", MOP_PASS, NULL, NULL},
        {"upper case", "up=eu1", "lead.up.case", MOP_FAIL, NULL, "!EU1"},
        {"pattern is whole", "code=xC-1234", "lead.code.pattern", MOP_FAIL, NULL, ""},
        {"pattern passes", "code=C-1234", "lead.code.pattern", MOP_PASS, NULL, NULL},
        {"pattern reads the written form: blanks are wrong, and certain", "code=C-1234 ",
         "lead.code.pattern", MOP_FAIL, "'C-1234 ' has blanks around 'C-1234'", "!C-1234"},
        {"pattern without case", "nocase=C-1", "lead.nocase.pattern", MOP_PASS, NULL, NULL},
        {"a blank is not asked", "code=n/a", "lead.code.pattern", MOP_NA, NULL, NULL},
        {"catastrophe ends at the limit", "slow=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
         "lead.slow.pattern", MOP_UNDECIDED, NULL, NULL},
        {"not_pattern names the piece", "clean=Spring - Copy 2", "lead.clean.not_pattern", MOP_FAIL,
         "'Spring - Copy 2' contains ' - Copy', which is not allowed in clean", ""},
        {"deny-list", "deny=undefined", "lead.deny.not_values", MOP_FAIL,
         "deny is 'undefined', which is not allowed", ""},
        {"deny-list: a word that is a blank does no harm", "deny=n/a", "lead.deny.not_values",
         MOP_NA, NULL, NULL},
        {"deny-list: of blanks alone", "denied=x", "lead.denied.not_values", MOP_PASS, NULL, NULL},
        {"a long list without a name is its field's", "industry=zzzzzzzz",
         "lead.industry.vocabulary", MOP_FAIL, "'zzzzzzzz' is none of the 9 values of 'industry'",
         ""},
        {"and with a guess", "industry=retial", "lead.industry.vocabulary", MOP_FAIL,
         "'retial' is none of the 9 values of 'industry'; did you mean 'retail'?", "retail"},
        {"a country's name with a slip", "land=Germny", "lead.land.type", MOP_FAIL,
         "'Germny' is no country: it is no country of ISO 3166 by code or English name; did you "
         "mean "
         "'DE' (germany)?",
         "DE"},
        {"an everyday name", "land=UK", "lead.land.type", MOP_PASS, NULL, NULL},
        {"a part of a country", "land=England", "lead.land.type", MOP_FAIL,
         "'England' is no country: it is no country of ISO 3166 by code or English name; did you "
         "mean 'GB'?",
         "GB"},
        {"no guess at a code", "land=XQ", "lead.land.type", MOP_FAIL, NULL, ""},
        {"deny-list: the meant form", "deny= undefined ", "lead.deny.not_values", MOP_FAIL, NULL,
         NULL},
        {"deny-list: whole values only", "deny=undefined2", "lead.deny.not_values", MOP_PASS, NULL,
         NULL},
        {"deny-list: a token", "token=spring-TEST_2", "lead.token.not_values", MOP_FAIL,
         "token is 'spring-TEST_2': the word 'test' is not allowed in it", ""},
        {"deny-list: test is not in contest", "token=contest", "lead.token.not_values", MOP_PASS,
         NULL, NULL},
        {"length counts characters", "short=\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4",
         "lead.short.length", MOP_PASS, NULL, NULL},
        {"too long", "short=abcdef", "lead.short.length", MOP_FAIL,
         "short 'abcdef' has 6 characters, at most 5 are allowed", ""},
        {"too short", "span=a", "lead.span.length", MOP_FAIL,
         "span 'a' has 1 character, at least 2 are allowed", ""},
        {"type says why", "email=ann@", "lead.email.type", MOP_FAIL, NULL, NULL},
        {"type: blanks within are a guess", "email=ann smith@acme.example", "lead.email.type",
         MOP_FAIL, NULL, "annsmith@acme.example"},
        {"free mail", "email=ann@gmail.com", "lead.email.free-mail", MOP_FAIL,
         "'***' is a private mailbox at 'gmail.com'", ""},
        {"business mail", "email=ann@acme.example", "lead.email.free-mail", MOP_PASS, NULL, NULL},
        {"throw-away", "email=x@mailinator.com", "lead.email.disposable", MOP_FAIL, NULL, ""},
        {"throw-away, or misspelt", "email=Ann@GMIAL.com", "lead.email.disposable", MOP_FAIL,
         "'***' is a throw-away address at 'gmial.com'; did you mean 'gmail.com'?",
         "Ann@gmail.com"},
        {"a throw-away that looks like another", "email=x@tmail.com", "lead.email.disposable",
         MOP_FAIL, NULL, ""},
        {"a desk", "email=info@acme.example", "lead.email.role", MOP_FAIL,
         "'***' is a shared mailbox ('info'), not a person", ""},
        {"range: minimum is in", "amount=0", "lead.amount.range", MOP_PASS, NULL, NULL},
        {"range: below is out", "amount=100.00", "lead.amount.range", MOP_FAIL,
         "amount '100.00' is not less than 100", ""},
        {"range: refused by its type", "amount=ten", "lead.amount.range", MOP_UNDECIDED, NULL,
         NULL},
        {"range of dates", "day=2020-01-01", "lead.day.range", MOP_FAIL,
         "day '2020-01-01' is not more than 2020-01-01", ""},
        {"young enough, to the day", "day=2026-10-23", "lead.day.max_age", MOP_PASS, NULL, NULL},
        {"too old", "day=2026-10-22", "lead.day.max_age", MOP_FAIL,
         "day '2026-10-22' is older than 30d: 31 days", ""},
        {"domain of an address", "site=ann@mail.acme.example", "lead.site.domain", MOP_PASS, NULL,
         NULL},
        {"domain of a URL", "site=https://shop.x.test/a?b", "lead.site.domain", MOP_PASS, NULL,
         NULL},
        {"domain: not a suffix of letters", "site=notacme.example", "lead.site.domain", MOP_FAIL,
         "'notacme.example' is at 'notacme.example', not at 'acme.example' or 'x.test'", ""},
        {"url: https", "link=http://a.example/", "lead.link.url.https", MOP_FAIL, NULL, NULL},
        {"url: no_macros is macros", "link=https://a.example/?utm_source={{site}}",
         "lead.link.url.macros", MOP_FAIL, NULL, NULL},
        {"url: a severity of its own", "link=https://a.example/?utm_source=a&utm_source=b",
         "lead.link.url.duplicate-param", MOP_FAIL, NULL, NULL},
        {"a macro in text", "text={{campaign.name}}", "lead.text.no_macros", MOP_FAIL,
         "text '{{campaign.name}}' holds the macro '{{campaign.name}}', which the ad platform or "
         "mail tool did not replace",
         ""},
        {"an escaped macro", "text=%7B%7Bcampaign.name%7D%7D", "lead.text.no_macros", MOP_FAIL,
         NULL, NULL},
        {"an address in text, which is not repeated", "text=from ann@acme.example",
         "lead.text.no_pii", MOP_FAIL, "text holds an email address", ""},
        {"plain text", "text=spring sale 2026", "lead.text.no_pii", MOP_PASS, NULL, NULL},
        {"items: all right", "many=google; linkedin", "lead.many.items", MOP_PASS, NULL, NULL},
        {"items: a spelling is no unknown item", "many=Google;li;paid_x", "lead.many.items",
         MOP_PASS, NULL, NULL},
        {"items: a rung of its own: certain, and of its items alone", "many=Google;li;GOOGLE",
         "lead.many.items.case", MOP_FAIL,
         "item 1: 'Google' is written 'google'; item 3: 'GOOGLE' is written 'google'",
         "!google;li;google"},
        {"items: an alias", "many=Google;li;paid_x", "lead.many.items.alias", MOP_FAIL,
         "item 2: 'li' is another name of 'linkedin': reports show them apart",
         "!Google;linkedin;paid_x"},
        {"items: replaced by another", "many=google;old", "lead.many.items.deprecated", MOP_FAIL,
         "item 2: 'old' is not used any more; use 'google'", "!google;google"},
        {"items: not agreed on yet", "many=tik", "lead.many.items.provisional", MOP_FAIL,
         "item 1: 'tik' is not agreed on yet, accepted until 2026-12-31 (asked for by dana)", ""},
        {"items: an unknown one is on no rung", "many=gogle", "lead.many.items.case", MOP_NA, NULL,
         NULL},
        {"items: an unknown one: nothing certain", "many=google;gogle", "lead.many.items", MOP_FAIL,
         NULL, ""},
        {"items: empty ones are nothing", "many=google;;", "lead.many.items", MOP_PASS, NULL, NULL},
        {"items: nor is a placeholder", "many=google; N/A ;linkedin", "lead.many.items", MOP_PASS,
         NULL, NULL},
        {"items: what is wrong beside them", "many=n/a;;Google", "lead.many.items.case", MOP_FAIL,
         "item 3: 'Google' is written 'google'", "!n/a;;google"},
        {"items: blank ones alone", "many=;n/a; ", "lead.many.items", MOP_NA, NULL, NULL},
        {"items: pattern", "codes=1,2,x", "lead.codes.items", MOP_FAIL, NULL, NULL},
    };
    struct bench b;
    bench_open(&b, yaml);
    bench_rows(&b, rows, ROWS(rows));
    bench_close(&b);
}

static void rows_of_fields(void **state)
{
    (void)state;
    static const char yaml[] =
        TOP "vocabularies:\n"
            "  medium: {values: {cpc: {aliases: [ppc]}, email: , organic: , social: , paid_social: "
            "}, groups: {paid: [cpc, paid_social]}}\n"
            "records:\n"
            "  lead:\n"
            "    fields:\n"
            "      source: {values: [google, newsletter, facebook]}\n"
            "      medium: {vocabulary: medium}\n"
            "      campaign:\n"
            "      a: {type: datetime}\n"
            "      b: {type: date}\n"
            "      n: {type: decimal}\n"
            "      m: {type: decimal}\n"
            "      x:\n"
            "      y: {case: lower}\n"
            "rules:\n"
            "  - {id: same, record: lead, then: {x: {equals_field: y}}}\n"
            "  - {id: same-n, record: lead, then: {n: {equals_field: m}}}\n"
            "  - {id: later, record: lead, then: {a: {not_before: b}}}\n"
            "  - {id: strictly, record: lead, then: {a: {after: b}}}\n"
            "  - {id: early, record: lead, then: {b: {before: 2026-01-01}}}\n"
            "  - {id: more, record: lead, then: {n: {gt: 10}}}\n"
            "  - {id: whole, record: lead, then: {all_or_none: [source, medium, campaign]}}\n"
            "  - {id: pair, record: lead, then: {combinations: {fields: [source, medium], allowed: "
            "[[google, [ppc, organic]], [newsletter, email]]}}}\n"
            "  - {id: paid, record: lead, then: {medium: {in_group: medium.paid}}}\n"
            "  - {id: in-then, record: lead, then: {source: [google, newsletter]}}\n"
            "  - {id: not-in-then, record: lead, then: {source: {not_values: facebook}}}\n"
            "  - {id: voc-then, record: lead, then: {x: {vocabulary: medium}}}\n";
    static const struct bench_row rows[] = {
        {"equal by meant form", "x=spring|y=Spring", "same", MOP_PASS, NULL, NULL},
        {"not equal", "x=a|y=b", "same", MOP_FAIL, "x 'a', but y 'b'", ""},
        {"a blank side", "x=a", "same", MOP_NA, NULL, NULL},
        {"numbers by value", "n=1.50|m=1.5", "same-n", MOP_PASS, NULL, NULL},
        {"a date against a time: the day", "a=2026-03-01T00:00:00Z|b=2026-03-01", "later", MOP_PASS,
         NULL, NULL},
        {"earlier", "a=2026-02-28T23:59:59Z|b=2026-03-01", "later", MOP_FAIL,
         "a '2026-02-28T23:59:59Z' is before b '2026-03-01'", ""},
        {"the same day is not after", "a=2026-03-01T10:00:00Z|b=2026-03-01", "strictly", MOP_FAIL,
         NULL, NULL},
        {"before a constant", "b=2026-01-01", "early", MOP_FAIL,
         "b '2026-01-01' is not before '2026-01-01'", ""},
        {"a date that is none, read with another", "a=x|b=2026-03-01", "later", MOP_UNDECIDED, NULL,
         NULL},
        {"more", "n=10", "more", MOP_FAIL, "n '10' is not more than 10", ""},
        {"more: decimals", "n=10.000001", "more", MOP_PASS, NULL, NULL},
        {"none", "", "whole", MOP_PASS, NULL, NULL},
        {"some", "source=google|campaign=x", "whole", MOP_FAIL,
         "source, campaign filled without medium", ""},
        {"all, one of them refused", "source=goo|medium=cpc|campaign=x", "whole", MOP_PASS, NULL,
         NULL},
        {"a pair, by an alias on both sides", "source=google|medium=ppc", "pair", MOP_PASS, NULL,
         NULL},
        {"not a pair", "source=google|medium=email", "pair", MOP_FAIL,
         "source 'google' with medium 'email' is no allowed combination; there medium is 'cpc' or "
         "'organic'",
         ""},
        {"one of the pair refused", "source=google|medium=emial", "pair", MOP_UNDECIDED, NULL,
         NULL},
        {"one of the pair blank", "source=google", "pair", MOP_NA, NULL, NULL},
        {"in the group", "medium=ppc", "paid", MOP_PASS, NULL, NULL},
        {"not in the group", "medium=social", "paid", MOP_FAIL,
         "medium is 'social', which is not in the group 'paid'", ""},
        {"short form in then: by meant form", "source=Google", "in-then", MOP_PASS, NULL, NULL},
        {"short form in then: fails", "source=facebook", "in-then", MOP_FAIL,
         "source is 'facebook', not 'google' or 'newsletter'", ""},
        {"refused: undecided", "source=zzz", "in-then", MOP_UNDECIDED, NULL, NULL},
        {"denied", "source=Facebook", "not-in-then", MOP_FAIL, NULL, NULL},
        {"vocabulary in then is plain membership", "x=CPC", "voc-then", MOP_FAIL, NULL, NULL},
        {"... and passes its values", "x=cpc", "voc-then", MOP_PASS, NULL, NULL},
    };
    struct bench b;
    bench_open(&b, yaml);
    bench_rows(&b, rows, ROWS(rows));
    bench_close(&b);
}

static struct mop_sv key_of(struct bench *b, const char *record, const char *id)
{
    bench_record(b, record);
    if (bench_outcome(b, id) != MOP_PASS)
        return MOP_SV_NONE;
    return mop_arena_copy(&b->scratch, mop_buf_view(&b->message));
}

static void keys(void **state)
{
    (void)state;
    static const char yaml[] =
        TOP "records:\n"
            "  lead:\n"
            "    key: [id, part]\n"
            "    unique: {row: true}\n"
            "    fields:\n"
            "      id:\n"
            "      part:\n"
            "      email: {unique: {fold: [case, trim], within: [unit]}}\n"
            "      unit:\n"
            "      plain: {unique: true, references: campaign.name}\n"
            "      name:\n"
            "      spend:\n"
            "  campaign: {fields: {name: }}\n"
            "rules:\n"
            "  - {id: one, record: lead, then: {determines: {key: id, fields: [name, spend]}}}\n";
    struct bench b;
    bench_open(&b, yaml);
    b.record = mop_ruleset_record(b.rs, MOP_SV("lead"));
    struct mop_sv a = key_of(&b, "email=Ann@x.example|unit=DE", "lead.email.unique");
    CHECK("case is folded",
          mop_sv_eq(a, key_of(&b, "email= ann@x.example|unit=DE", "lead.email.unique")));
    CHECK("another unit",
          !mop_sv_eq(a, key_of(&b, "email=ann@x.example|unit=FR", "lead.email.unique")));
    CHECK("parts cannot run together",
          !mop_sv_eq(key_of(&b, "email=ab|unit=c", "lead.email.unique"),
                     key_of(&b, "email=a|unit=bc", "lead.email.unique")));
    CHECK("a blank part: not applicable",
          !key_of(&b, "email=ann@x.example", "lead.email.unique").p);
    CHECK("one part is the meant form itself",
          mop_sv_eqs(key_of(&b, "plain= x ", "lead.plain.unique"), "x"));
    CHECK("case counts without fold", !mop_sv_eq(key_of(&b, "plain=x", "lead.plain.unique"),
                                                 key_of(&b, "plain=X", "lead.plain.unique")));
    CHECK("a reference is looked up by its meant form",
          mop_sv_eqs(key_of(&b, "plain= x ", "lead.plain.references"), "x"));
    const struct mop_check *one = bench_check(&b, "one");
    assert_int_equal(one->assert_->op, MOP_OP_ALL);
    assert_int_equal(one->assert_->n, 2);
    bench_record(&b, "id=1|name=Spring");
    assert_int_equal(bench_test(one->assert_->kids[0]->test, &b), MOP_PASS);
    check_text("the key", mop_buf_view(&b.message), MOP_SV("1"));
    check_text("what it determines", mop_buf_view(&b.proposal), MOP_SV("Spring"));
    assert_int_equal(bench_test(one->assert_->kids[1]->test, &b), MOP_NA); /* spend is blank */
    const struct mop_check *row = bench_check(&b, "lead.unique-row");
    assert_true(((const struct mop_unique *)row->assert_->test->arg)->row);
    bench_close(&b);
}

/* What is wrong with a rule is said at its place. */
static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row, *field, *said;
    } T[] = {
        {"of", "required: {of: [nothing]}", "'nothing' is no kind of blank"},
        {"case", "case: title", "'title' is no case: lower or upper"},
        {"untyped range", "range: {min: 0}", "'range' wants a number or a date, but 'f' is text"},
        {"untyped age", "max_age: 7d", "'max_age' wants a date, but 'f' is text"},
        {"a range of nothing", "type: decimal, range: {}",
         "'range' wants min, max, above or below"},
        {"no number", "type: decimal, range: {min: x}", "'x' is no number"},
        {"range upside down", "type: decimal, range: {max: 2, min: 5}",
         "min is more than max: no value is in range"},
        {"nothing above and at most", "type: date, range: {above: 2026-05-01, max: 2026-05-01}",
         "above is as much as max: no value is in range"},
        {"nothing from and below", "type: integer, range: {min: 5, below: 5}",
         "min is as much as below: no value is in range"},
        {"length upside down", "length: {min: 5, max: 2}", "min is more than max"},
        {"bad regex", "pattern: '(a'", "missing closing parenthesis"},
        {"bad fold", "unique: {fold: [dots]}", "'dots' is no fold: case or trim"},
        {"row under a field", "unique: {row: true}", "stands under the record type"},
        {"keep", "unique: {keep: {first: f}}", "'keep' wants one of"},
        {"unknown URL check", "type: url, url: {htps: true}", "there is no URL check 'htps'"},
        {"checks nothing", "free-mail: false", "'free-mail: false' checks nothing"},
        {"no domain", "domain: ['a b']", "is no domain"},
        {"undefined part", "template: '{a}_{b}', parts: {a: {values: [x]}}",
         "part 'b' has no definition"},
        {"two definitions", "template: '{a}', parts: {a: {values: [x], pattern: y}}",
         "wants one of pattern, values, vocabulary and date"},
        {"a part twice", "template: '{a}_{a}', parts: {a: {values: [x]}}", "part 'a' stands twice"},
        {"open brace", "template: '{a', parts: {a: {values: [x]}}", "'{' is not closed"},
        {"open group", "template: '{a}[_b', parts: {a: {values: [x]}}", "'[' is not closed"},
        {"closed group", "template: '{a}]', parts: {a: {values: [x]}}", "']' closes nothing"},
        {"no parts", "template: 'abc'", "a template wants parts in braces"},
        {"items of nothing", "items: {separator: ','}", "'items' checks nothing"},
        {"personal by purpose", "type: email, no_pii: true", "it holds personal data by purpose"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct rules r;
        char yaml[512];
        snprintf(yaml, sizeof yaml, "%srecords:\n  lead:\n    fields:\n      f: {%s}\n", TOP,
                 T[i].field);
        rules_begin(&r);
        rules_file(&r, "rules.yaml", yaml, true);
        CHECK(T[i].row, !rules_load(&r));
        if (!strstr(rules_said(&r), T[i].said))
            fail_msg("%s: want '%s' in\n%s", T[i].row, T[i].said, rules_said(&r));
        rules_end(&r);
    }
}

/* A kind that is on or off takes a severity as its short form. */
static void severities(void **state)
{
    static const struct {
        const char *field;
        int severity; /* -1: no check */
    } T[] = {
        {"disposable: true", MOP_SEV_ERROR},
        {"disposable: warning", MOP_SEV_WARNING},
        {"free-mail: true", MOP_SEV_WARNING},
        {"free-mail: error", MOP_SEV_ERROR},
        {"role: error", MOP_SEV_ERROR},
        {"no_macros: warning", MOP_SEV_WARNING},
        {"no_pii: warning", MOP_SEV_WARNING},
        {"role: 'off'", -1},
        {"required: warning", MOP_SEV_WARNING},
        {"required: 'off'", -1},
        {"required: false", -1},
        {"role: {severity: error}", MOP_SEV_ERROR},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        char yaml[256], id[64] = "lead.f.";
        struct rules r;
        snprintf(yaml, sizeof yaml, "%srecords: {lead: {fields: {f: {%s}}}}\n", TOP, T[i].field);
        strncat(id, T[i].field, strcspn(T[i].field, ":"));
        const struct mop_check *c = rules_check(rules_of(&r, yaml), id);
        CHECK(T[i].field, (c ? (int)c->severity : -1) == T[i].severity);
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),          cmocka_unit_test(defaults), cmocka_unit_test(values),
        cmocka_unit_test(rows_of_fields), cmocka_unit_test(keys),     cmocka_unit_test(faults),
        cmocka_unit_test(severities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
