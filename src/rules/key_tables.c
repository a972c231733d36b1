/* SPDX-License-Identifier: MIT */
#include "rules/fragment.h"
#include "rules/keys.h"

/*
 * The keys of the rule language. The order is that of the documentation. Schema fragments name the
 * definitions of schema.c (text, texts, day ...) and the other tables here by $ref.
 */
#define REF(name) "{\"$ref\": \"#/$defs/" name "\"}"
#define MAP_OF(name) "{\"type\": [\"object\", \"null\"], \"additionalProperties\": " REF(name) "}"
#define LIST_OF(name)                                                                              \
    "{\"type\": [\"array\", \"null\"], \"items\": {\"allOf\": [" REF(                              \
        name) ", {\"not\": {\"type\": \"null\"}}]}}"
#define ONE_OR_LIST(name) "{\"anyOf\": [" REF(name) ", " LIST_OF(name) "]}"
#define SOME(name)                                                                                 \
    "{\"anyOf\": [" REF(name) ", {\"type\": \"array\", \"minItems\": 1, \"items\": " REF(name) "}" \
                                                                                               "]" \
                                                                                               "}"
#define MUST(keys) "\"required\": [" keys "]"
#define LIMIT "\"anyOf\": [{\"required\": [\"min\"]}, {\"required\": [\"max\"]}]"
#define FIELDS                                                                                     \
    "{\"type\": [\"object\", \"null\"], \"propertyNames\": {\"$ref\": \"#/$defs/field_name\"}, "   \
    "\"additionalProperties\": " REF("field") "}"
#define FOLDS "{\"enum\": [\"blanks\", \"case\", \"separators\"]}"
#define TEXT REF("text")
#define TEXTS REF("texts")
/* Names of hosts; whether they are right is told by what reads them. */
#define HOST "{\"type\": \"string\", \"pattern\": \"^[^\\\\s/:*@.][^\\\\s/:*@]*$\"}"
#define HOSTS "{\"anyOf\": [" HOST ", {\"type\": \"array\", \"items\": " HOST "}]}"
#define BOOL REF("bool")
#define SEVERITY REF("severity")
#define CONDITION REF("condition")

enum {
    S = MOP_SHAPE_SCALAR,
    L = MOP_SHAPE_LIST,
    M = MOP_SHAPE_MAPPING,
    E = MOP_SHAPE_EMPTY,
    T = MOP_SHAPE_TEXTS,
    F = MOP_SHAPE_FULL
};
#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, NULL                                                                        \
    }
#define TABLE(id, words, ...) TABLE_MUST(id, words, NULL, __VA_ARGS__)
#define TABLE_MUST(id, words, must, ...)                                                           \
    const struct mop_key_table mop_keys_##id = {                                                   \
        #id, words, (const struct mop_key[]){__VA_ARGS__, END}, false, must}

/* What is said of any check. */
#define COMMON                                                                                     \
    {"severity", S, SEVERITY, "error, warning or off"},                                            \
        {"when", M, CONDITION, "records it is for"},                                               \
        {"applies", M, REF("window"), "days it is for, by the record's date"},                     \
        {"phase_in", M, REF("phase_in"), "a milder severity up to a day"},                         \
        {"dimension", S, REF("dimension"), "the score it belongs to"},                             \
        {"effect", S, REF("effect"), "which way a report goes wrong"},                             \
        {"owner", S, TEXT, "who decides what is right"},                                           \
        {"fixed_by", S | M, "{\"anyOf\": [" TEXT ", " REF("fixed_by") "]}",                        \
         "who repairs the record"},                                                                \
        {"message", S, TEXT, "the words of the finding; {field} stands for a value"},              \
        {"why", S, TEXT, "where the rule comes from"},                                             \
        {"examples", M, REF("examples"), "records that pass and fail, run as tests"},              \
        {"tags", S | L, TEXTS, "for --select and --ignore"},                                       \
    {                                                                                              \
        "renamed_from", S, TEXT, "its id before: keeps suppressions, baselines and history"        \
    }

