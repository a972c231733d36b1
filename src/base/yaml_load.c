/* SPDX-License-Identifier: MIT */
#include "yaml.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
    CAP = (8 << 20) + 4
}; /* one more than the parser takes, so that it is the one to refuse (BOM: 3) */

static void tell_unreadable(struct mop_diags *d, const char *file, const char *what, int error)
{
    mop_diag(d, MOP_FAULT, "yaml-read", (struct mop_loc){file, 0, 0}, 1, "cannot %s '%s': %s", what,
             file, strerror(error));
}

/* Up to the cap; 0 or an errno. */
static int read_all(FILE *f, struct mop_buf *b)
{
    char chunk[1 << 14];
    size_t n;
    errno = 0;
    while (b->n < CAP && (n = fread(chunk, 1, sizeof chunk, f)) > 0) {
        size_t room = CAP - b->n;
        mop_buf_add(b, chunk, n < room ? n : room);
    }
    return ferror(f) ? (errno ? errno : EIO) : 0;
}

static struct mop_node *load_file(struct mop_arena *a, const char *path, FILE *f,
                                  struct mop_diags *d)
{
    struct mop_buf b;
    struct mop_node *root = NULL;
    mop_buf_init(&b, CAP);
    int error = read_all(f, &b);
    if (error)
        tell_unreadable(d, path, "read", error);
    else
        root = mop_yaml_parse(a, path, mop_arena_copy(a, mop_buf_view(&b)), d);
    mop_buf_release(&b);
    return root;
}

struct mop_node *mop_yaml_load(struct mop_arena *a, const char *path, struct mop_diags *d)
{
    const char *file = mop_arena_str(a, mop_sv_of(path));
    if (strcmp(path, "-") == 0) {
        struct mop_diag *g = mop_diag(d, MOP_FAULT, "yaml-read", (struct mop_loc){file, 0, 0}, 1,
                                      "standard input is not read for rules and settings");
        mop_diag_hint(d, g, "name a file");
        return NULL;
    }
    FILE *f = fopen(path, "rb");
    if (!f) {
        tell_unreadable(d, file, "open", errno);
        return NULL;
    }
    struct mop_node *root = load_file(a, file, f, d);
    fclose(f);
    return root;
}
