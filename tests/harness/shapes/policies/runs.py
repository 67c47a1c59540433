"""SET, REDUCED, TIED: puts lines of one row that follow each other into an order of their own.

    local     data        both outputs sorted by key: `data` first, whichever
    local     <long id>   came first

Of a set the sample may leave a part out with `...`; within progress a gap leaves out what doesn't count anyway. Rows
tie that have an equal value in what their table is sorted by: images of one age, processes that one process started.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import filterfalse, groupby, pairwise
from types import MappingProxyType

from harness.shapes.keys import LineKey, spelled
from harness.shapes.lines import Line, gaps_among
from harness.shapes.policies import Dialect, Forms, Found, Policy
from harness.shapes.policies.typed import CACHED
from harness.shapes.tokens import Token

_Titles = tuple[str, ...]  # of a table
_Wanted = Counter[LineKey]  # how often a sample with a gap shows each line
FALLS = (Token("out of order", ""),)  # what comes where it can't
_Of = Callable[[Line], Dialect | None]  # the row that a line is of
_Groups = list[tuple[str, list[Line]]]  # lines that follow each other, and what ties them; empty where nothing does


class Runs:
    """The rows that say how runs of lines go, found fast."""

    def __init__(self, rows: Sequence[Dialect]) -> None:
        self._with_form = [row for row in rows if row.lines and not row.under]
        self._by_table = [row for row in rows if row.columns]
        self._by_heading = [row for row in rows if row.under]
        self._by_command = [row for row in rows if not (row.columns or row.lines)]

    def _of(self, line: Line, under: Iterable[Dialect], rows: Found) -> Dialect | None:
        """The row that a line is of, below a heading; None where it has to come as it stands."""
        for near in self._by_table if line.titles else under:
            if near.fits(line):
                return near
        return None if line.titles else rows.get(line.text)

    def arrange(
        self,
        shown: list[Line],
        printed: list[Line],
        tables: Collection[_Titles],
        texts: Collection[str],
        wanted: _Wanted | None,
        commands: Sequence[str],
    ) -> tuple[list[Line], list[Line]]:
        """Both sides; `tables`: their titles; `texts`: all other lines; `wanted` where the sample has a gap."""
        command = commands[-1] if commands else ""
        whole = next((row for row in self._by_command if row.command(command) and row.history(commands)), None)
        asked = _forms(tuple(row for row in self._with_form if not command or row.command(command)))
        rows = {
            text: row
            for text, row in asked.among(texts).items()
            if (not command or row.history(commands)) and not (whole and row.policy is Policy.SET)
        }
        if not (whole or rows or tables or any(map(_may_be_heading, texts))):
            return _with_single_gaps(shown), _with_single_gaps(printed)  # nearly all outputs are such
        return self._arranged(shown, whole, rows, wanted), self._arranged(printed, whole, rows, wanted)

    def _arranged(
        self, lines: Sequence[Line], whole: Dialect | None, rows: Found, wanted: _Wanted | None
    ) -> list[Line]:
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
        self, lines: Sequence[Line], whole: Dialect | None, rows: Found
    ) -> Iterator[tuple[Dialect | None, Line]]:
        """Each line with its row. A gap beside or in a set belongs to the set; one within progress is none."""
        gaps = gaps_among(lines)
        under: list[Dialect] = []
        waiting = last = None
        for line in lines:
            if line.text in gaps:
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


@lru_cache(maxsize=CACHED)
def _forms(rows: tuple[Dialect, ...]) -> Forms:
    return Forms(rows)


def _may_be_heading(text: str) -> bool:
    return text.endswith(":") or not text


def _with_single_gaps(lines: list[Line]) -> list[Line]:
    """The lines with one gap where several follow each other."""
    gaps = gaps_among(lines)
    if not gaps:
        return lines
    return [*(line for line, below in pairwise(lines) if not (line.text in gaps and below.text in gaps)), lines[-1]]


def _set(*rows: Dialect | None) -> Dialect | None:
    for row in rows:
        if row and row.policy is Policy.SET:
            return row
    return None


def _partial(run: list[Line], wanted: _Wanted | None) -> list[Line]:
    """A set; where the sample may show a part of it, first what it shows, then the others, or the gap for them."""
    if not wanted:
        return in_order(run)
    texts = gaps_among(run)
    gaps = [line for line in run if line.text in texts] if texts else []
    seen: dict[LineKey, int] = {}
    shown: list[Line] = []
    others: list[Line] = []
    for line in [line for line in run if line.text not in texts] if texts else run:
        times = seen[line.key] = seen.get(line.key, 0) + 1
        (shown if times <= wanted[line.key] else others).append(line)
    return [*gaps[: run[0].is_gap], *in_order(shown), *in_order(others), *gaps[:1]]


def tied(
    rows: Sequence[Dialect],
    shown: Sequence[Line],
    printed: Sequence[Line],
    tables: Collection[_Titles],
    commands: Sequence[str],
) -> tuple[list[Line], list[Line]]:
    """Both with their ties in the other's order where it parts them, else in that of their keys."""
    of_tables = {titles: [row for row in rows if row.is_about(titles)] for titles in tables}
    of_lines = [row for row in rows if row.lines]
    texts = {line.text: line for line in (*shown, *printed) if not line.titles} if of_lines else {}
    of_texts = {text: [row for row in of_lines if row.fits(line)] for text, line in texts.items()}  # each asked once
    if not any(of_texts.values()) and not any(of_tables.values()):
        return list(shown), list(printed)

    def of(line: Line) -> Dialect | None:
        near = of_tables[line.titles] if line.titles else of_texts.get(line.text, ())
        return next((row for row in near if row.only([line], 0)), None)

    if not _falls(of, shown):
        falls = {id(line) for line in _falls(of, printed)}
        printed = [line.standing_for((FALLS, *line.key)) if id(line) in falls else line for line in printed]
    ours, theirs = _groups(of, shown, commands), _groups(of, printed, commands)
    return _sorted(ours, theirs), _sorted(theirs, ours)