TABLE(top, "a rule file",
      {"mopslint", S, "{\"enum\": [1, \"1\"]}", "version of the rule language: 1"},
      {"name", S, TEXT, "name of the taxonomy, shown as origin of its rules"},
      {"version", S, TEXT, "the owner's own version, as text"},
      {"owner", S, TEXT, "who decides on this taxonomy: a key of people"},
      {"description", S, TEXT, "what the taxonomy is for"},
      {"review_by", S, REF("day"), "past this date lint warns that the rules may be outdated"},
      {"timezone", S, TEXT, "zone of dates without one; default UTC"},
      {"own_domains", S | L, HOSTS, "the company's own domains: links to them are internal"},
      {"personal_params", S | L, TEXTS, "parameters of your URLs that name a person"},
      {"extends", S | L | E, REF("fulls"),
       "packs by name, own files by relative path; merged in this order, own file last"},
      {"blanks", S | L | M, "{\"anyOf\": [" TEXTS ", " REF("blanks") "]}",
       "values that mean: nothing was entered"},
      {"people", M | E, MAP_OF("person"), "owners and fixers; the only place with addresses"},
      {"vocabularies", M | E, MAP_OF("vocabulary"),
       "lists of allowed values with aliases, dates and groups"},
      {"field_sets", M | E,
       "{\"type\": [\"object\", \"null\"], \"additionalProperties\": {\"anyOf\": [" REF(
           "field_set") ", " MAP_OF("field") "]}}",
       "fields, rules and lifecycles without a record type, brought in by use"},
      {"records", M | E, MAP_OF("record"), "record types: lead, deal, campaign ..."},
      {"rules", L | E, LIST_OF("rule"), "what one field alone cannot say"},
      {"lifecycles", L | E, LIST_OF("lifecycle"),
       "stages in order, with entry dates, required fields and time limits"},
      {"calendars", M | E,
       "{\"type\": [\"object\", \"null\"], \"additionalProperties\": {\"allOf\": [" REF(
           "calendar") "], \"type\": \"object\"}}",
       "business hours by name"},
      {"reports", L | E | F, LIST_OF("report"),
       "what the data is for: each gets a confidence of its own"},
      {"dataset", L | E | F, LIST_OF("dataset"),
       "checks of the whole run: volume, freshness, fill rate, variants, share"},
      {"score", M | E, REF("score"), "cohorts and slices of the scores"},
      {"overrides", M | E, MAP_OF("override"), "changes of single checks by id, applied last"},
      {"suppressions", L | E | F, LIST_OF("suppression"),
       "findings that do not fail the run; never change a score"},
      {"tests", L | E, LIST_OF("test"), "records with the expected verdict per rule"},
      {"lint", M | E, REF("lint"), "what the taxonomy must document, for rules lint"},
      {"gate", M | E, REF("gate"), "what a launch must show"});

TABLE(person, "a person", {"name", S, TEXT, "the name to show"}, {"email", S, TEXT, "address"},
      {"backup", S, TEXT, "who stands in: a key of people"},
      {"until", S, REF("day"), "last day in this role"});

TABLE(vocabulary, "a vocabulary", {"description", S, TEXT, "what the values are"},
      {"owner", S, TEXT, "who decides on the values: a key of people"},
      {"values", L | M | E, "{\"anyOf\": [" LIST_OF("word") ", " MAP_OF("term") "]}",
       "the allowed values, as a list or with details"},
      {"file", S, TEXT, "CSV file with a header: value[,label,aliases...]"},
      {"from", S, TEXT, "RECORD.FIELD: the values of that column, read first"},
      {"groups", M | E,
       "{\"type\": [\"object\", \"null\"], \"additionalProperties\": {\"anyOf\": [" TEXT
       ", {\"allOf\": [" REF(
           "group") "], \"type\": \"object\"}, {\"type\": \"array\", \"items\": {\"anyOf\": [" TEXT
                    ", {\"allOf\": [" REF("group") "], \"type\": \"object\"}]}}]}}",
       "named parts of the vocabulary for in_group"},
      {"fold", S | L, "{\"anyOf\": [" FOLDS ", {\"type\": \"array\", \"items\": " FOLDS "}]}",
       "which differences are told as a spelling and not as unknown; default blanks and case"});

