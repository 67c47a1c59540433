"""Reads the tables that Docker prints: a header of titles in capitals, and cells under them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_TITLE = re.compile(r"[A-Z][A-Z0-9 %/.-]{0,40}|#")
_GAP = re.compile(r" {2,}")


class Column(NamedTuple):
    title: str
    start: int  # offset in the line, 0-based


def columns(line: str) -> tuple[Column, ...]:
    """The columns that a header line opens; empty where the line is no header."""
    if "  " not in line or not line.lstrip()[0].isupper():
        return ()
    titles = _GAP.split(line.strip())
    if len(titles) < 2 or not all(_TITLE.fullmatch(title) for title in titles):
        return ()
    found, position = [], 0
    for title in titles:
        position = line.index(title, position)
        found.append(Column(title, position))
        position += len(title)
    return tuple(found)


def cells(line: str, header: Sequence[Column]) -> tuple[str, ...]:
    """The cells of a row, without their padding; empty where the line is no row of this table."""
    starts = [0, *(column.start for column in header[1:])]
    if all(line[start - 1 : start] in ("", " ") for start in starts[1:]):
        ends = [*starts[1:], len(line)]
        found = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    else:
        found = _moved_cells(_GAP.split(line.strip()), [column.title for column in header])
    return tuple(found) if sum(map(bool, found)) > 1 else ()


def _moved_cells(found: list[str], titles: list[str]) -> list[str]:
    """The cells of a row whose padding an editor has changed: only PORTS can be empty then."""
    if len(found) == len(titles) - 1 and "PORTS" in titles:
        found.insert(titles.index("PORTS"), "")
    return found if len(found) == len(titles) else []
