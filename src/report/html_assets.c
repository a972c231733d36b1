/* SPDX-License-Identifier: MIT */
#include "report/html.h"
#include "html.inc" /* html.css and html.js, by contrib/embed.sh */
#include <nettle/base64.h>
#include <nettle/sha2.h>

/* Style and script of a page, and their hashes as a content security policy names them. */

#define BYTES(text)                                                                                \
    {                                                                                              \
        (const char *)(text), sizeof(text)                                                         \
    }
const struct mop_sv mop_html_css = BYTES(text_html_css), mop_html_js = BYTES(text_html_js);

void mop_html_hash(struct mop_page *p, struct mop_sv text)
{
    struct sha256_ctx c;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char b64[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
    sha256_init(&c);
    sha256_update(&c, text.n, (const uint8_t *)text.p);
    sha256_digest(&c, sizeof digest, digest);
    base64_encode_raw(b64, sizeof digest, digest);
    mop_html_put(p, "'sha256-{}'", mop_sv_of(b64));
}