TABLE(term, "a value of a vocabulary", {"label", S, TEXT, "the name to show"},
      {"description", S, TEXT, "when to use it"},
      {"aliases", S | L, TEXTS, "other spellings that mean it"},
      {"valid", M, REF("window"), "days on which it may be used, by the record's date"},
      {"use", S, TEXT, "the value to use instead: this one is deprecated"},
      {"provisional", S | M, "{\"anyOf\": [" BOOL ", " REF("provisional") "]}",
       "allowed for now: a warning"},
      {"catch_all", S, BOOL, "says nothing (Other, Unknown): counted by share"});

TABLE(provisional, "provisional", {"until", S, REF("day"), "last day; unknown afterwards"},
      {"by", S, TEXT, "who allowed it"});

TABLE(window, "a range of days", {"from", S, REF("day"), "first day"},
      {"until", S, REF("day"), "last day, included"});

TABLE(group, "a group's entry", {"pattern", S, TEXT, "values that match as a whole"},
      {"except", S | L, TEXTS, "all values but these"});

TABLE(field_set, "a field set", {"description", S, TEXT, "what it is for"},
      {"owner", S, TEXT, "who decides on it: a key of people"},
      {"fields", M | E, FIELDS, "its fields; names inside are relative"},
      {"rules", L | E, LIST_OF("rule"), "its rules"},
      {"lifecycles", L | E, LIST_OF("lifecycle"), "its lifecycles"});

TABLE_MUST(use, "a use of a field set", MUST("\"set\""), {"set", S, TEXT, "name of the field set"},
           {"as", S, TEXT, "prefix of its fields and rules"},
           {"columns", S | L, TEXTS, "column names with {name} for the field's name in the set"},
           {"severity", S, SEVERITY, "severity of all its checks"},
           {"why", S, TEXT, "why they are off"});

TABLE(record, "a record type", {"description", S, TEXT, "what one record is"},
      {"kind", S,
       "{\"enum\": [\"lead\", \"contact\", \"account\", \"deal\", \"campaign\", \"session\", "
       "\"link\", \"template\"]}",
       "changes verdicts where it must: macros are right in a template; default the name"},
      {"owner", S, TEXT, "who decides on its fields: a key of people"},
      {"key", S | L, TEXTS, "field or fields that name a record; required and unique"},
      {"unique", M, REF("unique_row"), "{row: true}: no two records alike in every column"},
      {"dated_by", S, TEXT, "the date by which applies and valid judge a record"},
      {"weight", S | M, "{\"anyOf\": [" TEXT ", " REF("weight") "]}",
       "what a record is worth: the field of money"},
      {"population", M, REF("population"), "what is left out before judging"},
      {"source", M, REF("source"), "where its records are found and how they are written"},
      {"zone", S, TEXT, "zone of its dates without one"},
      {"use", S | L | M,
       "{\"anyOf\": [" TEXT
       ", " REF("use") ", {\"type\": \"array\", \"items\": {\"anyOf\": [" TEXT
                       ", {\"allOf\": [" REF("use") "], \"type\": \"object\"}]}}]}",
       "field sets"},
      {"fields", M | E, FIELDS, "its fields"});

TABLE_MUST(
    weight, "a weight", "\"minProperties\": 1", {"field", S, TEXT, "the field with the amount"},
    {"currency", S | M,
     "{\"anyOf\": [" TEXT
     ", " MOP_MEMBERS("", MOP_MEMBER("is", "text", "one currency for all: USD")) "]}",
     "the field with the currency, or {is: USD}"},
    {"to", S, TEXT, "the currency of the report"},
    {"rates", M,
     "{\"type\": \"object\", \"additionalProperties\": {\"type\": [\"number\", \"string\"]}}",
     "units of `to` per unit of each currency"},
    {"where", M, CONDITION, "records outside weigh 0"});

