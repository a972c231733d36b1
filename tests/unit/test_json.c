/* SPDX-License-Identifier: MIT */
#include "records.h"

#include "../../src/exporters/json_source.h"

static const struct mop_source_options none;

static void expect_lines(const char *bytes, size_t n, const char *want)
{
    records_expect(&mop_exporter_json, ".ndjson", bytes, n, &none, false, want);
}

static void expect_document(const char *bytes, size_t n, const char *want)
{
    records_expect(&mop_exporter_json, ".json", bytes, n, &none, false, want);
}

static void cells(void **state)
{
    (void)state;
    expect_lines(BYTES("{\"a\":\"x\",\"b\":null,\"c\":\"\"}\n{\"c\":1,\"d\":2}\n"),
                 "a|b|c|d\n1@1 x|NULL||ABSENT\n2@2 ABSENT|ABSENT|1|2\n");
    expect_lines(BYTES("{\"a\":true,\"b\":false,\"c\":-0,\"d\":9223372036854775807}\n"),
                 "a|b|c|d\n1@1 true|false|-0|9223372036854775807\n");
    /* a number is what was written */
    expect_lines(
        BYTES("{\"a\":1.10,\"b\":0.1,\"c\":5.0,\"d\":1e3,\"e\":1e25,\"f\":0.30000000000000004}\n"),
        "a|b|c|d|e|f\n1@1 1.10|0.1|5.0|1e3|1e25|0.30000000000000004\n");
    expect_lines(
        BYTES("{\"a\":[ 1, 0.10, \"x\\\"1.0\", {\"z\": null}],\"b\":[-0,1E+400],\"c\":[]}\n"),
        "a|b|c\n1@1 [1,0.10,\"x\\\"1.0\",{\"z\":null}]|[-0,1E+400]|[]\n");
    expect_lines(BYTES("{\"a\":1.50,\"b\":12345678901234567890.10,\"c\":-999999999999999999999}\n"
                       "{\"a\":1e999}\n"),
                 "a|b|c\n1@1 1.50|12345678901234567890.10|-999999999999999999999\n"
                 "2@2 1e999|ABSENT|ABSENT\n");
    expect_lines(BYTES("{\"a\":\"\\u00e9\\n\\ud83d\\ude00\"}\n"),
                 "a\n1@1 \xC3\xA9<0A>\xF0\x9F\x98\x80\n");
}

static void paths(void **state)
{
    (void)state;
    expect_lines(BYTES("{\"a\":{\"type\":\"Lead\",\"b\":{\"c\":1}},\"z\":{}}\n{\"a\":null}\n"),
                 "a.type|a.b.c|z|a\n1@1 Lead|1|{}|ABSENT\n2@2 ABSENT|ABSENT|ABSENT|NULL\n");
    /* past eight levels it is JSON */
    expect_lines(
        BYTES("{\"1\":{\"2\":{\"3\":{\"4\":{\"5\":{\"6\":{\"7\":{\"8\":{\"9\":0}}}}}}}}}\n"),
        "1.2.3.4.5.6.7.8\n1@1 {\"9\":0}\n");
    expect_lines(BYTES("{\"a.b\":1,\"a\":{\"b\":2}}\n"),
                 "a.b\n1@1 !json 1:1 two values for 'a.b'\n");
}

/* What the objects' cells hold when all of them are wanted, or none. */
static void expect_objects(const char *in, bool wanted, const char *want)
{
    struct mop_err e = {0};
    struct mop_buf out;
    struct mop_batch *b = mop_alloc(sizeof *b);
    mop_buf_init(&out, 10000);
    struct mop_source *s =
        mop_exporter_json.open(records_file(".ndjson", in, strlen(in)), &none, &e);
    assert_non_null(s);
    for (size_t i = 0; i < s->schema.nobjects; i++) {
        mop_buf_printf(&out, "%s%.*s", i ? "|" : "",
                       MOP_SV_ARG(s->schema.columns[s->schema.n + i]));
        s->schema.wanted[i] = wanted;
    }
    mop_buf_chr(&out, '\n');
    while (mop_exporter_json.next(s, b, &e) == 1)
        for (size_t i = 0; i < b->n; i++) {
            struct mop_row row = b->rows[i];
            row.cells += row.fault ? 0 : s->schema.n;
            records_row(&out, &row, s->schema.nobjects);
        }
    mop_exporter_json.close(s);
    unlink(records_path);
    assert_string_equal(out.p, want);
    mop_buf_release(&out);
    free(b);
}

