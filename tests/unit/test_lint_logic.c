/* SPDX-License-Identifier: MIT */
#include "rules.h"
#include "lint/lint.h"

/* Findings of logic: a taxonomy, what is said of it and with which hint. */

#define HEAD                                                                                       \
    "mopslint: 1\nname: t\nowner: o\ndescription: d\n"                                             \
    "lint: {require: {description: none, message: none, examples: none}}\n"
#define MOVES(allowed, more)                                                                       \
    HEAD "records: {deal: {fields: {id: {}, s: {}}}, move: {fields: {deal: {}, s: {}, at: "        \
         "{type: date}}}}\n"                                                                       \
         "lifecycles: [{id: l, record: deal, field: s, stages: [{name: x}, {name: y}, {name: z}, " \
         "{name: w}], history: {record: move, of: deal.id, via: deal, to: s, at: at}, "            \
         "transitions: {allowed: [" allowed "]}" more "}]\n"
#define TEMPLATES(list)                                                                            \
    HEAD "records: {lead: {fields: {c: {values: [mail, shop]}, free: {}, name: {parts: {a: "       \
         "{values: [eu, us]}, b: {values: [1, 2]}}, template: [" list "]}}}}\n"
#define NAMES(check, a, b)                                                                         \
    HEAD "records: {lead: {fields: {c: {}, name: {" check ", template: '{a}_{b}', parts: {a: " a   \
         ", b: " b "}}}}}\n"
#define NAME(text, parts)                                                                          \
    HEAD "records: {lead: {fields: {name: {template: '" text "', parts: {" parts "}}}}}\n"
#define MAY_BE_10 "[a-z]?[a-z]?[a-z]?[a-z]?[a-z]?[a-z]?[a-z]?[a-z]?[a-z]?[a-z]?"
#define MAY_BE_50 MAY_BE_10 MAY_BE_10 MAY_BE_10 MAY_BE_10 MAY_BE_10
#define MAY_BE_150 MAY_BE_50 MAY_BE_50 MAY_BE_50
#define REPORT(days)                                                                               \
    HEAD "records: {lead: {fields: {a: {required: {applies: {" days "}}}}}}\n"                     \
         "reports: [{name: R, needs: {lead: {fields: [a]}}}]\n"
#define UNREACHABLE(stage)                                                                         \
    "unreachable-stage: no record can reach stage '" stage "' (the stages before it are "          \
    "terminal; put it before them, or beside the path with off_path: true)\n"
#define READ(name, part, one, two)                                                                 \
    "ambiguous-template: '" name "' can be read in two ways: part '" part "' is '" one             \
    "' or '" two "' (take a separator that no part can hold, or narrow the parts)\n"
#define WHEN(when)                                                                                 \
    HEAD "records: {lead: {fields: {c: {values: [mail, shop]}, d: {values: [x, y]}, free: {}, "    \
         "n: {type: decimal}, i: {type: integer}, day: {type: date}, at: {type: datetime}, e: "    \
         "{}}}}\n"                                                                                 \
         "rules: [{id: r, record: lead, when: " when ", then: {e: {required: true}}}]\n"

#define ALIASES(fold, list)                                                                        \
    HEAD "vocabularies: {v: {" fold "values: {bing: {aliases: " list "}}}}\n"                      \
         "records: {lead: {fields: {s: {vocabulary: v}}}}\n"
#define FOLDED "take it out: the vocabulary folds what they differ in"

#define FIELD(checks) HEAD "records: {lead: {fields: {t: {}, s: {" checks "}}}}\n"
#define RECORD(population)                                                                         \
    HEAD "records: {lead: {" population "fields: {s: {}, t: {}, c: {values: {mail: {aliases: "     \
         "[M1]}, shop: {}}}, mark: {values: [yes]}, must: {required: true}, n: {type: "            \
         "decimal}}}}\n"
#define EXCLUDE(where) RECORD("population: {exclude: [{id: x, reason: r, where: " where "}]}, ")
#define RULE(what) RECORD("") "rules: [{id: r, record: lead, " what "}]\n"
#define RULES(one, other)                                                                          \
    RECORD("") "rules: [{id: r, record: lead, " one "}, {id: q, record: lead, " other "}]\n"
