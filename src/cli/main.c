/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "base/regex.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Commands, in the order of help. A new command: one cmd_<name>.c and one line here. */
const struct mop_command *const mop_commands[] = {&mop_cmd_check, &mop_cmd_rules_list, &mop_cmd_rules_explain, &mop_cmd_rules_schema, NULL};

static void print_help(FILE *out)
{
    fputs("usage: mopslint COMMAND [OPTION...] [ARGUMENT...]\n\n"
          "Judges campaign, lead, contact, deal and link records against a taxonomy and says how far\n"
          "each report built on them can be trusted.\n\ncommands:\n", out);
    for (size_t i = 0; mop_commands[i]; i++)
        fprintf(out, "  %-16s %s\n", mop_commands[i]->name, mop_commands[i]->summary);
    fputs("\n'mopslint COMMAND --help' tells more. First steps:\n"
          "  mopslint check -r taxonomy.yaml leads.csv\n\n"
          "exit status: 0 passed, 1 the data falls short, 2 usage, settings or rule-file error,\n"
          "3 the job was not done or done in part: the result is not to be trusted\n", out);
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
static int print_group(const char *group)
{
    bool any = false;
    for (size_t i = 0; mop_commands[i]; i++) {
        size_t n = strlen(group);
        if (strncmp(mop_commands[i]->name, group, n) != 0 || mop_commands[i]->name[n] != ' ')
            continue;
        if (!any)
            printf("usage: mopslint %s COMMAND [OPTION...]\n\ncommands:\n", group);
        any = true;
        printf("  %-16s %s\n", mop_commands[i]->name, mop_commands[i]->summary);
    }
    return any;
}

static int unknown(const char *name)
{
    struct mop_err e = {0};
    struct mop_sv names[32];
    size_t n = 0;
    for (; n < 32 && mop_commands[n]; n++)
        names[n] = mop_sv_of(mop_commands[n]->name);
    long near = mop_suggest(mop_sv_of(name), names, n);
    mop_err_set(&e, 2, (struct mop_loc){0}, "unknown command '%s'", name);
    if (near >= 0)
        mop_err_hint(&e, "did you mean 'mopslint %.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(&e, "'mopslint --help' lists the commands");
    return mop_cli_error(&e);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like any other: exit 3 */
    if (argc < 2) {
        print_help(stderr);
        return 2;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
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
    bool bare = argc == 2 || !strcmp(argv[2], "--help") || !strcmp(argv[2], "-h");
    if (bare && print_group(argv[1]))
        return argc == 2 ? 2 : 0;
    return unknown(argv[1]);
}
