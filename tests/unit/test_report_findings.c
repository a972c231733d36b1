/* SPDX-License-Identifier: MIT */
#include "test_report_model.h"
#include "report/findings.h"
#include "report/outfile.h"
#include <jansson.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static struct mop_buf content(const char *name)
{
    struct mop_buf b;
    char piece[4096];
    mop_buf_init(&b, 1 << 20);
    FILE *f = fopen(in_folder(name), "rb");
    if (!f)
        fail_msg("no file %s", name);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        mop_buf_add(&b, piece, n);
    fclose(f);
    return b;
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/mopslint-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static void expect_content(const char *name, const char *want)
{
    struct mop_buf b = content(name);
    assert_string_equal(b.p, want);
    mop_buf_release(&b);
}

static void write_file(const char *path, bool secret, const char *text, bool commit)
{
    struct mop_err e = {0};
    struct mop_outfile *f = mop_outfile_open(path, secret, &e);
    assert_non_null(f);
    assert_int_equal(mop_outfile_write(f, text, strlen(text), &e), 0);
    if (!commit)
        mop_outfile_abort(f);
    else
        assert_int_equal(mop_outfile_commit(f, &e), 0);
}

static mode_t mode_of(const char *name)
{
    struct stat s;
    assert_int_equal(stat(in_folder(name), &s), 0);
    return s.st_mode & 0777;
}

/* Whole or not at all; mode and links of what was there stay. */
static void outfile(void **state)
{
    char target[256];
    (void)state;
    umask(022);
    write_file(in_folder("a"), false, "one", true);
    assert_int_equal(mode_of("a"), 0644);
    write_file(in_folder("a"), false, "two", false);
    expect_content("a", "one");
    chmod(in_folder("a"), 0640);
    strcpy(target, in_folder("a"));
    assert_int_equal(symlink(target, in_folder("link")), 0);
    write_file(in_folder("link"), false, "three", true);
    expect_content("a", "three");
    assert_int_equal(mode_of("a"), 0640);
    write_file(in_folder("a"), true, "four", true);
    assert_int_equal(mode_of("a"), 0600);
    char command[128];
    snprintf(command, sizeof command, "test \"$(ls -A %s | tr '\\n' ' ')\" = 'a link '",
             folder); /* nothing else is left */
    assert_int_equal(system(command), 0);
}

static void outfile_faults(void **state)
{
    static const struct {
        const char *path, *want;
    } rows[] = {{"/tmp/mopslint-no-such-folder/x",
                 "cannot write '/tmp/mopslint-no-such-folder/x': No such file or directory"},
                {"/tmp", "cannot write '/tmp': Is a directory"},
                {"", "cannot write '': No such file or directory"}};
    struct mop_err e;
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        memset(&e, 0, sizeof e);
        assert_null(mop_outfile_open(rows[i].path, false, &e));
        assert_int_equal(e.code, 3);
        assert_string_equal(e.msg, rows[i].want);
    }
    memset(&e, 0, sizeof e);
    struct mop_outfile *f = mop_outfile_open("/dev/full", false, &e);
    assert_non_null(f);
    assert_int_equal(mop_outfile_write(f, "x", 1, &e), -1);
    assert_string_equal(e.msg, "cannot write '/dev/full': No space left on device");
    mop_outfile_abort(f);
    assert_int_equal(access("/dev/full", F_OK), 0);
}

/* ---- findings ---- */

static const char *const sources[] = {"leads.csv"};

static struct mop_finding finding(const struct model *m, const char *value, const char *fixer)
{
    return (struct mop_finding){.check = &m->alias,
                                .line = 17,
                                .record = 16,
                                .key = MOP_SV("L-17"),
                                .field = &m->source,
                                .column = MOP_SV("UTM Source"),
                                .value = mop_sv_of(value),
                                .message = MOP_SV("'x' is \"odd\""),
                                .proposal = MOP_SV("linkedin"),
                                .certain = true,
                                .fixer = mop_sv_of(fixer)};
}

static struct mop_findings *open_findings(const struct model *m, const char *name, bool show)
{
    struct mop_err e = {0};
    struct mop_findings_options o = {&m->rules, sources, 1, show};
    struct mop_findings *f = mop_findings_open(in_folder(name), &o, &e);
    if (!f)
        fail_msg("%s", e.msg);
    return f;
}

static void give(struct mop_findings *f, const struct mop_finding *x)
{
    struct mop_err e = {0};
    struct mop_finding_sink sink = mop_findings_sink(f);
    assert_int_equal(sink.finding(sink.ctx, x, &e), 0);
}

static void commit(struct mop_findings *f)
{
    struct mop_err e = {0};
    assert_int_equal(mop_findings_commit(f, &e), 0);
}

#define HEAD                                                                                       \
    "source,line,record,key,field,column,rule,severity,outcome,suppressed,value,proposal,certain," \
    "fixer,owner,message,baseline\r\n"
#define BEFORE                                                                                     \
    "leads.csv,17,lead,L-17,utm_source,UTM Source,lead.utm_source.alias,error,fail,false,"
#define AFTER ",linkedin,true,dana,dana,\"'x' is \"\"odd\"\"\",\r\n"

