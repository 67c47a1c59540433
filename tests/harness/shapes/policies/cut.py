"""CUT: compares what head, tail, sed or grep has left of an output some of whose lines come in any order.

docker build --progress=plain . 2>&1 | grep internal | head -n 2

load build definition     load build definition     nobody knows which of those that race come before the cut; what both
load metadata             load .dockerignore        tell of them has to be the same

Of a set, or of rows that tie, other lines may be left than the page shows, where their words are known from the page.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from harness.shapes.keys import LineKey
from harness.shapes.lines import Line, each_once
from harness.shapes.policies import Dialect

_WORD = re.compile(r"[^\W_]+")
_Lines = tuple[list[Line], list[Line]]


def arrange(row: Dialect, shown: Sequence[Line], printed: Sequence[Line]) -> _Lines:
    """Both, which have as many lines as were asked for, without the racing lines that only one of them has."""
    told = {*map(row.value, shown)} & {*map(row.value, printed)}
    return _common(row, shown, told), _common(row, printed, told)


def _common(row: Dialect, lines: Sequence[Line], told: Container[str]) -> list[Line]:
    common = row.reduce([line for line in lines if row.value(line) and row.value(line) in told])
    return [*each_once(common), *(line for line in lines if not row.value(line))]


def of_sets(shown: list[Line], printed: list[Line], set_of: Callable[[Line], str], texts: Iterable[str]) -> _Lines:
    """Both without the lines that only one of them has, where all these are of the set at the cut.

    `set_of`: what a line is of; empty for a line that has its place. `texts`: what the page has typed and written.
    """
    ours, theirs = _only(shown, printed), _only(printed, shown)
    if not ours or len(ours) != len(theirs):
        return shown, printed
    sets = {set_of(line) for line in (*ours, *theirs)}
    at_ends = [{set_of(side[0]), set_of(side[-1])} for side in (shown, printed)]
    if "" in sets or not all(sets <= of_side for of_side in at_ends) or len(sets) > 1:
        return shown, printed
    known = {word for text in (*texts, *(line.text for line in shown)) for word in _WORD.findall(text)}
    wanted, there = ({tuple(_words(line)) for line in side} for side in (ours, theirs))
    is_changed = not wanted.isdisjoint(there)  # a line that is there, with other signs
    if is_changed or not all(word in known for words in there for word in words):
        return shown, printed
    gone = {id(line) for line in (*ours, *theirs)}
    return [line for line in shown if id(line) not in gone], [line for line in printed if id(line) not in gone]


def _only(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """The lines that the others don't have, whatever their ids are bound to."""
    left = Counter(map(_unbound, others))
    found = []
    for line in lines:
        left[_unbound(line)] -= 1
        if left[_unbound(line)] < 0:
            found.append(line)
    return found


def _unbound(line: Line) -> LineKey:
    return tuple([part.unbound for part in line.parts])


def _words(line: Line) -> Iterator[str]:
    """The words of a line that are not made up."""
    for part in line.parts:
        for token in part.tokens:
            yield from () if token.kind else _WORD.findall(token.text)
