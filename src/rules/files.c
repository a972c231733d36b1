/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reading rule files: where packs are found, `extends` depth first, each file once. */

#ifndef MOP_PACKDIR
#define MOP_PACKDIR "/usr/local/share/mopslint/rules"
#endif
enum { MAX_FILES = 256 };

/* One file on its way in: the chain up to the command line, for cycles. */
struct visit {
    const struct visit *up;
    const char *real;
    const char *shown;
    const struct mop_node *by; /* the entry of `extends` that named it; NULL: the command line */
    bool pack;                 /* it, or what extends it, was named as a pack under `extends` */
    struct mop_sv as_pack;     /* its name, if it was looked for among the packs */
    bool last;                 /* of the command line: the tests are its own */
};
struct reading {
    struct mop_loader *l;
    struct mop_map seen; /* real path -> 1 */
};

const struct mop_rule_file *mop_file_of(const struct mop_ruleset *rs, const char *path)
{
    for (size_t i = 0; path && i < rs->nfiles; i++)
        if (rs->files[i].path == path || strcmp(rs->files[i].path, path) == 0)
            return &rs->files[i];
    return NULL;
}

struct mop_sv mop_origin_of(const struct mop_ruleset *rs, struct mop_loc at)
{
    const struct mop_rule_file *f = mop_file_of(rs, at.file);
    return f ? f->origin : rs->name;
}

const char *mop_join(struct mop_arena *a, const char *dir, struct mop_sv path)
{
    if (mop_sv_starts(path, MOP_SV("/")) || !dir || !*dir || strcmp(dir, ".") == 0)
        return mop_arena_str(a, path);
    return mop_arena_printf(a, "%s/%.*s", dir, MOP_SV_ARG(path)).p;
}

static const char *dir_of(struct mop_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : mop_arena_str(a, (struct mop_sv){path, (size_t)(slash - path)});
}

/* acme.yaml -> acme */
static struct mop_sv stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct mop_sv s = mop_sv_of(slash ? slash + 1 : path);
    for (size_t i = s.n; i > 1; i--)
        if (s.p[i - 1] == '.')
            return mop_sv_sub(s, 0, i - 1);
    return s;
}

static bool is_path(struct mop_sv name)
{
    return mop_sv_find(name, '/') < name.n || mop_sv_ends(name, MOP_SV(".yaml")) ||
           mop_sv_ends(name, MOP_SV(".yml")) || mop_sv_ends(name, MOP_SV(".json"));
}

static const char *beside_executable(struct mop_arena *a)
{
    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n <= 0)
        return NULL;
    exe[n] = '\0';
    return mop_arena_printf(a, "%s/../rules", dir_of(a, exe)).p;
}

size_t mop_pack_dirs(struct mop_arena *a, const struct mop_load_options *o, const char ***dirs)
{
    const char **out = NULL;
    size_t n = 0;
    if (o->packdir) {
        MOP_PUSH(a, out, n, o->packdir);
        *dirs = out;
        return n;
    }
    struct mop_sv rest = mop_sv_of(getenv("MOPSLINT_RULES_PATH")), piece;
    while (mop_sv_next(&rest, ':', &piece))
        if (piece.n > 0)
            MOP_PUSH(a, out, n, mop_arena_str(a, piece));
    MOP_PUSH(a, out, n, MOP_PACKDIR);
    const char *beside = beside_executable(a);
    if (beside)
        MOP_PUSH(a, out, n, beside);
    MOP_PUSH(a, out, n, "/usr/local/share/mopslint/rules");
    MOP_PUSH(a, out, n, "/usr/share/mopslint/rules");
    *dirs = out;
    return n;
}

static void hint_folders(struct mop_loader *l, struct mop_diag *g, struct mop_sv name,
                         const char *const *dirs, size_t ndirs)
{
    struct mop_buf b;
    mop_buf_init(&b, 400);
    for (size_t i = 0; i < ndirs; i++)
        mop_buf_printf(&b, "%s%s", i ? ", " : "", dirs[i]);
    mop_diag_hint(
        l->d, g,
        "a file of your own is named with its suffix: %.*s.yaml; packs were looked for in "
        "%.*s%s; MOPSLINT_RULES_PATH names more folders",
        MOP_SV_ARG(name), (int)b.n, b.p, b.over ? ", ..." : "");
    mop_buf_release(&b);
}

