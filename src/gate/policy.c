/* SPDX-License-Identifier: MIT */
#include "gate/policy.h"
#include "base/date.h"
#include "gate/checks.h"
#include "rules/keys.h"

/* `gate:` of a taxonomy into levels, triggers and settings. Shapes were checked by the loader. */

typedef struct mop_gate_reader R;

void mop_gate_fault(R *r, const char *id, const struct mop_node *at, const char *hint,
                    const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_node_fault(r->d, id, at, hint, fmt, ap);
    va_end(ap);
}

size_t mop_gate_texts(R *r, const struct mop_node *n, struct mop_sv **out)
{
    size_t most = !n ? 0 : n->kind == MOP_LIST ? n->n : 1, count = 0;
    *out = mop_arena_array(r->a, most + 1, sizeof **out);
    for (size_t i = 0; i < most; i++) {
        struct mop_said s = mop_said_of(n->kind == MOP_LIST ? n->item[i] : n);
        if (s.text.p)
            (*out)[count++] = s.text;
    }
    return count;
}

static const struct mop_node *get(const struct mop_node *map, const struct mop_key_table *t,
                                  const char *key)
{
    return mop_keys_get(map, t, key);
}

static struct mop_sv text_of(const struct mop_node *map, const struct mop_key_table *t,
                             const char *key, struct mop_sv otherwise)
{
    struct mop_said s = mop_said_of(get(map, t, key));
    return s.text.p ? s.text : otherwise;
}

/* Index of the word at `n`, or -1 after a fault with a did-you-mean. */
static long find_word(R *r, const struct mop_node *n, struct mop_sv text, const char *what,
                      const struct mop_sv *words, size_t count)
{
    char hint[300];
    for (size_t i = 0; i < count; i++)
        if (mop_sv_eq(text, words[i]))
            return (long)i;
    bool near = mop_did_you_mean(hint, sizeof hint, text, words, count);
    mop_gate_fault(r, "bad-value", n, near ? hint : NULL, "there is no %s '%.*s'", what,
                   MOP_SV_ARG(text));
    return -1;
}

static long find_name(R *r, const struct mop_node *n, struct mop_sv text, const char *what,
                      const char *const *names)
{
    struct mop_sv words[64];
    size_t count = 0;
    for (; names[count]; count++)
        words[count] = mop_sv_of(names[count]);
    return find_word(r, n, text, what, words, count);
}

static long find_level(R *r, const struct mop_node *n, struct mop_sv text)
{
    struct mop_sv *words = mop_arena_array(r->a, r->p->nlevels + 1, sizeof *words);
    for (size_t i = 0; i < r->p->nlevels; i++)
        words[i] = r->p->levels[i].name;
    return find_word(r, n, text, "level", words, r->p->nlevels);
}

/* ---- levels ---- */

static void read_asked(R *r, const struct mop_node *n, size_t level)
{
    struct mop_sv *ids;
    size_t count = mop_gate_texts(r, n, &ids);
    for (size_t i = 0; i < count; i++) {
        const struct mop_node *at = n->kind == MOP_LIST ? n->item[i] : n;
        long id = find_name(r, at, ids[i], "check of the gate", mop_gate_ids);
        if (id >= 0 && r->p->checks[id].level == SIZE_MAX)
            r->p->checks[id].level = level;
    }
}

static void read_required(R *r, const struct mop_node *n, struct mop_gate_level *l)
{
    struct mop_sv words[64];
    size_t count = 0;
    for (const struct mop_key *k = mop_brief_keys_top.keys; k->name; k++)
        words[count++] = mop_sv_of(k->name);
    l->nrequires = mop_gate_texts(r, n, &l->requires);
    for (size_t i = 0; i < l->nrequires; i++)
        find_word(r, n->kind == MOP_LIST ? n->item[i] : n, l->requires[i], "key of a brief", words,
                  count);
}

