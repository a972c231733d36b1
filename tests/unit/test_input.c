/* SPDX-License-Identifier: MIT */
#include "records.h"

#include "../../src/exporters/csv_source.h"
#include "../../src/exporters/input.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <zlib.h>

/* All of an input, in pieces of `piece` bytes; then the error if there is one. */
static void read_all(struct mop_buf *out, const char *path, const char *encoding, size_t piece)
{
    struct mop_err e = {0};
    char block[4096];
    long n = -1;
    mop_buf_init(out, (size_t)1 << 26);
    mop_buf_str(out, "");
    struct mop_input *in = mop_input_open(path, encoding, &e);
    while (in && (n = mop_input_read(in, block, piece, &e)) > 0)
        mop_buf_add(out, block, (size_t)n);
    if (n < 0)
        records_error(out, &e);
    mop_input_close(in);
}

static void expect(const char *path, const char *encoding, const char *want, size_t n)
{
    static const size_t pieces[] = {16, 17, 4096};
    for (size_t i = 0; i < 3; i++) {
        struct mop_buf out;
        read_all(&out, path, encoding, pieces[i]);
        assert_int_equal(out.n, n);
        assert_memory_equal(out.p, want, n);
        mop_buf_release(&out);
    }
}

static void expect_bytes(const char *bytes, size_t n, const char *encoding, const char *want,
                         size_t nwant)
{
    expect(records_file(".txt", bytes, n), encoding, want, nwant);
    unlink(records_path);
}

static void encodings(void **state)
{
    (void)state;
    expect_bytes(BYTES(""), NULL, BYTES(""));
    expect_bytes(BYTES("x"), NULL, BYTES("x"));
    /* UTF-8 passes as it is, bad or not, less the mark */
    expect_bytes(BYTES("\xEF\xBB\xBFx\xE9"), NULL, BYTES("x\xE9"));
    expect_bytes(BYTES("\xEF\xBB\xBFx"), "utf-8", BYTES("x"));
    expect_bytes(BYTES("x\0y"), "UTF8", BYTES("x\0y"));
    expect_bytes(BYTES("\xFF\xFEx\0\xE9\0"), NULL, BYTES("x\xC3\xA9"));
    expect_bytes(BYTES("\xFE\xFF\0x\0\xE9"), NULL, BYTES("x\xC3\xA9"));
    expect_bytes(BYTES("\xFE\xFF\0x"), "utf-16", BYTES("x"));
    expect_bytes(BYTES("x\0y\0"), "utf-16le", BYTES("xy"));
    expect_bytes(BYTES("\xFF\xFE\0\0x\0\0\0"), NULL, BYTES("x"));
    expect_bytes(BYTES("\x80 \x81 \xE9"), "windows-1252", BYTES("\xE2\x82\xAC \xFF \xC3\xA9"));
    /* unpaired surrogates, both halves; half a unit at the end */
    expect_bytes(BYTES("\x00\xD8x\0\x00\xDCy\0\x3D\xD8\x00\xDEz"), "utf-16le",
                 BYTES("\xFFx\xFFy\xF0\x9F\x98\x80\xFF"));
    /* two inconvertible bytes never make a character together */
    expect_bytes(BYTES("\xC3\xA9"), "us-ascii", BYTES("\xFF\xFF"));
    expect_bytes(BYTES("\x82\xA0\x82"), "shift_jis", BYTES("\xE3\x81\x82\xFF"));
}

static void unknown_encodings(void **state)
{
    (void)state;
    static const char *const names[] = {"nonsense", "", "windows-1252//IGNORE"};
    for (size_t i = 0; i < 3; i++) {
        struct mop_err e = {0};
        assert_null(mop_input_open(records_file(".txt", "x", 1), names[i], &e));
        assert_int_equal(e.code, 2);
        assert_non_null(strstr(e.hint, "iconv -l"));
    }
    unlink(records_path);
}

static void marks(void **state)
{
    (void)state;
    struct mop_err e = {0};
    struct mop_input *in =
        mop_input_open(records_file(".txt", BYTES("\xEF\xBB\xBFx")), "windows-1252", &e);
    struct mop_input_facts x = mop_input_facts(in);
    assert_string_equal(x.foreign_mark, "UTF-8");
    assert_true(x.converted && x.rereadable && !x.by_mark && !x.gzip);
    assert_int_equal(x.bytes_total, 4);
    assert_int_equal(x.bytes_read, 4);
    mop_input_close(in);
    unlink(records_path);
}

/* Long enough for many blocks, with characters across their borders. */
static void long_text(void **state)
{
    (void)state;
    struct mop_buf in, want;
    mop_buf_init(&in, (size_t)1 << 24);
    mop_buf_init(&want, (size_t)1 << 24);
    mop_buf_add(&in, "\xFF\xFE", 2);
    for (int i = 0; i < 300000; i++) {
        mop_buf_add(&in, i % 7 ? "x\0" : "\x3D\xD8\x00\xDE", i % 7 ? 2 : 4);
        mop_buf_str(&want, i % 7 ? "x" : "\xF0\x9F\x98\x80");
    }
    expect_bytes(in.p, in.n, NULL, want.p, want.n);
    mop_buf_release(&in);
    mop_buf_release(&want);
}