#define BOTH(what, whose)                                                                          \
    "never-passes: no " what " passes both this rule and 'r' on line 7 (both are asked of " whose  \
    ": change one of them, or its 'when')\n"
#define FOUND                                                                                      \
    "never-passes: 'not_pattern' is found in every value: all are refused (leave out what may "    \
    "match nothing, or say more of what must not stand in a value)\n"
#define EMPTY_WAY                                                                                  \
    "regex-empty: an alternative is empty (if it may be missing write (...)?, else take the | "    \
    "away)\n"
#define ONE_LINE                                                                                   \
    "never-fails: 'pattern' takes every value of one line (take it out; if line breaks are what "  \
    "it is for, write not_pattern: '\\n')\n"
#define NO_RECORD                                                                                  \
    "never-passes: no record for which 'when' is true can pass this rule (if such records are "    \
    "not to be, say so: then: {not: ...}, without 'when')\n"

#define LIST                                                                                       \
    "regex-list: the pattern is a list of words (write them as values: then a wrong one gets a "   \
    "did-you-mean, and one in another case is mended)\n"
#define RANGE                                                                                      \
    "regex-range: this range also takes the signs between its ends (write A-Za-z or 0-9A-Za-z: "   \
    "between Z and a stand [ \\ ] ^ _ `, between 9 and A : ; < = > ? @; a '-' that stands for "    \
    "itself is written \\-)\n"
#define HOST "regex-host: this dot of a host name takes any character (write \\.)\n"
#define APART "give each a 'when' or 'applies' that leaves the other's records out"

#define NEVER                                                                                      \
    "never-true: no values make all of this true at once (it was tried with every value that its " \
    "tests tell apart)\n"
#define NEVER_BUT(field)                                                                           \
    "never-true: no value makes this 'not' true (it is true only where " field " is blank: if "    \
    "that is meant, say 'blank: true')\n"

