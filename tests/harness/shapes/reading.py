"""Reads an output into lines: cells under titles, each cut into what was written and what was made up in this run.

A text is written one way first (the `Rewrite` rows of dialects/), then cut into tokens. Padding is no part of a line.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from harness.shapes.bindings import ALIKE, Bindings, stem
from harness.shapes.dialects import REWRITES, numbers
from harness.shapes.keys import key
from harness.shapes.kinds import BOUND, CELLS
from harness.shapes.lines import GAP, Line, Made, Part
from harness.shapes.tables import Column, cells, columns
from harness.shapes.tokens import Token, tokens, with_numbers

_PADDING = re.compile(r"(?<=\S)(?: {2,}| *\t\s*)")
# What a line begins with that was set to the terminal's right edge (for the legend at any width), or written where
# progress was erased (docker cp).
_INDENT = re.compile(r"\A(?: {40,}| +(?=i Info →   U  In Use\Z|Successfully copied ))")
_RULE = re.compile(r"-{4,}")

_KINDS = {title: (cell.kind, re.compile(cell.form)) for cell in CELLS for title in cell.titles.split(", ")}
_SWARM = frozenset({"REPLICAS", "DESIRED STATE", "MANAGER STATUS"})
# Columns that are read like another one: in a swarm's tables, and in the row of docker system df that counts records.
_SWARM_IDS = {"ID": "CACHE ID"}
_COUNTS = {"TOTAL": "PIDS", "ACTIVE": "PIDS"}
_IMAGE_COLUMNS = frozenset({"IMAGE ID", "ID", "DIGEST"})  # they name an image by its content


class Reader:
    """Reads outputs of a command; each different part of them is cut once. What is in `typed` is literal."""

    def __init__(self, typed: Container[str], command: str = "") -> None:
        self._typed = typed
        self._asked = numbers.is_asked(command)
        self._rewrites = [row for row in REWRITES if not row.command or row.command(command)]
        self._parts: dict[tuple[str, str, str], Part] = {}

    def read(self, text: str) -> list[Line]:
        """The lines of an output, without the blank ones at its ends and without trailing blanks."""
        header: tuple[Column, ...] = ()
        titles: tuple[str, ...] = ()
        found = []
        filled = list(_filled(text.replace("\0", "\N{REPLACEMENT CHARACTER}").split("\n")))
        belows = [*(line for _, line in filled[1:]), ""]
        for (number, line), below in zip(filled, belows, strict=False):
            opened = columns(line, below)
            if opened or not line:
                header, titles = opened, tuple([column.title for column in opened])
            parts = [self._part("column", title) for title in titles] if opened else self._row(line, header, titles)
            made_up = tuple([made for part in parts for made in part.made_up])
            found.append(Line(number, line, tuple(parts), titles if len(parts) > 1 else (), made_up))
        return found

    def _row(self, line: str, header: Sequence[Column], titles: Sequence[str]) -> list[Part]:
        row = cells(line, header) if header and line != GAP else ()
        if not row:
            return [self._part("line", line)]
        like = {} if _SWARM.isdisjoint(titles) else _SWARM_IDS
        if row[0] == "Build Cache":  # docker system df: how many records the builder keeps is its own affair
            like = _COUNTS
        return [self._part(title, cell, like.get(title, "")) for title, cell in zip(titles, row, strict=True)]

    def _part(self, where: str, text: str, like: str = "") -> Part:
        part = self._parts.get((where, text, like))
        if part is None:
            found = tuple(self._tokens(like or where, text))
            found = tuple(with_numbers(found)) if self._asked and where == "line" else found
            made_up = tuple([Made(token, where in _IMAGE_COLUMNS) for token in found if token.kind in BOUND])
            part = self._parts[where, text, like] = Part(where, text, found, made_up, key(found))
        return part

    def _tokens(self, title: str, text: str) -> Iterable[Token]:
        kind, form = _KINDS.get(title, ("", None))
        if form and form.fullmatch(bare := text.rstrip("* ")):  # the star is a note, not a part
            return (Token(kind, bare),)
        if title == "line" and ("  " in text or "\t" in text or "----" in text):
            text = _RULE.sub("----", _PADDING.sub("  ", _INDENT.sub("", text)))
        for row in self._rewrites:
            if row.sign in text and (not row.columns or title in row.columns):
                text = row.write(text)
        return (Token("", text),) if title == "column" else tokens(text, self._typed)


def _filled(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines from the first to the last that is not blank, with their numbers from 1."""
    stripped = [line.rstrip() for line in lines]
    filled = [index for index, line in enumerate(stripped) if line]
    if filled:
        yield from enumerate(stripped[filled[0] : filled[-1] + 1], filled[0] + 1)


def key_both(sample: list[Line], actual: list[Line], bindings: Bindings) -> tuple[list[Line], list[Line]]:
    """Both outputs with their keys, in which what is bound is called what it is called in this run."""
    expected: dict[Token, str] = {}
    for made in (made for line in sample for made in line.made_up):
        known = bindings.expected(made.token)
        if known is not None:
            expected[made.token] = known
    wanted = set(expected.values())
    alike = dict.fromkeys(bindings.alike() if ALIKE in wanted else (), ALIKE)
    there: dict[Token, str] = {}
    for made in (made for line in actual for made in line.made_up):
        found = alike.get(stem(made.token), stem(made.token))
        if found in wanted:
            there[made.token] = found
    return [line.keyed(expected) for line in sample], [line.keyed(there) for line in actual]