static void objects(void **state)
{
    (void)state;
    static const char in[] = "{\"a\":{\"b\":{\"c\":1.10,\"d\":[]}},\"z\":{}}\n"
                             "{\"a\":null,\"a.b\":\"x\"}\n{\"a\":{\"b\":{}}}\n{}\n";
    expect_objects(in, true,
                   "a|a.b\n1@1 {\"b\":{\"c\":1.10,\"d\":[]}}|{\"c\":1.10,\"d\":[]}\n"
                   "2@2 NULL|x\n3@3 {\"b\":{}}|{}\n4@4 ABSENT|ABSENT\n");
    expect_objects(in, false,
                   "a|a.b\n1@1 ABSENT|ABSENT\n2@2 ABSENT|ABSENT\n3@3 ABSENT|ABSENT\n4@4 "
                   "ABSENT|ABSENT\n");
    /* a name that two objects have, and no column */
    static const char twice[] = "{\"a.b\":{\"c\":1},\"a\":{\"b\":{\"d\":2}}}\n";
    expect_objects(twice, true, "a.b|a\n1@1 !json 1:1 two values for 'a.b'\n");
    expect_objects(twice, false, "a.b|a\n1@1 ABSENT|ABSENT\n");
    expect_objects("{\"a\":{\"b\":\"\xE9\"}}\n", true,
                   "a\n1@1 {\"b\":\"<FF>\"}!encoding 1:12 bytes that are not UTF-8\n");
}

static void faulty_lines(void **state)
{
    (void)state;
    expect_lines(
        BYTES("{\"a\":1}\nnope\n\n  \n{\"a\":2\n[1]\n7\n{\"a\":3}"),
        "a\n1@1 1\n2@2 !json 2:4 invalid token near 'nope'\n3@5 !json 5:6 '}' expected near end of "
        "file\n"
        "4@6 !json 6:1 an array, not an object\n5@7 !json 7:1 a number, not an object\n6@8 3\n");
    /* a last line that stops in the middle: the file was cut off */
    expect_lines(BYTES("{\"a\":1}\n{\"a\":\"x"),
                 "error 3 2:1 the last line ends too early: the file is not whole (began here)\n");
    expect_lines(BYTES("{\"a\":1}\n{\"a\":\"x\n"),
                 "a\n1@1 1\n2@2 !json 2:7 premature end of input near '\"x'\n");
    expect_lines(BYTES("{\"a\":1,\"a\":2}\r\n{\"a\":3}\r\n"),
                 "a\n1@1 !json 1:10 duplicate object key near '\"a\"'\n2@2 3\n");
    expect_lines(BYTES("{\"a\":\"\\ud800\"}\n"),
                 "\n1@1 !json 1:13 invalid Unicode '\\uD800' near '\"\\ud800\"'\n");
}

