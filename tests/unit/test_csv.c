/* SPDX-License-Identifier: MIT */
#include "records.h"

#include "../../src/exporters/csv_source.h"

static const struct mop_source_options none;

static void expect(const char *bytes, size_t n, const char *want)
{
    records_expect(&mop_exporter_csv, ".csv", bytes, n, &none, false, want);
}

static void expect_notes(const struct mop_source_options *o, const char *bytes, size_t n,
                         const char *want)
{
    records_expect(&mop_exporter_csv, ".csv", bytes, n, o, true, want);
}

static void plain(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t n;
        const char *want;
    } cases[] = {
        {BYTES("a,b\n1,2\n"), "a|b\n1@2 1|2\n"},
        {BYTES("a,b\r\n1,2\r\n"), "a|b\n1@2 1|2\n"},
        {BYTES("a,b\r1,2\r3,4"), "a|b\n1@2 1|2\n2@3 3|4\n"},
        {BYTES("a,b\r1,\"x\ry\"\r\r3,4\r"), "a|b\n1@2 1|x<0D>y\n2@5 3|4\n"},
        {BYTES("a\r"), "a\n"},
        {BYTES("a,b\n"), "a|b\n"},
        {BYTES("a,b"), "a|b\n"},
        {BYTES("a,b\n1,2"), "a|b\n1@2 1|2\n"},
        /* nothing is trimmed; empty is given whether quoted or not */
        {BYTES("a,b,c\n x ,\"\",\n"), "a|b|c\n1@2  x ||\n"},
        {BYTES("a,b\n\"x\"\"y\",\"1,2\"\n"), "a|b\n1@2 x\"y|1,2\n"},
        /* a record's line is where it begins; an embedded CRLF is one line */
        {BYTES("a,b\n1,\"x\r\ny\nz\"\n2,3\n"), "a|b\n1@2 1|x<0D><0A>y<0A>z\n2@5 2|3\n"},
        /* an empty line is a record of one empty field: all of one column, else none, and told */
        {BYTES("\n\na\n\n1\n\r\n2\n\"\"\n \n"), "a\n1@4 \n2@5 1\n3@6 \n4@7 2\n5@8 \n6@9  \n"},
        {BYTES("a\r1\r\r2\r\n\r\n"), "a\n1@2 1\n2@3 \n3@4 2\n"},
        {BYTES("\na,b\n1,2\n\n\r\n3,4\n\n"), "a|b\n1@3 1|2\n2@6 3|4\n"},
        /* a lone CR ends a record and is no line where lines end in LF */
        {BYTES("a,b\n1,2\r3,4\n5,6\n"), "a|b\n1@2 1|2\n2@2 3|4\n3@3 5|6\n"},
        /* quotes inside unquoted fields are text */
        {BYTES("a,b\n5\" pipe,6\"\n"), "a|b\n1@2 5\" pipe|6\"\n"},
        {BYTES("a,b\n x\"y\"z,\"ok\"\n"), "a|b\n1@2  x\"y\"z|ok\n"},
        {BYTES("\xEF\xBB\xBF\"a\",b\n1,2\n"), "a|b\n1@2 1|2\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].in, cases[i].n, cases[i].want);
}

static void ragged(void **state)
{
    (void)state;
    expect(BYTES("a,b\n1\n1,2,3\n1,2,,\n1,2\n\"x\ny\"\n7,8\n"),
           "a|b\n1@2 !ragged 2:1 1 field, header has 2\n2@3 !ragged 3:1 3 fields, header has "
           "2\n3@4 1|2\n4@5 1|2\n"
           "5@6 !ragged 6:1 1 field, header has 2\n6@8 7|8\n");
}

static void faulty_bytes(void **state)
{
    (void)state;
    expect(
        BYTES("a,b\n1,2\n\"x\ny\"\"\xE9\",z\n3,\xC3\xA9\n"),
        "a|b\n1@2 1|2\n2@3 x<0A>y\"\xE9!encoding|z 4:4 byte 0xE9 is not UTF-8\n3@5 3|\xC3\xA9\n");
    /* a lead byte at the end of one cell and a continuation at the start of the next are two
     * faults, not a character */
    expect(BYTES("a,b\n\xC3,\xA9\n"),
           "a|b\n1@2 \xC3!encoding|\xA9!encoding 2:1 byte 0xC3 is not UTF-8\n");
    expect(BYTES("a,b\n1,x\0y\n"), "a|b\n1@2 1|x<00>y!nul 2:4 a NUL byte\n");
    expect(BYTES("a,b\xE9\n1,2\n"),
           "error 3 1:4 the header is not UTF-8 / say what it is, e.g. --encoding windows-1252, or "
           "`source: {encoding: windows-1252}` in the taxonomy\n");
    expect(BYTES("a\0,\0b\0\n\0"),
           "error 3 1:2 a NUL byte in the header / is this UTF-16? try --encoding utf-16le\n");
}

static void broken(void **state)
{
    (void)state;
    expect(BYTES(""), "error 3 0:0 no header: the file is empty\n");
    expect(BYTES("\n\r\n"), "error 3 0:0 no header: the file is empty\n");
    /* rows before the fault are still delivered */
    expect(BYTES("a,b\n1,2\n3,\"x\ny,z\n"),
           "a|b\n1@2 1|2\nerror 3 3:3 quoted field never ends (opened here)\n");
    expect(BYTES("a,b\n1,2\n\"x\"y,2\n"),
           "a|b\n1@2 1|2\nerror 3 3:4 text behind the closing quote of the field that began at "
           "line 3, "
           "column 1 / a quote inside a quoted field is written twice\n");
    expect(BYTES("a,b\n1,\"x \\\"y\\\"\"\n"),
           "a|b\nerror 3 2:8 text behind the closing quote of the field that began at line 2, "
           "column 3 / a quote inside a quoted field is written twice, not with a backslash\n");
    expect(BYTES("\"a"), "error 3 1:1 quoted field never ends (opened here)\n");
}

static void options(void **state)
{
    (void)state;
    expect_notes(&(struct mop_source_options){.delimiter = ';'}, BYTES("a,b;c\n1;2\n"),
                 "a,b|c\n1@2 1|2\n");
    expect_notes(&(struct mop_source_options){.delimiter = '"'}, BYTES("a\n"),
                 "error 2 0:0 a quote or a line end cannot be the delimiter\n");
    expect_notes(&(struct mop_source_options){.skip_lines = 2}, BYTES("Report \"x\n\na,b\n1,2\n"),
                 "a|b\n1@4 1|2\nnote: delimiter ',' (detected)\n");
    expect_notes(&(struct mop_source_options){.skip_lines = 3}, BYTES("a\nb"),
                 "error 3 0:0 no header: 3 lines to skip, the file has 2\n");
    expect_notes(&(struct mop_source_options){.skip_lines = 1}, BYTES("a\n"),
                 "error 3 0:0 no header: the file is empty\n");
    expect_notes(&(struct mop_source_options){.max_field_newlines = 2},
                 BYTES("a\n\"1\n2\n3\"\n\"1\n2\n3\n4\"\n"),
                 "a\n1@2 1<0A>2<0A>3\nnote: no delimiter among , ; TAB | found: one column\n"
                 "error 3 5:1 quoted field holds too many lines (opened here) / more than 2 "
                 "newlines: is its closing quote missing?\n");
}

static void detection(void **state)
{
    (void)state;
    expect_notes(&none, BYTES("a;b\n\"1;5\";2,5\n3,1;4,1\n"),
                 "a|b\n1@2 1;5|2,5\n2@3 3,1|4,1\nnote: delimiter ';' (detected)\n");
    expect_notes(&none, BYTES("a\tb\n1\t2,3\n"),
                 "a|b\n1@2 1|2,3\nnote: delimiter TAB (detected)\n");
    expect_notes(&none, BYTES("a|b\n1|2\n"), "a|b\n1@2 1|2\nnote: delimiter '|' (detected)\n");
    expect_notes(&none, BYTES("sep=;\r\na;b\r\n1;2\r\n"),
                 "a|b\n1@3 1|2\nnote: first line 'sep=;' names the delimiter\n");
    expect_notes(&none, BYTES("Campaign, report\n\na;b;c;d\n1;2;3;4\n5;6;7;8\n"),
                 "Campaign, report\n1@3 !ragged 3:1 4 fields, header has 1\n2@4 !ragged 4:1 4 "
                 "fields, header has 1\n"
                 "3@5 !ragged 5:1 4 fields, header has 1\nnote: delimiter ';' (detected)\n"
                 "note: the header has 1 field, line 3 has 4: try --skip-lines 2\nnote: 1 blank "
                 "line skipped, the first is line 2\n");
    expect_notes(&none, BYTES(" a,b ,a,,\n1,2,3,4,5\n"),
                 "a|b|a||\n1@2 1|2|3|4|5\nnote: delimiter ',' (detected)\nnote: blanks around "
                 "names trimmed: columns 1 ' a', 2 'b '\n"
                 "note: name used before: column 3 'a'\nnote: no name: columns 4 '', 5 ''\n");
    expect_notes(
        &none, BYTES("a,b\n5\" x,2\n1,\"2\n2\"\n1\"1\",2\n"),
        "a|b\n1@2 5\" x|2\n2@3 1|2<0A>2\n3@5 1\"1\"|2\nnote: delimiter ',' (detected)\n"
        "note: 3 quotes inside unquoted fields kept as text, the first at line 2, column 2\n");
}

static void encodings(void **state)
{
    (void)state;
    expect_notes(&(struct mop_source_options){.encoding = "windows-1252"},
                 BYTES("a,b\n\xE9,\xE9\x81\n"),
                 "a|b\n1@2 \xC3\xA9|\xC3\xA9<FF>!encoding 2:4 bytes that have no meaning in "
                 "windows-1252\nnote: delimiter ',' (detected)\n");
    expect_notes(&none,
                 BYTES("\xFF\xFE"
                       "a\0,\0b\0\r\0\n\0\xE9\0,\0\0\xD8\r\0\n\0"),
                 "a|b\n1@2 \xC3\xA9|<FF>!encoding 2:3 bytes that have no meaning in UTF-16LE\n"
                 "note: encoding UTF-16LE (byte order mark)\nnote: delimiter ',' (detected)\n");
}

/* Rows and fields past every internal size: blocks, batches, cells. */
static void large(void **state)
{
    (void)state;
    struct mop_buf in, out;
    mop_buf_init(&in, (size_t)1 << 26);
    mop_buf_init(&out, (size_t)1 << 26);
    mop_buf_str(&in, "id,text\r\n");
    mop_buf_str(&out, "id|text\n");
    uint64_t line = 2;
    for (unsigned i = 1; i <= 3000; i++) {
        mop_buf_printf(&in, "%u,\"", i);
        mop_buf_printf(&out, "%u@%llu %u|", i, (unsigned long long)line++, i);
        for (unsigned k = 0; k < i % 700; k++)
            mop_buf_str(k % 50 ? &in : &in, k % 50 ? "\"\"x" : "\r\n"),
                mop_buf_str(&out, k % 50 ? "\"x" : "<0D><0A>"), line += k % 50 == 0;
        mop_buf_str(&in, i % 3 ? "\"\r\n" : "\"\r\n\r\n");
        mop_buf_str(&out, "\n");
        line += i % 3 == 0;
    }
    expect(in.p, in.n, out.p);
    mop_buf_release(&in);
    mop_buf_release(&out);
}

static void repeat(struct mop_buf *b, const char *what, size_t times)
{
    while (times--)
        mop_buf_str(b, what);
}

static void caps(void **state)
{
    (void)state;
    static const struct {
        const char *before, *unit;
        size_t times;
        const char *after, *want;
    } cases[] = {
        {"a,b\n1,2\n3,", "xxxxxxxxxxxxxxxx", 1 << 20, "\n", "a|b\n1@2 1|2\n"},
        {"a,b\n1,2\n3,", "xxxxxxxxxxxxxxxx", (1 << 20) + 1, "\n",
         "a|b\n1@2 1|2\nerror 3 3:3 field is longer than 16 MiB (began here)\n"},
        {"a,b\n1,2\n3,\"\"\"", "xxxxxxxxxxxxxxxx", (1 << 20) + 1, "",
         "a|b\n1@2 1|2\nerror 3 3:3 field is longer than 16 MiB (began here)\n"},
        {"a\n1\n", ",", 32768, "\n",
         "a\n1@2 1\nerror 3 3:32769 record has more than 32768 fields\n"},
        {"a\n1\n", ",", 32767, "\n", "a\n1@2 1\n2@3 \n"},
        {"a\n1\n", "xxxxxxxxxxxxxxxx,xxxxxxxxxxxxxxx", (1 << 21) + 1, "\n",
         "a\n1@2 1\nerror 3 3:1048562 record has more than 32768 fields\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mop_buf in, out;
        mop_buf_init(&in, (size_t)1 << 28);
        mop_buf_str(&in, cases[i].before);
        repeat(&in, cases[i].unit, cases[i].times);
        mop_buf_str(&in, cases[i].after);
        records_read(&out, &mop_exporter_csv, records_file(".csv", in.p, in.n), &none, false);
        if (i > 0)
            assert_string_equal(out.p, cases[i].want);
        else
            assert_int_equal(out.n, strlen(cases[0].want) + 7 + (16 << 20));
        mop_buf_release(&in);
        mop_buf_release(&out);
    }
    unlink(records_path);
}

/* Four fields of just under 16 MiB and some: the record, not a field, is too long. */
static void long_record(void **state)
{
    (void)state;
    struct mop_buf in, out;
    mop_buf_init(&in, (size_t)1 << 28);
    mop_buf_str(&in, "a,b,c,d,e\n");
    for (int i = 0; i < 5; i++) {
        repeat(&in, "xxxxxxxxxxxxxxx", 1 << 20);
        mop_buf_str(&in, i < 4 ? "," : "\n");
    }
    records_read(&out, &mop_exporter_csv, records_file(".csv", in.p, in.n), &none, false);
    unlink(records_path);
    assert_string_equal(out.p,
                        "a|b|c|d|e\nerror 3 2:1 record is longer than 64 MiB (began here)\n");
    mop_buf_release(&in);
    mop_buf_release(&out);
}

/* Empty lines between two records, for longer than any window. */
static void many_empty_lines(void **state)
{
    (void)state;
    struct mop_buf in, out;
    mop_buf_init(&in, (size_t)1 << 28);
    mop_buf_str(&in, "a,b\n1,2\n");
    repeat(&in, "\n", 8 << 20);
    mop_buf_str(&in, "3,4\n");
    records_read(&out, &mop_exporter_csv, records_file(".csv", in.p, in.n), &none, false);
    unlink(records_path);
    assert_string_equal(out.p, "a|b\n1@2 1|2\n2@8388611 3|4\n");
    mop_buf_release(&in);
    mop_buf_release(&out);
}

static void header_places(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t n;
        const char *want;
    } T[] = {
        {BYTES("a,bb,\"c,c\"\n1,2,3\n"), "1:1 1:3 1:6 "},
        {BYTES("\n\n a ,,b\n1,2,3\n"), "3:1 3:5 3:6 "},
        {BYTES("a,\"b\nb\",c,\"\n\nd\",e\r\n1,2,3,4,5\r\n"), "1:1 1:3 2:4 2:6 4:4 "},
        {BYTES("a,\"b\rb\",c\r1,2,3\r"), "1:1 1:3 2:4 "},
        {BYTES("\xC3\xA4,b\n1,2\n"), "1:1 1:4 "},
        {BYTES("\xFF\xFE\xE4\0,\0\"\0\xE4\0\n\0\xE4\0\"\0,\0c\0\n\0001\0,\0002\0,\0003\0\n\0"),
         "1:1 1:3 2:4 "},
    };
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        struct mop_err e = {0};
        struct mop_buf b;
        mop_buf_init(&b, 1000);
        struct mop_source *s =
            mop_exporter_csv.open(records_file(".csv", T[i].in, T[i].n), &none, &e);
        assert_non_null(s);
        for (size_t k = 0; k < s->schema.n; k++)
            mop_buf_printf(&b, "%u:%u ", s->schema.at[k].line, s->schema.at[k].col);
        assert_string_equal(b.p, T[i].want);
        mop_buf_release(&b);
        mop_exporter_csv.close(s);
    }
}

