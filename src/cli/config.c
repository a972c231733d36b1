/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * mopslint.yaml: `rules:`, `sources:`, `connectors:` and `check:` (options by their long names),
 * and the same in `profiles:`. What was said on the command line wins. A file found by walking
 * upwards may not reach out of its folder: a checkout that somebody else wrote must not read or
 * write elsewhere.
 */

int mop_config_fault(struct mop_config_reading *r, const struct mop_node *n, const char *id,
                     const char *msg, const char *hint)
{
    struct mop_diag *g = mop_diag(r->d, MOP_FAULT, id, n->at, n->span, "%s", msg);
    if (hint)
        mop_diag_hint(r->d, g, "%s", hint);
    return -1;
}

void mop_config_unknown(struct mop_config_reading *r, const struct mop_node *key, const char *what,
                        const struct mop_sv *names, size_t n, const char *otherwise)
{
    long near = mop_suggest(key->text, names, n);
    struct mop_diag *g = mop_diag(r->d, MOP_FAULT, "config-key", key->at, key->span,
                                  "unknown %s '%.*s'", what, MOP_SV_ARG(key->text));
    if (near >= 0)
        mop_diag_hint(r->d, g, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else if (otherwise)
        mop_diag_hint(r->d, g, "%s", otherwise);
}

static bool exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

static void refuse_outside(struct mop_config_reading *r, const struct mop_node *n)
{
    mop_config_fault(r, n, "config-outside",
                     "a settings file that was merely found may not name files outside its folder",
                     "name the file with --config if you trust it");
}

/* A path in the file, relative to its folder. NULL after a fault. */
static const char *read_path(struct mop_config_reading *r, const struct mop_node *n)
{
    if (n->kind != MOP_SCALAR || n->null || !n->text.n) {
        mop_config_fault(r, n, "config-type", "a path is expected here", NULL);
        return NULL;
    }
    if (r->found && mop_config_leaves(r, n->text)) {
        refuse_outside(r, n);
        return NULL;
    }
    return mop_config_join(&r->s->arena, r->dir, n->text);
}

static bool is_pack(struct mop_sv name)
{
    return mop_sv_find(name, '/') == name.n && !mop_sv_ends(name, MOP_SV(".yaml")) &&
           !mop_sv_ends(name, MOP_SV(".yml"));
}

static void read_rules(struct mop_config_reading *r, const struct mop_node *n)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    if (r->s->nrules)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct mop_node *x = n->kind == MOP_LIST ? n->item[i] : n;
        const char *path = x->kind == MOP_SCALAR && is_pack(x->text)
                               ? mop_arena_str(&r->s->arena, x->text)
                               : read_path(r, x);
        if (!path)
            continue;
        MOP_GROW(r->s->rules, r->s->nrules, r->s->caprules);
        r->s->rules[r->s->nrules++] = path;
    }
}

static void add_source(struct mop_config_reading *r, const char *name,
                       const struct mop_node *record)
{
    MOP_GROW(r->s->sources, r->s->nsources, r->s->capsources);
    r->s->sources[r->s->nsources++] = (struct mop_pipeline_source){
        .name = name, .record = record ? mop_arena_str(&r->s->arena, record->text) : NULL};
}

/* What a pattern means in the file's folder, whatever that is called. */
static const char *pattern_of(struct mop_config_reading *r, struct mop_sv text)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    for (const char *c = r->dir; *c && !(text.n && text.p[0] == '/'); c++) {
        if (strchr("*?[]\\", *c))
            mop_buf_chr(&b, '\\');
        mop_buf_chr(&b, *c);
    }
    mop_buf_str(&b, b.n ? "/" : "");
    mop_buf_sv(&b, text);
    const char *pattern = mop_arena_str(&r->s->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return pattern;
}

/* A file, or every file that a pattern names; where it names none, the run says that there is no
 * such file: an export that did not come is no fault of the settings. */
