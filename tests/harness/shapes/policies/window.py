"""WINDOW: compares a stream of which either output saw a piece: without what only the edges of these windows let in.

    docker events --since 4s        one was asked a little later than the other; what came by a clock in the meantime,
                                    a health check, may have come more or less often

What has a value comes by a clock: each such line that is the same counts once, if both saw some of that value. A row's
`reduce` puts what races with its neighbour into one order.
"""

from collections.abc import Sequence

from harness.shapes.align import lettered
from harness.shapes.lines import Line, each_once
from harness.shapes.policies import Dialect


def arrange(row: Dialect, shown: Sequence[Line], printed: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What both windows saw. Outputs of which not every line fits the row are left as they are."""
    lines = [*shown, *printed]
    if not (shown and printed and all(row.fits(line) and row.only([line], 0) for line in lines)):
        return list(shown), list(printed)
    shown, printed = _in_one_order(row, shown, printed), _in_one_order(row, printed, shown)
    ours, theirs = ({row.value(line) for line in side} for side in (shown, printed))
    both = (ours & theirs) - {""}
    clocked, checks = (each_once([line for line in side if row.value(line) in both]) for side in (shown, printed))
    left, right = _common(*([line for line in side if not row.value(line)] for side in (shown, printed)))
    return clocked + left, checks + right


def _in_one_order(row: Dialect, lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """The lines as the row puts them, where the other window saw as well what that moves."""
    found = row.reduce([*lines])
    moved = {line.key for line, before in zip(found, lines, strict=True) if line is not before}
    return found if moved <= {line.key for line in others} else [*lines]


def _common(shown: list[Line], printed: list[Line]) -> tuple[list[Line], list[Line]]:
    """The piece of both that begins where the later of them does and ends where the earlier does, if they have one."""
    ours, theirs = lettered(shown, printed)
    if len(ours) == len(theirs) == len({*ours}) and {*ours} == {*theirs}:  # the same, in the same order or not
        return shown, printed
    place, seen = find(theirs, ours)
    earlier_place, earlier_seen = find(ours, theirs)
    seen_by_both = max(seen, earlier_seen)
    if 2 * seen_by_both < max(min(len(shown), len(printed)), 1):  # not the same events
        return shown, printed
    at_ends = _same_from(ours, theirs) + _same_from(ours[::-1], theirs[::-1])
    if min(at_ends, len(ours), len(theirs)) > seen_by_both:  # they differ inside
        return shown, printed
    if seen >= earlier_seen:
        return shown[place : place + seen], printed[:seen]
    return shown[:earlier_seen], printed[earlier_place : earlier_place + earlier_seen]


def _same_from(first: str, second: str) -> int:
    """How many letters of both are the same from the beginning on."""
    differ = (index for index, (one, other) in enumerate(zip(first, second, strict=False)) if one != other)
    return next(differ, min(len(first), len(second)))


def find(pattern: str, text: str) -> tuple[int, int]:
    """(place, length) of `pattern` where `text` first has it whole, else of as much of it as `text` ends in."""
    if pattern in text:
        return text.index(pattern), len(pattern)
    length = next(length for length in range(len(pattern), -1, -1) if text.endswith(pattern[:length]))
    return len(text) - length, length
