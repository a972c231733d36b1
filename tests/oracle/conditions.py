"""Conditions: Kleene true / false / unknown (True / False / None)."""

import re

import readings
from values import BROKEN, as_list, text_of, parse_duration


def kleene_all(items):
    result = True
    for item in items:
        if item is False:
            return False
        if item is None:
            result = None
    return result


def kleene_any(items):
    result = False
    for item in items:
        if item is True:
            return True
        if item is None:
            result = None
    return result


def kleene_not(item):
    return None if item is None else not item


def holds(condition, record, blank_unknown=()):
    """The truth of a condition on a record; fields in blank_unknown are unknown when blank."""
    if condition is None:
        return True
    results = []
    for key, test in condition.items():
        if key == "all":
            results.append(kleene_all([holds(c, record, blank_unknown) for c in test]))
        elif key == "any":
            results.append(kleene_any([holds(c, record, blank_unknown) for c in test]))
        elif key == "not":
            results.append(kleene_not(holds(test, record, blank_unknown)))
        else:
            results.append(field_test(key, test, record, blank_unknown))
    return kleene_all(results)


def field_test(name, test, record, blank_unknown):
    if not isinstance(test, dict):
        return one_test(name, "in", test, record, blank_unknown)
    results = []
    for kind, argument in test.items():
        if kind in ("all", "any"):
            inner = [field_test(name, t, record, blank_unknown) for t in argument]
            results.append(kleene_all(inner) if kind == "all" else kleene_any(inner))
        elif kind == "not":
            results.append(kleene_not(field_test(name, argument, record, blank_unknown)))
        else:
            results.append(one_test(name, kind, argument, record, blank_unknown))
    return kleene_all(results)


def one_test(name, kind, argument, record, blank_unknown):
    field = record.type.fields[name]
    cell = record.cells[name]
    if kind == "written":
        if cell.state == "missing":
            return None if readings.WRITTEN_UNKNOWN_ON_MISSING else False
        if cell.state == "undecided":
            return False if cell is BROKEN else None
        return cell.written in [text_of(v) for v in as_list(argument)]
    other = other_cell(kind, argument, record)
    if other is not None and "blank" in (cell.state, other.state):
        # a comparison with a blank is false, whatever the other side holds
        unknown = any(c.state == "blank" and n in blank_unknown for n, c in ((name, cell), (text_of(argument), other)))
        return None if unknown else False
    if cell.state in ("missing", "undecided"):
        return None
    if cell.state == "blank":
        if name in blank_unknown:
            return None
        return kind == "blank" and text_of(argument) == "true"
    if kind == "blank":
        if cell.refused and not readings.BLANK_TEST_DECIDED_ON_REFUSED:
            return None
        return text_of(argument) == "false"
    if cell.refused:
        return None
    return value_test(field, cell, kind, argument, record)


def other_cell(kind, argument, record):
    """The other side of a comparison of two fields, or None."""
    if kind != "equals_field" and kind not in ORDER or text_of(argument) not in record.type.fields:
        return None
    return record.cells[text_of(argument)]


def value_test(field, cell, kind, argument, record):
    """A test on a value whose meant form is known."""
    if kind in ("in", "values"):
        return cell.meant in [field.literal(v) for v in as_list(argument)]
    if kind in ("not_in", "not_values"):
        return cell.meant not in [field.literal(v) for v in as_list(argument)]
    if kind == "pattern":
        return matches(argument, cell.meant)
    if kind == "domain":
        return in_domains(cell.meant, argument)
    if kind in ("in_vocabulary", "vocabulary"):
        return record.type.taxonomy.vocabularies[argument].has(cell.meant, field.clock)
    if kind == "in_group":
        return group_test(argument, cell.meant, record.type.taxonomy)
    if kind == "equals_field":
        return other_test(argument, record, lambda other: other.meant == cell.meant)
    if kind == "within":
        return field.clock.within_last(cell.typed, parse_duration(text_of(argument)))
    if kind in ORDER:
        accept = ORDER[kind]
        if text_of(argument) in record.type.fields:
            return other_test(argument, record, lambda other: accept(field.clock.order(cell.typed, other.typed)))
        return accept(field.clock.order(cell.typed, field.typed_literal(argument)))
    raise KeyError("condition test %s" % kind)


ORDER = {
    "gt": lambda order: order > 0, "gte": lambda order: order >= 0,
    "lt": lambda order: order < 0, "lte": lambda order: order <= 0,
    "since": lambda order: order >= 0, "before": lambda order: order < 0,
    "after": lambda order: order > 0, "not_before": lambda order: order >= 0,
}


def other_test(name, record, test):
    other = record.cells[text_of(name)]
    if other.state in ("missing", "undecided") or other.refused:
        return None
    return test(other)


def in_domains(meant, domains):
    """Is it of one of the domains, or one below?"""
    host = domain_of(meant)
    return any(host == d or host.endswith("." + d) for d in (text_of(v).lower() for v in as_list(domains)))


def domain_of(meant):
    """The domain of an address, the host of a URL, or the text itself."""
    from values import split_url
    parts = split_url(meant)
    if parts:
        return parts[0]
    return meant.rpartition("@")[2].lower()


def group_test(argument, meant, taxonomy):
    vocabulary, _, group = text_of(argument).partition(".")
    return taxonomy.vocabularies[vocabulary].in_group(group, meant, taxonomy.clock)


COMPILED = {}


def matches(pattern, text, ignore_case=False):
    key = (pattern, ignore_case)
    if key not in COMPILED:
        COMPILED[key] = re.compile(pattern, re.ASCII | (re.IGNORECASE if ignore_case else 0))
    return COMPILED[key].fullmatch(text) is not None


def found(pattern, text, ignore_case=False):
    matches(pattern, "", ignore_case)
    return COMPILED[(pattern, ignore_case)].search(text) is not None


def fields_read(condition):
    """Names of the fields a condition tests (both sides)."""
    names = set()
    if condition is None:
        return names
    for key, test in condition.items():
        if key in ("all", "any"):
            for inner in test:
                names |= fields_read(inner)
        elif key == "not":
            names |= fields_read(test)
        else:
            names.add(key)
            names |= others_named(test)
    return names


def others_named(test):
    names = set()
    if isinstance(test, dict):
        for kind, argument in test.items():
            if kind == "equals_field":
                names.add(text_of(argument))
            elif kind in ORDER and isinstance(argument, str):
                names.add(argument)  # dropped by the caller if it is no field
            elif kind in ("all", "any"):
                for inner in argument:
                    names |= others_named(inner)
            elif kind == "not":
                names |= others_named(argument)
    return names