static void add_files(struct mop_config_reading *r, const struct mop_node *file, const char *path,
                      const struct mop_node *record)
{
    glob_t g;
    size_t was = r->s->nsources;
    bool pattern = strpbrk(path, "*?[") != NULL && !exists(path);
    if (pattern && !glob(pattern_of(r, file->text), 0, NULL, &g)) {
        for (size_t i = 0; i < g.gl_pathc; i++)
            if (r->found && mop_config_links_outside(&r->s->arena, r->dir, g.gl_pathv[i]))
                refuse_outside(r, file);
            else
                add_source(r, mop_arena_str(&r->s->arena, mop_sv_of(g.gl_pathv[i])), record);
        globfree(&g);
    }
    if (r->s->nsources == was)
        add_source(r, path, record);
}

/* CONNECTOR:STREAM. What is asked of which vendor, with whose credentials, is the user's to say. */
static void read_connector_source(struct mop_config_reading *r, const struct mop_node *n,
                                  const struct mop_node *name, const struct mop_node *record)
{
    for (size_t i = 0; i < n->n; i++)
        if (!mop_sv_eqs(n->key[i]->text, "connector") && !mop_sv_eqs(n->key[i]->text, "record") &&
            !mop_sv_eqs(n->key[i]->text, "fields"))
            mop_config_fault(
                r, n->key[i], "config-key", "unknown key of a source",
                "a source has `connector`, `record` and `fields`, or `file` and `record`");
    if (r->found)
        mop_config_fault(r, n, "config-outside",
                         "a settings file that was merely found may not name connectors",
                         "name the file with --config if you trust it");
    else if (name->kind != MOP_SCALAR || name->null)
        mop_config_fault(r, name, "config-type", "CONNECTOR:STREAM is expected here", NULL);
    else
        add_source(r, mop_arena_str(&r->s->arena, name->text), record);
}

static void read_connectors(struct mop_config_reading *r, const struct mop_node *n)
{
    if (r->found) {
        mop_config_fault(r, n, "config-outside",
                         "a settings file that was merely found may not bring connectors",
                         "name the file with --config if you trust it");
        return;
    }
    if (r->s->nconnectors)
        return;
    for (size_t i = 0; i < (n->kind == MOP_LIST ? n->n : 1); i++) {
        const char *path = read_path(r, n->kind == MOP_LIST ? n->item[i] : n);
        if (!path)
            continue;
        MOP_GROW(r->s->connectors, r->s->nconnectors, r->s->capconnectors);
        r->s->connectors[r->s->nconnectors++] = path;
    }
    r->s->http.connectors = r->s->connectors;
    r->s->http.nconnectors = r->s->nconnectors;
}

static void read_source(struct mop_config_reading *r, const struct mop_node *n)
{
    const struct mop_node *file = n->kind == MOP_MAPPING ? mop_node_get(n, "file") : n;
    const struct mop_node *record = n->kind == MOP_MAPPING ? mop_node_get(n, "record") : NULL;
    if (n->kind == MOP_MAPPING && mop_node_get(n, "connector")) {
        read_connector_source(r, n, mop_node_get(n, "connector"), record);
        return;
    }
    for (size_t i = 0; n->kind == MOP_MAPPING && i < n->n; i++)
        if (!mop_sv_eqs(n->key[i]->text, "file") && !mop_sv_eqs(n->key[i]->text, "record"))
            mop_config_fault(r, n->key[i], "config-key", "unknown key of a source",
                             "a source has `file` and `record`");
    const char *path = file ? read_path(r, file) : NULL;
    if (!file)
        mop_config_fault(r, n, "config-type", "a source needs `file`", NULL);
    if (!path)
        return;
    if (mop_exporter_http.takes(path))
        mop_config_fault(r, file, r->found ? "config-outside" : "config-type",
                         r->found ? "a settings file that was merely found may not name connectors"
                                  : "this is no file",
                         "write `connector:` in a file that --config names");
    else
        add_files(r, file, path, record);
}

/* More columns of a source are for whoever names it, on the command line too. */
static void read_extra_fields(struct mop_config_reading *r, const struct mop_node *n)
{
    const struct mop_node *name = mop_node_get(n, "connector"), *fields = mop_node_get(n, "fields");
    struct mop_http_options *o = &r->s->http;
    if (r->found || !name || !fields || name->kind != MOP_SCALAR)
        return;
    if (fields->kind != MOP_MAPPING) {
        mop_config_fault(r, fields, "config-type", "`fields` is a mapping of columns",
                         "write utm_source: /UTM_Source__c");
        return;
    }
    MOP_GROW(o->extras, o->nextras, o->capextras);
    o->extras[o->nextras++] =
        (struct mop_http_extra){mop_arena_str(&r->s->arena, name->text), fields};
}

