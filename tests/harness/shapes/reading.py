"""Reads an output into lines: cells under titles, each cut into what was written and what was made up in this run.

A text is written one way first (the `Rewrite` rows of dialects/), then cut into tokens. Padding is no part of a line.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count

from harness.shapes import amounts, asked, settings
from harness.shapes.bindings import ALIKE, Bindings, stem
from harness.shapes.dialects import REWRITES
from harness.shapes.dialects.pull import FIRST_TIME
from harness.shapes.keys import LineKey, key, literal
from harness.shapes.kinds import CELLS, MEASURES, NEVER_TYPED
from harness.shapes.lines import Line, Made, Part, is_gap, part_of
from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import shows_text
from harness.shapes.tables import Column, barred, cells, columns, indent
from harness.shapes.tokens import Token, with_numbers

_PADDING = re.compile(r"(?<=\S)(?: {2,}| *\t\s*)")
# What a legend begins with that is set to the terminal's right edge.
_INDENT = re.compile(r"\A +(?=i Info →   U  In Use\Z)")
_CUT_DIGEST = re.compile(r"(?<=@)sha256:[0-9a-f]{1,63}(?= {2})")
_SHORT_DIGEST = re.compile(r"(?<=[@ ])sha256:[0-9a-f]{1,63}(?P<room> {5,})(?=\S)")  # with room for more: it wasn't cut
_WHOLE = len("sha256:") + 64
# It pulls or creates first, it may warn or refuse.
_BY_DOCKER = ("docker: ", "Error response from daemon: ", "WARNING: ", "[+] ", " ✔ ")
_RULE = re.compile(r"(?<![A-Za-z-])-{4,}")  # `drwx------` is none

_KINDS = {title: (cell.kind, re.compile(cell.form)) for cell in CELLS for title in cell.titles.split(", ")}
_SWARM = frozenset({"REPLICAS", "DESIRED STATE", "MANAGER STATUS"})
# Columns that are read like another one: in a swarm's tables, and in rows that begin so.
_SWARM_ID = "SWARM ID"
_SWARM_IDS = {"ID": _SWARM_ID}
_LIKE_IN_ROWS = {
    "Build Cache": {
        "TOTAL": "PIDS",
        "ACTIVE": "PIDS",
        "SIZE": "BLOCK I/O",
        "RECLAIMABLE": "BLOCK I/O",
    },  # how many records the builder keeps is its own affair
    "Backend PID": {"Value": "PID"},  # psql's \conninfo
}
_IMAGE_COLUMNS = frozenset({"IMAGE ID", "ID", "DIGEST"})  # they name an image by its content

Titles = tuple[str, ...]
_Header = tuple[Column, ...]
# The columns that a line opens, and what it is: its parts, titles, what was made up, its keys.
_Read = tuple[_Header, tuple[Part, ...], Titles, tuple[Made, ...], LineKey]


class Reader:
    """Reads outputs of the command that was typed last; each different part of them is cut once.

    What was printed is read first: a header of psql tells the sample's, whose next line may be left out.
    What is under one of the headers `left_out` is no row: the sample has a gap in their place.
    """

    def __init__(self, bindings: Bindings, left_out: Collection[Titles] = ()) -> None:
        self._left_out = left_out
        self._typed: Collection[str] = bindings.typed
        self._cut = bindings.tokens
        self._is_fixed = bindings.is_output_fixed
        self._asked = () if self._is_fixed else asked.places(bindings.commands, bindings.files)
        self._is_set = settings.are_shown(bindings.command)
        self._has_shown = bindings.has_shown
        self._commands = bindings.commands
        self._amounts: tuple[int, ...] | None = None  # what programs write, where that is said
        if amounts.are_said(bindings.command):
            self._amounts = amounts.typed([*bindings.commands, *bindings.files.values()])
        self._rewrites: list[Rewrite] = []  # the rows that are about the output that is read
        self._parts: dict[tuple[str, str, str], Part] = {}
        self._lines: dict[_Header, dict[str, _Read]] = {}  # what was read, under each header

    def read(self, text: str) -> list[Line]:
        """The lines of an output, without the blank ones at its ends and without trailing blanks."""
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
        self._rewrites = list(_rewrites(text, self._commands))
        header: _Header = ()
        known = self._lines.setdefault(header, {})
        lines, is_asked = list(_filled(text.split("\n"))), bool(self._asked)
        numbers = asked.Finder(self._asked, [line for _, line, _ in lines] if is_asked else ())
        may_depend = "|" in text or "\n-" in text
        found = []
        for number, line, below in lines:
            if is_asked:
                numbers.next_line()
            # Most lines of one output are in the other, too: each is read once, unless it depends on its neighbours.
            is_alone = not (is_asked or (may_depend and (below[:1] == "-" or ("|" in line and is_gap(below)))))
            read = known.get(line) if is_alone else None
            if read is None:
                read = self._read(line, below, header if line else (), numbers)
                if is_alone:
                    known[line] = read
            opened, parts, titles, made_up, keys = read
            if opened != header and (opened or not line):
                header = opened
                known = self._lines.setdefault(header, {})
            found.append(Line(number, line, parts, titles, made_up, keys, keys))
        return found

    def _read(self, line: str, below: str, header: _Header, numbers: asked.Finder) -> _Read:
        """What a line is, under a header."""
        opened = columns(line, below) or (barred(line, self._lines) if "|" in line and is_gap(below) else ())
        if _titles(opened) in self._left_out:
            opened = ()
        titles = _titles(opened or header)
        parts = tuple(_header(line, opened) if opened else self._row(line, header, titles, numbers))
        made_up = tuple([made for part in parts for made in part.made_up])
        keys = tuple([part.unbound for part in parts])
        return opened, parts, titles if len(parts) > 1 else (), made_up, keys

    def _row(self, line: str, header: _Header, titles: Sequence[str], numbers: asked.Finder) -> list[Part]:
        row = cells(line, header) if header and not is_gap(line) else ()
        if not row and self._asked:
            text = self._written("line", line)
            cut = with_numbers(text, numbers.spans(text), self._typed)
            return [part_of("line", line, self._measured(cut, text))]
        if not row:
            return [self._known_part("line", line)]
        like = {} if _SWARM.isdisjoint(titles) else _SWARM_IDS
        like = _LIKE_IN_ROWS.get(row[0], like)
        first, *others = [
            self._known_part(title, cell, like.get(title, "")) for title, cell in zip(titles, row, strict=True)
        ]
        return [_indented(first, indent(line, header)), *others]

    def _known_part(self, where: str, text: str, like: str = "") -> Part:
        part = self._parts.get((where, text, like))
        if part is None:
            cut = self._tokens(like or where, text)
            part = self._parts[where, text, like] = part_of(where, text, cut, content=where in _IMAGE_COLUMNS)
        return part

    def _tokens(self, title: str, text: str) -> Iterable[Token]:
        kind, form = _KINDS.get(title, ("", None))
        # The star is a note, not a part; in a swarm it is the node that was asked.
        bare = text if title == _SWARM_ID else text.rstrip("* ")
        if form and form.fullmatch(bare) and (kind in NEVER_TYPED or bare not in self._typed):
            return (Token(kind, bare),)
        text = self._written(title, text)
        if self._is_fixed and not (FIRST_TIME.fullmatch(text) or text.startswith(_BY_DOCKER)):
            return (Token("", text),)
        return self._measured(self._cut(text), text)

    def _measured(self, cut: Iterable[Token], text: str) -> Iterable[Token]:
        """The tokens, in which what was set is no measure, and a size is what it is known to be."""
        if self._is_set and not text.startswith(_BY_DOCKER):
            return [Token("", token.text) if token.kind in MEASURES else token for token in cut]
        return cut if self._amounts is None else amounts.named(cut, text, self._amounts)

    def _written(self, title: str, text: str) -> str:
        """The text of a line or cell, of which there are several ways to write it, in one of them."""
        if title == "line" and ("  " in text or "\t" in text or "----" in text):
            text = _RULE.sub("----", _squeezed(_INDENT.sub("", text)))
        if "sha256:" in text:
            text = _CUT_DIGEST.sub(self._whole_digest, text)
        for row in self._rewrites:
            if row.sign in text and (not row.columns or title in row.columns):
                text = row.write(row.shown.sub(self._whether_shown, text) if row.shown else text)
        return text

    def _whether_shown(self, identity: re.Match[str]) -> str:
        return "of the page" if self._has_shown(identity[0]) else "not of the page"

    def _whole_digest(self, cut: re.Match[str]) -> str:
        """The digest that was typed, where a narrow terminal has cut it; else what is left of it."""
        return next((typed for typed in self._typed if len(typed) == _WHOLE and typed.startswith(cut[0])), cut[0])


def _titles(header: _Header) -> Titles:
    return tuple([column.title for column in header])


def _squeezed(line: str) -> str:
    """The line with two blanks wherever it has more; behind a digest that is too short five, so that this shows."""
    short = _SHORT_DIGEST.search(line) if "sha256:" in line else None
    if short is None:
        return _PADDING.sub("  ", line)
    start, end = short.span("room")
    return _PADDING.sub("  ", line[:start]) + " " * 5 + _PADDING.sub("  ", line[end:])


def _rewrites(text: str, commands: Sequence[str]) -> Iterator[Rewrite]:
    """The rows that are about an output of the last of these commands; the sign of a row costs least to ask for."""
    command = commands[-1] if commands else ""
    if not shows_text(command):
        signed = (row for row in REWRITES if row.sign in text)
        yield from (row for row in signed if (not command or row.command(command)) and row.history(commands))


def _header(line: str, header: Sequence[Column]) -> list[Part]:
    keys = [literal(column.title) for column in header]
    first, *others = [Part("column", column.title, key, (), key) for column, key in zip(header, keys, strict=True)]
    return [_indented(first, indent(line, header) or " " * line.startswith(" ")), *others]


def _indented(part: Part, blanks: str) -> Part:
    found = (Token("", blanks), *part.tokens)
    return part._replace(tokens=found, unbound=key(found)) if blanks else part


def _filled(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """The lines from the first to the last that is not blank, with their numbers from 1 and the line below."""
    stripped = list(map(str.rstrip, lines))
    first = next((index for index, line in enumerate(stripped) if line), len(stripped))
    end = next((index for index in range(len(stripped), first, -1) if stripped[index - 1]), first)
    return zip(count(first + 1), stripped[first:end], [*stripped[first + 1 : end], ""])


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
        names_content = made.content or made.token.kind == "digest"  # one here may be several of the page's
        if found in wanted or (not names_content and bindings.is_another(made.token)):
            there[made.token] = found
    if not (expected or there):
        return sample, actual
    return [line.keyed(expected) for line in sample], [line.keyed(there) for line in actual]