static void suggest_pack(struct mop_loader *l, struct mop_diag *g, struct mop_sv name,
                         const char *const *dirs, size_t ndirs)
{
    struct mop_sv *names = NULL;
    size_t n = 0;
    for (size_t i = 0; i < ndirs; i++) {
        DIR *d = opendir(dirs[i]);
        for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d))
            if (mop_sv_ends(mop_sv_of(e->d_name), MOP_SV(".yaml")))
                MOP_PUSH(l->a, names, n, mop_arena_copy(l->a, stem_of(e->d_name)));
        if (d)
            closedir(d);
    }
    long best = mop_suggest(name, names, n);
    if (names && best >= 0)
        mop_diag_hint(l->d, g, "did you mean '%.*s'?", MOP_SV_ARG(names[best]));
    else
        hint_folders(l, g, name, dirs, ndirs);
}

static struct mop_diag *file_fault(struct mop_loader *l, const struct mop_node *by, const char *id,
                                   const char *fmt, const char *what)
{
    struct mop_loc nowhere = {NULL, 0, 0};
    return mop_diag(l->d, MOP_FAULT, id, by ? by->at : nowhere, by ? by->span : 1, fmt, what);
}

/* The path of a pack or file as named in `extends` or by -r; NULL after a fault. */
static const char *find_file(struct mop_loader *l, struct mop_sv name, const char *dir,
                             const struct mop_node *by)
{
    if (is_path(name))
        return mop_join(l->a, dir, name);
    const char **dirs = NULL;
    const struct mop_rule_file *kept = mop_kept_pack(l->o, name);
    size_t ndirs = l->o->kept ? 0 : mop_pack_dirs(l->a, l->o, &dirs);
    if (kept)
        return kept->path;
    for (size_t i = 0; i < ndirs; i++) {
        const char *path = mop_arena_printf(l->a, "%s/%.*s.yaml", dirs[i], MOP_SV_ARG(name)).p;
        if (access(path, R_OK) == 0)
            return path;
    }
    struct mop_diag *g =
        file_fault(l, by, "unknown-pack", "there is no pack '%s'", mop_arena_str(l->a, name));
    suggest_pack(l, g, name, dirs, ndirs);
    return NULL;
}

static bool in_chain(const struct visit *v, const char *real)
{
    for (; v; v = v->up)
        if (strcmp(v->real, real) == 0)
            return true;
    return false;
}

static void tell_cycle(struct mop_loader *l, const struct visit *v, const char *shown)
{
    struct mop_diag *g = file_fault(l, v->by, "cyclic-extends", "'%s' extends itself", shown);
    if (v->up && strcmp(v->up->shown, shown) != 0)
        mop_diag_hint(l->d, g, "through '%s'", v->up->shown);
}

static void check_version(struct mop_loader *l, const struct mop_node *root)
{
    const struct mop_node *v = mop_node_get(root, "mopslint");
    if (!v) {
        struct mop_diag *g = mop_diag(l->d, MOP_FAULT, "language-version", root->at, 1,
                                      "the version of the rule language is missing");
        mop_diag_hint(l->d, g, "begin the file with: mopslint: 1");
    } else if (v->kind != MOP_SCALAR || !mop_sv_eqs(v->text, "1")) {
        struct mop_diag *g = mop_diag(
            l->d, MOP_FAULT, "language-version", v->at, v->span,
            "this program reads version 1 of the rule language, not '%.*s'", MOP_SV_ARG(v->text));
        mop_diag_hint(l->d, g, "write 1, or take a newer mopslint");
    }
}

/* What an extended file does not hand on. */
static struct mop_node *without_own_keys(struct mop_loader *l, const struct mop_node *root,
                                         const struct visit *v)
{
    static const char *const own[] = {"name",      "version",      "owner", "review_by",
                                      "overrides", "suppressions", "lint"};
    struct mop_node *out = mop_arena_alloc(l->a, sizeof *out);
    *out = *root;
    out->n = 0;
    out->key = mop_arena_array(l->a, root->n ? root->n : 1, sizeof *out->key);
    out->item = mop_arena_array(l->a, root->n ? root->n : 1, sizeof *out->item);
    for (size_t i = 0; i < root->n; i++) {
        bool drop = mop_sv_eqs(root->key[i]->text, "extends") ||
                    mop_sv_eqs(root->key[i]->text, "mopslint") ||
                    (mop_sv_eqs(root->key[i]->text, "tests") && !v->last);
        for (size_t k = 0; v->by && !drop && k < sizeof own / sizeof *own; k++)
            drop = mop_sv_eqs(root->key[i]->text, own[k]);
        if (drop)
            continue;
        out->key[out->n] = root->key[i];
        out->item[out->n++] = root->item[i];
    }
    return out;
}

