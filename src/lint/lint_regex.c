/* SPDX-License-Identifier: MIT */
#include "lint/regex_texts.h"

/* The checks of patterns. The rule set has kept a list of those it compiled. */

const struct mop_lint_check mop_lint_regex[] = {
    {"regex-backtracking", MOP_WARN, "no value makes a pattern take a million steps",
     "A pattern that fits one text in many ways tries them all before it gives up. The message\n"
     "has a text that shows it; it was run, and what is counted are the steps of PCRE2's\n"
     "interpreter. A value that takes more than a million is undecided. Where a match may start\n"
     "at every place of the value (not_pattern), check's limit holds for each place, and the\n"
     "count is that of all: then such a value is decided, slowly.\n\n"
     "bad:  pattern: '([a-z]+-?)+\\d'         not_pattern: '\\s+$'\n"
     "good: pattern: '[a-z]+(-[a-z]+)*-?\\d'  not_pattern: '\\s$'\n\n"
     "Let a text fit in one way only: no repeat inside a repeat that takes the same, no two\n"
     "neighbours that take the same. Or set limits: {1,20}.",
     mop_rx_check_speed},
    {"regex-unfinished", MOP_NOTE, "patterns are small enough to be searched through",
     "Whether some text makes a pattern slow is looked for within a budget of steps: one for each\n"
     "pattern, about a second at most, and one for all of a file and what it extends, some\n"
     "seconds: each file of a run has its own. Cheap ones come first. One of the two did not\n"
     "suffice (the message says which), or the pattern is too large: no such text was found,\n"
     "there may be one. What looks around is tried with a few texts made for it; calls of groups,\n"
     "conditions and verbs are looked into only roughly.\n\n"
     "bad:  pattern: '(([a-z]{60}-[0-9]{60}-[a-z]{60}_){3}[a-z]*){3}'\n"
     "good: two checks, each of a part",
     NULL},
    {"regex-jit", MOP_WARN, "PCRE2's JIT and its interpreter find the same",
     "Both are run on texts that are made from the pattern. Where they disagree the "
     "library has\n"
     "a fault. mopslint does not rely on it there, but other programs with PCRE2 do.\n\n"
     "bad:  not_pattern: '(1|\\b)b*1'      (PCRE2 10.42)\n"
     "good: not_pattern: '1?b*1'\n\n"
     "Write the pattern another way, or take a newer PCRE2.",
     mop_rx_check_form},
    {"regex-range", MOP_WARN, "no range of a class goes from one kind of character to another",
     "Between Z and a stand [ \\ ] ^ _ and `, between 9 and A : ; < = > ? @. [A-z], [0-z] and "
     "[9-A]\n"
     "take them too, and [.-9] the slash: a '-' that stands for itself is written \\-, or stands "
     "last.\n\n"
     "bad:  pattern: '[A-z]+'        pattern: '[\\w.-9]+'\n"
     "good: pattern: '[A-Za-z]+'     pattern: '[\\w.9-]+'",
     NULL},
    {"regex-host", MOP_WARN, "the dots of a host name are escaped",
     "A dot takes any character: example.com also matches example-com. A name is known by how it "
     "ends\n"
     "(com, de ...), by www, or by https:// or @ before it.\n\n"
     "bad:  pattern: 'www.example.com'\n"
     "good: pattern: 'www\\.example\\.com'",
     NULL},
    {"regex-empty", MOP_WARN, "no alternative of a pattern is empty",
     "(cpc|ppc|) also matches nothing at all, which is mostly a bar too many.\n\n"
     "bad:  pattern: 'paid-(cpc|ppc|)'\n"
     "good: pattern: 'paid-(cpc|ppc)'\n\n"
     "If nothing is meant: (cpc|ppc)?",
     NULL},
    {"regex-list", MOP_NOTE, "a list of words is written as values",
     "Of values a message can say which is meant, whatever the case; of a pattern only that "
     "it\n"
     "does not match.\n\n"
     "bad:  pattern: 'emea|amer|apac'\n"
     "good: values: [emea, amer, apac]\n\n"
     "A vocabulary if several fields share them; in a condition {region: [emea, amer, apac]}. A\n"
     "not_pattern '^(test|demo)$' is not_values: [test, demo].",
     NULL},
    {"regex-anchor", MOP_NOTE, "a pattern has no anchors that change nothing",
     "A pattern is matched against the whole value: ^ and $ at its ends say nothing. A "
     "not_pattern\n"
     "is looked for anywhere in the value; there they do, but not where .* stands beside them, "
     "nor\n"
     "twice.\n\n"
     "bad:  pattern: '^C-\\d{4}$'     not_pattern: '^C-00.*$'\n"
     "good: pattern: 'C-\\d{4}'       not_pattern: '^C-00'",
     NULL},
    {NULL, MOP_NOTE, NULL, NULL, NULL},
};
