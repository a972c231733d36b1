/* SPDX-License-Identifier: MIT */
#include "gate/known.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Campaigns of briefs beside the one at hand: a repository of them is compared with itself. */

enum { DEPTH = 16 };

/* The campaign at hand is known by its file: a copy of it is another brief. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat x, y;
    return a && b && !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static void compare(struct mop_known *k, struct mop_brief *b)
{
    struct mop_sv theirs[MOP_KNOWN_WORDS];
    mop_arena_reset(&k->scratch);
    for (int c = 0; c < MOP_KNOWN_WORDS; c++) {
        struct mop_said_list said = mop_brief_values(b, mop_known_words[c]);
        theirs[c] = said.n ? said.list[0].text : MOP_SV("");
    }
    for (size_t i = 0; i < b->nlinks; i++)
        mop_known_fill(k, b->links[i].fault ? MOP_SV("") : b->links[i].url.text, theirs);
    mop_known_campaign(k, theirs, mop_sv_of(b->file), false);
    for (size_t i = 0; i < b->nlinks; i++) {
        mop_arena_reset(&k->scratch);
        if (!b->links[i].fault)
            mop_known_link(k, b->links[i].url.text,
                           mop_arena_printf(&k->scratch, "%s, link %zu", b->file, i + 1));
    }
}

/* Passed over, it might be the campaign that this one is a copy of. */
static void say_how_to_go_on(struct mop_known *k, const char *path, struct mop_err *e)
{
    static const char hint[] = "mend it, hide it (a name that begins with a dot), take it out of "
                               "what --known names, or run without --known";
    if (e->code) {
        if (!e->hint[0])
            mop_err_hint(e, "%s", hint);
        return;
    }
    mop_diag_hint(k->d,
                  mop_diag(k->d, MOP_NOTE, "known-unread", (struct mop_loc){path, 0, 0}, 1,
                           "this brief is another campaign, of --known: nothing was compared"),
                  "%s", hint);
}

int mop_known_brief(struct mop_known *k, const char *path, struct mop_err *e)
{
    const struct mop_brief_options o = {.csv = k->g->o->csv};
    struct mop_brief b = {0};
    if (is_same_file(path, k->g->b->file))
        return 0;
    path = mop_arena_str(&k->d->arena, mop_sv_of(path)); /* faults are told later */
    size_t files = k->d->nfiles, faults = k->d->faults;
    int rc = mop_brief_load(&b, path, &o, k->d, e);
    if (!rc)
        compare(k, &b);
    else if (e->at.file) /* it may name a file by a text of the brief's */
        e->at.file = mop_arena_str(&k->d->arena, mop_sv_of(e->at.file));
    for (size_t i = files; i < k->d->nfiles; i++) /* what is told shows lines of it later */
        k->d->files[i].text = mop_arena_copy(&k->d->arena, k->d->files[i].text);
    mop_brief_release(&b);
    if (rc || k->d->faults > faults)
        say_how_to_go_on(k, path, e);
    return rc;
}

/* ---- folders ---- */

/* Other YAML files of a repository are no briefs: those say that they are. */
static bool is_brief(const char *path)
{
    struct mop_diags ignored;
    struct mop_arena a;
    mop_diags_init(&ignored);
    mop_arena_init(&a);
    const struct mop_node *root = mop_yaml_load(&a, path, &ignored);
    bool is_it = root && root->kind == MOP_MAPPING && mop_node_get(root, "brief");
    if (!root && ignored.nfiles) { /* one that is broken is told, not passed over */
        struct mop_sv text = ignored.files[0].text, line;
        while (!is_it && mop_sv_next(&text, '\n', &line))
            is_it = mop_sv_starts(line, MOP_SV("brief:"));
    }
    mop_arena_release(&a);
    mop_diags_release(&ignored);
    return is_it;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in a folder, sorted: the same words in every run. */
static int list_names(struct mop_known *k, const char *path, char ***names, size_t *n,
                      struct mop_err *e)
{
    size_t cap = 0;
    struct dirent *entry;
    DIR *dir = opendir(path);
    *names = NULL;
    *n = 0;
    if (!dir) {
        mop_err_set(e, 3, (struct mop_loc){0}, "cannot read the folder '%s': %s", path,
                    strerror(errno));
        return -1;
    }
    while ((entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        MOP_GROW(*names, *n, cap);
        (*names)[(*n)++] = mop_arena_str(&k->g->arena, mop_sv_of(entry->d_name));
    }
    closedir(dir);
    if (*n)
        qsort(*names, *n, sizeof **names, compare_names);
    return 0;
}

static int walk(struct mop_known *k, const char *path, int depth, struct mop_err *e);

static int take_entry(struct mop_known *k, const char *path, int depth, struct mop_err *e)
{
    struct stat st;
    struct mop_sv name = mop_sv_of(path);
    if (lstat(path, &st))
        return 0; /* it is gone meanwhile */
    if (S_ISDIR(st.st_mode))
        return walk(k, path, depth + 1, e);
    if (S_ISLNK(st.st_mode) && (stat(path, &st) || S_ISDIR(st.st_mode)))
        return 0; /* a folder that a link leads to may be one of those above */
    bool yaml = mop_sv_ends(name, MOP_SV(".yaml")) || mop_sv_ends(name, MOP_SV(".yml"));
    return S_ISREG(st.st_mode) && yaml && is_brief(path) ? mop_known_brief(k, path, e) : 0;
}

static int walk(struct mop_known *k, const char *path, int depth, struct mop_err *e)
{
    char **names;
    size_t n;
    int rc = 0;
    if (depth > DEPTH) {
        mop_err_set(e, 2, (struct mop_loc){0}, "'%s' is more than %d folders deep", path, DEPTH);
        return -1;
    }
    if (list_names(k, path, &names, &n, e))
        return -1;
    for (size_t i = 0; i < n && !rc; i++)
        rc = take_entry(k, mop_arena_printf(&k->g->arena, "%s/%s", path, names[i]).p, depth, e);
    free(names);
    return rc;
}

int mop_known_folder(struct mop_known *k, const char *path, struct mop_err *e)
{
    struct mop_sv trimmed = mop_sv_of(path);
    while (trimmed.n > 1 && trimmed.p[trimmed.n - 1] == '/')
        trimmed.n--;
    return walk(k, mop_arena_str(&k->g->arena, trimmed), 0, e);
}
