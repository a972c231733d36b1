/* SPDX-License-Identifier: MIT */
#include "gate/known.h"
#include "base/utf8.h"
#include "gate/checks.h"
#include "values/url_keys.h"
#include <sys/stat.h>

/* --known: is there another campaign with this name, id or link? */

const char *const mop_known_words[MOP_KNOWN_WORDS] = {"name", "utm_campaign", "utm_id",
                                                      "crm_campaign_id"};

/* Two spellings that a report cannot tell apart at a glance: case, blanks, separators. */
static struct mop_sv squeeze(struct mop_arena *a, struct mop_sv s)
{
    struct mop_sv f = mop_utf8_fold(a, mop_sv_trim(s));
    char *out = mop_arena_alloc(a, f.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if (f.p[i] != ' ' && f.p[i] != '_' && f.p[i] != '-')
            out[n++] = f.p[i];
    return (struct mop_sv){out, n};
}

/* ---- links ---- */

/* What visitors and reports see of a link with utm_ parameters: its host, path and parameters in
 * any order of writing; NONE: it has none, and many campaigns may lead there. */
static struct mop_sv link_key(struct mop_arena *a, const struct mop_url *u)
{
    bool tagged = false;
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    mop_buf_printf(&b, "%.*s:%.*s%.*s", MOP_SV_ARG(u->ascii_host), MOP_SV_ARG(u->port),
                   MOP_SV_ARG(u->path));
    for (size_t i = 0; i < u->nparams; i++) {
        tagged = tagged || mop_url_key_utm(u->params[i].key);
        mop_buf_printf(&b, "\n%.*s=%.*s", MOP_SV_ARG(u->params[i].key),
                       MOP_SV_ARG(u->params[i].value));
    }
    struct mop_sv key = tagged && u->host.n ? mop_arena_copy(a, mop_buf_view(&b)) : MOP_SV_NONE;
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

void mop_known_link(struct mop_known *k, struct mop_sv link, struct mop_sv place)
{
    struct mop_url u;
    mop_url_parse(&k->scratch, link, true, &u);
    struct mop_sv key = link_key(&k->scratch, &u);
    const uint64_t *at = key.p ? mop_map_find(&k->links, key) : NULL;
    k->nlinks += link.n > 0;
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

/* What to do: the last word is for what may be the campaign itself. */
static const char *repair(bool same_id, bool in_list)
{
    if (!in_list)
        return "take another; a copy of the brief is another campaign";
    return same_id ? "take another id; if it is the same campaign, its name there too"
                   : "take another, or write crm_campaign_id if it is the same campaign";
}

void mop_known_campaign(struct mop_known *k, const struct mop_sv *given, struct mop_sv place,
                        bool in_list)
{
    struct mop_sv theirs[MOP_KNOWN_WORDS];
    struct mop_said_list first = {0};
    struct mop_buf says;
    bool same_id = agrees(k, given, MOP_KNOWN_CRM_ID);
    k->campaigns++;
    mop_buf_init(&says, 1000);
    for (int c = 0; c < MOP_KNOWN_WORDS; c++)
        theirs[c] = given[c];
    if (!mop_sv_trim(theirs[MOP_KNOWN_CAMPAIGN]).n)
        theirs[MOP_KNOWN_CAMPAIGN] = theirs[MOP_KNOWN_NAME];
    for (int c = 0; c < MOP_KNOWN_WORDS; c++) {
        /* the name, said twice, is told once */
        bool again = c == MOP_KNOWN_CAMPAIGN && says.n && !mop_sv_trim(given[c]).n;
        if (again || !agrees(k, theirs, c))
            continue;
        struct mop_said_list said = mop_brief_values(k->g->b, mop_known_words[c]);
        first = first.n ? first : said;
        mop_buf_printf(&says, "%sthe %s '%s'", says.n ? ", " : "", mop_known_words[c],
                       mop_gate_shown(k->g, mop_sv_trim(theirs[c])));
    }
    if (says.n)
        mop_gate_do(k->g,
                    mop_gate_tell(k->g, k->r, MOP_FAULT, first.n ? &first.list[0] : NULL,
                                  "another campaign has %.*s (%.*s)",
                                  MOP_SV_ARG(mop_buf_view(&says)), MOP_SV_ARG(place)),
                    "%s", repair(same_id, in_list));
    mop_buf_release(&says);
}

/* ---- the run ---- */

static void begin(struct mop_known *k)
{
    mop_arena_init(&k->scratch);
    mop_map_init(&k->links);
    for (int c = 0; c < MOP_KNOWN_WORDS; c++) {
        struct mop_said_list said = mop_brief_values(k->g->b, mop_known_words[c]);
        k->ours[c] = said.n ? squeeze(&k->g->arena, said.list[0].text) : MOP_SV("");
    }
    if (!k->ours[MOP_KNOWN_CAMPAIGN].n)
        k->ours[MOP_KNOWN_CAMPAIGN] = k->ours[MOP_KNOWN_NAME];
    index_links(k);
}

static int read_one(struct mop_known *k, const char *path, struct mop_err *e)
{
    struct stat st;
    struct mop_sv name = mop_sv_of(path);
    if (!stat(path, &st) && S_ISDIR(st.st_mode))
        return mop_known_folder(k, path, e);
    if (mop_sv_ends(name, MOP_SV(".yaml")) || mop_sv_ends(name, MOP_SV(".yml")))
        return mop_known_brief(k, path, e);
    return mop_known_list(k, path, e);
}

/* Links without a brief have no name to compare; a list without links has none for them. */
static void say_what(struct mop_known *k)
{
    if (k->g->links_only && !k->nlinks)
        mop_gate_not_asked(k->g, k->r, "the known campaigns have no links to compare with");
    else if (k->g->links_only)
        k->r->why = mop_arena_printf(&k->g->arena, "compared with %zu link%s", k->nlinks,
                                     k->nlinks == 1 ? "" : "s");
    else
        k->r->why = mop_arena_printf(&k->g->arena, "compared with %zu campaign%s", k->campaigns,
                                     k->campaigns == 1 ? "" : "s");
}

int mop_gate_read_known(struct mop_launch *g, struct mop_gate_result *r, struct mop_diags *d,
                        struct mop_err *e)
{
    struct mop_known k = {.g = g, .r = r, .d = d};
    size_t before = d->faults;
    int rc = 0;
    begin(&k);
    for (size_t i = 0; i < g->o->nknown && !rc; i++)
        rc = read_one(&k, g->o->known[i], e);
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