static void read_sources(struct mop_config_reading *r, const struct mop_node *n)
{
    for (size_t i = 0; n->kind == MOP_LIST && i < n->n; i++)
        if (n->item[i]->kind == MOP_MAPPING)
            read_extra_fields(r, n->item[i]);
    if (r->s->nsources)
        return;
    if (n->kind != MOP_LIST) {
        mop_config_fault(r, n, "config-type", "`sources` is a list", NULL);
        return;
    }
    for (size_t i = 0; i < n->n; i++)
        read_source(r, n->item[i]);
}

static const char *const path_options[] = {"output",   "findings",       "repairs", "repairs-undo",
                                           "baseline", "write-baseline", "history"};

static bool is_path_option(const char *name)
{
    for (size_t i = 0; i < sizeof path_options / sizeof *path_options; i++)
        if (!strcmp(name, path_options[i]))
            return true;
    return false;
}

/* The value as the option wants it: paths resolved against the file's folder, also behind `json=`.
 */
static bool option_text(struct mop_config_reading *r, const struct mop_option *o,
                        const struct mop_node *n, struct mop_sv *out)
{
    *out = n->text;
    size_t eq = mop_sv_find(n->text, '=');
    bool behind = (!strcmp(o->name, "format") || !strcmp(o->name, "findings-by")) && eq < n->text.n;
    if (!behind && !is_path_option(o->name))
        return true;
    struct mop_node part = *n;
    part.text = behind ? mop_sv_sub(n->text, eq + 1, n->text.n) : n->text;
    const char *path = read_path(r, &part);
    if (!path)
        return false;
    *out = behind ? mop_arena_printf(&r->s->arena, "%.*s=%s", (int)eq, n->text.p, path)
                  : mop_sv_of(path);
    return true;
}

static void set_option(struct mop_config_reading *r, const struct mop_option *o,
                       const struct mop_node *n)
{
    struct mop_err e = {0};
    struct mop_sv text;
    if (n->kind != MOP_SCALAR || n->null) {
        mop_config_fault(r, n, "config-type", "a single value is expected here", NULL);
        return;
    }
    bool optional = o->arg && o->arg[0] == '[';
    if ((!o->arg || optional) && mop_sv_eqs(n->text, "false"))
        return;
    if (optional && mop_sv_eqs(n->text, "true")) {
        if (r->found)
            mop_config_fault(
                r, n, "config-outside",
                "a settings file that was merely found may not write outside its folder",
                "name a file here, or the settings file with --config if you trust it");
        else
            o->set(r->s, MOP_SV(""), &e);
        return;
    }
    if (!o->arg && !mop_sv_eqs(n->text, "true")) {
        mop_config_fault(r, n, "config-type", "true or false is expected here", NULL);
        return;
    }
    if (option_text(r, o, n, &text) && o->set(r->s, text, &e))
        mop_config_fault(r, n, "config-value", e.msg, e.hint[0] ? e.hint : NULL);
}

static void unknown_option(struct mop_config_reading *r, const struct mop_node *key)
{
    struct mop_sv names[128];
    size_t n = 0;
    for (const struct mop_option *o = mop_check_option_table; o->name && n < 128; o++)
        if (!o->cli_only)
            names[n++] = mop_sv_of(o->name);
    bool above = mop_sv_eqs(key->text, "sources") || mop_sv_eqs(key->text, "rules");
    mop_config_unknown(r, key, "setting", names, above ? 0 : n,
                       above ? "it stands at the top level, beside 'check'" : NULL);
}

static void read_check(struct mop_config_reading *r, const struct mop_node *n)
{
    if (n->kind != MOP_MAPPING) {
        mop_config_fault(r, n, "config-type", "`check` is a mapping of options", NULL);
        return;
    }
    uint64_t set = 0;
    for (size_t i = 0; i < n->n; i++) {
        const struct mop_option *o = mop_option_find(mop_check_option_table, n->key[i]->text);
        if (!o || o->cli_only) {
            unknown_option(r, n->key[i]);
            continue;
        }
        uint64_t bit = UINT64_C(1) << (o - mop_check_option_table);
        if (r->done & bit)
            continue;
        set |= bit;
        const struct mop_node *v = n->item[i];
        for (size_t k = 0; v->kind == MOP_LIST && k < v->n; k++)
            set_option(r, o, v->item[k]);
        if (v->kind != MOP_LIST)
            set_option(r, o, v);
    }
    r->done |= set;
}

