"""ENTRIES: puts entries of JSON that come in any order, or as many as there was time for, into one order.

"Containers": {
    "c10b3e688b33…": {      opens an entry: the keys of a network's containers are ids, and a map has no order
        "Name": "r1"
    },                      closes it: a bracket under the line that opens it
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from harness.shapes.keys import spelled
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Forms

_COMMA = re.compile(r",\Z")
_Entry = list[Line]


def arrange(forms: Forms, lines: Sequence[Line]) -> list[Line]:
    """The lines, entries that follow each other sorted by what is in them."""
    arranged: list[Line] = []
    for row, run in groupby(_entries(forms, lines), lambda found: found[0]):
        entries = [entry for _, entry in run]
        arranged += [line for entry in (_sorted(entries, once=row.once) if row else entries) for line in entry]
    return arranged


def _entries(forms: Forms, lines: Sequence[Line]) -> Iterator[tuple[Dialect | None, _Entry]]:
    """Each entry with its row, and each other line alone."""
    above, index = "", 0
    while index < len(lines):
        line = lines[index]
        row = forms.of(line)
        row = row if row and re.fullmatch(row.under or ".*", above) else None
        end = _end(lines, index) if row else index + 1
        yield row, [*lines[index : end - 1], lines[end - 1].rewritten(_COMMA, "") if row else line]
        above = above if row else line.text
        index = end


def _end(lines: Sequence[Line], start: int) -> int:
    """The index behind the closing bracket of the entry that opens at `start`; of all lines where there is none."""
    text = lines[start].text
    indent = text[: len(text) - len(text.lstrip(" "))]
    closing = (f"{indent}}}", f"{indent}}},")
    return next((index + 1 for index in range(start, len(lines)) if lines[index].text in closing), len(lines))


def _sorted(entries: list[_Entry], *, once: bool) -> list[_Entry]:
    keyed = [(tuple(line.key for line in entry), entry) for entry in entries]
    if once:
        keyed = list({key: (key, entry) for key, entry in reversed(keyed)}.values())
    return [entry for _, entry in sorted(keyed, key=lambda item: [spelled(key) for key in item[0]])]
