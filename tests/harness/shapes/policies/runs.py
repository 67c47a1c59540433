"""SET, REDUCED, TIED: puts lines of one row that follow each other into an order of their own.

    local     data        both outputs sorted by key: `data` first, whichever
    local     <long id>   came first

Of a set the sample may leave a part out with `...`; within progress a gap leaves out what doesn't count anyway. Rows
tie that have an equal value in what their table is sorted by: images of one age, processes that one process started.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise
from types import MappingProxyType

from harness.shapes.keys import LineKey
from harness.shapes.lines import Line, is_gap
from harness.shapes.policies import Dialect, Forms, Found, Policy
from harness.shapes.tokens import Token

_Wanted = Counter[LineKey]  # how often a sample with a gap shows each line
_FALLS = (Token("out of order", ""),)
_Groups = list[tuple[str, list[Line]]]  # lines that follow each other, and what ties them; empty where nothing does


class Runs:
    """The rows that say how runs of lines go, found fast."""

    def __init__(self, rows: Sequence[Dialect]) -> None:
        self._by_form = Forms(row for row in rows if not row.under)
        self._by_table = [row for row in rows if row.columns]
        self._by_heading = [row for row in rows if row.under]
        self._by_command = [row for row in rows if not (row.columns or row.lines)]

    def _of(self, line: Line, under: Iterable[Dialect], rows: Found) -> Dialect | None:
        """The row that a line is of, below a heading; None where it has to come as it stands."""
        for near in self._by_table if line.titles else under:
            if near.fits(line):
                return near
        return None if line.titles else rows.get(line.text)

    def arrange(self, lines: Sequence[Line], wanted: _Wanted | None, command: str) -> list[Line]:
        """The lines of one side; `wanted` where the sample has a gap."""
        whole = next((row for row in self._by_command if row.command(command)), None)
        rows = {
            text: row
            for text, row in self._by_form.among(lines).items()
            if (not command or row.command(command)) and not (whole and row.policy is Policy.SET)
        }
        texts = {line.text for line in lines}  # each is looked at once
        if not (whole or rows or any(is_gap(text) or _may_be_heading(text) for text in texts) or _has_table(lines)):
            return list(lines)  # nearly all outputs are such
        arranged: list[Line] = []
        named = list(self._named(lines, whole, rows))
        all_lines, place = [line for _, line in named], 0
        for row, run in groupby(named, lambda found: found[0]):
            same = [line for _, line in run]
            is_free = row is not None and row.only(all_lines, place)
            place += len(same)
            if row and is_free:
                same = row.reduce(same)
                same = _partial(same, wanted) if row.policy is Policy.SET else same
            arranged += same
        return arranged

    def _named(
        self, lines: Iterable[Line], whole: Dialect | None, rows: Found
    ) -> Iterator[tuple[Dialect | None, Line]]:
        """Each line with its row. A gap beside or in a set belongs to the set; one within progress is none."""
        under: list[Dialect] = []
        waiting = last = None
        for line in lines:
            if line.is_gap:
                waiting = line
                continue
            row = None if line.is_header else rows.get(line.text, whole) if whole else self._of(line, under, rows)
            if waiting and (row is not last or not row or row.policy is Policy.SET):
                yield _set(last, row), waiting
            if _may_be_heading(line.text):
                under = [row for row in self._by_heading if re.fullmatch(row.under, line.text)]
            waiting, last = None, row
            yield row, line
        if waiting:
            yield _set(last), waiting


def _has_table(lines: Iterable[Line]) -> bool:
    return any(line.titles for line in lines)


def _may_be_heading(text: str) -> bool:
    return text.endswith(":") or not text


def _set(*rows: Dialect | None) -> Dialect | None:
    return next((row for row in rows if row and row.policy is Policy.SET), None)


def _partial(run: list[Line], wanted: _Wanted | None) -> list[Line]:
    """A set; where the sample may show a part of it, first what it shows, then the others, or the gap for them."""
    if not wanted:
        return in_order(run)
    gaps = [line for line in run if line.is_gap]
    seen: _Wanted = Counter()
    shown: list[Line] = []
    others: list[Line] = []
    for line in (line for line in run if not line.is_gap):
        seen[line.key] += 1
        (shown if seen[line.key] <= wanted[line.key] else others).append(line)
    return [*gaps[: run[0].is_gap], *in_order(shown), *in_order(others), *gaps[:1]]


def tied(rows: Sequence[Dialect], shown: Sequence[Line], printed: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both with their ties in the other's order where it parts them, else in that of their keys."""
    rows = tuple(rows)
    if not any(row.lines for row in rows) and not (_has_table(shown) or _has_table(printed)):
        return list(shown), list(printed)
    if not _falls(rows, shown):
        falls = {id(line) for line in _falls(rows, printed)}
        printed = [line.standing_for((_FALLS, *line.key)) if id(line) in falls else line for line in printed]
    ours, theirs = _groups(rows, shown), _groups(rows, printed)
    return _sorted(ours, theirs), _sorted(theirs, ours)


def _falls(rows: Sequence[Dialect], lines: Sequence[Line]) -> list[Line]:
    """The lines of a lower rank than the one above them in the same table."""
    ranked = [(line, row.rank(line) if (row := _row(rows, line)) else 0) for line in lines]
    return [line for (_, before), (line, rank) in pairwise(ranked) if 0 < rank < before]


def _groups(rows: Sequence[Dialect], lines: Sequence[Line]) -> _Groups:
    return [(tie, list(run)) for tie, run in groupby(lines, lambda line: _tie(rows, line))]


def _tie(rows: Sequence[Dialect], line: Line) -> str:
    """What rows that tie have in common; empty for a line that can't tie."""
    row = _row(rows, line)
    return f"{row.name}: {row.value(line)}" if row else ""


def _row(rows: Sequence[Dialect], line: Line) -> Dialect | None:
    near = _of_table(tuple(rows), line.titles) if line.titles else [row for row in rows if row.lines and row.fits(line)]
    return next((row for row in near if row.only([line], 0)), None)


@lru_cache(maxsize=256)
def _of_table(rows: tuple[Dialect, ...], titles: tuple[str, ...]) -> tuple[Dialect, ...]:
    """The rows that are about a table with these titles."""
    return tuple(row for row in rows if row.is_about(titles))


def _sorted(groups: _Groups, others: _Groups) -> list[Line]:
    places = {line.key: place for place, (tie, run) in enumerate(others, 1) if tie for line in run}
    return [line for tie, run in groups for line in (in_order(run, places) if tie else run)]


def in_order(lines: Sequence[Line], places: Mapping[LineKey, int] = MappingProxyType({})) -> list[Line]:
    """The lines by their keys, those first that are in the lower of the `places`.

    Of lines with equal keys nobody knows which is whose counterpart: what they make up is paired by a guess.
    """
    times = Counter(line.key for line in lines)
    marked = (line if times[line.key] == 1 else guessed(line) for line in lines)
    return sorted(marked, key=lambda line: (places.get(line.key, 0), line.spelled))


def guessed(line: Line) -> Line:
    if not line.made_up:
        return line
    return replace(line, made_up=tuple(made._replace(guessed=True) for made in line.made_up))


def behind_the_others(moves: Callable[[Line], bool]) -> Callable[[list[Line]], list[Line]]:
    """A `reduce` that puts the lines of which nothing fixed says where they stand behind the others."""
    return lambda lines: [
        *(line for line in lines if not moves(line)),
        *in_order([line for line in lines if moves(line)]),
    ]
