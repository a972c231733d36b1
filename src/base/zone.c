/* SPDX-License-Identifier: MIT */
#include "civil.h"
#include "mem.h"
#include "zone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Zones found so far; they live as long as the program and are found while it is set up, by one
 * thread. */
static struct mop_zone *zones;

enum { FILE_CAP = 1 << 20, PATH_CAP = 1024 };

/* Names come from rule files: none may leave the folder. */
static bool is_safe(struct mop_sv name)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    if (name.n == 0 || name.n > 255 || name.p[0] == '/')
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (!memchr(letters, name.p[i], sizeof letters - 1)) /* no dot, so no ".." */
            return false;
    return true;
}

static bool read_file(struct mop_buf *b, const char *path)
{
    struct stat st;
    char chunk[4096];
    size_t n;
    FILE *f = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? fopen(path, "rb") : NULL;
    if (!f)
        return false;
    while (!b->over && (n = fread(chunk, 1, sizeof chunk, f)) > 0)
        mop_buf_add(b, chunk, n);
    bool good = !ferror(f) && !b->over;
    fclose(f);
    return good;
}

static bool load_from(struct mop_zone *z, const char *folder, struct mop_sv name)
{
    char path[PATH_CAP];
    struct mop_buf b;
    int n = snprintf(path, sizeof path, "%s/%.*s", folder, MOP_SV_ARG(name));
    if (n < 0 || (size_t)n >= sizeof path)
        return false;
    mop_buf_init(&b, FILE_CAP);
    bool good = read_file(&b, path) && mop_zone_read(z, mop_buf_view(&b));
    mop_buf_release(&b);
    return good;
}

static bool load_named(struct mop_zone *z, struct mop_sv name)
{
    const char *const folders[] = {getenv("TZDIR"), "/usr/share/zoneinfo", "/usr/lib/zoneinfo"};
    if (!is_safe(name))
        return false;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (folders[i] && folders[i][0] && load_from(z, folders[i], name))
            return true;
    return false;
}

/* UTC and fixed offsets, for which no file is needed. */
static bool make_fixed(struct mop_zone *z, struct mop_sv name)
{
    static const char *const names[] = {"UTC", "Etc/UTC", "Z"};
    bool good = name.n > 0 && mop_offset_parse(name, &z->tail.standard) == name.n;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        good |= mop_sv_eqs(name, names[i]);
    z->has_tail = good;
    return good;
}

const struct mop_zone *mop_zone_find(struct mop_sv name)
{
    struct mop_zone found = {.n = 0}, *z = zones;
    while (z && !mop_sv_eq(z->name, name))
        z = z->next;
    if (z)
        return z;
    if (!make_fixed(&found, name) && !load_named(&found, name))
        return NULL;
    z = mop_alloc(sizeof *z);
    *z = found;
    z->name = (struct mop_sv){mop_strdup(name), name.n};
    z->next = zones;
    zones = z;
    return z;
}

/* How many changes are at or before the second. */
static size_t changes_before(const struct mop_zone *z, int64_t second)
{
    size_t low = 0, high = z->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (z->at[mid] <= second)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

int32_t mop_zone_offset(const struct mop_zone *z, int64_t us)
{
    if (!z)
        return 0;
    int64_t second = mop_floor_div(us, MOP_US_SECOND);
    size_t k = changes_before(z, second);
    if (k == z->n && z->has_tail)
        return mop_zone_tail_offset(&z->tail, second);
    return z->offset[k > 0 ? k - 1 : z->n];
}

/* Two readings of the wall clock: with the offset of a day and more before, and of a day and more
 * after. */
int64_t mop_zone_instant(const struct mop_zone *z, int64_t local_us)
{
    const int64_t far = 26 * 3600 * MOP_US_SECOND; /* no offset is larger */
    int32_t before = mop_zone_offset(z, local_us - far), after = mop_zone_offset(z, local_us + far);
    int64_t early = local_us - before * MOP_US_SECOND, late = local_us - after * MOP_US_SECOND;
    bool early_fits = mop_zone_offset(z, early) == before,
         late_fits = mop_zone_offset(z, late) == after;
    if (early_fits && late_fits) /* a fold, or no change at all */
        return early < late ? early : late;
    return late_fits ? late
                     : early; /* in a gap neither fits, and the old offset leads past the jump */
}
