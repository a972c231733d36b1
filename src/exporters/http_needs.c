/* SPDX-License-Identifier: MIT */
#include "http_parts.h"
#include <stdlib.h>

/* What a connector reads of the environment, without its values. */

int mop_http_needs(const char *source, const struct mop_http_options *o,
                   void (*tell)(void *ctx, const struct mop_http_need *need), void *ctx,
                   struct mop_err *e)
{
    struct mop_http *h = mop_http_create(source, o);
    int rc = mop_http_find(h, source, e);
    for (size_t i = 0; h->s && i < h->c->nconfig; i++) {
        const struct mop_config_value *v = &h->c->config[i];
        const char *name = mop_arena_str(&h->arena, v->env);
        const char *file = getenv(mop_arena_printf(&h->arena, "%s_FILE", name).p);
        struct mop_http_need need = {.env = name,
                                     .file = file && *file ? file : NULL,
                                     .secret = v->secret,
                                     .optional = v->fallback.p != NULL,
                                     .set = getenv(name) != NULL};
        tell(ctx, &need);
    }
    mop_http_free(h);
    return rc;
}
