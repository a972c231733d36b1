/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

/* What base/yaml*.c finds wrong with a file, for `rules explain` and the rules of a report. */

const struct mop_lint_check mop_lint_yaml[] = {
    {"yaml-alias", MOP_FAULT, "every alias names an anchor before it",
     "An alias '*name' stands for a node that '&name' marked earlier. Without one there is nothing "
     "to take.\n"
     "\n"
     "bad:  formats: *when            (no &when above)\n"
     "good: formats: &when [iso]      and later  formats: *when\n"
     "\n"
     "A text that begins with * needs quotes: \"*\".",
     NULL},
    {"yaml-control", MOP_FAULT, "no control characters",
     "YAML allows line breaks, tabs and printable characters. Others come from a broken copy.\n"
     "\n"
     "Remove it, or write it in double quotes as an escape: \"\\x07\".",
     NULL},
    {"yaml-depth", MOP_FAULT, "no nesting deeper than 64",
     "No rule needs such depth; the limit keeps a hostile file from using up the stack.\n"
     "\n"
     "Flatten the file; repeated parts belong into a field set.",
     NULL},
    {"yaml-documents", MOP_FAULT, "one document in a file",
     "A second document, after '---', would not be read.\n"
     "\n"
     "Remove the '---', or split the file and name the parts under 'extends'.",
     NULL},
    {"yaml-duplicate-key", MOP_FAULT, "no key twice in a mapping",
     "Of two equal keys one would be ignored in silence.\n"
     "\n"
     "bad:  email: {required: true, required: warning}\n"
     "good: email: {required: warning}",
     NULL},
    {"yaml-key", MOP_FAULT, "keys are texts",
     "A key is a plain word. A list or mapping as a key is mostly a text that lacks its quotes.\n"
     "\n"
     "bad:  [a]: 1\n"
     "good: \"[a]\": 1",
     NULL},
    {"yaml-many", MOP_NOTE, "only the first faults of a file are shown",
     "A file with many faults is mostly in another format. Repair the first ones and look again.",
     NULL},
    {"yaml-merge-key", MOP_FAULT, "no merge keys",
     "'<<' hides where a value comes from.\n"
     "\n"
     "Write the keys out, or share them by a field set or 'extends'.",
     NULL},
    {"yaml-nodes", MOP_FAULT, "no more than 200,000 nodes",
     "Aliases count as expanded, so that a small file cannot fill the memory (an alias bomb).\n"
     "\n"
     "Put long lists into a vocabulary file: file: vocab/products.csv",
     NULL},
    {"yaml-nul", MOP_FAULT, "no NUL bytes",
     "A NUL byte ends a text in many programs, and hides what follows. Is this a text file?\n"
     "\n"
     "Save it as UTF-8.",
     NULL},
    {"yaml-read", MOP_FAULT, "the file can be read",
     "It is missing, a directory, or not readable for this user.\n"
     "\n"
     "Mind the folder: paths under 'extends' start from the file that names them.",
     NULL},
    {"yaml-size", MOP_FAULT, "no file larger than 8 MiB",
     "Rules are written by people. What is larger is data.\n"
     "\n"
     "Put long lists into a vocabulary file: file: vocab/products.csv",
     NULL},
    {"yaml-syntax", MOP_FAULT, "the file is YAML",
     "The line breaks the grammar of YAML: a missing quote, a wrong indentation, a ': ' in a text "
     "without quotes.\n"
     "\n"
     "bad:  message: owner: nobody\n"
     "good: message: \"owner: nobody\"",
     NULL},
    {"yaml-tab", MOP_FAULT, "indentation is made of blanks",
     "YAML forbids tabs there.\n"
     "\n"
     "Replace the tab by blanks, and tell the editor to.",
     NULL},
    {"yaml-tag", MOP_FAULT, "no tags such as !!str",
     "'!!str' and its like change what a value is. Here each key says that itself.\n"
     "\n"
     "Remove the tag; quote a text that begins with '!'.",
     NULL},
    {"yaml-utf8", MOP_FAULT, "the file is UTF-8",
     "A byte that is not UTF-8 shows as another character for the next reader.\n"
     "\n"
     "Save the file as UTF-8.",
     NULL},
    {NULL, MOP_NOTE, NULL, NULL, NULL},
};
