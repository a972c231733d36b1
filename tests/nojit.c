/* SPDX-License-Identifier: MIT */
/*
 * Preloaded under valgrind: PCRE2 without its JIT, whose code reads whole vector registers past the
 * end of a subject and masks the rest, which valgrind cannot know. Results do not depend on the
 * JIT.
 */
#include <stdint.h>

int pcre2_jit_compile_8(void *code, uint32_t options);

__attribute__((visibility("default"))) int pcre2_jit_compile_8(void *code, uint32_t options)
{
    (void)code, (void)options;
    return -45; /* PCRE2_ERROR_JIT_BADOPTION: there is no JIT */
}