TABLE(population, "a population",
      {"exclude", L | E | F, LIST_OF("exclude"),
       "records taken out before judging; counted and printed first"},
      {"max_excluded", S, REF("percent"), "more than this is a dataset failure"});

TABLE_MUST(exclude, "an exclusion", MUST("\"id\", \"where\""),
           {"id", S, TEXT, "its name in the report"}, {"reason", S, TEXT, "why"},
           {"where", M, CONDITION, "which records"});

TABLE(source, "a source", {"files", S | L, TEXTS, "glob patterns of file names"},
      {"delimiter", S, "{\"anyOf\": [{\"enum\": [\"tab\"]}, " REF("mark") "]}",
       "one character; default: detected among , ; TAB |"},
      {"encoding", S, TEXT, "default UTF-8, or by byte order mark"},
      {"skip_lines", S, REF("count"), "lines before the header"},
      {"zone", S, TEXT, "zone of dates without one; before the record type's"});

const struct mop_key_table mop_keys_field = {
    "field", "a field",
    (const struct mop_key[]){
        {"description", S, TEXT, "what the field holds"},
        {"columns", S | L, TEXTS, "other names of the column, in order"},
        {"type", S | M, "{\"anyOf\": [" REF("type_name") ", " REF("type") "]}",
         "what a value is; default text"},
        {"formats", S | L, TEXTS, "how dates are written (M/D/YYYY ...); replaces ISO 8601"},
        {"marks", M, REF("marks"), "decimal and group marks of numbers"},
        {"zone", S, TEXT, "zone of dates without one"},
        {"blanks", S | L | M, "{\"anyOf\": [" TEXTS ", " REF("blanks") "]}",
         "replaces the general blanks"},
        {"vocabulary", S | M,
         "{\"anyOf\": [" TEXT ", {\"allOf\": [" REF("kind_vocabulary") "], " MUST("\"use\"") "}]}",
         "the vocabulary its values are in"},
        {"values", S | L | M,
         "{\"anyOf\": [" REF("value_list") ", {\"allOf\": [" REF("kind_values") "], " MUST(
             "\"use\"") "}]}",
         "an inline vocabulary"},
        {"parts", M, MAP_OF("part"), "the parts of its template by name"},
        {"derive", M, REF("derive"), "computed from other fields"},
        {"personal", S, BOOL, "masked in reports; default for email, phone and name"},
        {"expected", S, BOOL, "a missing column fails its checks"},
        {"owner", S, TEXT, "who decides on it: a key of people"},
        {"applies", M, REF("window"), "the days its checks are for, by the record's date"},
        END},
    true, "\"not\": {\"type\": \"object\", \"required\": [\"columns\", \"derive\"]}"};

TABLE_MUST(type, "a type", MUST("\"use\""), {"use", S, REF("type_name"), "name of the type"},
           {"formats", S | L, TEXTS, "how dates are written"},
           {"marks", M, REF("marks"), "decimal and group marks of numbers"},
           {"zone", S, TEXT, "zone of dates without one"},
           {"aliases", M, "{\"type\": \"object\", \"additionalProperties\": " TEXTS "}",
            "of a country: CODE: [other names]"},
           {"id", S, TEXT, "whole id; default RECORD.FIELD.type"}, COMMON);

TABLE_MUST(unique_row, "'unique' of a record type", MUST("\"row\""),
           {"row", S, BOOL, "true: no two records alike in every column"},
           {"id", S, TEXT, "whole id; default RECORD.unique-row"}, COMMON);

TABLE(marks, "marks", {"decimal", S, REF("mark"), "the decimal mark; default ."},
      {"group", S, REF("mark"), "the mark between groups of three digits; default none"},
      {"exponent", S, BOOL, "true: 1.5E3 is a number"});

TABLE(blanks, "blanks", {"values", S | L, TEXTS, "the values"},
      {"trim", S, BOOL, "false: compared exactly, with blanks and case"});

TABLE(common, "a check", {"use", S | L | M, "true", "what the short form holds"},
      {"id", S, TEXT, "whole id; default RECORD.FIELD.KIND"}, COMMON);

