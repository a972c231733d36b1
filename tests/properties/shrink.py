"""Make a failing case small: leave out rows, columns and parts of the taxonomy while the property still fails."""

import re

from judges import Broken, Skip
from cases import Bad


def shrink(name, context, seed):
    """(context of the smallest case that still fails, its message)."""
    from properties import PROPERTIES, Context, dice
    best = [context, None]

    def fails(case):
        for number in range(5):
            small = Context(case, context.judge, context.folder, dice(seed if number == 0 else number, name))
            small.loose = case
            try:
                found = PROPERTIES[name](small)
            except (Skip, Bad, Broken, KeyError, IndexError, ValueError, StopIteration, TypeError, AttributeError):
                continue
            if found and best[1] in (None, kind_of(found)):
                return small, found
        return None

    start = fails(context.loose or context.case) or fails(context.case)
    if not start:
        return context, "(not again)"
    small, message = start
    best[1] = kind_of(message)
    size = None
    while weight(small.case) != size:
        size = weight(small.case)
        for cuts in (rows, keys, columns):
            place = 0
            while True:        # after a cut that holds, on from the same place in what is left
                todo = list(cuts(small.case))[place:]
                step, found = next(((n, f) for n, f in enumerate(map(fails, todo)) if f), (0, None))
                if not found:
                    break
                small, message = found
                place += step
    return small, message


def kind_of(message):
    """What fails, without names of records, rules and values."""
    path = re.search(r"((rules|types|reports)\S*|samples|exit)", message)
    return re.sub(r"\[[^\]]*\]", "[]", path.group(1)).split(":")[0] if path else message[:12]


def weight(case):
    return len(str(case.spec)) + sum(len(str(t.rows)) for t in case.tables)


def rows(case):
    """Cases with fewer rows, big cuts first."""
    for place, table in enumerate(case.tables):
        count = len(table.records)
        step = max(count // 2, 1)
        while count and step:
            for begin in range(0, count, step):
                out = case.copy()
                del out.tables[place].rows[1 + begin:1 + begin + step]
                yield out
            step //= 2


def keys(case):
    """Cases with one node of the taxonomy less, whole branches first."""
    for path in sorted(paths(case.spec), key=len):
        out = case.copy()
        node = out.spec
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]
        yield out


def columns(case):
    for place, table in enumerate(case.tables):
        for column in range(len(table.header)):
            out = case.copy()
            out.tables[place].rows = [r[:column] + r[column + 1:] for r in table.rows]
            yield out


def paths(node, above=()):
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield above + (key,)
        yield from paths(node[key], above + (key,))
