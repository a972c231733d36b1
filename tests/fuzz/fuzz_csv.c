/* SPDX-License-Identifier: MIT */
#include "fuzz_source.h"

extern const struct mop_exporter mop_exporter_csv;

/* The first byte chooses the options, the rest is the file. */
/* clang-format off */
/* covers: src/exporters/csv.c src/exporters/csv_batch.c src/exporters/csv_detect.c src/exporters/csv_lines.c src/exporters/csv_open.c src/exporters/csv_walk.c src/exporters/input_gzip.c src/exporters/input_iconv.c src/exporters/window.c */
/* clang-format on */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char delimiters[] = {0, 0, ',', ';'};
    static const char *const encodings[] = {NULL, NULL, "windows-1252", "utf-16le"};
    if (n == 0)
        return 0;
    struct mop_source_options o = {
        .delimiter = delimiters[data[0] & 3],
        .encoding = encodings[data[0] >> 2 & 3],
        .skip_lines = data[0] >> 4 & 1,
        .max_field_newlines = data[0] & 32 ? 2 : 0,
    };
    fuzz_source(&mop_exporter_csv, fuzz_file(data + 1, n - 1, ".csv"), &o);
    return 0;
}
