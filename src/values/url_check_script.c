/* SPDX-License-Identifier: MIT */
/* Hosts that look like another: letters of two scripts in one label, or Cyrillic that reads as
 * Latin (what browsers show in its coded form, after Chromium's rules). */
#include "../base/utf8.h"
#include "domain.h"
#include "url_check_script.h"

enum { LATIN = 1, GREEK = 2, CYRILLIC = 4 };

struct letters {
    uint32_t from, to;
    unsigned script;
};

static unsigned script_of(uint32_t cp)
{
    static const struct letters blocks[] = {
        {'a', 'z', LATIN},          {'A', 'Z', LATIN},          {0xC0, 0x24F, LATIN},
        {0x1E00, 0x1EFF, LATIN},    {0x370, 0x3FF, GREEK},      {0x1F00, 0x1FFF, GREEK},
        {0x400, 0x52F, CYRILLIC},   {0x1C80, 0x1C8F, CYRILLIC}, {0x2DE0, 0x2DFF, CYRILLIC},
        {0xA640, 0xA69F, CYRILLIC},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (cp >= blocks[i].from && cp <= blocks[i].to) {
            return blocks[i].script;
        }
    }
    return 0;
}

/* а с ԁ е ѕ і ј ӏ о р ԛ х у ѡ ԝ һ */
static bool reads_as_latin(uint32_t cp)
{
    static const uint32_t alike[] = {0x430, 0x441, 0x501, 0x435, 0x455, 0x456, 0x458, 0x4CF,
                                     0x43E, 0x440, 0x51B, 0x445, 0x443, 0x461, 0x51D, 0x4BB};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        if (cp == alike[i]) {
            return true;
        }
    }
    return false;
}

/* What is wrong with a label, a predicate; NULL: nothing. */
static const char *look_at(struct mop_sv label, bool latin_domain)
{
    unsigned scripts = 0;
    bool alike = true;
    for (size_t i = 0; i < label.n;) {
        uint32_t cp = mop_utf8_next(label, &i);
        unsigned script = script_of(cp);
        scripts |= script;
        alike = alike && (!script || reads_as_latin(cp));
    }
    switch (scripts) {
    case LATIN | CYRILLIC:
        return "mixes Latin and Cyrillic letters";
    case LATIN | GREEK:
        return "mixes Latin and Greek letters";
    case GREEK | CYRILLIC:
    case LATIN | GREEK | CYRILLIC:
        return "mixes Greek and Cyrillic letters";
    case CYRILLIC:
        return latin_domain && alike ? "has Cyrillic letters that read as Latin ones" : NULL;
    default:
        return NULL;
    }
}

const char *mop_url_lookalike(struct mop_sv ascii_host, struct mop_arena *a)
{
    struct mop_sv host, label, last = MOP_SV_NONE;
    const char *found = NULL;
    if (!mop_domain_unicode(ascii_host, &host, a)) {
        return NULL;
    }
    for (struct mop_sv rest = host; mop_sv_next(&rest, '.', &label);) {
        last = label;
    }
    for (struct mop_sv rest = host; !found && mop_sv_next(&rest, '.', &label);) {
        found = look_at(label, mop_utf8_ascii(last));
    }
    return found;
}
