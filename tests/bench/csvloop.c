/* SPDX-License-Identifier: MIT */
/* csvloop FILE: libcsv with callbacks that only count; what reading costs before anything is
 * judged. */
#include <csv.h>
#include <stdio.h>

static unsigned long fields, records;

static void field(void *data, size_t n, void *user)
{
    (void)data, (void)n, (void)user;
    fields++;
}

static void record(int end, void *user)
{
    (void)end, (void)user;
    records++;
}

int main(int argc, char **argv)
{
    static char block[256 * 1024];
    struct csv_parser parser;
    size_t n;
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;

    if (!f || csv_init(&parser, 0))
        return 2;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        if (csv_parse(&parser, block, n, field, record, NULL) != n)
            return 3;
    csv_fini(&parser, field, record, NULL);
    csv_free(&parser);
    fclose(f);
    printf("%lu records, %lu fields\n", records, fields);
    return 0;
}
