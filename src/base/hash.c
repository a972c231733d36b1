/* SPDX-License-Identifier: MIT */
#include "map.h"
#include <fcntl.h>
#include <pthread.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

/* XXH3 wants at least 136 bytes; 192 is the length of its own secret. */
static unsigned char secret[192];
static pthread_once_t secret_made = PTHREAD_ONCE_INIT;

static bool secret_from_kernel(void)
{
    return getrandom(secret, sizeof secret, 0) == (ssize_t)sizeof secret;
}

static bool secret_from_device(void)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool whole = read(fd, secret, sizeof secret) == (ssize_t)sizeof secret;
    close(fd);
    return whole;
}

/*
 * Only where a sandbox forbids both sources. Guessable, but a crafted key then costs time, never a
 * wrong answer where keys are compared as bytes.
 */
static void secret_from_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t seed[] = {(uint64_t)now.tv_nsec, (uint64_t)now.tv_sec, (uint64_t)getpid(),
                       (uint64_t)(uintptr_t)&now};
    for (size_t i = 0; i < sizeof secret; i++)
        secret[i] = (unsigned char)XXH3_64bits_withSeed(seed, sizeof seed, i);
}

static void make_secret(void)
{
    if (!secret_from_kernel() && !secret_from_device())
        secret_from_clock();
}

static const unsigned char *key(void)
{
    pthread_once(&secret_made, make_secret);
    return secret;
}

uint64_t mop_hash(struct mop_sv s)
{
    return XXH3_64bits_withSecret(s.p, s.n, key(), sizeof secret);
}

struct mop_h128 mop_hash_keyed(struct mop_sv s)
{
    XXH128_hash_t h = XXH3_128bits_withSecret(s.p, s.n, key(), sizeof secret);
    return (struct mop_h128){h.low64, h.high64};
}

struct mop_h128 mop_hash_stable(struct mop_sv s)
{
    XXH128_hash_t h = XXH3_128bits(s.p, s.n);
    return (struct mop_h128){h.low64, h.high64};
}
