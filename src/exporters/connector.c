/* SPDX-License-Identifier: MIT */
#include "connector.h"

#include "connector_read.h"

/* A connector file as a whole: all its faults come in one go. */

const struct mop_stream *mop_connector_stream(const struct mop_connector *c, struct mop_sv name)
{
    for (size_t i = 0; i < c->nstreams; i++)
        if (mop_sv_eq(c->streams[i].name, name))
            return &c->streams[i];
    return NULL;
}

const struct mop_config_value *mop_connector_value(const struct mop_connector *c,
                                                   struct mop_sv name)
{
    for (size_t i = 0; i < c->nconfig; i++)
        if (mop_sv_eq(c->config[i].name, name))
            return &c->config[i];
    return NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool mop_connector_is_word(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool later = (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-' || s.p[i] == '_';
        if (!is_letter(s.p[i]) && !(i && later))
            return false;
    }
    return s.n > 0;
}

static bool is_env(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]) && s.p[i] != '_' && (!i || s.p[i] < '0' || s.p[i] > '9'))
            return false;
    return true;
}

/* Names of connectors and streams stand around the colon of a source. */
static void check_word(R *r, const struct mop_node *n)
{
    if (n && n->kind == MOP_SCALAR && n->text.n && !mop_connector_is_word(n->text))
        mop_connector_fault(r, "connector-value", n, "letters, digits, - and _, a letter first",
                            "'%.*s' cannot be named on the command line", MOP_SV_ARG(n->text));
}

static void check_env(R *r, const struct mop_node *n)
{
    if (n && n->kind == MOP_SCALAR && !is_env(n->text))
        mop_connector_fault(r, "connector-value", n, "letters, digits and _, no digit first",
                            "'%.*s' is no name of an environment variable", MOP_SV_ARG(n->text));
}

static void read_config(R *r, const struct mop_node *map)
{
    const struct mop_key_table *t = &mop_connector_keys_config;
    r->c->config = mop_arena_array(r->a, map->n + 1, sizeof *r->c->config);
    for (size_t i = 0; i < map->n; i++) {
        struct mop_config_value *v = &r->c->config[r->c->nconfig++];
        v->name = map->key[i]->text;
        v->fallback = MOP_SV_NONE;
        for (int k = 0; k < MOP_VARIABLES; k++)
            if (mop_sv_eqs(v->name, mop_variable_names[k]))
                mop_connector_fault(r, "connector-value", map->key[i], NULL,
                                    "'%.*s' is a variable of the engine", MOP_SV_ARG(v->name));
        if (!mop_connector_keys(r, map->item[i], t))
            continue;
        v->env = mop_connector_need(r, map->item[i], t, "env");
        check_env(r, mop_node_get(map->item[i], "env"));
        v->fallback = mop_connector_text(map->item[i], t, "default", MOP_SV_NONE);
        v->about = mop_connector_text(map->item[i], t, "description", MOP_SV(""));
        v->secret = mop_connector_bool(r, map->item[i], t, "secret");
        if (v->secret && v->fallback.n)
            mop_connector_fault(r, "connector-value", mop_node_get(map->item[i], "default"),
                                "secrets come from the environment or a file",
                                "a secret has no default");
    }
}

static void read_streams(R *r, const struct mop_node *map)
{
    r->c->streams = mop_arena_array(r->a, map->n + 1, sizeof *r->c->streams);
    for (size_t i = 0; i < map->n; i++) {
        check_word(r, map->key[i]);
        mop_connector_read_stream(r, map->key[i], map->item[i], &r->c->streams[r->c->nstreams++]);
    }
    if (!map->n)
        mop_connector_fault(r, "connector-missing", map, NULL, "a connector without streams");
}

static void read_top(R *r, const struct mop_node *root)
{
    const struct mop_key_table *t = &mop_connector_keys_top;
    const struct mop_node *config = mop_key_table_get(t, root, "config");
    const struct mop_node *auth = mop_key_table_get(t, root, "authenticator");
    const struct mop_node *streams = mop_key_table_get(t, root, "streams");
    if (!mop_connector_keys(r, root, t))
        return;
    struct mop_sv version = mop_connector_need(r, root, t, "connector");
    if (version.n && !mop_sv_eqs(version, "1"))
        mop_connector_fault(r, "connector-version", mop_node_get(root, "connector"), NULL,
                            "this version of mopslint reads connector: 1");
    r->c->name = mop_connector_need(r, root, t, "name");
    check_word(r, mop_node_get(root, "name"));
    r->c->title = mop_connector_text(root, t, "title", r->c->name);
    r->c->about = mop_connector_text(root, t, "description", MOP_SV(""));
    r->c->docs = mop_connector_text(root, t, "docs", MOP_SV(""));
    if (config)
        read_config(r, config);
    r->common = mop_key_table_get(t, root, "requester");
    if (auth)
        mop_connector_authenticator(r, auth, &r->c->auth);
    else
        mop_connector_need(r, root, t, "authenticator");
    if (r->common)
        mop_connector_check_requester(r, r->common);
    r->common_errors = mop_connector_errors(r, mop_key_table_get(t, root, "error_rules"),
                                            (struct mop_error_rules){NULL, 0});
    mop_connector_need(r, root, t, "streams");
    if (streams)
        read_streams(r, streams);
}

static struct mop_connector *read_root(struct mop_arena *a, const char *file,
                                       const struct mop_node *root, struct mop_diags *d)
{
    size_t before = d->faults;
    R r = {.a = a, .d = d, .c = mop_arena_alloc(a, sizeof *r.c)};
    for (size_t i = 0; i < d->nfiles; i++)
        if (mop_sv_eqs(mop_sv_of(d->files[i].name), file))
            r.file = d->files[i].text;
    if (root->kind == MOP_MAPPING)
        read_top(&r, root);
    else
        mop_connector_fault(&r, "wrong-type", root, NULL, "a connector file is a mapping");
    return d->faults > before ? NULL : r.c;
}

struct mop_connector *mop_connector_parse(struct mop_arena *a, const char *file, struct mop_sv text,
                                          struct mop_diags *d)
{
    size_t before = d->faults;
    struct mop_node *root = mop_yaml_parse(a, file, text, d);
    return root && d->faults == before ? read_root(a, file, root, d) : NULL;
}

struct mop_connector *mop_connector_load(struct mop_arena *a, const char *path, struct mop_diags *d)
{
    size_t before = d->faults;
    struct mop_node *root = mop_yaml_load(a, path, d);
    return root && d->faults == before ? read_root(a, path, root, d) : NULL;
}
