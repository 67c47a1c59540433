"""Compares an output with what a note shows for it: as on a page, but that a note's author may have had the image.

`docker run` on a fresh machine pulls first, which notes mostly don't show. Pure.
"""

import re
from collections.abc import Iterator, Sequence

from harness import shapes
from harness.claims.commands import parse
from harness.shapes import Bindings, Difference
from harness.shapes.dialects.pull import FIRST_TIME


def compare(sample: str, actual: str, bindings: Bindings) -> list[Difference]:
    """How they differ; empty where they fit."""
    found = shapes.compare(sample, actual, bindings)
    if not found:
        return []
    for less in (_without_blank_ends, _without_pulls if _may_pull(bindings) else _without_blank_ends):
        shown, printed = less(sample), less(actual)
        if (shown, printed) != (sample, actual) and not shapes.compare(shown, printed, bindings):
            return []
    laid = with_rows_laid(sample, actual)
    return [] if laid != sample and not shapes.compare(laid, actual, bindings) else found


def with_rows_laid(sample: str, actual: str) -> str:
    """The sample with the cells of its table where its columns are: people type tables off, and lose blanks."""
    shown, printed = sample.split("\n"), actual.split("\n")
    titles = _cells(shown[0])
    if len(titles) < 2 or titles != _cells(printed[0]):
        return sample
    places = [printed[0].index(title) for title in titles]
    layouts = [_filled(row, places) for row in printed[1:]]
    rows = [_laid(row, places, layouts) for row in shown[1:]]
    return "\n".join([printed[0], *rows])


def _cells(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())


def _filled(row: str, places: Sequence[int]) -> list[int]:
    """The columns of a row that was printed which have something in them."""
    ends = [*places[1:], len(row)]
    return [column for column, (start, end) in enumerate(zip(places, ends, strict=True)) if row[start:end].strip()]


def _laid(row: str, places: Sequence[int], layouts: Sequence[list[int]]) -> str:
    """The row with its cells in the columns of one that was printed, where they are as many."""
    cells = _cells(row)
    for layout in layouts:
        split = cells
        while len(split) < len(layout) and " " in split[0]:
            split = [*split[0].split(" ", 1), *split[1:]]
        ends = [*places[1:], None]
        room = [(places[column], ends[column]) for column in layout]
        if len(split) == len(layout) and all(
            end is None or len(cell) < end - start for cell, (start, end) in zip(split, room, strict=True)
        ):
            line = ""
            for cell, (start, _) in zip(split, room, strict=True):
                line = line.ljust(start) + cell
            return line
    return row


def _may_pull(bindings: Bindings) -> bool:
    """Whether a command pulls by the way, and not because that is what it is for."""
    return any(found.plain_name in ("docker run", "docker create", "docker build") for found in parse(bindings.command))


def _without_blank_ends(text: str) -> str:
    return text.strip("\n")


def _without_pulls(text: str) -> str:
    return "\n".join(_kept(text.split("\n"))).strip("\n")


def _kept(lines: list[str]) -> Iterator[str]:
    is_of_pull = False
    for line in lines:
        is_of_pull = bool(FIRST_TIME.fullmatch(line)) or (is_of_pull and not line)
        if not is_of_pull:
            yield line
