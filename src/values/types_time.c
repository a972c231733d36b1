/* SPDX-License-Identifier: MIT */
#include "types_time.h"
#include "why.h"

enum { CANONICAL_MAX = 64 };

#define DAY_US (INT64_C(86400) * 1000000)

static const struct mop_type_format iso = {NULL, {"ISO 8601", sizeof "ISO 8601" - 1}};

/* The reading of one format; found only if exactly one stands. */
struct reading {
    const struct mop_type_format *by;
    struct mop_when when;
};

static const struct mop_zone *zone_of(const struct mop_type_options *o)
{
    return o && o->zone ? o->zone : mop_zone_find(MOP_SV("UTC"));
}

static bool read_by(const struct mop_type_format *f, const struct mop_zone *z, struct mop_sv s,
                    struct mop_when *when)
{
    return f->format ? mop_date_parse(f->format, z, s, when) : mop_date_parse_iso(z, s, when);
}

static bool same(struct mop_when a, struct mop_when b)
{
    return a.us == b.us && a.whole_day == b.whole_day;
}

/* Appends a point in time as it is stored. */
static void why_when(struct mop_buf *why, struct mop_when w)
{
    if (why) {
        mop_when_print(why, w);
    }
}

static bool ambiguous(const struct reading *a, const struct reading *b, struct mop_buf *why)
{
    mop_why(why, "is ambiguous: ");
    why_when(why, a->when);
    mop_why(why, " by %.*s, ", MOP_SV_ARG(a->by->text));
    why_when(why, b->when);
    return mop_why(why, " by %.*s", MOP_SV_ARG(b->by->text));
}

static bool unread(const struct mop_type_format *f, size_t n, const char *noun, struct mop_buf *why)
{
    mop_why(why, "is no %s by %s", noun, n > 1 ? "any of " : "");
    for (size_t i = 0; i < n; i++) {
        mop_why(why, "%s%.*s", i ? ", " : "", MOP_SV_ARG(f[i].text));
    }
    return false;
}

/* A moment as the day that it falls on in the zone. */
static struct mop_when whole_day(struct mop_when w, const struct mop_zone *z)
{
    if (!w.whole_day) {
        w.us = mop_zone_instant(z, w.day * DAY_US);
        w.whole_day = true;
    }
    return w;
}

static bool finish(struct mop_when when, struct mop_typed *out, struct mop_arena *a)
{
    char room[CANONICAL_MAX + 1];
    struct mop_buf text;
    mop_buf_fixed(&text, room, sizeof room);
    mop_when_print(&text, when);
    *out = (struct mop_typed){
        .canonical = mop_arena_copy(a, mop_buf_view(&text)), .when = when, .has_when = true};
    return true;
}

/* Tries all formats; day_only makes each reading a whole day before they are compared. */
static bool read_all(struct mop_sv s, const struct mop_type_options *o, bool day_only,
                     struct reading *hit, struct mop_buf *why)
{
    bool declared = o && o->nformats > 0;
    const struct mop_type_format *f = declared ? o->formats : &iso;
    const struct mop_zone *z = zone_of(o);
    size_t n = declared ? o->nformats : 1;
    for (size_t i = 0; i < n; i++) {
        struct reading r = {.by = &f[i]};
        if (!read_by(&f[i], z, s, &r.when)) {
            continue;
        }
        if (day_only && f[i].format) {
            r.when = whole_day(r.when, z);
        }
        if (hit->by && !same(hit->when, r.when)) {
            return ambiguous(hit, &r, why);
        }
        if (!hit->by) {
            *hit = r;
        }
    }
    return hit->by || unread(f, n, day_only ? "date" : "date or time", why);
}

bool mop_type_read_date(struct mop_sv s, const struct mop_type_options *o, struct mop_typed *out,
                        struct mop_arena *a, struct mop_buf *why)
{
    struct reading hit = {.by = NULL};
    if (!read_all(s, o, true, &hit, why)) {
        return false;
    }
    if (!hit.when.whole_day) {
        return mop_why(why, "has a time of day");
    }
    return finish(hit.when, out, a);
}

bool mop_type_read_datetime(struct mop_sv s, const struct mop_type_options *o,
                            struct mop_typed *out, struct mop_arena *a, struct mop_buf *why)
{
    struct reading hit = {.by = NULL};
    if (!read_all(s, o, false, &hit, why)) {
        return false;
    }
    return finish(mop_when_on(hit.when, o && o->days ? o->days : zone_of(o)), out, a);
}