static void takes(void **state)
{
    (void)state;
    assert_true(mop_exporter_csv.takes("leads.csv"));
    assert_true(mop_exporter_csv.takes("leads.csv.gz"));
    assert_true(mop_exporter_csv.takes("-"));
    assert_true(mop_exporter_csv.takes("export"));
    assert_false(mop_exporter_csv.takes("leads.ndjson.gz"));
}

/* Figures of ../shared/data/INDEX.md. */
static void real(const char *name, const struct mop_source_options *o, struct records_count want)
{
    struct records_count n = records_count(&mop_exporter_csv, records_real(name), o);
    assert_int_equal(n.rows, want.rows);
    assert_int_equal(n.columns, want.columns);
    assert_int_equal(n.row_faults, want.row_faults);
    assert_int_equal(n.cell_faults, want.cell_faults);
    assert_int_equal(n.blank, want.blank);
    assert_string_equal(n.faults, want.faults);
}

static void real_x_education(void **state)
{
    (void)state;
    real("x_education/Leads.csv", &none, (struct records_count){9240, 0, 0, 50279, 38, ""});
}

static void real_paid_media(void **state)
{
    (void)state;
    real("paid_media/Leads.csv", &none, (struct records_count){2262, 0, 0, 3566, 11, ""});
}

static void real_salesforce(void **state)
{
    (void)state;
    const char *name = "salesforce_dataloader/accountData.csv";
    real(name, &none, (struct records_count){423, 0, 4, 9287, 38, "72:109 87:36 361:90 375:35 "});
    real(name, &(struct mop_source_options){.encoding = "windows-1252"},
         (struct records_count){423, 0, 0, 9287, 38, ""});
}

