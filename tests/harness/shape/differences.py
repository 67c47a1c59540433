"""Says what differs between two lines: as little as possible of it, in a contributor's words.

Exited (0) 33 seconds ago     the page's cell under STATUS
Exited (137) 2 seconds ago    this run's; narrowed to what differs: `0` and `137`
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harness.shape.bindings import Bindings
from harness.shape.kinds import Token, tokens
from harness.shape.lines import Line

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_PADDING = re.compile(r" {3,}")
_QUOTED = 80  # columns of a text that a sentence quotes
_BEGINNING = 40  # columns of a line that say which one is meant
# What would move the cursor, colour the terminal, or turn the text around.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the page says. The texts are empty where there is nothing."""

    line: int  # of the sample, 1-based; for a line too many the one after which it came, 0 before the first
    expected: str
    found: str
    where: str  # in a contributor's words: a column's title, or what kind of thing it is
    start: int = 0  # offset of `expected` in its line
    actual_line: int = 0  # where `found` stands in the actual text, 1-based; 0 where there is nothing
    actual_start: int = 0  # offset of `found` in its line
    beginning: str = ""  # of the sample's line, where only a part of it differs
    bound: tuple[str, ...] = ()  # what this contradicts: a thing of the page, and what this run called it before

    def __str__(self) -> str:
        expected, found = quoted(self.expected), quoted(self.found)
        if self.where in ("line", "row", "column") and not (expected and found):
            if found or (self.actual_line > 0 and not expected):
                return f"a {self.where} too many: {found or 'blank'}"
            return f"the page's {self.where} {expected} is missing" if expected else "a blank line is missing"
        where = f"{self.where} {quoted(self.beginning)}" if self.beginning else self.where
        if self.bound:
            page, run = map(quoted, self.bound)
            if page == expected:
                return f"{where}: {page} was {run} earlier in this run, here it is {found}"
            return f"{where}: {run} was the page's {page} earlier in this run, here the page says {expected}"
        return f"{where}: {found or 'nothing'}, the page says {expected or 'nothing there'}"


def quoted(text: str) -> str:
    """The text as a sentence quotes it: one short line, nothing in it that a terminal obeys. Empty stays empty."""
    short = _PADDING.sub("  ", text[: 4 * _QUOTED])
    return f"`{printable(short if len(short) <= _QUOTED else short[: _QUOTED - 1] + '…')}`" if text else ""


def printable(text: str) -> str:
    """The text with a visible sign for each character that a terminal would obey or hide."""
    return _CONTROL.sub(lambda match: _sign(ord(match[0])), text)


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)  # ␛ for an escape
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def narrowed(expected: str, found: str, typed: Container[str] = ()) -> tuple[slice, slice]:
    """Where two texts differ: each without the words that both begin and end with.

    Made-up words of one kind are alike; both slices are empty where there is no other difference.
    """
    shown, printed = list(_words(expected, typed)), list(_words(found, typed))
    first, last = _alike(shown, printed), 0
    if first == len(shown) == len(printed):
        return slice(0, 0), slice(0, 0)
    shorter = min(len(shown), len(printed))
    last = min(_alike(shown[::-1], printed[::-1]), shorter - first)
    if first + last == shorter:  # one has nothing there: take in a neighbour, to see it beside that
        first, last = (first - 1, last) if first else (0, max(last - 1, 0))
    return _extent(shown, first, last), _extent(printed, first, last)


def _words(text: str, typed: Container[str]) -> Iterator[Token]:
    for token in tokens(text, typed):
        if token.kind:
            yield token
        else:
            yield from (Token("", word) for word in _WORDS.findall(token.text))


def _alike(shown: Sequence[Token], printed: Sequence[Token]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(shown, printed, strict=False))
    return next((number for number, pair in pairs if not _same(*pair)), min(len(shown), len(printed)))


def _same(shown: Token, printed: Token) -> bool:
    if shown.kind or printed.kind:
        return shown.kind == printed.kind
    return shown.text == printed.text or (shown.text.isspace() and printed.text.isspace())


def _extent(words: Sequence[Token], first: int, last: int) -> slice:
    """Where the words stand, without the `first` and the `last` ones."""
    start = sum(len(word.text) for word in words[:first])
    return slice(start, start + sum(len(word.text) for word in words[first : len(words) - last]))


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
        yield _broken(where, shown, printed, bindings) or _told(where, shown, printed)
    if cells or (sample.titles != actual.titles and sample.is_row and actual.is_row):  # or its header has told it
        return
    shown, printed = _Place(sample, sample.text), _Place(actual, actual.text)
    left, right = narrowed(sample.text, actual.text, bindings.typed)
    part = _told("line", shown.part(left), printed.part(right)) if left.stop or right.stop else None
    yield part or _broken("line", shown, printed, bindings) or _told("line", shown, printed)


def _told(where: str, shown: _Place, printed: _Place, bound: tuple[str, ...] = ()) -> Difference:
    part = where == "line" and shown.text != shown.line.text
    beginning = shown.line.text[:_BEGINNING].strip() if part else ""
    at = (shown.start, printed.line.number, printed.start)
    return Difference(shown.line.number, shown.text, printed.text, where, *at, beginning, bound)


def contradiction(sample: Line, actual: Line, shown: Token, printed: Token, bound: tuple[str, ...]) -> Difference:
    """Two made-up words in the place of each other that cannot be one thing, since `bound` is known."""
    columns = (part.where for part in sample.parts if sample.is_row and shown.text in part.text)
    left = _Place(sample, shown.text, max(sample.text.find(shown.text), 0))
    right = _Place(actual, printed.text, max(actual.text.find(printed.text), 0))
    return _told(next(columns, shown.kind), left, right, bound)


def _broken(where: str, shown: _Place, printed: _Place, bindings: Bindings) -> Difference | None:
    """The first made-up word of two texts that is bound to another than its counterpart."""
    for pair in zip(_words(shown.text, bindings.typed), _words(printed.text, bindings.typed), strict=False):
        bound = bindings.contradicted(*pair) if pair[0].kind else None
        if bound:
            return contradiction(shown.line, printed.line, *pair, bound)
    return None


def _columns(sample: Line, actual: Line) -> Iterator[Difference]:
    """The columns that are gone, new, or, where as many are gone as new, have another name."""
    gone = [place for title, place in _places(sample) if title not in actual.titles]
    new = [place for title, place in _places(actual) if title not in sample.titles]
    if len(gone) == len(new):
        pairs = list(zip(gone, new, strict=True)) or [(_Place(sample, sample.text), _Place(actual, actual.text))]
    else:
        pairs = [(place, _Place(actual)) for place in gone] + [(_Place(sample), place) for place in new]
    yield from (_told("column", *pair) for pair in pairs)


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
