/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <ctype.h>
#include <string.h>

/* Making a check: what is said of it, overrides, defaults, its id. */

const char *const mop_severity_names[] = {"off", "warning", "error"};
const char *const mop_dimension_names[] = {"completeness", "validity", "consistency", "uniqueness",
                                           "timeliness"};
const char *const mop_effect_names[] = {"drops", "misplaces", "double_counts", "delays", "hygiene"};

struct mop_check *mop_check_new(struct mop_loader *l, struct mop_record *r, struct mop_field *f,
                                const struct mop_kind *k, struct mop_loc at)
{
    struct mop_check *c = mop_arena_alloc(l->a, sizeof *c);
    l->nfar = 0; /* what is met from here on is for this check */
    l->far = NULL;
    c->kind = k;
    c->record = r;
    c->field = f;
    c->final_severity = k->severity;
    c->severity = MOP_SEV_OFF;
    c->phase_until = INT32_MIN;
    c->dimension = k->dimension;
    c->effect = MOP_EFFS;
    c->applies = MOP_WINDOW_OPEN;
    c->message = MOP_SV("");
    c->guard = (k->flags & MOP_K_GUARD) != 0;
    c->written_form = (k->flags & MOP_K_WRITTEN) != 0;
    c->required_like = (k->flags & MOP_K_BLANK) != 0;
    c->cross = (k->flags & MOP_K_CROSS) != 0;
    c->at = at;
    c->origin = mop_origin_of(l->rs, at);
    mop_ruleset_map(l->rs, &c->fixed_by_map);
    return c;
}

struct mop_sv mop_check_id(struct mop_loader *l, const struct mop_field *f, const char *what)
{
    return mop_arena_printf(l->a, "%.*s.%.*s.%s", MOP_SV_ARG(f->record->name), MOP_SV_ARG(f->name),
                            what);
}

/* ---- what is said ---- */

static int read_name(struct mop_scope *s, const struct mop_node *n, const char *const *names,
                     int count, const char *what)
{
    struct mop_sv words[8];
    for (int i = 0; i < count; i++) {
        if (n->kind == MOP_SCALAR && mop_sv_eqs(n->text, names[i]))
            return i;
        words[i] = mop_sv_of(names[i]);
    }
    mop_scope_fault(s, "bad-value", n, "'%.*s' is no %s", MOP_SV_ARG(n->text), what);
    long best = mop_suggest(n->text, words, (size_t)count);
    if (best >= 0)
        mop_scope_hint(s, "did you mean '%s'?", names[best]);
    return -1;
}

static void read_phase_in(struct mop_scope *s, struct mop_check *c, const struct mop_node *n)
{
    mop_keys_check(s, n, &mop_keys_phase_in);
    const struct mop_node *severity = mop_keys_get(n, &mop_keys_phase_in, "severity");
    const struct mop_node *until = mop_keys_get(n, &mop_keys_phase_in, "until");
    c->severity = MOP_SEV_WARNING;
    if (severity && !mop_read_severity(s, severity, &c->severity) && c->severity == MOP_SEV_ERROR) {
        mop_scope_fault(s, "bad-value", severity, "'error' is no milder severity");
        mop_scope_hint(s, "up to that day a rule is a warning or off; what it is then is its own "
                          "'severity'");
    }
    if (until)
        mop_read_day(s, until, &c->phase_until);
    else
        mop_scope_fault(s, "missing-key", n,
                        "'until' is missing: the last day of the milder severity");
}

static void read_fixer_map(struct mop_scope *s, struct mop_check *c, const struct mop_node *n)
{
    for (size_t i = 0; i < n->n; i++) {
        struct mop_sv value, *who = mop_arena_alloc(s->arena, sizeof *who);
        int rc = mop_read_person(s, n->item[i], who);
        if (c->fixed_by_field && mop_read_meant(s, c->fixed_by_field, n->key[i], &value) == 0 &&
            rc == 0)
            *mop_map_put(&c->fixed_by_map, value, NULL) = (uint64_t)(uintptr_t)who;
    }
}

