/* SPDX-License-Identifier: MIT */
#include "fuzz_source.h"

extern const struct mop_exporter mop_exporter_json;

/* The first byte chooses between lines and document, the rest is the file. */
/* clang-format off */
/* covers: src/base/json_doc.c src/base/json_numbers.c src/exporters/json.c src/exporters/json_batch.c src/exporters/json_open.c src/exporters/json_shape.c src/exporters/json_text.c */
/* clang-format on */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct mop_source_options o = {0};
    if (n == 0)
        return 0;
    fuzz_source(&mop_exporter_json, fuzz_file(data + 1, n - 1, data[0] & 1 ? ".ndjson" : ".json"),
                &o);
    return 0;
}