static void read_levels(R *r, const struct mop_node *gate)
{
    const struct mop_node *map = get(gate, &mop_keys_gate, "levels");
    if (!map || !map->n) {
        mop_gate_fault(r, "missing-key", gate, "extends: [gate] brings the shipped ones",
                       "gate has no levels");
        return;
    }
    r->p->levels = mop_arena_array(r->a, map->n + 1, sizeof *r->p->levels);
    for (size_t i = 0; i < map->n; i++) {
        struct mop_gate_level *l = &r->p->levels[r->p->nlevels];
        const struct mop_key_table *t = &mop_keys_gate_level;
        l->name = map->key[i]->text;
        l->description = text_of(map->item[i], t, "description", MOP_SV(""));
        const struct mop_node *checks = get(map->item[i], t, "checks");
        const struct mop_node *keys = get(map->item[i], t, "requires");
        if (checks)
            read_asked(r, checks, r->p->nlevels);
        if (keys)
            read_required(r, keys, l);
        r->p->nlevels++;
    }
}

static void read_triggers(R *r, const struct mop_node *gate)
{
    const struct mop_key_table *t = &mop_keys_gate_trigger;
    const struct mop_node *map = get(gate, &mop_keys_gate, "triggers");
    r->p->triggers = mop_arena_array(r->a, map ? map->n + 1 : 1, sizeof *r->p->triggers);
    for (size_t i = 0; map && i < map->n; i++) {
        const struct mop_node *n = map->item[i], *level = get(n, t, "level");
        struct mop_gate_trigger *x = &r->p->triggers[r->p->ntriggers];
        static const char *const must[] = {"level", "when", "because"};
        bool whole = true;
        for (size_t k = 0; k < 3; k++)
            if (!get(n, t, must[k])) {
                mop_gate_fault(r, "missing-key", map->key[i], NULL, "trigger '%.*s' has no '%s'",
                               MOP_SV_ARG(map->key[i]->text), must[k]);
                whole = false;
            }
        if (!whole)
            continue;
        x->id = map->key[i]->text;
        x->because = text_of(n, t, "because", MOP_SV(""));
        long at = find_level(r, level, text_of(n, t, "level", MOP_SV("")));
        x->level = at < 0 ? 0 : (size_t)at;
        mop_gate_when_read(r, get(n, t, "when"), &x->when);
        r->p->ntriggers++;
    }
}

/* ---- checks ---- */

/* Roles, or never. */
static unsigned read_waivable(R *r, const struct mop_node *n, unsigned otherwise)
{
    struct mop_sv *words;
    size_t count = n ? mop_gate_texts(r, n, &words) : 0;
    unsigned bits = 0;
    if (!n)
        return otherwise;
    for (size_t i = 0; i < count; i++) {
        if (n->kind == MOP_SCALAR && mop_sv_eqs(words[i], "never"))
            return 0;
        long role =
            find_name(r, n->kind == MOP_LIST ? n->item[i] : n, words[i], "role", mop_role_names);
        bits |= role < 0 ? 0 : 1U << role;
    }
    return bits;
}

static enum mop_role read_role(R *r, const struct mop_node *n, enum mop_role otherwise)
{
    struct mop_said s = mop_said_of(n);
    long role = s.text.p ? find_name(r, n, s.text, "role", mop_role_names) : -1;
    return role < 0 ? otherwise : (enum mop_role)role;
}

static void read_check(R *r, const struct mop_node *key, const struct mop_node *n)
{
    static const char *const severities[] = {"off", "warning", "error", NULL};
    const struct mop_key_table *t = &mop_keys_gate_check;
    long id = find_name(r, key, key->text, "check of the gate", mop_gate_ids);
    if (id < 0)
        return;
    struct mop_gate_setting *s = &r->p->checks[id];
    const struct mop_node *severity = get(n, t, "severity"), *waivable = get(n, t, "waivable");
    struct mop_said said = mop_said_of(severity);
    long level = said.text.p ? find_name(r, severity, said.text, "severity", severities) : -1;
    if (level >= 0)
        s->severity = (enum mop_severity)level;
    if (id == MOP_GATE_PRIVACY && s->severity != MOP_SEV_ERROR)
        mop_gate_fault(r, "bad-value", severity, NULL, "personal data in links is always an error");
    s->by = read_role(r, get(n, t, "by"), s->by);
    unsigned bits = read_waivable(r, waivable, s->waivable);
    if (bits && !s->waivable && id == MOP_GATE_PRIVACY)
        mop_gate_fault(r, "bad-value", waivable, NULL, "personal data in links cannot be waived");
    s->waivable = bits;
}

static void read_checks(R *r, const struct mop_node *gate)
{
    const struct mop_node *map = get(gate, &mop_keys_gate, "checks");
    for (size_t i = 0; map && i < map->n; i++)
        read_check(r, map->key[i], map->item[i]);
}