TABLE_MUST(fixed_by, "fixed_by", "\"minProperties\": 1", {"field", S, TEXT, "the field that tells"},
           {"map", M, "{\"type\": \"object\", \"additionalProperties\": " TEXT "}",
            "its values and who repairs"},
           {"else", S, TEXT, "who repairs otherwise"});

TABLE_MUST(phase_in, "phase_in", MUST("\"until\""),
           {"severity", S, "{\"enum\": [\"warning\", \"off\", false]}", "until then"},
           {"until", S, REF("day"), "last day of it"});

#define CELL "{\"type\": [\"string\", \"number\", \"boolean\", \"null\"]}"
#define GIVEN "{\"type\": \"object\", \"additionalProperties\": " CELL "}"
#define GIVENS                                                                                     \
    "{\"type\": \"array\", \"items\": {\"anyOf\": [" GIVEN                                         \
    ", {\"type\": \"array\", \"minItems\": 1, \"items\": " GIVEN "}]}}"
TABLE(examples, "examples",
      {"pass", L, GIVENS, "records that pass; a list in the list: records judged together"},
      {"fail", L, GIVENS, "records that fail; a list in the list: judged together, one fails"});

TABLE_MUST(
    rule, "a rule", MUST("\"id\""), {"id", S, TEXT, "its id"},
    {"record", S, TEXT, "the record type it is for"}, {"when", M, CONDITION, "records it is for"},
    {"then", M, REF("assertion"), "what must hold"}, {"description", S, TEXT, "what it is about"},
    {"severity", S, SEVERITY, "error, warning or off"},
    {"applies", M, REF("window"), "days it is for, by the record's date"},
    {"phase_in", M, REF("phase_in"), "a milder severity up to a day"},
    {"dimension", S, REF("dimension"), "the score it belongs to"},
    {"effect", S, REF("effect"), "which way a report goes wrong"},
    {"owner", S, TEXT, "who decides what is right"},
    {"fixed_by", S | M, "{\"anyOf\": [" TEXT ", " REF("fixed_by") "]}", "who repairs the record"},
    {"message", S, TEXT, "the words of the finding; {field} stands for a value"},
    {"why", S, TEXT, "where the rule comes from"},
    {"examples", M, REF("examples"), "records that pass and fail, run as tests"},
    {"tags", S | L, TEXTS, "for --select and --ignore"},
    {"renamed_from", S, TEXT, "its id before"});

TABLE_MUST(report, "a report", MUST("\"name\""), {"name", S, TEXT, "its name"},
           {"description", S, TEXT, "what it is for"},
           {"owner", S, TEXT, "who reads it: a key of people"},
           {"target", S | M, "{\"anyOf\": [" REF("percent") ", " REF("target") "]}",
            "the least confidence: of records, or {records, value}"},
           {"needs", M, MAP_OF("need"), "the fields it is built on, by record type"});

TABLE(need, "a need", {"fields", S | L, TEXTS, "the fields"},
      {"where", M, CONDITION, "the records"},
      {"weight", S | M, "{\"anyOf\": [" TEXT ", " REF("weight") "]}", "a weight of its own"});

TABLE(target, "a target", {"records", S, REF("percent"), "share of records"},
      {"value", S, REF("percent"), "share of money"});

TABLE_MUST(dataset, "a dataset check", MUST("\"id\""), {"id", S, TEXT, "its id"},
           {"record", S, TEXT, "the record type"}, {"description", S, TEXT, "what it is about"},
           {"severity", S, SEVERITY, "error (the default), warning or off"},
           {"owner", S, TEXT, "who decides: a key of people"},
           {"message", S, TEXT, "words of its own"}, {"why", S, TEXT, "where it comes from"},
           {"volume", M, REF("volume"), "how many records there are"},
           {"freshness", M, REF("freshness"), "how old the newest record is"},
           {"fill_rate", M, REF("fill_rate"), "how many records have a value"},
           {"variants", S | M, "{\"anyOf\": [" TEXT ", " REF("variants") "]}",
            "spellings of one value in a column"},
           {"share", M, REF("share"), "how many records have certain values"});