def _falls(of: _Of, lines: Sequence[Line]) -> list[Line]:
    """The lines of a lower rank than the one above them in the same table."""
    ranked = [(line, row.rank(line) if (row := of(line)) else 0) for line in lines]
    return [line for (_, before), (line, rank) in pairwise(ranked) if 0 < rank < before]


def _groups(of: _Of, lines: Sequence[Line], commands: Sequence[str]) -> _Groups:
    return [(tie, list(run)) for tie, run in groupby(lines, lambda line: _tie(of(line), line, commands))]


def _tie(row: Dialect | None, line: Line, commands: Sequence[str]) -> str:
    """What rows that tie have in common; empty for a line that can't tie."""
    return f"{row.name}: {row.value(line)} {row.since(line, commands)}" if row else ""


def _sorted(groups: _Groups, others: _Groups) -> list[Line]:
    places = {line.key: place for place, (tie, run) in enumerate(others, 1) if tie for line in run}
    return [line for tie, run in groups for line in (in_order(run, places) if tie else run)]


def in_order(lines: Sequence[Line], places: Mapping[LineKey, int] = MappingProxyType({})) -> list[Line]:
    """The lines by their keys, those first that are in the lower of the `places`.

    Of lines with equal keys nobody knows which is whose counterpart: what they make up is paired by a guess.
    """
    times = Counter([line.key for line in lines])
    marked = [guessed(line) if line.made_up and times[line.key] > 1 else line for line in lines]
    order = {key: (places.get(key, 0), spelled(key)) for key in times}
    return sorted(marked, key=lambda line: order[line.key])


def guessed(line: Line) -> Line:
    return replace(line, made_up=tuple(made._replace(guessed=True) for made in line.made_up))


def behind_the_others(moves: Callable[[Line], bool]) -> Callable[[list[Line]], list[Line]]:
    """A `reduce` that puts the lines of which nothing fixed says where they stand behind the others."""

    def reduce(lines: list[Line]) -> list[Line]:
        moving = list(filter(moves, lines))
        return [*filterfalse(moves, lines), *in_order(moving)] if moving else lines

    return reduce
