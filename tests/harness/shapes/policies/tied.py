"""TIED: puts rows that have an equal value, in what their table is sorted by, into one order on both sides.

Images are listed by age, so any order is right for equal ages. Processes are listed as they started, and any of several
that one process starts at once may be the first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from harness.shapes.keys import LineKey
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect

_Groups = Mapping[LineKey, int]


def arrange(rows: Sequence[Dialect], shown: Sequence[Line], printed: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both with their ties in the other's order where it parts them, else in that of their keys."""
    in_sample, in_actual = _groups(rows, shown), _groups(rows, printed)
    return list(_sorted(rows, shown, in_actual)), list(_sorted(rows, printed, in_sample))


def _value(rows: Sequence[Dialect], line: Line) -> str:
    """What rows that tie have in common; empty for a line that can't tie."""
    row = next((row for row in rows if row.fits(line)), None) if line.titles else None
    return f"{row.name}: {row.value(line)}" if row else ""


def _groups(rows: Sequence[Dialect], lines: Iterable[Line]) -> _Groups:
    """For each row's key the number of its group of ties."""
    runs = groupby(lines, lambda line: _value(rows, line))
    return {line.key: number for number, (tied, run) in enumerate(runs, 1) if tied for line in run}


def _sorted(rows: Sequence[Dialect], lines: Iterable[Line], others: _Groups) -> Iterator[Line]:
    for tied, run in groupby(lines, lambda line: _value(rows, line)):
        same = list(run)
        yield from in_order(same, others) if tied else same


def in_order(lines: Sequence[Line], others: _Groups = MappingProxyType({})) -> list[Line]:
    """The lines by their keys, those first that are in the lower of the `others`' groups.

    Of lines with equal keys nobody knows which is whose counterpart: what they make up is paired by a guess.
    """
    times = Counter(line.key for line in lines)
    marked = (line if times[line.key] == 1 else _guessed(line) for line in lines)
    return sorted(marked, key=lambda line: (others.get(line.key, 0), line.spelled))


def _guessed(line: Line) -> Line:
    return replace(line, made_up=tuple(made._replace(guessed=True) for made in line.made_up))
