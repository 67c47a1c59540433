"""Turns what a terminal was sent into a recording (asciicast v2) on a screen of the size that it needed, for readers.

A lab's terminal is 200 columns wide; a reader's screen is not. As nothing in a recording depends on its size but where
a line wraps and what scrolls out of sight, it is given the size that was used.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import east_asian_width

from harness.evidence.checked import check_of, record
from harness.lab.shell import COLUMNS, ROWS

_NARROWEST, _LOWEST = 80, 3
_RIGHT = re.compile(r"\x1b\[(\d*)C")
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_DIGITS = 5  # of a number that count: a program may print any, and no screen is that large
_JSON = json.JSONDecoder()
_seconds, _text = check_of(float), check_of(str)
_ROW = re.compile(r"\n|\x1b\[(?P<up>\d*)A|\x1b\[(?P<down>\d*)B")


def asciicast(title: str, events: Sequence[tuple[float, str]]) -> str:
    """The recording's text; `events` are (seconds, what the terminal got), and the first of them is its beginning."""
    printed = "".join(text for _, text in events)
    header = {"version": 2, "width": columns(printed), "height": rows(printed), "title": title}
    start = events[0][0] if events else 0.0
    lines = [header, *([round(seconds - start, 6), "o", text] for seconds, text in events)]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@lru_cache(maxsize=4096)  # the site asks whether it is a recording, and then how fast it was
def events_of(text: str) -> Sequence[tuple[float, str]]:
    """The events of a recording as `asciicast` writes it. ValueError where the text is something else."""
    header, *events = map(_of_json, text.removesuffix("\n").split("\n"))
    record(_Header, header, "line 1")
    for number, event in enumerate(events, 2):
        where = f"line {number}"
        if not (isinstance(event, list) and len(event) == 3 and event[1] == "o"):
            raise ValueError(f'{where}: expected [seconds, "o", text]')
        _seconds(event[0], where)
        _text(event[2], where)
    return [(seconds, printed) for seconds, _, printed in events]


def _of_json(line: str) -> Any:
    """What `json.loads` returns; it would look for blanks on both sides, in tens of thousands of lines."""
    value, end = _JSON.raw_decode(line)
    if end < len(line):
        raise ValueError(f"expected the end of the line behind its JSON, found more at column {end + 1}")
    return value


@dataclass(frozen=True)
class _Header:
    """The first line of a recording."""

    version: int
    width: int
    height: int
    title: str

    def __post_init__(self) -> None:
        if self.version != 2 or not (0 < self.width <= COLUMNS and 0 < self.height <= ROWS):
            raise ValueError(f"expected version 2 and a screen of at most {COLUMNS} columns and {ROWS} rows")


def columns(printed: str) -> int:
    """How wide the widest line is that was ever printed; at most the terminal's width."""
    text = _ESCAPE.sub("", _RIGHT.sub(lambda found: " " * min(_number(found[1]), COLUMNS), printed))
    widest = max(map(len if text.isascii() else _width, re.split(r"[\r\n]", text)))
    return min(max(_NARROWEST, widest), COLUMNS)


def rows(printed: str) -> int:
    """The lowest row that the cursor came to, 1-based; at most the terminal's."""
    row = lowest = 0
    for found in _ROW.finditer(printed):
        row = max(0, row - _number(found["up"])) if found[0].endswith("A") else row + _number(found["down"])
        lowest = max(lowest, row)
    return min(max(_LOWEST, lowest + 1), ROWS)


def _number(written: str | None) -> int:
    return int((written or "1")[:_DIGITS])


def _width(line: str) -> int:
    """In columns: a Korean letter takes two."""
    return len(line) + sum(line.count(one) for one in set(line) if east_asian_width(one) in "WF")
