/* SPDX-License-Identifier: MIT */
#include "gate/known.h"
#include "base/utf8.h"
#include "gate/checks.h"
#include "values/macro.h"
#include "values/url_keys.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --known: is there another campaign with this name, id or link? */

const char *const mop_known_words[MOP_KNOWN_WORDS] = {"name", "utm_campaign", "utm_id",
                                                      "crm_campaign_id"};

/* Two spellings that a report cannot tell apart at a glance: case, blanks, separators, and an
 * umlaut that is one character or two. */
static struct mop_sv squeeze(struct mop_arena *a, struct mop_sv s)
{
    struct mop_sv f = mop_utf8_fold(a, mop_utf8_compose(a, mop_sv_trim(s)));
    char *out = mop_arena_alloc(a, f.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if (!f.p[i] || !strchr(" _-|/", f.p[i]))
            out[n++] = f.p[i];
    return (struct mop_sv){out, n};
}

/* ---- links ---- */

static int compare_texts(const void *pa, const void *pb)
{
    const struct mop_sv *a = pa, *b = pb;
    int c = memcmp(a->p, b->p, a->n < b->n ? a->n : b->n);
    return c ? c : (a->n > b->n) - (a->n < b->n);
}

/* The utm_ parameters as a set: in one order, each once. */
static size_t utm_set(struct mop_arena *a, const struct mop_url *u, struct mop_sv *set)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < u->nparams; i++)
        if (mop_url_key_utm(u->params[i].key))
            set[n++] = mop_arena_printf(a, "\n%.*s=%.*s", MOP_SV_ARG(u->params[i].key),
                                        MOP_SV_ARG(u->params[i].value));
    if (n)
        qsort(set, n, sizeof *set, compare_texts);
    for (size_t i = 0; i < n; i++)
        if (!i || !mop_sv_eq(set[i], set[kept - 1]))
            set[kept++] = set[i];
    return kept;
}

static bool is_default_port(const struct mop_url *u)
{
    return mop_sv_eqs(u->port, mop_sv_eq_nocase(u->scheme, MOP_SV("http")) ? "80" : "443");
}

/* What reports tell links apart by: host, path and the set of utm_ parameters, however they are
 * written; NONE: it has none, and many campaigns may lead there. */
static struct mop_sv link_key(struct mop_arena *a, const struct mop_url *u)
{
    struct mop_sv *set = mop_arena_array(a, u->nparams + 1, sizeof *set), path = u->path;
    size_t n = utm_set(a, u, set);
    struct mop_buf b;
    if (!n || !u->host.n)
        return MOP_SV_NONE;
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    mop_buf_init(&b, SIZE_MAX);
    mop_buf_printf(&b, "%.*s:%.*s%.*s", MOP_SV_ARG(u->ascii_host),
                   is_default_port(u) ? 0 : (int)u->port.n, u->port.n ? u->port.p : "",
                   MOP_SV_ARG(path));
    for (size_t i = 0; i < n; i++)
        mop_buf_sv(&b, set[i]);
    struct mop_sv key = mop_utf8_compose(a, mop_arena_copy(a, mop_buf_view(&b)));
    mop_buf_release(&b);
    return key;
}

static void index_links(struct mop_known *k)
{
    struct mop_launch *g = k->g;
    for (size_t i = 0; i < g->b->nlinks; i++) {
        bool added;
        struct mop_sv key = g->b->links[i].fault ? MOP_SV_NONE : link_key(&g->arena, &g->urls[i]);
        uint64_t *at = key.p ? mop_map_put(&k->links, key, &added) : NULL;
        if (at && added)
            *at = i;
    }
}

/* A link's tags say whose it is, where nothing else does. */
static void fill_from(struct mop_sv *words, const struct mop_url *u)
{
    static const int filled[] = {MOP_KNOWN_CAMPAIGN, MOP_KNOWN_UTM_ID};
    for (size_t i = 0; i < sizeof filled / sizeof *filled; i++) {
        struct mop_sv v = mop_url_param(u, mop_sv_of(mop_known_words[filled[i]]));
        if (v.n && !words[filled[i]].n && !mop_macro_find(v).p)
            words[filled[i]] = v;
    }
}

/* Which of our links it is; NULL: none. */
static const uint64_t *find_link(struct mop_known *k, const struct mop_url *u, bool *tagged)
{
    struct mop_sv key = link_key(&k->scratch, u);
    *tagged = key.p != NULL;
    return key.p ? mop_map_find(&k->links, key) : NULL;
}

