/* SPDX-License-Identifier: MIT */
#include "cli/explain.h"

/* What can be wrong with a settings file. */

const struct mop_id_page mop_config_pages[] = {
    {"config-key", "settings have the keys that are known",
     "A key that is mistyped would be ignored in silence, and what it sets with it.\n"
     "\n"
     "bad:  check: {fial-on: never}\n"
     "good: check: {fail-on: never}\n"
     "\n"
     "The settings are in contrib/settings.md; contrib/schema/settings.schema.json completes them "
     "in an editor."},
    {"config-type", "settings have the shape that their key wants",
     "A list where a mapping belongs, or nothing where something has to stand.\n"
     "\n"
     "bad:  profiles: [nightly]\n"
     "good: profiles: {nightly: {check: {quiet: true}}}"},
    {"config-value", "settings have values that their option takes",
     "They are those of the command line, with the same bounds.\n"
     "\n"
     "bad:  check: {min-confidence: 101}\n"
     "good: check: {min-confidence: 95}"},
    {"config-profile", "the profile that is named is there",
     "--profile NAME takes the settings under 'profiles: NAME', over those of the file.\n"
     "\n"
     "bad:  --profile nigthly\n"
     "good: --profile nightly"},
    {"config-outside", "a settings file that was merely found stays in its folder",
     "It may come with somebody else's repository: it sets options and reads below its own folder. "
     "Connectors, commands, alerts and paths outside are taken only from a file that was named.\n"
     "\n"
     "bad:  rules: ../../other/taxonomy.yaml      in a mopslint.yaml that was found\n"
     "good: mopslint check --config mopslint.yaml"},
    {NULL, NULL, NULL},
};
