/* SPDX-License-Identifier: MIT */
#ifndef MOP_HTTP_TEMPLATE_H
#define MOP_HTTP_TEMPLATE_H
#include "../base/buf.h"

/*
 * Texts of connectors with variables: "Bearer {token}", "{since:epoch_ms}", "{fields:comma}"; {{
 * and }} are the braces themselves. What a variable holds is decided by who asks; a text one of
 * whose variables has no value now is left out as a whole (a query parameter, a header, a member of
 * a body).
 */
enum mop_format_of {
    MOP_AS_TEXT,
    MOP_AS_NUMBER, /* in a body: a JSON number; the variable stands alone */
    MOP_AS_COMMA,
    MOP_AS_LIST,   /* in a body: a JSON array; the variable stands alone */
    MOP_AS_REPEAT, /* in a query: the parameter once per item; the variable stands alone */
    MOP_AS_ISO,
    MOP_AS_DATE,
    MOP_AS_EPOCH,
    MOP_AS_EPOCH_MS,
    MOP_AS_HTTP_DATE
};
struct mop_template_part {
    struct mop_sv literal; /* what stands there */
    struct mop_sv name;    /* of a variable; p NULL: a literal */
    enum mop_format_of format;
};
/* The next part of *rest: 1, 0 at the end, -1 with *wrong set and *rest where it stands. */
int mop_template_next(struct mop_sv *rest, struct mop_template_part *part, const char **wrong);
/* The whole text is one variable in this format. */
bool mop_template_is_lone(struct mop_sv text, enum mop_format_of format);

/* The value of a variable; false: it has none now. */
typedef bool (*mop_template_fn)(void *ctx, struct mop_sv name, enum mop_format_of format,
                                struct mop_buf *out);
/* False when a variable has no value. `escape` (or NULL) is applied to values, not to literals. */
bool mop_template_render(struct mop_sv text, mop_template_fn value, void *ctx,
                         void (*escape)(struct mop_buf *out, struct mop_sv v), struct mop_buf *out);
/* Percent-encodes all but unreserved characters. */
void mop_percent_encode(struct mop_buf *out, struct mop_sv v);
#endif
