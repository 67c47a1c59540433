"""Puts the entries of a JSON map in one order where their keys are ids: the engine sorts them by those."""

import re
from collections.abc import Sequence
from dataclasses import replace

from harness.shape.lines import Line

_ENTRY = re.compile(r'( {1,40})"[0-9a-f]{64}": \{')  # docker network inspect: a network's containers


def arrange(lines: Sequence[Line]) -> list[Line]:
    """The lines, entries that follow each other sorted by what is in them."""
    arranged: list[Line] = []
    entries: list[list[Line]] = []
    end = ""  # of the entry that is open
    for line in lines:
        entry = None if end else _ENTRY.fullmatch(line.text)
        if entry:
            end = f"{entry[1]}}}"
            entries.append([line])
        elif end:
            closes = line.text in (end, f"{end},")
            entries[-1].append(replace(line, key=line.key.removesuffix(",")) if closes else line)
            end = "" if closes else end
        else:
            arranged += [*_sorted(entries), line]
            entries = []
    return arranged + _sorted(entries)


def _sorted(entries: list[list[Line]]) -> list[Line]:
    ordered = sorted(entries, key=lambda entry: "\n".join(line.key for line in entry))
    return [line for entry in ordered for line in entry]
