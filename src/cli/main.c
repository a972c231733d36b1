/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "base/regex.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Commands, in the order of help. A new command: one cmd_<name>.c and one line here. */
const struct mop_command *const mop_commands[] = {&mop_cmd_check,           &mop_cmd_gate,
                                                  &mop_cmd_fetch,           &mop_cmd_rules_lint,
                                                  &mop_cmd_rules_test,      &mop_cmd_rules_list,
                                                  &mop_cmd_rules_explain,   &mop_cmd_rules_schema,
                                                  &mop_cmd_history_list,    &mop_cmd_history_show,
                                                  &mop_cmd_history_compare, &mop_cmd_history_trend,
                                                  &mop_cmd_history_prune,   &mop_cmd_history_export,
                                                  &mop_cmd_doctor,          NULL};

static void print_help(FILE *out)
{
    fputs("usage: mopslint COMMAND [OPTION...] [ARGUMENT...]\n\n"
          "Judges campaign, lead, contact, deal and link records against a taxonomy and says how "
          "far\n"
          "each report built on them can be trusted.\n\ncommands:\n",
          out);
    for (size_t i = 0; mop_commands[i]; i++)
        fprintf(out, "  %-16s %s\n", mop_commands[i]->name, mop_commands[i]->summary);
    fputs("\n'mopslint COMMAND --help' tells more. First steps:\n"
          "  mopslint check -r taxonomy.yaml leads.csv\n\n"
          "exit status: 0 passed, 1 the data falls short, 2 usage, settings or rule-file error,\n"
          "3 the job was not done or done in part: the result is not to be trusted\n",
          out);
}

/* How many words of argv the command's name takes; 0: it is another one. */
static int matches(const struct mop_command *c, int argc, char **argv)
{
    const char *blank = strchr(c->name, ' ');
    size_t n = blank ? (size_t)(blank - c->name) : strlen(c->name);
    if (strncmp(argv[0], c->name, n) != 0 || argv[0][n])
        return 0;
    if (!blank)
        return 1;
    return argc > 1 && !strcmp(argv[1], blank + 1) ? 2 : 0;
}

/* "rules" alone: its subcommands. */
static bool is_group(const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; mop_commands[i]; i++)
        if (n && strncmp(mop_commands[i]->name, word, n) == 0 && mop_commands[i]->name[n] == ' ')
            return true;
    return false;
}

static void print_group(const char *group, FILE *out)
{
    fprintf(out, "usage: mopslint %s COMMAND [OPTION...]\n\ncommands:\n", group);
    size_t n = strlen(group);
    for (size_t i = 0; mop_commands[i]; i++)
        if (strncmp(mop_commands[i]->name, group, n) == 0 && mop_commands[i]->name[n] == ' ')
            fprintf(out, "  %-16s %s\n", mop_commands[i]->name, mop_commands[i]->summary);
}

/* "rules lst": what there is instead. */
static int unknown_in_group(const char *group, const char *name)
{
    struct mop_err e = {0};
    struct mop_sv names[32];
    struct mop_buf all;
    size_t n = 0, length = strlen(group);
    mop_buf_init(&all, 1 << 12);
    for (size_t i = 0; mop_commands[i] && n < 32; i++) {
        if (strncmp(mop_commands[i]->name, group, length) != 0 ||
            mop_commands[i]->name[length] != ' ')
            continue;
        names[n] = mop_sv_of(mop_commands[i]->name + length + 1);
        mop_buf_printf(&all, "%s%.*s", n ? ", " : "", MOP_SV_ARG(names[n]));
        n++;
    }
    long near = mop_suggest(mop_sv_of(name), names, n);
    mop_err_set(&e, 2, (struct mop_loc){0}, "'%s' has no command '%s'; there are %.*s", group, name,
                (int)all.n, all.p);
    if (near >= 0)
        mop_err_hint(&e, "did you mean 'mopslint %s %.*s'?", group, MOP_SV_ARG(names[near]));
    mop_buf_release(&all);
    return mop_cli_error(&e);
}

static int unknown(const char *name)
{
    struct mop_err e = {0};
    struct mop_sv names[32];
    size_t n = 0;
    for (const struct mop_command *const *c = mop_commands; *c && n < 32; c++)
        names[n++] = mop_sv_of((*c)->name);
    long near = mop_suggest(mop_sv_of(name), names, n);
    if (name[0] == '-' && name[1]) {
        mop_err_set(&e, 2, (struct mop_loc){0}, "unknown option '%s'", name);
        mop_err_hint(&e, "'mopslint --help' lists the commands");
        return mop_cli_error(&e);
    }
    mop_err_set(&e, 2, (struct mop_loc){0}, "unknown command '%s'", name);
    if (near >= 0)
        mop_err_hint(&e, "did you mean 'mopslint %.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(&e, "'mopslint --help' lists the commands");
    return mop_cli_error(&e);
}

static bool is_help(const char *arg)
{
    return !strcmp(arg, "--help") || !strcmp(arg, "-h");
}

static int run_group(const char *group, int argc, char **argv)
{
    if (argc && !is_help(argv[0]))
        return unknown_in_group(group, argv[0]);
    print_group(group, argc ? stdout : stderr);
    return argc ? 0 : 2;
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return 2;
    }
    if (is_help(argv[1]) || !strcmp(argv[1], "help")) {
        print_help(stdout);
        return 0;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("mopslint %s (PCRE2 %s)\n", MOP_VERSION, mop_regex_version());
        return 0;
    }
    for (size_t i = 0; mop_commands[i]; i++) {
        int words = matches(mop_commands[i], argc - 1, argv + 1);
        if (words)
            return mop_commands[i]->run(argc - 1 - words, argv + 1 + words);
    }
    return is_group(argv[1]) ? run_group(argv[1], argc - 2, argv + 2) : unknown(argv[1]);
}

/* What is closed stays out of use, and fails as before: else a socket or a file of ours would get
 * the number of standard output, and what is written there would count as written. */
static void hold_standard(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
}

int main(int argc, char **argv)
{
    hold_standard();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other: exit 3 */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow */
    int code = run(argc, argv);
    if (!fflush(stdout) && !ferror(stdout))
        return code;
    struct mop_err e = {0};
    mop_err_set(&e, 3, (struct mop_loc){0}, "cannot write to standard output");
    return mop_cli_error(&e);
}
