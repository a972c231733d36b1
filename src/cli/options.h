/* SPDX-License-Identifier: MIT */
#ifndef MOP_OPTIONS_H
#define MOP_OPTIONS_H
#include "base/err.h"

/*
 * Options as data: parsing, --help, the completions and the man page's check all read these tables,
 * and a key under `check:` in mopslint.yaml is the option's long name.
 */
struct mop_option {
    const char *name;  /* long, without -- */
    char letter;       /* short, or 0 */
    const char *arg;   /* what stands for its argument in help, "[=FILE]" if it may be left out;
                          NULL: a flag */
    const char *help;  /* one line */
    const char *group; /* heading in help; NULL: the one before */
    /* Takes the argument ("" of a flag) into the command's settings. -1 after setting *e. */
    int (*set)(void *settings, struct mop_sv arg, struct mop_err *e);
    bool cli_only; /* not a key of mopslint.yaml */
};

struct mop_command {
    const char *name;                 /* "check", "rules list" */
    const char *usage;                /* "mopslint check [OPTION...] [SOURCE...]" */
    const char *summary;              /* one line for the list of commands */
    const char *about;                /* paragraphs of --help before the options */
    const char *examples;             /* after them */
    const struct mop_option *options; /* ends with a NULL name */
    /* argc/argv without program and command name. Returns the exit status. */
    int (*run)(int argc, char **argv);
};

/*
 * Parses options anywhere among the operands; "--" ends them. Operands go to `operand`. -1 with
 * code 2 and a did-you-mean. 1: --help was asked for and printed. `said` (or NULL) gets the bit of
 * every option that was given.
 */
int mop_options_parse(const struct mop_command *c, int argc, char **argv, void *settings,
                      int (*operand)(void *settings, const char *arg, struct mop_err *e),
                      uint64_t *said, struct mop_err *e);
const struct mop_option *mop_option_find(const struct mop_option *options, struct mop_sv name);
void mop_command_help(const struct mop_command *c, struct mop_buf *out);
extern const struct mop_command *const mop_commands[]; /* main.c, NULL-terminated */

/* The frame of a command: parses into `settings`, runs `body` unless --help was asked for, prints
 * the error of either. Returns the exit status. */
int mop_command_run(const struct mop_command *c, int argc, char **argv, void *settings,
                    int (*operand)(void *settings, const char *arg, struct mop_err *e),
                    int (*body)(void *settings, struct mop_err *e));
/* What an option that takes a point in time does with its argument: ISO 8601, else -1 with code 2.
 */
int mop_option_time(const char *option, struct mop_sv arg, int64_t *us, struct mop_err *e);
/* --OPTION: 'arg' is not `wanted`; code 2. Returns -1. */
int mop_option_refuse(struct mop_err *e, const char *option, struct mop_sv arg, const char *wanted);
enum { MOP_FORMATS_MAX = 16 }; /* names that the hint about an unknown one has room for */
/* --format: 'name' is none of `names`; code 2, with the one that is meant or all of them. Returns
 * -1.
 */
int mop_option_no_format(struct mop_err *e, struct mop_sv name, const struct mop_sv *names,
                         size_t n);

/* Prints an error the one way errors are printed, to stderr; returns its code for the exit status,
 * never 0: of an error that nobody set 3. */
int mop_cli_error(const struct mop_err *e);
bool mop_cli_color(int fd); /* a terminal, and neither NO_COLOR nor --color never says otherwise */
/* --color auto|always|never */
int mop_cli_set_color(void *settings, struct mop_sv arg, struct mop_err *e);
/* For who tries settings out: what --color said last, and that again. */
int mop_cli_color_choice(void);
void mop_cli_color_again(int choice);
#endif