static void read_fixed_by(struct mop_scope *s, struct mop_check *c, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_fixed_by;
    if (n->kind == MOP_SCALAR) {
        mop_read_person(s, n, &c->fixed_by);
        return;
    }
    mop_keys_check(s, n, k);
    const struct mop_node *field = mop_keys_get(n, k, "field"), *map = mop_keys_get(n, k, "map"),
                          *other = mop_keys_get(n, k, "else");
    if (field)
        c->fixed_by_field = mop_scope_field(s, field);
    else
        mop_scope_fault(s, "missing-key", n, "'field' is missing: which field tells who repairs");
    if (map)
        read_fixer_map(s, c, map);
    if (other)
        mop_read_person(s, other, &c->fixed_by);
}

/* {field} names a field; inside a field set it is written relative, and kept in full. */
static void read_message(struct mop_scope *s, struct mop_check *c, const struct mop_node *n)
{
    struct mop_sv text;
    if (mop_read_text(s, n, &text) != 0)
        return;
    struct mop_buf b;
    const char *start = text.p;
    mop_buf_init(&b, 65536);
    while (text.n > 0) {
        size_t open = mop_sv_find(text, '{');
        size_t close = open + mop_sv_find(mop_sv_sub(text, open, text.n), '}');
        if (close >= text.n)
            break;
        size_t at = (size_t)(text.p - start) + open + 1;
        struct mop_node name = mop_scope_place(s, n, at, at + close - open - 1);
        name.text = mop_sv_sub(text, open + 1, close);
        const struct mop_field *f = mop_scope_field(s, &name);
        mop_buf_sv(&b, mop_sv_sub(text, 0, open + 1));
        mop_buf_sv(&b, f ? f->name : name.text);
        mop_buf_chr(&b, '}');
        text = mop_sv_sub(text, close + 1, text.n);
    }
    mop_buf_sv(&b, text);
    c->message = mop_arena_copy(s->arena, mop_buf_view(&b));
    mop_buf_release(&b);
}

static struct mop_scope scope_of(struct mop_loader *l, const struct mop_check *c,
                                 const struct mop_node *n)
{
    return mop_scope_at(l, c->record, c->field, n);
}

static void read_texts_of(struct mop_loader *l, struct mop_check *c, const struct mop_node *opts)
{
    struct mop_scope s = scope_of(l, c, opts);
    const struct {
        const char *key;
        struct mop_sv *out;
    } plain[] = {{"why", &c->why}, {"renamed_from", &c->renamed_from}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        const struct mop_node *n = mop_node_get(opts, plain[i].key);
        if (n && n->kind == MOP_SCALAR && !n->null)
            *plain[i].out = n->text;
    }
    const struct mop_node *n = mop_node_get(opts, "message");
    if (n && n->kind == MOP_SCALAR && !n->null) {
        s = scope_of(l, c, n);
        read_message(&s, c, n);
    }
    if ((n = mop_node_get(opts, "owner")) && n->kind == MOP_SCALAR && !n->null)
        mop_read_person(&s, n, &c->owner);
}

struct mop_expr *mop_load_when(struct mop_loader *l, struct mop_record *r, struct mop_field *f,
                               const struct mop_node *n)
{
    if (!n || n->null || n->kind != MOP_MAPPING)
        return NULL;
    struct mop_scope s = mop_scope_at(l, r, f, n);
    return mop_compile_condition(&s, n);
}

/* A check's own dates narrow those of its field: both have to hold. */
static void narrow_window(struct mop_scope *s, const struct mop_node *n, struct mop_window *w)
{
    struct mop_window own = MOP_WINDOW_OPEN;
    if (mop_read_window(s, n, &own))
        return;
    w->from = own.from > w->from ? own.from : w->from;
    w->until = own.until < w->until ? own.until : w->until;
}