void mop_known_fill(struct mop_known *k, struct mop_sv link, struct mop_sv *words)
{
    struct mop_url u;
    bool tagged;
    if (!link.n)
        return;
    mop_url_parse(&k->scratch, link, true, &u);
    if (!find_link(k, &u, &tagged)) /* else the link itself is told */
        fill_from(words, &u);
}

void mop_known_link(struct mop_known *k, struct mop_sv link, struct mop_sv place)
{
    struct mop_url u;
    bool tagged;
    if (!link.n)
        return;
    mop_url_parse(&k->scratch, link, true, &u);
    const uint64_t *at = find_link(k, &u, &tagged);
    k->nlinks++;
    k->compared += tagged && k->links.n;
    if (!at)
        return;
    mop_gate_do(k->g,
                mop_gate_tell_link(k->g, k->r, MOP_FAULT, (size_t)*at,
                                   "is a link of another campaign, too (%.*s)", MOP_SV_ARG(place)),
                "give each campaign its own utm_ parameters");
}

/* ---- names and ids ---- */

static bool agrees(struct mop_known *k, const struct mop_sv *theirs, int word)
{
    struct mop_sv x = squeeze(&k->scratch, theirs[word]);
    return x.n && mop_sv_eq(x, k->ours[word]);
}

/* In a list the campaign itself has its CRM id and its name, as far as the list has names. */
bool mop_known_is_self(struct mop_known *k, const struct mop_sv *theirs)
{
    bool named = mop_sv_trim(theirs[MOP_KNOWN_NAME]).n && k->ours[MOP_KNOWN_NAME].n;
    return agrees(k, theirs, MOP_KNOWN_CRM_ID) && (!named || agrees(k, theirs, MOP_KNOWN_NAME));
}

/* What to do; in a list it may be the campaign itself, which nothing but its id would show. */
static void say_repair(struct mop_known *k, struct mop_gate_item *x, const struct mop_sv *theirs,
                       bool in_list)
{
    struct mop_sv id = mop_sv_trim(theirs[MOP_KNOWN_CRM_ID]);
    bool said = k->ours[MOP_KNOWN_CRM_ID].n > 0;
    if (!in_list)
        mop_gate_do(k->g, x, "take another; a copy of the brief is another campaign");
    else if (agrees(k, theirs, MOP_KNOWN_CRM_ID))
        mop_gate_do(k->g, x, "take another id; if it is the same campaign, its name there too");
    else if (id.n && said)
        mop_gate_do(
            k->g, x,
            "take another; if it is the same campaign, one of the ids is wrong: there it is %s",
            mop_gate_shown(k->g, id));
    else if (id.n)
        mop_gate_do(k->g, x,
                    "take another, or write crm_campaign_id: %s if it is the same campaign",
                    mop_gate_shown(k->g, id));
    else
        mop_gate_do(k->g, x, "take another; if it is the same campaign, %s%s",
                    k->has_ids ? "write its id in that line"
                               : "the list needs its id (a column crm_campaign_id)",
                    said ? "" : ", and write crm_campaign_id in the brief");
}

void mop_known_campaign(struct mop_known *k, const struct mop_sv *given, struct mop_sv place,
                        bool in_list)
{
    struct mop_sv theirs[MOP_KNOWN_WORDS];
    struct mop_said_list first = {0};
    struct mop_buf says;
    k->campaigns++;
    mop_buf_init(&says, 1000);
    bool any = false;
    for (int c = 0; c < MOP_KNOWN_WORDS; c++)
        theirs[c] = given[c];
    if (!mop_sv_trim(theirs[MOP_KNOWN_CAMPAIGN]).n)
        theirs[MOP_KNOWN_CAMPAIGN] = theirs[MOP_KNOWN_NAME];
    for (int c = 0; c < MOP_KNOWN_WORDS; c++) {
        /* the name, said twice, is told once */
        any = any || (mop_sv_trim(theirs[c]).n && k->ours[c].n);
        bool again = c == MOP_KNOWN_CAMPAIGN && says.n && !mop_sv_trim(given[c]).n;
        if (again || !agrees(k, theirs, c))
            continue;
        struct mop_said_list said = mop_brief_values(k->g->b, mop_known_words[c]);
        first = first.n ? first : said;
        mop_buf_printf(&says, "%sthe %s '%s'", says.n ? ", " : "", mop_known_words[c],
                       mop_gate_shown(k->g, mop_sv_trim(theirs[c])));
    }
    k->compared += any;
    if (says.n)
        say_repair(k,
                   mop_gate_tell(k->g, k->r, MOP_FAULT, first.n ? &first.list[0] : NULL,
                                 "another campaign has %.*s (%.*s)",
                                 MOP_SV_ARG(mop_buf_view(&says)), MOP_SV_ARG(place)),
                   given, in_list);
    mop_buf_release(&says);
}

