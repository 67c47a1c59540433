"""Says what differs between two lines, in a contributor's words: a column, a cell, a part of a line, a binding."""

from collections.abc import Iterator
from typing import NamedTuple

from harness.shapes.bindings import Bindings
from harness.shapes.difference import Difference
from harness.shapes.excerpts import narrowed, words
from harness.shapes.lines import Line
from harness.shapes.tokens import Token

_BEGINNING = 40  # columns of a line that say which one is meant


class _Place(NamedTuple):
    """A piece of a line."""

    line: Line
    text: str = ""
    start: int = 0

    def part(self, where: slice) -> "_Place":
        return _Place(self.line, self.text[where], self.start + where.start)


def alone(sample: Line | None, actual: Line | None, before: int) -> Difference:
    """A line that only one of both has; `before` is the number of the sample's last line before it."""
    if sample:
        return Difference(sample.number, sample.text, "", "row" if sample.is_row else "line")
    assert actual is not None
    return Difference(before, "", actual.text, "row" if actual.is_row else "line", actual_line=actual.number)


def between(sample: Line, actual: Line, bindings: Bindings) -> Iterator[Difference]:
    """What differs between two lines that should be the same."""
    if sample.is_header and actual.is_header:
        yield from _columns(sample, actual)
        return
    cells = list(_cells(sample, actual)) if sample.is_row and actual.is_row else []
    for where, shown, printed in cells:
        yield _broken(where, shown, printed, bindings) or _difference(where, shown, printed)
    if cells or (sample.titles != actual.titles and sample.is_row and actual.is_row):  # or its header has said it
        return
    shown, printed = _Place(sample, sample.text), _Place(actual, actual.text)
    left, right = narrowed(sample.text, actual.text, bindings.tokens)
    part = _difference("line", shown.part(left), printed.part(right)) if left.stop or right.stop else None
    yield part or _broken("line", shown, printed, bindings) or _difference("line", shown, printed)


def _difference(where: str, shown: _Place, printed: _Place, bound: tuple[str, ...] = ()) -> Difference:
    part = where == "line" and shown.text != shown.line.text
    beginning = shown.line.text[:_BEGINNING].strip() if part else ""
    at = (shown.start, printed.line.number, printed.start)
    return Difference(shown.line.number, shown.text, printed.text, where, *at, beginning, bound)


def contradiction(sample: Line, actual: Line, shown: Token, printed: Token, bound: tuple[str, ...]) -> Difference:
    """Two made-up words in the place of each other that cannot be one thing, since `bound` is known."""
    columns = (part.where for part in sample.parts if sample.is_row and shown.text in part.text)
    left = _Place(sample, shown.text, max(sample.text.find(shown.text), 0))
    right = _Place(actual, printed.text, max(actual.text.find(printed.text), 0))
    return _difference(next(columns, shown.kind), left, right, bound)


def _broken(where: str, shown: _Place, printed: _Place, bindings: Bindings) -> Difference | None:
    """The first made-up word of two texts that is bound to another than its counterpart."""
    both = (words(bindings.tokens(place.text)) for place in (shown, printed))
    for left, right in (map(Token._make, pair) for pair in zip(*both, strict=False)):
        bound = bindings.contradicted(left, right) if left.kind else None
        if bound:
            return contradiction(shown.line, printed.line, left, right, bound)
    return None


def _columns(sample: Line, actual: Line) -> Iterator[Difference]:
    """The columns that are gone, new, or, where as many are gone as new, have another name."""
    gone = [place for title, place in _places(sample) if title not in actual.titles]
    new = [place for title, place in _places(actual) if title not in sample.titles]
    if len(gone) == len(new):
        pairs = list(zip(gone, new, strict=True)) or [(_Place(sample, sample.text), _Place(actual, actual.text))]
    else:
        pairs = [(place, _Place(actual)) for place in gone] + [(_Place(sample), place) for place in new]
    yield from (_difference("column", *pair) for pair in pairs)


def _places(line: Line) -> Iterator[tuple[str, _Place]]:
    """Each part of a table's line, by the title of its column."""
    position = 0
    for title, part in zip(line.titles, line.parts, strict=True):
        position = line.text.index(part.text, position)
        yield title, _Place(line, part.text, position)
        position += len(part.text)


def _cells(sample: Line, actual: Line) -> Iterator[tuple[str, _Place, _Place]]:
    """(column, cell, cell) for the cells that differ under one title."""
    keys, printed = dict(zip(actual.titles, actual.keys, strict=False)), dict(_places(actual))
    for (title, place), key in zip(_places(sample), sample.keys, strict=False):
        if keys.get(title, key) != key:
            yield title, place, printed[title]