void mop_check_options(struct mop_loader *l, struct mop_check *c, const struct mop_node *opts)
{
    const struct mop_key_table *k = &mop_keys_common;
    const struct mop_node *n;
    struct mop_scope s = scope_of(l, c, opts);
    int i;
    if ((n = mop_keys_get(opts, k, "severity")))
        mop_read_severity(&s, n, &c->final_severity);
    if ((n = mop_keys_get(opts, k, "dimension")) &&
        (i = read_name(&s, n, mop_dimension_names, MOP_DIMS, "dimension")) >= 0)
        c->dimension = (enum mop_dimension)i;
    if ((n = mop_keys_get(opts, k, "effect")) &&
        (i = read_name(&s, n, mop_effect_names, MOP_EFFS, "effect")) >= 0)
        c->effect = (enum mop_effect)i;
    if ((n = mop_keys_get(opts, k, "phase_in")))
        read_phase_in(&s, c, n);
    if ((n = mop_keys_get(opts, k, "fixed_by"))) {
        c->fixed_by_node = n;
        struct mop_scope in = scope_of(l, c, n);
        read_fixed_by(&in, c, n);
    }
    if ((n = mop_keys_get(opts, k, "when"))) {
        c->when = mop_load_when(l, c->record, c->field, n);
        c->when_node = n;
    }
    if ((n = mop_keys_get(opts, k, "applies")))
        narrow_window(&s, n, &c->applies);
    if ((n = mop_keys_get(opts, k, "tags")))
        mop_read_texts(&s, n, &c->tags, &c->ntags);
    if ((n = mop_keys_get(opts, k, "examples")) && mop_keys_check(&s, n, &mop_keys_examples) == 0)
        c->examples = n;
    read_texts_of(l, c, opts);
}

void mop_check_layer(struct mop_check *c, const struct mop_layer *layer,
                     const struct mop_node *said, const struct mop_loader *l)
{
    bool off = c->final_severity == MOP_SEV_OFF; /* nobody asks for it back by asking for the set */
    if (layer && layer->has_severity && !off && !(said && !mop_layer_of(l, said)))
        c->final_severity = layer->severity;
}

/* ---- overrides, defaults ---- */

static void apply_override(struct mop_loader *l, struct mop_check *c)
{
    long i = l->overrides ? mop_node_index(l->overrides, c->id) : -1;
    if (i < 0)
        return;
    l->override_used[i] = true;
    if (l->overrides->item[i]->kind == MOP_MAPPING)
        mop_check_options(l, c, l->overrides->item[i]);
}

static void apply_phase(const struct mop_loader *l, struct mop_check *c)
{
    bool now = c->phase_until != INT32_MIN && l->rs->as_of.day <= c->phase_until;
    if (!now) {
        bool mattered = c->phase_until != INT32_MIN && c->severity != c->final_severity;
        c->phase_hid = mattered && c->severity == MOP_SEV_OFF;
        c->phase_ended = mattered ? c->phase_until : INT32_MIN;
        c->severity = c->final_severity;
        c->phase_until = INT32_MIN;
    } else if (c->final_severity == MOP_SEV_OFF) {
        c->severity = MOP_SEV_OFF;
    }
}

static enum mop_effect default_effect(const struct mop_check *c)
{
    static const enum mop_effect of[] = {[MOP_DIM_COMPLETENESS] = MOP_EFF_DROPS,
                                         [MOP_DIM_VALIDITY] = MOP_EFF_MISPLACES,
                                         [MOP_DIM_CONSISTENCY] = MOP_EFF_MISPLACES,
                                         [MOP_DIM_UNIQUENESS] = MOP_EFF_DOUBLE_COUNTS,
                                         [MOP_DIM_TIMELINESS] = MOP_EFF_DELAYS};
    return c->final_severity == MOP_SEV_WARNING ? MOP_EFF_HYGIENE : of[c->dimension];
}

static void default_owner(const struct mop_loader *l, struct mop_check *c)
{
    const struct mop_field *f = c->field;
    if (c->owner.n == 0 && f)
        c->owner = f->owner;
    if (c->owner.n == 0 && f && f->vocabulary)
        c->owner = f->vocabulary->owner;
    if (c->owner.n == 0)
        c->owner = c->record->owner;
    if (c->owner.n == 0)
        c->owner = l->rs->owner;
}

/* The entry of the record type's `use` that brought what stands in another file, or NULL: who reads
 * the message can change that line, and not a shipped one. */
static const struct mop_node *brought_by(struct mop_loader *l, const struct mop_check *c)
{
    const struct mop_node *records = mop_keys_get(l->root, &mop_keys_top, "records");
    const struct mop_node *sets = mop_keys_get(l->root, &mop_keys_top, "field_sets");
    long at = records ? mop_node_index(records, c->record->name) : -1;
    const struct mop_node *r = at < 0 ? NULL : records->item[at];
    const struct mop_node *use = r ? mop_keys_get(r, &mop_keys_record, "use") : NULL;
    const struct mop_node *found = NULL;
    for (size_t i = 0; sets && use && i < (use->kind == MOP_LIST ? use->n : 1); i++) {
        const struct mop_node *x = use->kind == MOP_LIST ? use->item[i] : use;
        const struct mop_node *name = x->kind == MOP_MAPPING ? mop_node_get(x, "set") : x;
        long set = name ? mop_node_index(sets, name->text) : -1;
        if (set >= 0 && strcmp(sets->item[set]->at.file, c->at.file) == 0 &&
            strcmp(x->at.file, c->at.file) != 0)
            found = x;
    }
    return found;
}

