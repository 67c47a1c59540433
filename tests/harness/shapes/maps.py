"""Puts the entries of what the engine prints as JSON in an order that does not depend on the run.

Entries of a map whose keys are ids are sorted by those. A health check's log has as many as there was time for.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from harness.shapes.reading import Line

_ENTRY = re.compile(r'( {1,40})"[0-9a-f]{64}": \{')  # docker network inspect: a network's containers
_CHECK = re.compile(r"( {1,40})\{")
_LOG = re.compile(r' {1,40}"Log": \[')
_CHECKS = re.compile(r'(\{"Start":[^{}]*\})(?:,\1)+')  # the same on one line


def arrange(lines: Sequence[Line]) -> list[Line]:
    """The lines, entries that follow each other sorted by what is in them; those of a log that are the same once."""
    arranged: list[Line] = []
    entries: list[list[Line]] = []
    opening, end = _ENTRY, ""  # of an entry that may come, and of the one that is open
    for line in lines:
        entry = None if end else opening.fullmatch(line.text)
        if entry:
            end = f"{entry[1]}}}"
            entries.append([line])
        elif end:
            closes = line.text in (end, f"{end},")
            entries[-1].append(replace(line, key=line.key.removesuffix(",")) if closes else line)
            end = "" if closes else end
        else:
            arranged += [*_sorted(entries, once=opening is _CHECK), _with_one_check(line)]
            entries = []
            opening = _CHECK if _LOG.fullmatch(line.text) else _ENTRY
    return arranged + _sorted(entries, once=opening is _CHECK)


def _sorted(entries: list[list[Line]], *, once: bool) -> list[Line]:
    keyed = [("\n".join(line.key for line in entry), entry) for entry in entries]
    if once:
        keyed = list({key: (key, entry) for key, entry in reversed(keyed)}.values())
    return [line for _, entry in sorted(keyed, key=lambda item: item[0]) for line in entry]


def _with_one_check(line: Line) -> Line:
    return replace(line, key=_CHECKS.sub(r"\1", line.key)) if '"Start":' in line.key else line