/* ---- calendar ---- */

static int32_t read_day(R *r, const struct mop_node *n)
{
    struct mop_when when;
    struct mop_said s = mop_said_of(n);
    if (s.text.p && mop_date_parse_iso(NULL, s.text, &when) && when.whole_day)
        return when.day;
    if (s.text.p)
        mop_gate_fault(r, "bad-value", n, "write it as 2026-12-31", "'%.*s' is no day",
                       MOP_SV_ARG(s.text));
    return MOP_NO_DAY;
}

static void read_freezes(R *r, const struct mop_node *gate)
{
    const struct mop_key_table *t = &mop_keys_gate_freeze;
    const struct mop_node *map = get(gate, &mop_keys_gate, "freeze");
    r->p->freezes = mop_arena_array(r->a, map ? map->n + 1 : 1, sizeof *r->p->freezes);
    for (size_t i = 0; map && i < map->n; i++) {
        const struct mop_node *n = map->item[i];
        const struct mop_node *from = get(n, t, "from"), *until = get(n, t, "until");
        struct mop_gate_freeze f = {.id = map->key[i]->text,
                                    .reason = text_of(n, t, "reason", MOP_SV("")),
                                    .from = read_day(r, from),
                                    .until = read_day(r, until)};
        if (!from || !until || !f.reason.n)
            mop_gate_fault(r, "missing-key", map->key[i], "{from: .., until: .., reason: ..}",
                           "freeze '%.*s' has no from, until or reason", MOP_SV_ARG(f.id));
        else if (f.from != MOP_NO_DAY && f.until != MOP_NO_DAY && f.until < f.from)
            mop_gate_fault(r, "bad-value", until, NULL, "the freeze ends before it begins");
        mop_gate_when_read(r, get(n, t, "when"), &f.when);
        r->p->freezes[r->p->nfreezes++] = f;
    }
}

static int weekday_of(struct mop_sv name)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    name = mop_sv_trim(name);
    for (int i = 0; i < 7; i++)
        if (mop_sv_eq_nocase(name, mop_sv_of(days[i])) ||
            mop_sv_eq_nocase(name, mop_sv_sub(mop_sv_of(days[i]), 0, 3)))
            return i;
    return -1;
}

static void read_launch_days(R *r, const struct mop_node *gate)
{
    const struct mop_node *n = get(gate, &mop_keys_gate, "launch_days");
    struct mop_sv *words, piece;
    size_t count = n ? mop_gate_texts(r, n, &words) : 0;
    for (size_t i = 0; i < count; i++)
        for (struct mop_sv rest = words[i]; mop_sv_next(&rest, ',', &piece);) {
            size_t dash = mop_sv_find(piece, '-');
            int from = weekday_of(mop_sv_sub(piece, 0, dash));
            int to = dash < piece.n ? weekday_of(mop_sv_sub(piece, dash + 1, piece.n)) : from;
            if (from < 0 || to < 0) {
                mop_gate_fault(r, "bad-value", n, "write mon-thu, or a list such as [mon, tue]",
                               "'%.*s' names no weekdays", MOP_SV_ARG(piece));
                continue;
            }
            r->p->has_launch_days = true;
            for (int day = from; day != to; day = (day + 1) % 7)
                r->p->launch_day[day] = true;
            r->p->launch_day[to] = true;
        }
}

/* ---- the taxonomy's record types ---- */

static size_t read_pairs(R *r, const struct mop_node *map, struct mop_gate_pair **out)
{
    *out = mop_arena_array(r->a, map ? map->n + 1 : 1, sizeof **out);
    for (size_t i = 0; map && i < map->n; i++) {
        struct mop_gate_pair *p = &(*out)[i];
        p->name = map->key[i]->text;
        p->nmore = mop_gate_texts(r, map->item[i], &p->more);
        p->key = p->nmore ? p->more[0] : MOP_SV("");
    }
    return map ? map->n : 0;
}

