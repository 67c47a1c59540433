"""Reads an output into lines that can be compared: each a row of parts, each part cut into tokens.

    CONTAINER ID   STATUS                   two parts, named "header"
    588ec8830392   Exited (0) 1 second ago  two parts, named CONTAINER ID and STATUS
    any other line                          one part, named "line"

The key of a line is what must be equal: its literal text, the kinds of what the engine made up, and what is
already bound. Padding is no part of it.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from harness.bindings import Bindings, stem
from harness.kinds import BOUND, Token, tokens
from harness.tables import Column, cells, columns

GAP = "..."  # alone on a line of a sample: lines left out

_PADDING = re.compile(r"(?<=\S)(?: {2,}| *\t\s*)")
_RIGHT_EDGE = re.compile(r"\A {40,}")  # a line set to the terminal's right edge
_RULE = re.compile(r"-{4,}")
_NUMBER = re.compile(r"\d{1,20}")
_TIME_OF_DAY = re.compile(r"\d{1,3}:\d\d(?::\d\d)?|[A-Z][a-z]{2}\d\d")
_CACHE_ID = re.compile(r"[0-9a-z]{12}\*?|[0-9a-z]{25}\*?")

# What a cell holds where its form alone doesn't say.
_CELLS = {
    "PID": ("number", _NUMBER),
    "PPID": ("number", _NUMBER),
    "C": ("number", _NUMBER),
    "PIDS": ("number", _NUMBER),
    "STIME": ("time", _TIME_OF_DAY),
    "TIME": ("time", _TIME_OF_DAY),
    "CACHE ID": ("build record", _CACHE_ID),
    "USAGE": ("number", _NUMBER),
}
_IMAGE_COLUMNS = frozenset({"IMAGE ID", "ID", "DIGEST"})


class Part(NamedTuple):
    where: str  # the column's title, or "line"
    text: str
    tokens: tuple[Token, ...]

    @property
    def content(self) -> bool:
        """Whether ids in it name an image by its content."""
        return self.where in _IMAGE_COLUMNS

    def key(self, known: dict[Token, str]) -> str:
        """What must be equal; `known` says what a bound token stands for in this run."""
        return "".join(
            f"\0{token.kind}\0{known.get(token, '')}\0" if token.kind else token.text for token in self.tokens
        )


@dataclass(frozen=True)
class Line:
    number: int  # 1-based
    text: str
    parts: tuple[Part, ...]
    key: str = ""
    made_up: tuple[tuple[Token, bool], ...] = ()  # what can be bound; whether it names an image by its content

    def keyed(self, known: dict[Token, str]) -> "Line":
        return replace(self, key="\0|".join(part.key(known) for part in self.parts))

    @property
    def is_gap(self) -> bool:
        return self.text == GAP


def read(text: str, typed: Container[str]) -> list[Line]:
    """The lines of an output, without the blank ones at its ends and without trailing blanks."""
    found = []
    header: tuple[Column, ...] = ()
    for number, line in enumerate(text.replace("\0", "\N{REPLACEMENT CHARACTER}").split("\n"), 1):
        line = line.rstrip()
        opened = columns(line)
        header = opened or (header if line else ())
        parts = tuple(_header_parts(opened) if opened else _parts(line, header, typed))
        made_up = tuple((token, part.content) for part in parts for token in part.tokens if token.kind in BOUND)
        found.append(Line(number, line, parts, made_up=made_up))
    return _trim(found)


def _trim(lines: list[Line]) -> list[Line]:
    filled = [index for index, line in enumerate(lines) if line.text]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _header_parts(header: Iterable[Column]) -> Iterator[Part]:
    for column in header:
        yield Part("column", column.title, (Token("", column.title),))


def _parts(line: str, header: tuple[Column, ...], typed: Container[str]) -> Iterator[Part]:
    row = cells(line, header) if header and line != GAP else ()
    for column, cell in zip(header, row, strict=False):
        yield Part(column.title, cell, tuple(_cell_tokens(column.title, cell, typed)))
    if not row:
        plain = _RULE.sub("----", _PADDING.sub("  ", _RIGHT_EDGE.sub("", line)))
        yield Part("line", line, tuple(tokens(plain, typed)))


def _cell_tokens(title: str, cell: str, typed: Container[str]) -> Iterable[Token]:
    kind, pattern = _CELLS.get(title, ("", _NUMBER))
    if kind and pattern.fullmatch(cell):
        return (Token(kind, cell),)
    return tokens(cell, typed)


def key_both(sample: list[Line], actual: list[Line], bindings: Bindings) -> tuple[list[Line], list[Line]]:
    """Both outputs with their keys, in which what is bound is called what it is called in this run."""
    expected: dict[Token, str] = {}
    for line in sample:
        for token, _ in line.made_up:
            known = bindings.expected(token)
            if known is not None:
                expected[token] = known
    wanted = set(expected.values())
    there = {token: stem(token) for line in actual for token, _ in line.made_up if stem(token) in wanted}
    return [line.keyed(expected) for line in sample], [line.keyed(there) for line in actual]
