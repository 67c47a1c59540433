"""ORDERED: compares lines that `sort` has put into order, some of them by what is made up.

    docker images --format '{{.Size}} {{.Repository}}' | sort -h

    2.07MB busybox        2.07MB busybox      sizes are made up, so nobody knows before which line comes first; but they
    118MB debian          110MB nginx         come in their order
    131MB nginx           118MB debian

What is typed decides as far as it stands before what is made up; a sample that isn't in order itself says nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from harness.shapes.lines import Line, has_gap
from harness.shapes.policies.runs import FALLS, in_order
from harness.shapes.sort_order import Order

_NUMBER, _NUMBERED = re.compile(r"\d{1,9}"), re.compile(r"\A *\d{1,9}")
_Decided = tuple[str, ...]


def arrange(order: Order, shown: list[Line], printed: list[Line]) -> tuple[list[Line], list[Line]]:
    """Both with what is made up behind what was sorted beside it, and what can't stand where it was printed marked."""
    if order.is_numbered:
        shown, printed = (_without_numbers(order, lines) for lines in (shown, printed))
    if not _falls(order, shown):
        falls = {id(line) for line in _falls(order, printed)}
        printed = [line.standing_for((FALLS, *line.key)) if id(line) in falls else line for line in printed]
    return (shown, printed) if has_gap(shown) else (_settled(order, shown), _settled(order, printed))


def _without_numbers(order: Order, lines: Sequence[Line]) -> list[Line]:
    """The lines without their numbers, where these count on from 1."""
    form = re.compile(rf"\A{order.before}")
    is_counted = all(
        (found := form.match(line.text)) and int(_NUMBER.findall(found[0])[0]) == place
        for place, line in enumerate(lines, 1)
    )
    return [line.rewritten(_NUMBERED, "", count=1) for line in lines] if is_counted else list(lines)


def _falls(order: Order, lines: Sequence[Line]) -> list[Line]:
    sorted_lines = lines[1:] if order.has_titles else lines
    return [line for above, line in pairwise(sorted_lines) if not above.is_gap and order.falls(above.text, line.text)]


def _settled(order: Order, lines: Sequence[Line]) -> list[Line]:
    """Lines whose order nothing says that was typed, in one that doesn't depend on the run."""
    if not order.sorted_by:
        return list(lines)
    titles = list(lines[:1] if order.has_titles else ())
    decided = [(_decided(order, line), line) for line in lines[len(titles) :]]
    moving = [line for what, line in decided if what == ()]
    others: list[Line] = []
    for what, run in groupby((both for both in decided if both[0] != ()), lambda both: both[0]):
        same = [line for _, line in run]
        others += in_order(same) if what is not None else same
    return [*titles, *others, *in_order(moving)]


def _decided(order: Order, line: Line) -> _Decided | None:
    """What was typed of all by which a line is sorted, up to what is made up; None where nothing is."""
    text = order.text(line.text)
    behind = len(line.text) - len(text)
    made_up = [(start - behind, end - behind) for start, end in _made_up(line)]
    found: list[str] = []
    for key in order.sorted_by:
        start, end = key.span(text)
        start += len(text[start:end]) - len(text[start:end].lstrip(" \t"))
        first = next((place for place, place_end in made_up if place < end and place_end > start), None)
        found.append(text[start:end] if first is None else text[start : max(first, start)])
        if first is not None and not (key.is_number and first > start):
            return tuple(filter(None, found))
    return None


def _made_up(line: Line) -> Iterator[tuple[int, int]]:
    """Where in a line stands what is made up."""
    end = 0
    for token in (token for part in line.parts for token in part.tokens):
        is_as_printed = line.text.startswith(token.text, end)
        for piece in [token.text] if token.kind or is_as_printed else token.text.split():
            place = line.text.find(piece, end)
            if place < 0:  # it is read another way than it is printed
                return
            end = place + len(piece)
            if token.kind:
                yield place, end