static void real_ga4(void **state)
{
    (void)state;
    real("ga4_export/ga4_azheng_data-export.csv", &none,
         (struct records_count){286, 13, 0, 0, 2, ""});
}

static void real_facebook(void **state)
{
    (void)state;
    real("dbt_ad_reporting/facebook_ads_creative_history_data.csv", &none,
         (struct records_count){1000, 0, 0, 2000, 15, ""});
}

static void real_google_ads(void **state)
{
    (void)state;
    real("google_ads_ui_export/Campaign report.csv", &(struct mop_source_options){.skip_lines = 2},
         (struct records_count){6, 0, 0, 23, 23, ""});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),
        cmocka_unit_test(ragged),
        cmocka_unit_test(faulty_bytes),
        cmocka_unit_test(broken),
        cmocka_unit_test(options),
        cmocka_unit_test(detection),
        cmocka_unit_test(encodings),
        cmocka_unit_test(large),
        cmocka_unit_test(caps),
        cmocka_unit_test(long_record),
        cmocka_unit_test(many_empty_lines),
        cmocka_unit_test(header_places),
        cmocka_unit_test(takes),
        cmocka_unit_test(real_x_education),
        cmocka_unit_test(real_paid_media),
        cmocka_unit_test(real_salesforce),
        cmocka_unit_test(real_ga4),
        cmocka_unit_test(real_facebook),
        cmocka_unit_test(real_google_ads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