/* Quoting, and what a spreadsheet would run. */
static void csv(void **state)
{
    static const struct {
        const char *value, *want;
    } rows[] = {{"li", "li"},
                {"a,b", "\"a,b\""},
                {"a\nb", "a\\nb"},
                {"=1+1", "'=1+1"},
                {"+49", "'+49"},
                {"-2", "'-2"},
                {"@x", "'@x"},
                {"\tx", "\"'\tx\""},
                {"\rx", "\\rx"},
                {"=\"a\"", "\"'=\"\"a\"\"\""},
                {" x", "\" x\""},
                {"", ""},
                {"x=1", "x=1"},
                {"\x1b[2J", "\\x1b[2J"},
                {"\xC2\x9B,", "\"\\u{009b},\""},
                {"\xE2\x80\xAE", "\\u{202e}"},
                {"\xFF", "\\xff"},
                {"k\xC3\xB6ln", "k\xC3\xB6ln"}};
    (void)state;
    struct model *m = model_create();
    for (size_t i = 0; i < ROWS(rows); i++) {
        char want[512];
        struct mop_findings *f = open_findings(m, "f.csv", false);
        struct mop_finding x = finding(m, rows[i].value, "dana");
        give(f, &x);
        commit(f);
        snprintf(want, sizeof want, "%s%s%s%s", HEAD, BEFORE, rows[i].want, AFTER);
        expect_content("f.csv", want);
    }
    model_free(m);
}

static void ndjson(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_findings *f = open_findings(m, "f.ndjson", false);
    struct mop_finding x = finding(m, NASTY "\\\"", "");
    x.undecided = x.suppressed = true;
    x.line = 0;
    give(f, &x);
    commit(f);
    struct mop_buf b = content("f.ndjson");
    json_t *t = json_loads(b.p, 0, NULL);
    assert_non_null(t);
    assert_int_equal(json_object_size(t), MOP_FC_COLUMNS);
    assert_true(json_is_null(json_object_get(t, "line")) &&
                json_is_null(json_object_get(t, "fixer")));
    assert_true(json_is_true(json_object_get(t, "suppressed")));
    assert_string_equal(json_string_value(json_object_get(t, "outcome")), "undecided");
    assert_string_equal(json_string_value(json_object_get(t, "value")),
                        "::error::\x1b[31m|`<b>&@dana\n\xEF\xBF\xBD##[x]\\\"");
    json_decref(t);
    mop_buf_release(&b);
    model_free(m);
}

static void findings_mask(void **state)
{
    (void)state;
    struct model *m = model_create();
    struct mop_finding x = finding(m, "jane.roe@example.com", "dana");
    m->id.personal = true;
    x.field = &m->email;
    x.key = MOP_SV("john@example.com");
    for (int show = 0; show < 2; show++) {
        struct mop_findings *f = open_findings(m, "m.csv", show);
        give(f, &x);
        commit(f);
        struct mop_buf b = content("m.csv");
        assert_true(!strstr(b.p, "jane.roe") == !show && !strstr(b.p, "john@") == !show);
        mop_buf_release(&b);
    }
    assert_int_equal(mode_of("m.csv"), 0600);
    model_free(m);
}

static void findings_faults(void **state)
{
    struct mop_err e = {0};
    struct model *m = model_create();
    struct mop_findings_options o = {&m->rules, sources, 1, false};
    (void)state;
    assert_null(mop_findings_open("x.txt", &o, &e));
    assert_int_equal(e.code, 2);
    struct mop_findings *f = open_findings(m, "gone.csv", false);
    mop_findings_abort(f);
    assert_int_not_equal(access(in_folder("gone.csv"), F_OK), 0);
    memset(&e, 0, sizeof e);
    f = mop_findings_open("/dev/full", &o, &e);
    assert_non_null(f);
    assert_int_equal(mop_findings_commit(f, &e), -1);
    assert_int_equal(e.code, 3);
    memset(&e, 0, sizeof e);
    assert_null(mop_findings_open_by_fixer("/dev/full", &o, &e));
    assert_int_equal(e.code, 3);
    model_free(m);
}

/* A file each with a safe name; yesterday's of one with nothing left to do is emptied. */
static void by_fixer(void **state)
{
    static const char *const fixers[] = {"sdr-emea", "SDR-EMEA", "../../etc/passwd",
                                         "",         "sdr-emea", "kim@example.com"};
    struct mop_err e = {0};
    char dir[256];
    struct model *m = model_create();
    struct mop_findings_options o = {&m->rules, sources, 1, false};
    (void)state;
    snprintf(dir, sizeof dir, "%s", in_folder("by"));
    mkdir(dir, 0755);
    write_file(in_folder("by/dana.csv"), false, "old", true);
    write_file(in_folder("by/other.csv"), false, "old", true);
    struct mop_findings *f = mop_findings_open_by_fixer(dir, &o, &e);
    assert_non_null(f);
    for (size_t i = 0; i < ROWS(fixers); i++) {
        struct mop_finding x = finding(m, "li", fixers[i]);
        give(f, &x);
    }
    commit(f);
    expect_content("by/dana.csv", HEAD);
    expect_content("by/other.csv", "old"); /* nobody of this taxonomy */
    char command[1024];
    snprintf(command, sizeof command,
             "test \"$(ls %s | grep -cE '^[a-zA-Z0-9_][a-zA-Z0-9_.-]*\\.csv$')\" = 7 && grep -c "
             "L-17 %s/sdr-emea.csv | grep -qx 2",
             dir, dir);
    assert_int_equal(system(command), 0);
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(outfile, make_folder, remove_folder),
        cmocka_unit_test(outfile_faults),
        cmocka_unit_test_setup_teardown(csv, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(ndjson, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(findings_mask, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(findings_faults, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(by_fixer, make_folder, remove_folder)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
