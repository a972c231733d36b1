/* SPDX-License-Identifier: MIT */
#include "fuzz_require.h"

#include "../../src/exporters/http_parts.h"

#include <jansson.h>
#include <string.h>

static int count(void *ctx, json_t *v)
{
    fuzz_require(v != NULL);
    ++*(size_t *)ctx;
    return 0;
}

/* A line with a pointer, a line with a template or a Link header, then a JSON text. */
/* covers: src/exporters/json_pointer.c src/exporters/http_template.c src/exporters/http_link.c */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct mop_sv rest = {(const char *)data, n}, pointer = MOP_SV(""), line = MOP_SV("");
    struct mop_arena a;
    struct mop_pointer p;
    struct mop_template_part part;
    const char *wrong;
    size_t at, found = 0, parts = 0;
    mop_arena_init(&a);
    mop_sv_next(&rest, '\n', &pointer);
    mop_sv_next(&rest, '\n', &line);
    json_t *root = json_loadb(rest.p ? rest.p : "", rest.n, JSON_DECODE_ANY, NULL);
    if (mop_pointer_compile(&p, &a, pointer, &at))
        fuzz_require(at <= pointer.n);
    else if (root) {
        mop_pointer_each(&p, root, count, &found);
        fuzz_require((found > 0) == (mop_pointer_get(&p, root) != NULL));
        fuzz_require(p.many || found <= 1);
    }
    bool broken;
    struct mop_sv next = mop_link_next(line, &broken), left = line;
    fuzz_require(!next.n || (next.p >= line.p && next.p + next.n <= line.p + line.n));
    while (mop_template_next(&left, &part, &wrong) == 1)
        fuzz_require(++parts <= line.n);
    json_decref(root);
    mop_arena_release(&a);
    return 0;
}