/* What is no number stays a fault, with the place and the token that were written. */
static void faulty_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"{\"a\":01}", "1:6 invalid token near '0'"},
        {"{\"a\":-01.5}", "1:7 invalid token near '-0'"},
        {"{\"a\":1.}", "1:7 invalid token near '1.'"},
        {"{\"a\":1.5e5e5}", "1:11 '}' expected near 'e'"},
        {"{\"a\":.5}", "1:6 invalid token near '.'"},
        {"{\"a\":+1}", "1:6 invalid token near '+'"},
        {"{\"a\":-}", "1:6 invalid token near '-'"},
        {"{\"a\":1.5e}", "1:9 invalid token near '1.5e'"},
        {"{\"a\":1e+}", "1:8 invalid token near '1e+'"},
        {"{\"a\":NaN}", "1:8 invalid token near 'NaN'"},
        {"{\"a\":1.25 ,\"b\":12e3,\"c\":x}", "1:25 invalid token near 'x'"},
        {"{\"a\":1.25 ,\"b\":\"é\\\" 1.5\",\"c\":2.50x}", "1:35 '}' expected near 'x'"},
        {"{\"a\":1.25 1.50}", "1:14 '}' expected near '1.50'"},
        {"{\"a\":1.25,2.5000000000000000000000:1}", "1:34 string or '}' expected"},
        {"{\"a\":1.25,\"a\":1}", "1:13 duplicate object key near '\"a\"'"},
        {"{\"a\":1.25", "1:9 '}' expected near end of file"},
        {"{\"a\":[1.25,", "1:11 ']' expected near end of file"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char in[128], want[128];
        int n = snprintf(in, sizeof in, "%s\n", cases[i].in);
        snprintf(want, sizeof want, "\n1@1 !json %s\n", cases[i].want);
        expect_lines(in, (size_t)n, want);
    }
    expect_document(BYTES("[{\"a\":1.5},\n {\"a\":1.25,\"b\":1.2.3}]"),
                    "error 3 2:19 not JSON: '}' expected near '.'\n");
}

static void faulty_cells(void **state)
{
    (void)state;
    expect_lines(BYTES("{\"a\":\"x\",\"b\":\"z\xE9z\"}\n{\"a\":\"x\x7F\"}\n"),
                 "a|b\n1@1 x|z<FF>z!encoding 1:16 bytes that are not UTF-8\n2@2 x<7F>|ABSENT\n");
    expect_lines(BYTES("{\"a\":\"x\\u0000y\"}\n"), "a\n1@1 x<00>y!nul 1:1 a NUL byte\n");
    expect_lines(BYTES("{\"a\":2e5\0}\n{\"a\":7}\n"), "a\n1@1 !json 1:9 NUL byte\n2@2 7\n");
    expect_lines(BYTES("{\"\xE9\":1}\n"),
                 "<7F>\n1@1 !json 1:3 bytes that are not UTF-8 in the name '\\x7f'\n");
}

static void documents(void **state)
{
    (void)state;
    expect_document(BYTES(" [\n {\"a\":1},\n {\"a\":\"]}\\\"\"} ,{\"a\":{\"b\":[{}]}}\n]\n"),
                    "a|a.b\n1@2 1|ABSENT\n2@3 ]}\"|ABSENT\n3@3 ABSENT|[{}]\n");
    expect_document(BYTES("[]"), "\n");
    expect_document(BYTES("[{\"a\":1}, {\"a\":1,\"a\":2}, 7]"),
                    "a\n1@1 1\n2@1 !json 1:20 duplicate object key near '\"a\"'\n3@1 !json 1:26 a "
                    "number, not an object\n");
    expect_document(BYTES("{\"n\": [1], \"records\" : [{\"a\":1},\n{\"a\":2}], \"done\":true}"),
                    "a\n1@1 1\n2@2 2\n");
    expect_document(BYTES("{\"a\":1,\n\"records\":{\"b\":2}}\n"), "a|records.b\n1@1 1|2\n");
    expect_document(BYTES("{\"a\":1}\n{\"a\":2}\n"), "a\n1@1 1\n2@2 2\n");
    expect_document(BYTES("{\"a\":x}\n{\"a\":2}\n"),
                    "a\n1@1 !json 1:6 invalid token near 'x'\n2@2 2\n");
    expect_document(BYTES("\xEF\xBB\xBF[{\"a\":1}]"), "a\n1@1 1\n");
}

