/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_FILE_H
#define FUZZ_FILE_H
#include "fuzz_require.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The bytes as a file that can be opened by name, however often. */
static const char *fuzz_file(const uint8_t *data, size_t n, const char *ending)
{
    static char path[64];
    snprintf(path, sizeof path, "%s/mopslint-fuzz-%ld%s",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid(), ending);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, n, f) != n || fclose(f) != 0)
        abort();
    return path;
}
#endif