static size_t zip(char *to, size_t cap, const char *text, size_t n)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)to;
    z.avail_out = (uInt)cap;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return cap - z.avail_out;
}

static void gzip(void **state)
{
    (void)state;
    char z[512];
    size_t one = zip(z, sizeof z, BYTES("hello ")),
           two = one + zip(z + one, sizeof z - one, BYTES("\xE9"));
    static const char early[] = "error 3 0:0 the gzip data ends too early: the file is not whole\n";
    static const char damaged[] = "error 3 0:0 damaged gzip data\n";
    static const char trailing[] =
        "hello error 3 0:0 other bytes follow the end of the gzip data\n";
    expect_bytes(z, one, NULL, BYTES("hello "));
    expect_bytes(z, two, NULL, BYTES("hello \xE9"));
    expect_bytes(z, two, "latin1", BYTES("hello \xC3\xA9"));
    expect_bytes(z, 5, NULL, BYTES(early));
    for (size_t n = one - 8; n < one; n++) {
        struct mop_buf out;
        read_all(&out, records_file(".gz", z, n), NULL, 4096);
        assert_non_null(strstr(out.p, early));
        mop_buf_release(&out);
    }
    memset(z + one, 0, 100);
    expect_bytes(z, one + 100, NULL, BYTES("hello "));
    z[one + 50] = 'x';
    expect_bytes(z, one + 100, NULL, BYTES(trailing));
    z[one - 7] ^= 1;
    struct mop_buf out;
    read_all(&out, records_file(".gz", z, one), NULL, 4096);
    assert_non_null(strstr(out.p, damaged));
    mop_buf_release(&out);
    unlink(records_path);
}

static void unreadable(void **state)
{
    (void)state;
    static const char missing[] =
        "error 3 0:0 cannot open '/nonexistent/x': No such file or directory\n";
    static const char directory[] = "error 3 0:0 cannot read '/tmp': Is a directory / name the "
                                    "files in it, e.g. '/tmp/*.csv'\n";
    expect("/nonexistent/x", NULL, BYTES(missing));
    expect("/tmp", NULL, BYTES(directory));
    if (geteuid() == 0)
        return;
    chmod(records_file(".txt", "x", 1), 0);
    struct mop_buf out;
    read_all(&out, records_path, NULL, 4096);
    assert_non_null(strstr(out.p, "Permission denied"));
    mop_buf_release(&out);
    unlink(records_path);
}

/* Standard input from a pipe that delivers in drops. */
static void standard_input(void **state)
{
    (void)state;
    int ends[2], saved = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a,b\r\n1,2\r\n", 10), 10);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    struct mop_buf out;
    records_read(&out, &mop_exporter_csv, "-", NULL, false);
    dup2(saved, STDIN_FILENO);
    close(saved);
    assert_string_equal(out.p, "a|b\n1@2 1|2\n");
    mop_buf_release(&out);
}

#ifdef MOP_TEST_HOOKS
/* The nth read() fails: code 3 from wherever it was needed, the rows before it delivered, nothing
 * leaked. */
static int with_failing_read(const char *path, int nth)
{
    pid_t child = fork();
    if (child == 0) {
        char n[16];
        snprintf(n, sizeof n, "%d", nth);
        setenv("MOP_FAIL_READ", n, 1);
        struct mop_buf out;
        records_read(&out, &mop_exporter_csv, path, NULL, false);
        bool told = strstr(out.p, "error 3 0:0 cannot read") && strstr(out.p, strerror(EIO));
        mop_buf_release(&out);
        _exit(told ? 3 : 0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void failing_reads(void **state)
{
    (void)state;
    struct mop_buf in;
    mop_buf_init(&in, (size_t)1 << 24);
    mop_buf_str(&in, "a,b\n");
    for (int i = 0; i < 200000; i++)
        mop_buf_str(&in, "1,2\n");
    const char *path = records_file(".csv", in.p, in.n);
    int nth = 1;
    while (with_failing_read(path, nth) == 3)
        nth++;
    assert_in_range(nth, 5, 8); /* blocks, the look ahead, the end */
    unlink(path);
    mop_buf_release(&in);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef MOP_TEST_HOOKS
        cmocka_unit_test(failing_reads),
#endif
        cmocka_unit_test(encodings),      cmocka_unit_test(unknown_encodings),
        cmocka_unit_test(marks),          cmocka_unit_test(long_text),
        cmocka_unit_test(gzip),           cmocka_unit_test(unreadable),
        cmocka_unit_test(standard_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