static void broken_documents(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"", "error 3 1:1 no records: the file is empty\n"},
        {" \n ", "error 3 2:2 no records: the file is empty\n"},
        {"hello", "error 3 1:1 neither a JSON array nor JSON objects\n"},
        {"[", "error 3 1:2 the document ends too early: its array is still open\n"},
        {"[{\"a\":1}", "error 3 1:9 the document ends too early: its array is still open\n"},
        {"[{\"a\":1},", "error 3 1:10 the document ends too early: its array is still open\n"},
        {"[{\"a\":1},\n {\"b\":[",
         "error 3 2:2 the document ends too early: what began here never ends\n"},
        {"[{\"a\":1},\n {\"b\":\"x]",
         "error 3 2:2 the document ends too early: what began here never ends\n"},
        {"[{\"a\":1},]", "error 3 1:10 expected a record\n"},
        {"[{\"a\":1} {\"a\":2}]", "error 3 1:10 expected ',' or ']'\n"},
        {"[{\"a\":1}\n,\n{\"a\":x}]", "error 3 3:6 not JSON: invalid token near 'x'\n"},
        {"[{\"a\":1}] x", "error 3 1:11 something follows the end of the JSON document\n"},
        {"{\"records\":[{\"a\":1}]", "error 3 1:21 the document ends too early\n"},
        {"{\"records\":[{\"a\":1}],}", "error 3 1:22 expected a name\n"},
        {"{\"records\":[{\"a\":1}],\"x\"}", "error 3 1:25 expected ':'\n"},
        {"{\"records\":[{\"a\":1}],\"x\":}", "error 3 1:26 expected a value\n"},
        {"{\"records\":[{\"a\":1}],\"records\":[]}", "error 3 1:22 a second 'records'\n"},
        {"{\"records\":[{\"a\":1}]}{",
         "error 3 1:22 something follows the end of the JSON document\n"},
        {"{\"a\":1,\"b\":",
         "error 3 1:1 the last line ends too early: the file is not whole (began here)\n"},
        {"{\"a\":{\"b\":1}",
         "error 3 1:1 the last line ends too early: the file is not whole (began here)\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_document(cases[i].in, strlen(cases[i].in), cases[i].want);
}

static void deep(void **state)
{
    (void)state;
    struct mop_buf in;
    mop_buf_init(&in, 1 << 20);
    mop_buf_str(&in, "{\"a\":1}\n{\"a\":");
    for (int i = 0; i < 5000; i++)
        mop_buf_chr(&in, '[');
    expect_lines(in.p, in.n, "error 3 2:1 nested too deep: more than 2048 levels (began here)\n");
    mop_buf_release(&in);
}

/* More than the sample: a later name is told and counted, the row is there. */
static void strangers(void **state)
{
    (void)state;
    struct mop_buf in, out;
    mop_buf_init(&in, 1 << 20);
    mop_buf_init(&out, 1 << 20);
    mop_buf_str(&out, "a\n");
    for (int i = 1; i <= 1500; i++) {
        mop_buf_printf(&in, i > 1400 ? "{\"a\":%d,\"late\":{\"x\":1}}\n" : "{\"a\":%d}\n", i);
        mop_buf_printf(&out, "%d@%d %d\n", i, i, i);
    }
    mop_buf_str(&out, "note: read as one JSON object a line\n"
                      "note: column 'late.x' is not in the first 1000 records and is left out (in "
                      "100 records)\n");
    records_expect(&mop_exporter_json, ".jsonl", in.p, in.n, &none, true, out.p);
    mop_buf_release(&in);
    mop_buf_release(&out);
}