TABLE_MUST(volume, "volume", LIMIT, {"min", S, REF("count"), "least number of records"},
           {"max", S, REF("count"), "greatest number of records"},
           {"where", M, CONDITION, "which records are counted"});

TABLE(freshness, "freshness", {"field", S, TEXT, "a date field"},
      {"max_age", S, REF("duration"), "the newest date may be this old"},
      {"where", M, CONDITION, "which records are counted"});

TABLE_MUST(fill_rate, "fill_rate", LIMIT, {"field", S, TEXT, "the field"},
           {"min", S, REF("percent"), "least share of records with a value"},
           {"max", S, REF("percent"), "greatest share"},
           {"where", M, CONDITION, "which records are counted"});

TABLE_MUST(variants, "variants", MUST("\"field\""), {"field", S, TEXT, "the field"},
           {"where", M, CONDITION, "which records are counted"});

TABLE_MUST(share, "share", LIMIT, {"field", S, TEXT, "the field"},
           {"values", S | L, REF("some"), "the values; default: the vocabulary's catch-alls"},
           {"min", S, REF("percent"), "least share"}, {"max", S, REF("percent"), "greatest share"},
           {"where", M, CONDITION, "which records are counted"});

TABLE(score, "score",
      {"cohorts", S | L | E,
       "{\"anyOf\": [" REF("days") ", {\"type\": [\"array\", \"null\"], \"items\": " REF(
           "days") "}]}",
       "ages of records with a score of their own, in days; default 7d, 90d"},
      {"slices", S | L | E, "{\"anyOf\": [" TEXTS ", {\"type\": \"null\"}]}",
       "fields whose values each get a score"},
      {"max_unweighted", S, REF("percent"),
       "value scores are null when more records lack a weight; default 5%"});

TABLE_MUST(
    override, "an override",
    "\"if\": {\"properties\": {\"severity\": {\"enum\": [\"off\", false, \"false\"]}}, "
    "\"required\": [\"severity\"]}, "
    "\"then\": {\"required\": [\"reason\"]}",
    {"severity", S, SEVERITY, "error, warning or off"}, {"reason", S, TEXT, "why; `off` wants one"},
    {"phase_in", M, REF("phase_in"), "a milder severity up to a day"},
    {"applies", M, REF("window"), "days it is for, by the record's date"},
    {"dimension", S, REF("dimension"), "the score it belongs to"},
    {"effect", S, REF("effect"), "which way a report goes wrong"},
    {"owner", S, TEXT, "who decides what is right"},
    {"fixed_by", S | M, "{\"anyOf\": [" TEXT ", " REF("fixed_by") "]}", "who repairs the record"},
    {"message", S, TEXT, "the words of the finding"}, {"why", S, TEXT, "where the rule comes from"},
    {"tags", S | L, TEXTS, "for --select and --ignore"});

TABLE_MUST(suppression, "a suppression", MUST("\"rule\", \"reason\""),
           {"rule", S, TEXT, "id of the rule"},
           {"record", S, TEXT, "the record type, for input.* rules"},
           {"where", M, CONDITION, "which records"}, {"reason", S, TEXT, "why"},
           {"by", S, TEXT, "who decided"}, {"until", S, REF("day"), "last day"});

TABLE_MUST(
    test, "a test",
    MUST("\"record\"") ", \"oneOf\": [{" MUST("\"expect\"") "}, {" MUST(
        "\"file\"") ", \"not\": {" MUST("\"values\"") "}}]",
    {"name", S, TEXT, "what it shows"}, {"record", S, TEXT, "the record type"},
    {"values", M | E,
     "{\"type\": [\"object\", \"null\"], \"additionalProperties\": {\"anyOf\": [" CELL
     ", {\"type\": \"array\", \"minItems\": 1, \"items\": " CELL "}]}}",
     "fields and values; a field not named is blank; a list: one record for each of its items"},
    {"beside", M,
     "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"array\", \"items\": " GIVEN
     "}}",
     "other records of the same run, by record type: for unique, references and their like"},
    {"expect", M,
     "{\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\": {\"enum\": [\"pass\", "
     "\"fail\", \"na\", \"undecided\"]}}",
     "the outcome by rule id"},
    {"file", S, TEXT, "a CSV file of records with a column expect, in place of values and expect"},
    {"now", S, TEXT, "its own clock: a day or an ISO 8601 time; default --now"});