static const struct {
    const char *what, *text, *want; /* "id: message (hint)", one after the other */
} rows[] = {
    {"a circle that nothing leads to", MOVES("[x, y], [z, w], [w, z]", ""),
     "unreachable-stage: no record can reach stage 'z' from 'x' (records come to it from 'w', "
     "which none can reach either)\n"
     "unreachable-stage: no record can reach stage 'w' from 'x' (records come to it from 'z', "
     "which none can reach either)\n"},
    {"a stage that leads to itself alone", MOVES("[x, [y, w]], [z, z]", ""),
     "unreachable-stage: no record can reach stage 'z' from 'x' (no transition leads to it but its "
     "own)\n"},
    {"a chain from a stage that is cut off", MOVES("[x, y], [z, w]", ""),
     "unreachable-stage: no record can reach stage 'z' from 'x' (no transition leads to it)\n"
     "unreachable-stage: no record can reach stage 'w' from 'x' (records come to it from 'z', "
     "which none can reach either)\n"},
    {"a chain", MOVES("[x, y], [y, z], [[x, z], w]", ""), ""},
    {"a skip is a move", MOVES("[x, y], [z, w]", ", skips: [{from: y, to: z}]"), ""},
    {"a skip over an end",
     HEAD "records: {deal: {fields: {s: {}, y: {type: date}, w: {type: date}}}}\n"
          "lifecycles: [{id: l, record: deal, field: s, stages: [{name: x}, {name: y, terminal: "
          "true}, {name: z}, {name: w}], skips: [{from: x, to: z}]}]\n",
     ""},
    {"a skip from what none can reach",
     HEAD "records: {deal: {fields: {s: {}}}}\n"
          "lifecycles: [{id: l, record: deal, field: s, stages: [{name: x}, {name: y, terminal: "
          "true}, {name: z}, {name: v}, {name: w}], skips: [{from: z, to: w}]}]\n",
     UNREACHABLE("z") UNREACHABLE("v") UNREACHABLE("w")},
    {"the first of the path, not of the list", MOVES("[x, y], [y, [z, w]], [w, x]", ""), ""},

    {"two templates that no name fits",
     TEMPLATES("{use: '{a}_{b}', id: p}, {use: '{b}-{a}', id: q}"),
     "never-true: no name fits both this template and '{a}_{b}' on line 6, and both are asked of "
     "every record (give each a 'when' or 'applies' that leaves the other's records out)\n"},
    {"one of them is over",
     TEMPLATES("{use: '{a}_{b}', id: p, applies: {until: 2024-12-31}}, {use: '{b}-{a}', id: q}"),
     "never-true: no name fits both this template and '{a}_{b}' on line 6, and both are asked of "
     "every record until 2024-12-31 (" APART ")\n"},
    {"both for a time",
     TEMPLATES("{use: '{a}_{b}', id: p, applies: {from: 2024-01-01, until: 2024-12-31}}, {use: "
               "'{b}-{a}', id: q, applies: {from: 2024-07-01}}"),
     "never-true: no name fits both this template and '{a}_{b}' on line 6, and both are asked of "
     "every record from 2024-07-01 to 2024-12-31 (" APART ")\n"},
    {"one after the other",
     TEMPLATES("{use: '{a}_{b}', id: p, applies: {until: 2024-12-31}}, {use: '{b}-{a}', id: q, "
               "applies: {from: 2025-01-01}}"),
     ""},
    {"one of them is asked of some records",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {c: mail}}, {use: '{b}-{a}', id: q}"), ""},
    {"long lists",
     NAME("{region}_{topic}",
          "region: {values: [de, at, ch, fr, it, es, pt, nl, be, lu, dk, se, no, uk, uk_ie]}, "
          "topic: {values: [seo, sea, social, email, events, partner, direct, video, audio, print, "
          "mail, sms, crm, ie_crm]}"),
     READ("uk_ie_crm", "region", "uk_ie", "uk")},
    {"beyond ascii", NAME("{a}_{b}", "a: {values: [köln, köln_süd]}, b: {values: [süd_ost, ost]}"),
     READ("köln_süd_ost", "a", "köln_süd", "köln")},
    {"many parts that may be left out",
     NAME("{p}[_{q}][_{r}][_{s}][_{t}][_{u}][_{v}]",
          "p: {values: [a]}, q: {values: [b]}, r: {values: [c]}, s: {values: [d]}, t: {values: "
          "[e]}, u: {values: [z]}, v: {values: [z]}"),
     READ("a_z", "u", "", "z")},
    {"what two patterns share",
     HEAD
     "records: {lead: {fields: {name: {template: [{use: 'evt_{x}', id: p, parts: {x: {pattern: "
     "'[a-z]+'}}}, {use: '{y}_webinar', id: q, parts: {y: {pattern: '[a-z]+'}}}]}}}}\n",
     "ambiguous-template: 'evt_webinar' fits this template and 'evt_{x}' on line 6: which one is "
     "meant nobody can tell (both are asked of the same records: give each a 'when' or 'applies' "
     "that leaves the other's records out)\n"},
    {"too much to look at",
     NAME("{a}_{b}", "a: {pattern: '" MAY_BE_150 "x'}, b: {pattern: '[a-z]+'}"),
     "regex-unfinished: whether a name can be read in two ways was not looked at to the end: "
     "4000000 "
     "steps did not suffice (a simpler pattern, or 'values')\n"
     "regex-backtracking: this backtracks: 'x' x 151 + '!' (152 bytes) takes more than 1,000,000 "
     "match steps: undecided (let a text fit in one way only: no repeat in a repeat, no two "
     "neighbours that take the same; or set limits: {1,20})\n"},
    {"what is not known", NAME("{a}_{b}", "a: {pattern: '(?<=.x)[a-z]+|[a-z]+'}, b: {values: [c]}"),
     "regex-unfinished: whether a name can be read in two ways was looked at in a sample of names "
     "only: a pattern looks ahead, behind or back, or has what lint does not know (a simpler "
     "pattern, or 'values')\n"},
    {"a part's value that is over: the template goes by the record's day",
     HEAD "vocabularies: {v: {values: {x: {}, old: {valid: {until: 2020-01-01}, use: x}}}}\n"
          "records: {lead: {fields: {name: {template: '{p}_{q}', parts: {p: {vocabulary: v}, q: "
          "{values: {y: {}, z: {valid: {until: 2020-01-01}, use: y}}}}}}}}\n",
     ""},
    {"a guard that is over", REPORT("until: 2025-01-01"),
     "report-field-unguarded: report 'R' is built on 'a', which no error rule looks at (whatever "
     "stands in it, the report's score stays the same: add a check of severity error)\n"},
    {"a guard that is yet to come", REPORT("from: 2030-01-01"),
     "report-field-unguarded: report 'R' is built on 'a', which no error rule looks at (whatever "
     "stands in it, the report's score stays the same: add a check of severity error)\n"},
    {"a guard of today", REPORT("from: 2020-01-01"), ""},
    {"a month of one digit", NAME("{d}_{p}", "d: {date: YYYY-M}, p: {values: [crm]}"), ""},
    {"a month of two digits", NAME("{d}_{p}", "d: {date: MMYYYY}, p: {values: [crm]}"), ""},
    {"a month that may go on", NAME("{d}{p}", "d: {date: YYYYM}, p: {pattern: '[0-9]+'}"),
     READ("2000100", "d", "200010", "20001")},
    {"the same twice", TEMPLATES("{use: '{a}_{b}', id: p}, {use: '{a}_{b}', id: q}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked of the same records: give each a 'when' or 'applies' that "
     "leaves the other's records out)\n"},
    {"the same, of the same records",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {c: mail}}, {use: '{a}[_{b}]', id: q, when: {c: "
               "[mail, shop]}}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked where c is 'mail': let the 'when' or 'applies' of one leave "
     "such records to the other)\n"},
    {"only one has a condition",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {c: mail}}, {use: '{a}_{b}', id: q}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked where c is 'mail': let the 'when' or 'applies' of one leave "
     "such records to the other)\n"},
    {"kept apart by conditions",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {c: mail}}, {use: '{a}_{b}', id: q, when: {c: "
               "shop}}"),
     ""},
    {"kept apart by 'not'",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {free: v}}, {use: '{a}_{b}', id: q, when: {not: "
               "{free: v}}}"),
     ""},
    {"of free text, and of others",
     TEMPLATES("{use: '{a}_{b}', id: p, when: {free: {not_in: [v]}}}, {use: '{a}_{b}', id: q, "
               "when: {free: {not_in: [w]}}}"),
     "ambiguous-template: 'eu_1' fits this template and '{a}_{b}' on line 6: which one is meant "
     "nobody can tell (both are asked where free is another value: let the 'when' or 'applies' of "
     "one leave such records to the other)\n"},
    {"kept apart by days",
     TEMPLATES("{use: '{a}_{b}', id: p, applies: {until: 2026-01-31}}, {use: '{a}_{b}', id: q, "
               "applies: {from: 2026-02-01}}"),
     ""},
    {"a milder one",
     TEMPLATES("{use: '{a}_{b}', id: p}, {use: '{a}[_{b}]', id: q, severity: warning}"), ""},
    {"a milder one that reads another way",
     HEAD "records: {lead: {fields: {name: {parts: {a: {pattern: '[a-z_]+'}, c: {values: "
          "[x]}}, template: [{use: '{a}_{c}', id: p}, {use: "
          "'{c}_{a}', id: q, severity: warning}]}}}}\n",
     "ambiguous-template: in 'x_a_x' part 'a' is 'a_x', and 'x_a' by template '{a}_{c}' on line 6 "
     "(the stricter and the milder one should read a name alike, or have other records each: "
     "'when' or 'applies')\n"},
    {"a milder one with other parts",
     HEAD "records: {lead: {fields: {name: {parts: {any: {pattern: '[a-z_]+'}, a: {values: [eu, "
          "us]}}, template: [{use: '{any}', id: p}, {use: '{a}', id: q, severity: warning}]}}}}\n",
     ""},

    {"a name that its field's case refuses",
     NAMES("case: lower", "{values: [eu, EU-2]}", "{pattern: '[a-z]+'}"),
     "refused-name: 'case' refuses every name with 'EU-2', a value of part 'a' of this field's "
     "template (change the value or the check: a record could never pass both)\n"},
    {"one that is too long", NAMES("length: 8", "{values: [eu, central-europe]}", "{date: YYYY}"),
     "refused-name: 'length' refuses every name with 'central-europe', a value of part 'a' of this "
     "field's template (change the value or the check: a record could never pass both)\n"},
    {"one that is too short, of those that are made",
     NAMES("length: {min: 30}", "{values: [eu, us]}", "{pattern: '[a-z]+'}"), ""},
    {"a pattern with another separator",
     NAMES("pattern: '[a-z]+-\\d+'", "{values: [eu, us]}", "{values: [1, 2]}"),
     "refused-name: 'pattern' refuses every name that was made of this field's template, such as "
     "'eu_1' (4 names of the template on line 6 were tried: change one of the two)\n"},
    {"a pattern that one value does not fit",
     NAMES("pattern: '[a-z]+_\\d'", "{values: [eu, us]}", "{values: [1, 22]}"),
     "refused-name: 'pattern' refuses every name with '22', a value of part 'b' of this field's "
     "template (change the value or the check: a record could never pass both)\n"},
    {"a pattern that is narrower than a part", /* which names there are is not known */
     NAMES("pattern: 'eu_[a-d]+'", "{values: [eu, us]}", "{pattern: '[a-z]+'}"), ""},
    {"of some records",
     NAMES("pattern: {use: 'x', when: {c: mail}}", "{values: [eu, us]}", "{values: [1, 2]}"), ""},
    {"advice",
     NAMES("not_values: {use: [eu_1], severity: warning}", "{values: [eu]}", "{values: [1]}"), ""},

    {"aliases in another case", ALIASES("fold: [blanks, case], ", "[Bing, ms, \" MS\", MSN]"),
     "idle-value: alias 'Bing' changes nothing: it is read as 'bing' (" FOLDED ")\n"
     "idle-value: alias ' MS' changes nothing: it is read as the alias 'ms' (" FOLDED ")\n"},
    {"aliases in another case, where it counts", ALIASES("fold: [blanks], ", "[Bing, ms, MS]"), ""},
    {"aliases with other separators",
     ALIASES("fold: [blanks, case, separators], ", "[b-ing, Micro-Soft, microsoft]"), ""},

    {"found at the end of every value", FIELD("not_pattern: 'x*$'"), FOUND},
    {"found at the start of every value", FIELD("not_pattern: '^(?i)(a|b|)'"), FOUND EMPTY_WAY},
    {"some character", FIELD("not_pattern: '\\S+'"), FOUND},
    {"found where a word ends", FIELD("not_pattern: '\\b'"), ""},
    {"not found in all", FIELD("not_pattern: 'x*y'"), ""},
    {"found in a value of one character", FIELD("not_pattern: '^.$'"), ""},
    {"blanks are values", FIELD("blanks: {values: [''], trim: false}, not_pattern: '^\\s*$'"), ""},
    {"blanks alone", FIELD("pattern: '\\s*'"),
     "never-passes: 'pattern' refuses every value: it takes blanks alone (say what a value looks "
     "like; a blank is not asked)\n"},
    {"no line break", FIELD("pattern: '(?:.)*'"), ONE_LINE},
    {"anything", FIELD("pattern: '(?s).+'"),
     "never-fails: 'pattern' takes every value (say what a value looks like, or take it out)\n"},
    {"what is kept may be needed", FIELD("pattern: 'a*+.+'"), ""},
    {"a character at least, and one more", FIELD("pattern: '.+.'"), ""},
    {"letters and all else", FIELD("pattern: '([a-z]|\\W)*'"), ""},
    {"for and against", FIELD("pattern: {use: 'ab', ignore_case: true}, not_pattern: 'ab'"), ""},
    {"against in any case", FIELD("pattern: 'ab', not_pattern: {use: 'ab', ignore_case: true}"),
     "never-passes: no value passes both this 'not_pattern' and 'pattern' on line 6 (take one of "
     "the two out, or give each a 'when')\n"},
    {"two forms", FIELD("pattern: [{id: p, use: '[A-Z]{2}\\d'}, {id: q, use: '[a-z]{2}\\d'}]"),
     "never-passes: no value passes both this 'pattern' and 'pattern' on line 6 (several checks of "
     "a field are asked all: for one or the other write one pattern, 'a|b', or give each a "
     "'when')\n"},
    {"two forms, with a condition",
     FIELD("pattern: [{id: p, use: 'A\\d'}, {id: q, use: 'B\\d', when: {t: x}}]"), ""},
    {"two forms beyond ascii",
     FIELD("pattern: [{id: p, use: '[a\u03b1-\u03b4]'}, {id: q, use: '[b\u03b3-\u03b6]'}]"), ""},
    {"two forms that share more than their starts",
     FIELD("pattern: [{id: p, use: '(?=.*\\d).+'}, {id: q, use: '[a-z0-9]{8,}'}]"), ""},
    {"another value", RULE("when: {s: x}, then: {s: [y]}"), NO_RECORD},
    {"another value, and more", RULE("when: {s: x}, then: {t: z, s: [y]}"), NO_RECORD},
    {"one of them", RULE("when: {s: x}, then: {s: [x, y]}"), ""},
    {"no value at all", RULE("when: {s: {blank: true}}, then: {s: {required: true}}"), NO_RECORD},
    {"forbidden", RULE("when: {s: x}, then: {not: {s: [x]}}"), ""},
    {"forbidden by a list", RULE("when: {s: x}, then: {s: {not_values: [x, y]}}"), ""},
    {"less and more", RULE("when: {n: {gt: 5}}, then: {n: {lt: 3}}"), NO_RECORD},
    {"a spelling", RULE("when: {c: mail}, then: {c: {pattern: 's.*'}}"), ""},
    {"an alternative", RULE("when: {s: x}, then: {any: [{s: [y]}, {t: z}]}"), ""},
    {"filled and blank",
     RULES("when: {s: x}, then: {t: {required: true}}", "when: {s: x}, then: {t: "
                                                        "{blank: true}}"),
     BOTH("record", "the records for which 'when' is true")},
    {"one value and another",
     RULES("when: {s: x}, then: {t: [y, z]}", "when: {s: x}, then: {t: [w]}"),
     BOTH("value", "the records for which 'when' is true")},
    {"more and less", RULES("then: {n: {gt: 5}}", "then: {n: {lt: 3}}"),
     BOTH("value", "every record")},
    {"always one, here another", RULES("then: {t: [y, z]}", "when: {s: x}, then: {t: [w]}"),
     BOTH("value", "the records for which 'when' is true")},
    {"a field that must be filled",
     RECORD("") "rules: [{id: q, record: lead, when: {s: x}, then: "
                "{must: {blank: true}}}]\n",
     "never-passes: no record passes both this rule and 'lead.must.required' on line 6 (both are "
     "asked of the records for which 'when' is true: change one of them, or its 'when')\n"},
    {"a value or blank",
     RULES("when: {s: x}, then: {t: [y]}", "when: {s: x}, then: {t: {blank: true}}"), ""},
    {"of others",
     RULES("when: {s: x}, then: {t: {required: true}}", "when: {s: y}, then: {t: {blank: "
                                                        "true}}"),
     ""},
    {"some in common", RULES("when: {s: x}, then: {t: [y, z]}", "when: {s: x}, then: {t: [z]}"),
     ""},
    {"of a time",
     RULES("when: {s: x}, then: {t: [y]}", "when: {s: x}, applies: {until: 2024-01-01}, "
                                           "then: {t: [w]}"),
     ""},
    {"all of a list are excluded", EXCLUDE("{c: [mail, shop]}"),
     "always-true: 'x' excludes every record: no values make 'where' false (records whose fields "
     "here are blank or not known are left: if they are meant, ask for them)\n"},
    {"some of a list are excluded", EXCLUDE("{c: [mail]}"), ""},
    {"all of a list are excluded, of some", EXCLUDE("{c: [mail, shop], s: x}"), ""},
    {"what is marked is excluded", EXCLUDE("{mark: yes}"), ""},
    {"what is filled is excluded", EXCLUDE("{s: {blank: false}}"), ""},

    {"a list in any case", FIELD("pattern: '(?i)(emea|amer)'"), LIST},
    {"a list whose case is left open", FIELD("pattern: {use: 'emea|amer', ignore_case: true}"),
     LIST},
    {"a range from a sign to letters", FIELD("pattern: '[%-z]+'"), RANGE},
    {"a range from letters to a sign", FIELD("pattern: '[A-~]+'"), RANGE},
    {"all that is printed", FIELD("pattern: '[ -~]+|[!-~]{2}'"), ""},
    {"signs alone", FIELD("pattern: '[!-/]+[+--]?'"), ""},
    {"from a letter to beyond ascii", FIELD("pattern: '[a-\u00ff]+'"), ""},
    {"a host of a place", FIELD("pattern: 'https://fairs.berlin/[a-z]+'"), HOST},
    {"a host behind an address's sign", FIELD("pattern: '[a-z]+@acme.shop'"), HOST},
    {"no host", FIELD("pattern: 'asp.net core|v1.[0-9]'"), ""},
    {"no host, two words", FIELD("pattern: 'spring.berlin'"), ""},

    {"two values at once", WHEN("{all: [{c: mail}, {c: shop}]}"), NEVER},
    {"two values of free text", WHEN("{all: [{free: a}, {free: b}]}"), NEVER},
    {"blank and a value", WHEN("{all: [{free: {blank: true}}, {free: {not_in: [b]}}]}"), NEVER},
    {"one of two that are never true", WHEN("{any: [{d: x}, {all: [{c: mail}, {c: shop}]}]}"),
     NEVER},
    {"not any value", WHEN("{not: {c: [mail, shop]}}"), NEVER_BUT("c")},
    {"not one value", WHEN("{not: {c: mail}}"), ""},
    {"two fields", WHEN("{c: mail, d: x}"), ""},

    {"more than 5 and less than 3", WHEN("{n: {gt: 5, lt: 3}}"), NEVER},
    {"between 5 and 6", WHEN("{n: {gt: 5, lt: 6}}"), ""},
    {"no whole number is", WHEN("{i: {gt: 5, lt: 6}}"), NEVER},
    {"as much as 5", WHEN("{i: {gte: 5, lte: 5}}"), ""},
    {"as much as 5, but not 5", WHEN("{i: {gte: 5, lte: 5, not_in: [5]}}"), NEVER},
    {"from 5 to 7, and none of them", WHEN("{i: {gte: 5, lte: 7, not_in: [5, 6, 7]}}"), NEVER},
    {"one of them is left", WHEN("{i: {gte: 5, lte: 7, not_in: [5, 7]}}"), ""},
    {"a listed number that is too small", WHEN("{n: {in: [1, 2.50], gt: 2.5}}"), NEVER},
    {"a listed number", WHEN("{n: {in: [1, 2.50], gte: 2.5}}"), ""},
    {"in branches", WHEN("{all: [{n: {gte: 10}}, {any: [{n: {lt: 5}}, {n: {lte: 7.5}}]}]}"), NEVER},
    {"neither less nor more", WHEN("{not: {any: [{n: {lt: 5}}, {n: {gte: 5}}]}}"), NEVER_BUT("n")},
    {"two days", WHEN("{day: {since: 2026-05-01, lt: 2026-05-01}}"), NEVER},
    {"no day between two", WHEN("{day: {after: 2026-05-01, before: 2026-05-02}}"), NEVER},
    {"a day and its next", WHEN("{day: {not_before: 2026-05-01, before: 2026-05-02}}"), ""},
    {"moments of one day",
     WHEN("{at: {gt: \"2026-05-01T10:00:00Z\", lt: \"2026-05-01T10:00:01Z\"}}"), ""},
    {"moments the wrong way round",
     WHEN("{at: {gt: \"2026-05-01T10:00:01Z\", lt: \"2026-05-01T10:00:00Z\"}}"), NEVER},
    {"a moment of no day", WHEN("{at: {gt: 2026-05-01, lt: 2026-05-02}}"), NEVER},
    {"new and old", WHEN("{all: [{day: {within: 7d}}, {not: {day: {within: 30d}}}]}"), NEVER},
    {"not so new", WHEN("{all: [{day: {within: 30d}}, {not: {day: {within: 7d}}}]}"), ""},
    {"of the last days, and of years ago", WHEN("{day: {within: 30d, lt: 2020-01-01}}"), NEVER},
    {"of the last days, some time", WHEN("{day: {within: 30d, since: 2030-01-01}}"), ""},
    {"another kind has a say", WHEN("{n: {gt: 5, pattern: '.*'}}"), ""},
    {"a pattern and a list", WHEN("{free: {in: [mail, shop], pattern: 'x.*'}}"), NEVER},
    {"a pattern that some fit", WHEN("{free: {in: [mail, shop], pattern: 's.*'}}"), ""},
    {"a rule that nothing passes",
     HEAD "records: {lead: {fields: {n: {type: decimal}}}}\n"
          "rules: [{id: r, record: lead, then: {n: {gte: 10, lte: 5}}}]\n",
     NEVER},
    {"templates of amounts that overlap",
     HEAD "records: {lead: {fields: {n: {type: integer}, name: {parts: {a: {values: [eu, us]}}, "
          "template: [{use: '{a}', id: p, when: {n: {gte: 10}}}, {use: '{a}', id: q, when: {n: "
          "{lt: 12}}}]}}}}\n",
     "ambiguous-template: 'eu' fits this template and '{a}' on line 6: which one is meant nobody "
     "can tell (both are asked where n is '11': let the 'when' or 'applies' of one leave such "
     "records to the other)\n"},
    {"templates of amounts that do not",
     HEAD "records: {lead: {fields: {n: {type: integer}, name: {parts: {a: {values: [eu, us]}}, "
          "template: [{use: '{a}', id: p, when: {n: {gte: 12}}}, {use: '{a}', id: q, when: {n: "
          "{lt: 12}}}]}}}}\n",
     ""},
    {"not known", WHEN("{all: [{free: {pattern: a}}, {free: {pattern: b}}]}"), ""},
    {"numbers", WHEN("{all: [{n: {gt: 1}}, {n: {gt: 2}}]}"), ""},
    {"blank or not", WHEN("{any: [{c: {blank: true}}, {c: mail}]}"), ""},
};

static const char *told(const struct mop_problems *p)
{
    static char out[4096];
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < p->n && n < sizeof out; i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%.*s: %.*s (%.*s)\n",
                              MOP_SV_ARG(p->rules[p->list[i].rule].id),
                              MOP_SV_ARG(p->list[i].message), MOP_SV_ARG(p->list[i].hint));
    return out;
}

static void logic(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct rules r;
        struct mop_problems p;
        struct mop_diags sources;
        struct mop_err e = {0};
        rules_begin(&r);
        rules_file(&r, "named.yaml", rows[i].text, true);
        struct mop_lint_options o = {.files = r.files, .nfiles = 1, .now_us = RULES_NOW};
        mop_problems_init(&p, "rules lint");
        mop_diags_init(&sources);
        CHECK(rows[i].what, mop_lint_files(&o, &p, &sources, &e) == 0);
        check_text(rows[i].what, mop_sv_of(told(&p)), mop_sv_of(rows[i].want));
        mop_diags_release(&sources);
        mop_problems_release(&p);
        rules_end(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(logic)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