/* ---- the run ---- */

static void read_ours(struct mop_known *k)
{
    struct mop_launch *g = k->g;
    struct mop_sv ours[MOP_KNOWN_WORDS] = {{0}};
    for (int c = 0; c < MOP_KNOWN_WORDS; c++) {
        struct mop_said_list said = mop_brief_values(g->b, mop_known_words[c]);
        ours[c] = said.n ? said.list[0].text : MOP_SV("");
    }
    for (size_t i = 0; !g->links_only && i < g->b->nlinks; i++)
        fill_from(ours, &g->urls[i]);
    for (int c = 0; c < MOP_KNOWN_WORDS; c++)
        k->ours[c] = squeeze(&g->arena, ours[c]);
    if (!k->ours[MOP_KNOWN_CAMPAIGN].n)
        k->ours[MOP_KNOWN_CAMPAIGN] = k->ours[MOP_KNOWN_NAME];
}

static void begin(struct mop_known *k)
{
    mop_arena_init(&k->scratch);
    mop_map_init(&k->links);
    read_ours(k);
    index_links(k);
}

static int read_one(struct mop_known *k, const struct mop_gate_known *from, struct mop_err *e)
{
    struct stat st;
    const char *path = from->path;
    struct mop_sv name = mop_sv_of(path);
    if (!stat(path, &st) && S_ISDIR(st.st_mode))
        return mop_known_folder(k, path, e);
    if (mop_sv_ends(name, MOP_SV(".yaml")) || mop_sv_ends(name, MOP_SV(".yml")))
        return mop_known_brief(k, path, e);
    return mop_known_list(k, from, e);
}

static int read_known(struct mop_known *k, struct mop_err *e)
{
    int rc = 0;
    mop_buf_init(&k->empty, 4096);
    for (size_t i = 0; i < k->g->o->nknown && !rc; i++) {
        size_t before = k->campaigns + k->nlinks;
        rc = read_one(k, &k->g->o->known[i], e);
        if (before == k->campaigns + k->nlinks)
            mop_buf_printf(&k->empty, "%s'%s'", k->empty.n ? ", " : "", k->g->o->known[i].path);
    }
    return rc;
}

/* Links without a brief have no name to compare; a list without links has none for them. What has
 * nothing in common to look at has not been compared. */
static void say_what(struct mop_known *k)
{
    struct mop_launch *g = k->g;
    struct mop_sv empty = mop_buf_view(&k->empty);
    size_t n = g->links_only ? k->nlinks : k->campaigns;
    if (!k->campaigns && !k->nlinks)
        mop_gate_not_asked(g, k->r, "there is no other campaign in %.*s", MOP_SV_ARG(empty));
    else if (g->links_only && !k->nlinks)
        mop_gate_not_asked(g, k->r, "the known campaigns have no links to compare with");
    else if (!k->compared)
        mop_gate_not_asked(g, k->r, "%s",
                           g->links_only ? "no links here and there have utm_ parameters"
                                         : "the brief says nothing that the known campaigns say, "
                                           "too: name, id or a tagged link");
    else
        k->r->why = mop_arena_printf(&g->arena, "compared with %zu %s%s%s%.*s", n,
                                     g->links_only ? "link" : "campaign", n == 1 ? "" : "s",
                                     empty.n ? "; none in " : "", MOP_SV_ARG(empty));
    mop_buf_release(&k->empty);
}

int mop_gate_read_known(struct mop_launch *g, struct mop_gate_result *r, struct mop_diags *d,
                        struct mop_err *e)
{
    struct mop_known k = {.g = g, .r = r, .d = d};
    size_t before = d->faults;
    begin(&k);
    int rc = read_known(&k, e);
    mop_map_release(&k.links);
    mop_arena_release(&k.scratch);
    say_what(&k);
    return rc || d->faults > before ? -1 : 0;
}

void mop_gate_run_DUPLICATE(struct mop_launch *g, struct mop_gate_result *r)
{
    if (!g->o->nknown)
        mop_gate_not_asked(g, r, "no other campaigns to compare with: --known FILE");
}