TABLE_MUST(
    lifecycle, "a lifecycle", MUST("\"id\""), {"id", S, TEXT, "its id"},
    {"record", S, TEXT, "the record type"}, {"field", S, TEXT, "the field with the stage"},
    {"description", S, TEXT, "what it is about"}, {"owner", S, TEXT, "who decides on it"},
    {"fixed_by", S | M, "{\"anyOf\": [" TEXT ", " REF("fixed_by") "]}", "who repairs the record"},
    {"applies", M, REF("window"), "days it is for, by the record's date"},
    {"cycle", M,
     MOP_MEMBERS("\"restarted_at\"",
                 MOP_MEMBER("restarted_at", "text", "the field with that date")),
     "restarted_at: the date at which a record began anew"},
    {"stages", L,
     "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"allOf\": [" REF(
         "stage") "], \"type\": \"object\"}}",
     "in order"},
    {"skips", L | E,
     "{\"type\": [\"array\", \"null\"], \"items\": " MOP_MEMBERS(
         "\"from\", \"to\"",
         MOP_MEMBER("from", "text", "the stage before") ", " MOP_MEMBER("to", "text", "the stage after") ", " MOP_MEMBER(
             "when", "condition",
             "records that may") ", " MOP_MEMBER("why", "text",
                                                 "why that is legal") ", " MOP_MEMBER("reason",
                                                                                      "text",
                                                                                      "why that is "
                                                                                      "legal")) "}",
     "legal ones: {from, to, when}"},
    {"severities", M | E,
     "{\"type\": [\"object\", \"null\"], \"additionalProperties\": {\"anyOf\": [" SEVERITY
     ", " MOP_MEMBERS("\"severity\"",
                      MOP_MEMBER("severity", "severity", "error, warning or off") ", " MOP_MEMBER(
                          "why", "text", "why it is off")) "]}}",
     "of single checks: {skipped: warning}, or {skipped: {severity: off, why: TEXT}}"},
    {"severity", S, SEVERITY, "of all its checks"},
    {"why", S, TEXT, "where it comes from; why it is off"},
    {"history", M,
     MOP_MEMBERS(
         "\"record\", \"of\", \"to\", \"at\"",
         MOP_MEMBER("record", "text", "the record type of the changes") ", " MOP_MEMBER(
             "of", "text",
             "the field of the lifecycle's record that the changes name it by: "
             "lead.record_id") ", " MOP_MEMBER("via", "text",
                                               "the field of a change that names it; default: the "
                                               "one that references it") ", " MOP_MEMBER("from",
                                                                                         "text",
                                                                                         "the "
                                                                                         "field of "
                                                                                         "a change "
                                                                                         "with the "
                                                                                         "stage "
                                                                                         "before") ", " MOP_MEMBER("to",
                                                                                                                   "text",
                                                                                                                   "the field of a change with the stage after") ", " MOP_MEMBER("at",
                                                                                                                                                                                 "text",
                                                                                                                                                                                 "the field of a change with its date")),
     "records of stage changes: {record, of, from, to, at}"},
    {"transitions", M | E,
     "{\"type\": [\"object\", \"null\"], \"additionalProperties\": false, \"properties\": "
     "{\"allowed\": {\"description\": \"pairs [from, to], each a stage or a list of stages; "
     "default: one step on, declared skips, anywhere beside the path\", \"type\": [\"array\", "
     "\"null\"], \"items\": {\"type\": \"array\", \"minItems\": 2, \"maxItems\": 2, "
     "\"items\": {\"$ref\": \"#/$defs/texts\"}}}}}",
     "allowed: [[from, to], ...], in place of the default ones"},
    {"tags", S | L, TEXTS, "for --select and --ignore"});

