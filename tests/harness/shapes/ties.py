"""Puts lines that may come in any order into one: sets, and rows that tie in what a table is sorted by.

Images are listed by age, so any order is right for equal ages; processes as they started, and of several of one name
that one process starts at once (`io worker 0`, `io worker 1`) any may be the first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from harness.shapes.reading import Line

_NUMBER = re.compile(r"\d+")


def value(line: Line) -> str:
    """What images and processes are sorted by; rows with an equal one tie. Empty for what is neither."""
    titles = line.titles
    if "PPID" in titles:
        return f"{line.parts[titles.index('PPID')].text} {_NUMBER.sub('', line.parts[-1].text)}"
    if "TAG" in titles and "CREATED" in titles and "CONTAINER" not in titles:
        # docker system df -v lists images as they come
        return "unsorted" if "SHARED SIZE" in titles else line.parts[titles.index("CREATED")].text
    return ""


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both with their ties in the other's order where it parts them, else in that of their text."""
    in_sample, in_actual = _groups(sample), _groups(actual)
    return list(_sorted(sample, in_actual)), list(_sorted(actual, in_sample))


def _groups(lines: Iterable[Line]) -> dict[str, int]:
    """For each row's key the number of its group of ties."""
    found: dict[str, int] = {}
    number, last = 0, ""
    for line in lines:
        number, last = number + (value(line) != last), value(line)
        if last:
            found[line.key] = number
    return found


def _sorted(lines: Iterable[Line], others: Mapping[str, int]) -> Iterator[Line]:
    for tied, run in groupby(lines, value):
        rows = list(run)
        yield from in_order(rows, others) if tied else rows


def in_order(lines: Sequence[Line], others: Mapping[str, int] = MappingProxyType({})) -> list[Line]:
    """The lines by their keys, those first that are in the lower of the `others`' groups.

    Of lines with equal keys nobody knows which is whose counterpart: what they make up is paired by a guess.
    """
    times = Counter(line.key for line in lines)
    marked = (line if times[line.key] == 1 else _guessed(line) for line in lines)
    return sorted(marked, key=lambda line: (others.get(line.key, 0), line.key))


def _guessed(line: Line) -> Line:
    return replace(line, made_up=tuple(made._replace(guessed=True) for made in line.made_up))
