/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include <dirent.h>
#include <errno.h>

/*
 * Each folder of tests/bad-rules holds a rules.yaml that must not load, and the places and ids of
 * all messages, in the order they are printed: FILE:LINE:COLUMN ID, one a line.
 */

static char *slurp(const char *path)
{
    static char text[65536];
    FILE *f = fopen(path, "r");
    if (!f)
        fail_msg("%s: %s", path, strerror(errno));
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    fclose(f);
    return text;
}

static void one_case(const char *name)
{
    static const char *const files[] = {"rules.yaml"};
    struct mop_load_options o = {.files = files, .nfiles = 1, .now_us = RULES_NOW, .packdir = "."};
    struct mop_diags d;
    struct mop_buf printed, got;
    if (chdir(name) != 0)
        fail_msg("%s: %s", name, strerror(errno));
    mop_diags_init(&d);
    mop_buf_init(&printed, 1 << 20);
    mop_buf_init(&got, 1 << 20);
    struct mop_ruleset *rs = mop_ruleset_load(&o, &d);
    mop_diags_print(&d, &printed, false);
    for (size_t i = 0; i < d.n; i++)
        mop_buf_printf(&got, "%s:%u:%u %s\n", d.list[i].at.file ? d.list[i].at.file : "-",
                       (unsigned)d.list[i].at.line, (unsigned)d.list[i].at.col, d.list[i].id);
    CHECK(name, rs == NULL && d.faults > 0);
    if (strcmp(got.p, slurp("expected")) != 0)
        fail_msg("%s:\n%s\nwant:\n%s", name, printed.p, slurp("expected"));
    mop_buf_release(&printed);
    mop_buf_release(&got);
    mop_diags_release(&d);
    assert_int_equal(chdir(".."), 0);
}

static void cases(void **state)
{
    (void)state;
    size_t n = 0;
    assert_int_equal(chdir(MOP_TOP "/tests/bad-rules"), 0);
    DIR *dir = opendir(".");
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        char name[256];
        if (e->d_name[0] == '.' || strchr(e->d_name, '.'))
            continue;
        snprintf(name, sizeof name, "%s", e->d_name);
        one_case(name);
        n++;
    }
    closedir(dir);
    assert_true(n >= 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