TABLE_MUST(stage, "a stage", MUST("\"name\""),
           {"name", S, REF("word"), "the value of the stage field"},
           {"label", S, TEXT, "the name to show"}, {"aliases", S | L, TEXTS, "other spellings"},
           {"definition", S, TEXT, "what it means"},
           {"entered_at", S, TEXT, "the field with the date of entry"},
           {"requires", S | L, TEXTS, "fields that must be filled in it and later stages"},
           {"requires_here", S | L, TEXTS, "fields that must be filled in it alone"},
           {"sla", M,
            MOP_MEMBERS("\"next\"",
                        MOP_MEMBER("next", "duration", "time to the next stage") ", " MOP_MEMBER(
                            "calendar", "text", "business hours: a key of calendars")),
            "{next: 8h, calendar: NAME}: "
            "time to the next stage"},
           {"off_path", S, BOOL, "not a step of the way"},
           {"terminal", S, BOOL, "an end; terminal stages are alternatives"},
           {"owner", S, TEXT, "who decides on it"},
           {"valid", M, REF("window"), "days on which it may be used"});

TABLE(calendar, "a calendar", {"description", S, TEXT, "what it is for"},
      {"zone", S, TEXT, "its zone"}, {"days", S | L, SOME("weekdays"), "mon-fri"},
      {"hours", S | L, SOME("hours"), "09:00-18:00"},
      {"holidays", S | L | M,
       "{\"anyOf\": [" ONE_OR_LIST("day") ", " MOP_MEMBERS(
           "\"file\"", MOP_MEMBER("file", "text", "a CSV file with a column day or date")) "]}",
       "a list of days, or {file: holidays.csv}"});

TABLE(lint, "lint", {"require", M | E, REF("require"), "what must be written down"},
      {"off", M | E | T,
       "{\"type\": [\"object\", \"null\"], \"additionalProperties\": {\"anyOf\": [" TEXT
       ", {\"type\": \"null\"}]}}",
       "what lint is not to find in this taxonomy: ID: reason"});

#define FOR_WHAT "{\"enum\": [\"none\", \"rules\", \"all\"]}"
TABLE(require, "require",
      {"owner", S, FOR_WHAT, "somebody decides: none, rules or all; default rules"},
      {"description", S, FOR_WHAT, "what it is about, or why: none, rules or all; default rules"},
      {"message", S, FOR_WHAT, "words of its own: none, rules or all; default rules"},
      {"examples", S, FOR_WHAT,
       "a record that passes and one that fails: none, rules or all; default rules"});

/* clang-format off */
const struct mop_key_table *const mop_key_tables[] = {
    &mop_keys_top, &mop_keys_person, &mop_keys_vocabulary, &mop_keys_term,
    &mop_keys_provisional, &mop_keys_window, &mop_keys_group, &mop_keys_field_set,
    &mop_keys_use, &mop_keys_record, &mop_keys_weight, &mop_keys_population,
    &mop_keys_exclude, &mop_keys_source, &mop_keys_field, &mop_keys_type,
    &mop_keys_marks, &mop_keys_blanks, &mop_keys_common, &mop_keys_unique_row,
    &mop_keys_fixed_by, &mop_keys_phase_in, &mop_keys_examples, &mop_keys_rule,
    &mop_keys_report, &mop_keys_need, &mop_keys_target, &mop_keys_dataset,
    &mop_keys_volume, &mop_keys_freshness, &mop_keys_fill_rate, &mop_keys_variants,
    &mop_keys_share, &mop_keys_score, &mop_keys_override, &mop_keys_suppression,
    &mop_keys_test, &mop_keys_lifecycle, &mop_keys_stage, &mop_keys_calendar,
    &mop_keys_lint, &mop_keys_require, &mop_keys_gate, &mop_keys_gate_level,
    &mop_keys_gate_trigger, &mop_keys_gate_check, &mop_keys_gate_freeze,
    &mop_keys_gate_campaign, &mop_keys_gate_links, &mop_keys_gate_attest, &mop_keys_gate_when, NULL};
/* clang-format on */
