/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "cli/problem_outputs.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -f and -o of the commands that tell problems. */

static void formats(void **state)
{
    (void)state;
    static const struct {
        const char *arg, *format, *file, *hint;
    } T[] = {
        {"text", "text", NULL, NULL},
        {"sarif=o=1.sarif", "sarif", "o=1.sarif", NULL},
        {"gihub", NULL, NULL, "did you mean 'github'?"},
        {"pdf", NULL, NULL, "formats are text, json, sarif, junit, github, gitlab, markdown"},
        {"json=", NULL, NULL, ""},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_problem_outputs o = {0};
        struct mop_err e = {0};
        int rc = mop_problem_outputs_format(&o, &a, mop_sv_of(T[i].arg), &e);
        CHECK(T[i].arg, rc == (T[i].format ? 0 : -1) && e.code == (T[i].format ? 0 : 2));
        if (T[i].format) {
            assert_string_equal(o.list[0].format->name, T[i].format);
            check_text(T[i].arg, mop_sv_of(o.list[0].file), mop_sv_of(T[i].file));
        } else
            check_text(T[i].arg, mop_sv_of(e.hint), mop_sv_of(T[i].hint));
        mop_problem_outputs_release(&o);
    }
    mop_arena_release(&a);
}

static void one_file_each(void **state)
{
    (void)state;
    static const char *const inputs[] = {"rules.yaml", __FILE__};
    static const struct {
        const char *first, *second, *output;
        bool good;
    } T[] = {
        {"text", "json=o", NULL, true},
        {"text", "github", NULL, false},
        {"text", "github=-", NULL, false},
        {"text", "github", "o", false},
        {"text=o", "json", "o", false},
        {"text=o", "json=./o", NULL, false},
        {"text=/dev/null", "json=/dev/null", NULL, true},
        {"text", "json=rules.yaml", NULL, false},
        {"text", "json=" __FILE__, NULL, false},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_problem_outputs o = {
            .output = T[i].output, .inputs = inputs, .ninputs = ROWS(inputs)};
        struct mop_err e = {0};
        mop_problem_outputs_format(&o, &a, mop_sv_of(T[i].first), &e);
        mop_problem_outputs_format(&o, &a, mop_sv_of(T[i].second), &e);
        CHECK(T[i].second, (mop_problem_outputs_check(&o, &e) == 0) == T[i].good);
        CHECK(T[i].second, e.code == (T[i].good ? 0 : 2));
        mop_problem_outputs_release(&o);
    }
    mop_arena_release(&a);
}

static void check_file(const char *path, const char *want)
{
    char text[4096];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    if (!strstr(text, want))
        fail_msg("%s: no '%s' in '%s'", path, want, text);
    unlink(path);
}

static void several_in_one_pass(void **state)
{
    (void)state;
    char dir[] = "/tmp/mopslint-test.XXXXXX", arg[160], text[128], json[128];
    struct mop_arena a;
    struct mop_problem_outputs o = {.quiet = true};
    struct mop_problems p;
    struct mop_err e = {0};
    assert_non_null(mkdtemp(dir));
    snprintf(text, sizeof text, "%s/text", dir);
    snprintf(json, sizeof json, "%s/json", dir);
    mop_arena_init(&a);
    mop_problems_init(&p, "rules lint");
    o.output = text;
    snprintf(arg, sizeof arg, "json=%s", json);
    mop_problem_outputs_format(&o, &a, MOP_SV("text"), &e);
    mop_problem_outputs_format(&o, &a, mop_sv_of(arg), &e);
    assert_int_equal(mop_problem_outputs_check(&o, &e), 0);
    assert_int_equal(mop_problem_outputs_write(&o, &p, &e), 0);
    check_file(text, "no problems\n");
    check_file(json, "mopslint.problems/1");
    mop_problem_outputs_format(&o, &a, MOP_SV("json=/nowhere/at/all"), &e);
    assert_int_equal(mop_problem_outputs_write(&o, &p, &e), -1);
    assert_int_equal(e.code, 3);
    unlink(text), unlink(json), rmdir(dir);
    mop_problem_outputs_release(&o);
    mop_problems_release(&p);
    mop_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats),
        cmocka_unit_test(one_file_each),
        cmocka_unit_test(several_in_one_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