/* Texts longer than a block, in lines and in an array, give the same records. */
static void large(void **state)
{
    (void)state;
    static const char *const endings[] = {".ndjson", ".json"};
    for (int array = 0; array < 2; array++) {
        struct mop_buf in, out;
        mop_buf_init(&in, 1 << 26);
        mop_buf_init(&out, 1 << 26);
        mop_buf_str(&in, array ? "[" : "");
        mop_buf_str(&out, "id|text\n");
        for (int i = 1; i <= 2000; i++) {
            mop_buf_printf(&in, "%s{\"id\":%d,\"text\":\"", array && i > 1 ? "," : "", i);
            mop_buf_printf(&out, "%d@%d %d|", i, i, i);
            for (int k = 0; k < (i == 1500 ? 100000 : i % 300); k++) {
                mop_buf_str(&in, "\\\"{x");
                mop_buf_str(&out, "\"{x");
            }
            mop_buf_str(&in, "\"}\n");
            mop_buf_str(&out, "\n");
        }
        mop_buf_str(&in, array ? "]" : "");
        records_expect(&mop_exporter_json, endings[array], in.p, in.n, &none, false, out.p);
        mop_buf_release(&in);
        mop_buf_release(&out);
    }
}

static void caps(void **state)
{
    (void)state;
    static const struct {
        size_t mib;
        const char *want;
    } cases[] = {
        {17, "error 3 2:1 field 'a' is longer than 16 MiB\n"},
        {65, "error 3 2:1 record is longer than 64 MiB (began here)\n"},
    };
    for (size_t i = 0; i < 2; i++) {
        struct mop_buf in, out;
        char block[1024];
        memset(block, 'x', sizeof block);
        mop_buf_init(&in, (size_t)1 << 28);
        mop_buf_str(&in, "{\"a\":1}\n{\"a\":\"");
        for (size_t k = 0; k < cases[i].mib * 1024; k++)
            mop_buf_add(&in, block, sizeof block);
        mop_buf_str(&in, "\"}\n");
        records_read(&out, &mop_exporter_json, records_file(".ndjson", in.p, in.n), &none, false);
        unlink(records_path);
        assert_non_null(strstr(out.p, cases[i].want));
        mop_buf_release(&in);
        mop_buf_release(&out);
    }
}

static void encodings(void **state)
{
    (void)state;
    records_expect(&mop_exporter_json, ".ndjson", BYTES("{\"a\":\"\xE9\"}\n{\"a\":\"\x81\"}\n"),
                   &(struct mop_source_options){.encoding = "windows-1252"}, false,
                   "a\n1@1 \xC3\xA9\n2@2 <FF>!encoding 2:7 bytes that are not UTF-8\n");
    records_expect(&mop_exporter_json, ".json", BYTES("\xFF\xFE[\0]\0"), &none, false, "\n");
}

static void takes(void **state)
{
    (void)state;
    assert_true(mop_exporter_json.takes("a.json"));
    assert_true(mop_exporter_json.takes("a.NDJSON.gz"));
    assert_true(mop_exporter_json.takes("a.jsonl"));
    assert_false(mop_exporter_json.takes("a.csv"));
    assert_false(mop_exporter_json.takes("json"));
    assert_false(mop_exporter_json.takes("-"));
}

/* Figures of ../shared/data/INDEX.md. */
static void real_salesforce(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint64_t rows;
    } cases[] = {
        {"Account", 12}, {"Campaign", 4}, {"Contact", 20}, {"Lead", 22}, {"Opportunity", 31}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[64];
        snprintf(name, sizeof name, "salesforce_sfdx_json/%s.json", cases[i].name);
        struct records_count n = records_count(&mop_exporter_json, records_real(name), &none);
        assert_int_equal(n.rows, cases[i].rows);
        assert_int_equal(n.row_faults + n.cell_faults, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),
        cmocka_unit_test(paths),
        cmocka_unit_test(objects),
        cmocka_unit_test(faulty_lines),
        cmocka_unit_test(faulty_numbers),
        cmocka_unit_test(faulty_cells),
        cmocka_unit_test(documents),
        cmocka_unit_test(broken_documents),
        cmocka_unit_test(deep),
        cmocka_unit_test(strangers),
        cmocka_unit_test(large),
        cmocka_unit_test(caps),
        cmocka_unit_test(encodings),
        cmocka_unit_test(takes),
        cmocka_unit_test(real_salesforce),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
