/* SPDX-License-Identifier: MIT */
#include "hmac.h"
#include "mem.h"
#include <nettle/hmac.h>
#include <stdlib.h>

struct mop_hmac {
    struct hmac_sha256_ctx ctx;
};

struct mop_hmac *mop_hmac_create(const void *key, size_t n)
{
    struct mop_hmac *h = mop_alloc(sizeof *h);
    hmac_sha256_set_key(&h->ctx, n, key);
    return h;
}

void mop_hmac_free(struct mop_hmac *h)
{
    free(h);
}

/* Little end first, so that a file of hashes serves on every machine. */
static void bytes_of(uint64_t v, uint8_t out[8])
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(v >> (8 * i));
}

static uint64_t number_of(const uint8_t p[8])
{
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v |= (uint64_t)p[i] << (8 * i);
    return v;
}

void mop_hmac_add(struct mop_hmac *h, struct mop_sv part)
{
    uint8_t head[8];
    bytes_of(part.n, head);
    hmac_sha256_update(&h->ctx, sizeof head, head);
    if (part.n)
        hmac_sha256_update(&h->ctx, part.n, (const uint8_t *)part.p);
}

struct mop_h128 mop_hmac_end(struct mop_hmac *h)
{
    uint8_t digest[16];
    hmac_sha256_digest(&h->ctx, sizeof digest, digest);
    return (struct mop_h128){number_of(digest), number_of(digest + 8)};
}