static void remember_file(struct mop_loader *l, const struct visit *v, const struct mop_node *root)
{
    const char *path = v->shown;
    struct mop_rule_file f = {.path = path,
                              .dir = dir_of(l->a, path),
                              .origin = stem_of(path),
                              .as_pack = v->as_pack,
                              .pack = v->pack};
    const struct mop_node *name = mop_node_get(root, "name");
    if (name && name->kind == MOP_SCALAR && name->text.n > 0)
        f.origin = name->text;
    for (size_t i = 0; i < l->d->nfiles; i++)
        if (strcmp(l->d->files[i].name, path) == 0)
            f.text = l->d->files[i].text;
    MOP_PUSH(l->a, l->rs->files, l->rs->nfiles, f);
}

static void read_file(struct reading *r, struct mop_sv name, const char *dir, struct visit v);

static void read_extended(struct reading *r, const struct mop_node *root, const char *dir,
                          const struct visit *v)
{
    const struct mop_node *x = mop_node_get(root, "extends");
    if (!x || x->null)
        return;
    size_t n = x->kind == MOP_LIST ? x->n : 1;
    for (size_t i = 0; i < n; i++) {
        const struct mop_node *e = x->kind == MOP_LIST ? x->item[i] : x;
        if (e->kind != MOP_SCALAR || e->text.n == 0) {
            struct mop_diag *g = mop_diag(r->l->d, MOP_FAULT, "wrong-type", e->at, e->span,
                                          "'extends' holds the wrong kind of value");
            mop_diag_hint(r->l->d, g, "it takes names of packs and paths of files");
        } else {
            read_file(r, e->text, dir,
                      (struct visit){.up = v, .by = e, .pack = v->pack || !is_path(e->text)});
        }
    }
}

static const char *real_path(struct mop_arena *a, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = real ? mop_arena_str(a, mop_sv_of(real)) : path;
    free(real);
    return kept;
}

/* The path by which the history kept it stands for the real one. */
static const char *kept_path(struct mop_loader *l, const char *path)
{
    const struct mop_rule_file *kept = mop_kept_file(l->a, l->o, path);
    return kept ? kept->path : path;
}

static struct mop_node *load_root(struct mop_loader *l, const struct visit *v)
{
    const struct mop_rule_file *kept = mop_kept_file(l->a, l->o, v->shown);
    if (!l->o->kept)
        return mop_yaml_load(l->a, v->shown, l->d);
    if (kept)
        return mop_yaml_parse(l->a, v->shown, kept->text, l->d);
    file_fault(l, v->by, "unreadable-file", "the history did not keep '%s'", v->shown);
    return NULL;
}

/* What a file extends comes first; a file met again later is not merged again. */
static void read_file(struct reading *r, struct mop_sv name, const char *dir, struct visit v)
{
    struct mop_loader *l = r->l;
    v.shown = find_file(l, name, dir, v.by);
    l->broken |= !v.shown;
    if (!v.shown)
        return;
    v.as_pack = is_path(name) ? MOP_SV_NONE : mop_arena_copy(l->a, name);
    v.real = l->o->kept ? kept_path(l, v.shown) : real_path(l->a, v.shown);
    if (in_chain(v.up, v.real)) {
        tell_cycle(l, &v, v.shown);
        return;
    }
    uint64_t *seen = mop_map_put(&r->seen, mop_sv_of(v.real), NULL);
    if (*seen)
        return;
    *seen = 1;
    if (r->seen.n > MAX_FILES) {
        file_fault(l, v.by, "too-many-files", "more than 256 rule files with '%s'", v.shown);
        return;
    }
    if (v.by && !l->o->kept && access(v.shown, R_OK) != 0) {
        file_fault(l, v.by, "unreadable-file", "cannot read '%s'", v.shown);
        l->broken = true;
        return;
    }
    struct mop_node *root = load_root(l, &v);
    l->broken |= !root;
    if (!root)
        return;
    if (root->kind != MOP_MAPPING || root->null) {
        mop_diag(l->d, MOP_FAULT, "wrong-type", root->at, 1,
                 "a rule file is a mapping of keys and values");
        return;
    }
    check_version(l, root);
    read_extended(r, root, dir_of(l->a, v.shown), &v);
    remember_file(l, &v, root);
    l->root = mop_merge_files(l, l->root, without_own_keys(l, root, &v));
}

int mop_load_files(struct mop_loader *l)
{
    struct reading r = {.l = l};
    mop_map_init(&r.seen);
    for (size_t i = 0; i < l->o->nfiles; i++)
        read_file(&r, mop_sv_of(l->o->files[i]), NULL,
                  (struct visit){.by = NULL, .last = i + 1 == l->o->nfiles});
    mop_map_release(&r.seen);
    if (!l->root && l->d->faults == 0)
        mop_diag(l->d, MOP_FAULT, "no-rules", (struct mop_loc){NULL, 0, 0}, 1,
                 "no rule file was given");
    return l->root ? 0 : -1;
}