/* Ids are unique, but for input.*, which every record type has. */
static bool new_id(struct mop_loader *l, struct mop_check *c, const struct mop_node *at)
{
    bool added;
    uint64_t *item = mop_map_put(&l->ids, c->id, &added);
    if (!added && c->role != MOP_CHECK_INPUT) {
        struct mop_node here = {.at = c->at, .span = 1};
        const struct mop_known *other = &l->known[*item - 1];
        const struct mop_node *use = brought_by(l, c);
        mop_scope_fault(&l->scope, "duplicate-id",
                        use  ? use
                        : at ? at
                             : &here,
                        "id '%.*s' stands twice", MOP_SV_ARG(c->id));
        if (use)
            mop_scope_hint(&l->scope, "the other one is of %s, line %u: use one of these sets only",
                           other->at.file, (unsigned)other->at.line);
        else
            mop_scope_hint(&l->scope,
                           "the other one is on line %u; give one of them an 'id' of its own",
                           (unsigned)other->at.line);
        return false;
    }
    struct mop_known k = {c->id, c->at, c};
    MOP_PUSH(l->a, l->known, l->nknown, k);
    if (added)
        *mop_map_find(&l->ids, c->id) = l->nknown;
    return true;
}

/* Other types that must be read for what a check looks at; filled by names met since the last
 * check. */
static void take_far(struct mop_loader *l, struct mop_check *c)
{
    for (size_t i = 0; i < l->nfar; i++) {
        bool known = l->far[i] == c->record;
        for (size_t k = 0; k < c->nfar && !known; k++)
            known = c->far[k] == l->far[i];
        if (!known)
            MOP_PUSH(l->a, c->far, c->nfar, l->far[i]);
    }
    l->nfar = 0;
    l->far = NULL;
}

void mop_check_add(struct mop_loader *l, struct mop_check *c, const struct mop_node *at)
{
    take_far(l, c);
    if (at && at->from)
        c->origin = mop_origin_of(l->rs, (struct mop_loc){.file = at->from});
    if (!new_id(l, c, at))
        return;
    apply_override(l, c);
    if (!c->assert_ && c->role != MOP_CHECK_INPUT)
        return; /* it could not be read: its id is known all the same */
    apply_phase(l, c);
    if (c->effect == MOP_EFFS)
        c->effect = default_effect(c);
    default_owner(l, c);
    if (c->severity == MOP_SEV_OFF) {
        if (c->final_severity != MOP_SEV_OFF)
            MOP_PUSH(l->a, c->record->coming, c->record->ncoming, c);
        return;
    }
    if (++l->nchecks == MOP_MAX_RULES + 1) {
        struct mop_node here = {.at = c->at, .span = 1};
        mop_scope_fault(&l->scope, "too-many-rules", at ? at : &here, "more than 20,000 rules");
    }
    c->index = c->record->nchecks;
    MOP_PUSH(l->a, c->record->checks, c->record->nchecks, c);
    if (c->role == MOP_CHECK_INLINE)
        MOP_PUSH(l->a, c->field->checks, c->field->nchecks, c);
}

struct mop_expr *mop_expr_test(struct mop_arena *a, struct mop_test *t)
{
    if (!t)
        return NULL;
    struct mop_expr *e = mop_arena_alloc(a, sizeof *e);
    e->op = MOP_OP_TEST;
    e->test = t;
    return e;
}

void mop_expr_each(const struct mop_expr *e, void (*fn)(struct mop_test *t, void *ctx), void *ctx)
{
    if (!e)
        return;
    if (e->op == MOP_OP_TEST && e->test)
        fn(e->test, ctx);
    for (size_t i = 0; i < e->n; i++)
        mop_expr_each(e->kids[i], fn, ctx);
}
