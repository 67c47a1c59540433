"""ENTRIES: puts entries of JSON that come in any order, or as many as there was time for, into one order.

"Containers": {
    "c10b3e688b33…": {      opens an entry: the keys of a network's containers are ids, and a map has no order
        "Name": "r1"
    },                      closes it: a bracket under the line that opens it
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from harness.shapes.lines import Line, spelled_all
from harness.shapes.policies import Dialect, Found

_COMMA = re.compile(r",\Z")
_Entry = list[Line]


def arrange(rows: Found, lines: Sequence[Line]) -> list[Line]:
    """The lines, entries that follow each other sorted by what is in them."""
    if not rows:
        return list(lines)
    arranged: list[Line] = []
    for row, run in groupby(_entries(rows, lines), lambda found: found[0]):
        entries = [entry for _, entry in run]
        if row and row.once:
            entries = list({spelled_all(entry): entry for entry in reversed(entries)}.values())
        arranged += [line for entry in (sorted(entries, key=spelled_all) if row else entries) for line in entry]
    return arranged


def _entries(rows: Found, lines: Sequence[Line]) -> Iterator[tuple[Dialect | None, _Entry]]:
    """Each entry with its row, and each other line alone."""
    above, index = "", 0
    while index < len(lines):
        row = rows.get(lines[index].text)
        if row and re.fullmatch(row.under or ".*", above):
            end = _end(lines, index)
            yield row, [*lines[index : end - 1], lines[end - 1].rewritten(_COMMA, "")]
        else:
            above, end = lines[index].text, index + 1
            yield None, [lines[index]]
        index = end


def _end(lines: Sequence[Line], start: int) -> int:
    """The index behind the closing bracket of the entry that opens at `start`; of all lines where there is none."""
    text = lines[start].text
    indent = text[: len(text) - len(text.lstrip(" "))]
    closing = (f"{indent}}}", f"{indent}}},")
    return next((index + 1 for index in range(start, len(lines)) if lines[index].text in closing), len(lines))
