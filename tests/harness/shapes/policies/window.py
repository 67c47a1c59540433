"""WINDOW: compares a stream of which either output saw a piece: without what only the edges of these windows let in.

    docker events --since 4s        one was asked a little later than the other; what came by a clock in the meantime,
                                    a health check, may have come more or less often

What has a value comes by a clock: each such line that is the same counts once, if both saw some of that value.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from harness.shapes.align import find
from harness.shapes.keys import LineKey, spelled
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect

_Clocked = Mapping[str, Mapping[LineKey, Line]]  # by value, then by key


def arrange(row: Dialect, shown: Sequence[Line], printed: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What both windows saw. Outputs of which not every line fits the row are left as they are."""
    lines = [*shown, *printed]
    if not (shown and printed and all(row.fits(line) and row.only([line], 0) for line in lines)):
        return list(shown), list(printed)
    ours, theirs = _clocked(row, shown), _clocked(row, printed)
    both = ours.keys() & theirs.keys()
    left, right = _common(*([line for line in side if not row.value(line)] for side in (shown, printed)))
    return [*_once(ours, both), *left], [*_once(theirs, both), *right]


def _clocked(row: Dialect, lines: Iterable[Line]) -> _Clocked:
    """What came by a clock, each that is the same once."""
    found: dict[str, dict[LineKey, Line]] = {}
    for line in lines:
        if value := row.value(line):
            found.setdefault(value, {}).setdefault(line.key, line.standing_for(line.key))
    return found


def _once(clocked: _Clocked, values: Iterable[str]) -> Iterator[Line]:
    return (clocked[value][key] for value in sorted(values) for key in sorted(clocked[value], key=spelled))


def _common(shown: list[Line], printed: list[Line]) -> tuple[list[Line], list[Line]]:
    """The piece of both that begins where the later of them does and ends where the earlier does, if they have one."""
    keys, actual_keys = [line.key for line in shown], [line.key for line in printed]
    place, seen = find(actual_keys, keys)
    earlier_place, earlier_seen = find(keys, actual_keys)
    if 2 * max(seen, earlier_seen) < max(min(len(shown), len(printed)), 1):  # not the same events
        return shown, printed
    if seen >= earlier_seen:
        return shown[place : place + seen], printed[:seen]
    return shown[:earlier_seen], printed[earlier_place : earlier_place + earlier_seen]