static void read_types(R *r, const struct mop_node *gate)
{
    const struct mop_key_table *ct = &mop_keys_gate_campaign, *lt = &mop_keys_gate_links;
    const struct mop_node *c = get(gate, &mop_keys_gate, "campaign");
    const struct mop_node *l = get(gate, &mop_keys_gate, "links");
    struct mop_gate_policy *p = r->p;
    p->campaign_record = text_of(c, ct, "record", MOP_SV_NONE);
    p->campaign_name = text_of(c, ct, "name", MOP_SV_NONE);
    p->links_record = text_of(l, lt, "record", MOP_SV_NONE);
    p->ncampaign_fields = read_pairs(r, get(c, ct, "fields"), &p->campaign_fields);
    p->nparts = read_pairs(r, get(c, ct, "parts"), &p->parts);
    p->nlink_fields = read_pairs(r, get(l, lt, "fields"), &p->link_fields);
    p->nchannels = read_pairs(r, get(l, lt, "channels"), &p->channels);
    mop_gate_check_channels(r, get(l, lt, "channels"));
    mop_gate_check_names(r, c, l);
}

/* ---- attestations ---- */

static bool read_bool(R *r, const struct mop_node *n)
{
    struct mop_said s = mop_said_of(n);
    if (s.text.p && !mop_sv_eqs(s.text, "true") && !mop_sv_eqs(s.text, "false"))
        mop_gate_fault(r, "bad-value", n, "write true or false", "'%.*s' is neither true nor false",
                       MOP_SV_ARG(s.text));
    return s.text.p && mop_sv_eqs(s.text, "true");
}

static void read_attest(R *r, const struct mop_node *key, const struct mop_node *n)
{
    const struct mop_key_table *t = &mop_keys_gate_attest;
    struct mop_gate_attest *x = &r->p->attests[r->p->nattests];
    const struct mop_node *levels = get(n, t, "levels"), *role = get(n, t, "role");
    struct mop_sv *names;
    size_t count = mop_gate_texts(r, levels, &names);
    *x = (struct mop_gate_attest){.id = key->text, .at = key->at};
    x->asks = text_of(n, t, "asks", MOP_SV(""));
    if (!x->asks.n || !role) {
        mop_gate_fault(r, "missing-key", key, "{asks: .., role: review}",
                       "attestation '%.*s' has no asks or role", MOP_SV_ARG(key->text));
        return;
    }
    x->role = read_role(r, role, MOP_ROLE_REVIEW);
    x->levels = mop_arena_array(r->a, r->p->nlevels + 1, sizeof *x->levels);
    for (size_t i = 0; i < r->p->nlevels; i++)
        x->levels[i] = !levels;
    for (size_t i = 0; levels && i < count; i++) {
        long at = find_level(r, levels->kind == MOP_LIST ? levels->item[i] : levels, names[i]);
        if (at >= 0)
            x->levels[at] = true;
    }
    x->evidence = read_bool(r, get(n, t, "evidence"));
    x->waivable = read_waivable(r, get(n, t, "waivable"), 1U << MOP_ROLE_DECISION);
    mop_gate_when_read(r, get(n, t, "when"), &x->when);
    r->p->nattests++;
}

struct mop_gate_policy *mop_gate_policy_read(const struct mop_ruleset *rs, struct mop_arena *a,
                                             struct mop_diags *d)
{
    struct mop_gate_policy *p = mop_arena_alloc(a, sizeof *p);
    R r = {rs, p, a, d};
    size_t before = d->faults;
    p->origin = rs->name;
    for (size_t i = 0; i < MOP_GATE_IDS; i++)
        p->checks[i] = (struct mop_gate_setting){mop_gate_checks[i].severity, mop_gate_checks[i].by,
                                                 mop_gate_checks[i].waivable, SIZE_MAX};
    read_levels(&r, rs->gate);
    read_types(&r, rs->gate); /* conditions may name their channels and words */
    read_triggers(&r, rs->gate);
    read_checks(&r, rs->gate);
    read_freezes(&r, rs->gate);
    read_launch_days(&r, rs->gate);
    const struct mop_node *attest = get(rs->gate, &mop_keys_gate, "attest");
    p->attests = mop_arena_array(a, attest ? attest->n + 1 : 1, sizeof *p->attests);
    for (size_t i = 0; attest && i < attest->n; i++)
        read_attest(&r, attest->key[i], attest->item[i]);
    p->nplaceholders =
        mop_gate_texts(&r, get(rs->gate, &mop_keys_gate, "placeholders"), &p->placeholders);
    return d->faults > before ? NULL : p;
}