/* Read by config_profiles.c. */
static void read_profiles(struct mop_config_reading *r, const struct mop_node *n)
{
    (void)r;
    (void)n;
}

void mop_config_block(struct mop_config_reading *r, const struct mop_node *block, bool profile)
{
    static const struct {
        const char *key;
        void (*read)(struct mop_config_reading *r, const struct mop_node *n);
    } keys[] = {{"rules", read_rules},
                {"sources", read_sources},
                {"connectors", read_connectors},
                {"check", read_check},
                {"profiles", read_profiles}}; /* the last: a profile has none */
    const size_t nkeys = sizeof keys / sizeof *keys - profile;
    struct mop_sv names[sizeof keys / sizeof *keys];
    for (size_t k = 0; k < nkeys; k++)
        names[k] = mop_sv_of(keys[k].key);
    for (size_t i = 0; i < block->n; i++) {
        size_t k = 0;
        while (k < nkeys && !mop_sv_eq(block->key[i]->text, names[k]))
            k++;
        if (k < nkeys)
            keys[k].read(r, block->item[i]);
        else if (!mop_sv_starts(block->key[i]->text, MOP_SV("x-")))
            mop_config_unknown(r, block->key[i], "key", names, nkeys,
                               profile
                                   ? "a profile has `rules`, `sources`, `connectors` and `check`"
                                   : "a settings file has `rules`, `sources`, `connectors`, "
                                     "`check` and `profiles`");
    }
}

/* Upwards to the repository's root, the home directory or /, whichever comes first. */
static char *find_config(struct mop_arena *a)
{
    char dir[PATH_MAX];
    const char *home = getenv("HOME");
    if (!getcwd(dir, sizeof dir))
        return NULL;
    for (;;) {
        char *path =
            mop_arena_str(a, mop_arena_printf(a, "%s/mopslint.yaml", strcmp(dir, "/") ? dir : ""));
        if (exists(path))
            return path;
        bool top = exists(mop_arena_printf(a, "%s/.git", dir).p) || (home && !strcmp(dir, home)) ||
                   !strcmp(dir, "/");
        char *slash = strrchr(dir, '/');
        if (top || !slash)
            return NULL;
        slash[slash == dir] = 0;
    }
}

int mop_config_read(struct mop_check_settings *s, struct mop_diags *d)
{
    struct mop_config_reading r = {.s = s, .d = d, .found = !s->config};
    const char *path = s->config ? s->config : find_config(&s->arena);
    if (!path && s->profile)
        mop_diag_hint(d,
                      mop_diag(d, MOP_FAULT, "config-profile", (struct mop_loc){0}, 1,
                               "--profile: there is no settings file"),
                      "name it with --config, or run where mopslint.yaml is found");
    if (!path)
        return d->faults ? -1 : 0;
    s->config_path = path;
    r.dir = mop_config_folder(&s->arena, path);
    s->confined = r.found ? r.dir : NULL;
    struct mop_node *root = mop_yaml_load(&s->arena, path, d);
    if (root && root->kind == MOP_MAPPING)
        mop_config_file(&r, root);
    else if (root && !root->null)
        mop_config_fault(&r, root, "config-type", "a settings file is a mapping", NULL);
    return d->faults ? -1 : 0;
}

int mop_config_allows(struct mop_check_settings *s, const char *option, const char *path,
                      struct mop_err *e)
{
    const struct mop_option *o = mop_option_find(mop_check_option_table, mop_sv_of(option));
    bool said = s->said >> (o - mop_check_option_table) & 1;
    if (said || !s->confined || !mop_config_links_outside(&s->arena, s->confined, path))
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0},
                "--%s: '%s' is a link that leads out of the folder of the settings file", option,
                path);
    mop_err_hint(e, "name the settings file with --config if you trust it");
    return -1;
}
