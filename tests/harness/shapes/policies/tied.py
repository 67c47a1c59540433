"""TIED: puts rows that have an equal value, in what their table is sorted by, into one order on both sides.

Images are listed by age, so any order is right for equal ages. Processes are listed as they started, and any of several
that one process starts at once may be the first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from harness.shapes.keys import LineKey
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect

_Groups = list[tuple[str, list[Line]]]  # lines that follow each other, and what ties them; empty where nothing does


def arrange(rows: Sequence[Dialect], shown: Sequence[Line], printed: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both with their ties in the other's order where it parts them, else in that of their keys."""
    ours, theirs = _groups(rows, shown), _groups(rows, printed)
    return _sorted(ours, theirs), _sorted(theirs, ours)


def _groups(rows: Sequence[Dialect], lines: Sequence[Line]) -> _Groups:
    return [(tied, list(run)) for tied, run in groupby(lines, lambda line: _tie(rows, line))]


def _tie(rows: Sequence[Dialect], line: Line) -> str:
    """What rows that tie have in common; empty for a line that can't tie."""
    row = next((row for row in rows if row.fits(line)), None) if line.titles else None
    return f"{row.name}: {row.value(line)}" if row else ""


def _sorted(groups: _Groups, others: _Groups) -> list[Line]:
    places = {line.key: place for place, (tied, run) in enumerate(others, 1) if tied for line in run}
    return [line for tied, run in groups for line in (in_order(run, places) if tied else run)]


def in_order(lines: Sequence[Line], places: Mapping[LineKey, int] = MappingProxyType({})) -> list[Line]:
    """The lines by their keys, those first that are in the lower of the `places`.

    Of lines with equal keys nobody knows which is whose counterpart: what they make up is paired by a guess.
    """
    times = Counter(line.key for line in lines)
    marked = (line if times[line.key] == 1 else _guessed(line) for line in lines)
    return sorted(marked, key=lambda line: (places.get(line.key, 0), line.spelled))


def _guessed(line: Line) -> Line:
    return replace(line, made_up=tuple(made._replace(guessed=True) for made in line.made_up))
