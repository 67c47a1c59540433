"""Reads an output into lines that can be compared: each a row of parts, each part cut into tokens.

    CONTAINER ID   STATUS                   two parts, named "header"
    588ec8830392   Exited (0) 1 second ago  two parts, named CONTAINER ID and STATUS
    any other line                          one part, named "line"

The key of a line is what must be equal: its literal text, the kinds of what the engine made up, and what is
already bound. Padding is no part of it.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from harness.shapes import ports
from harness.shapes.bindings import ALIKE, Bindings, stem
from harness.shapes.kinds import BOUND, Token, numbers, tokens
from harness.shapes.tables import Column, cells, columns

GAP = "..."  # alone on a line of a sample: lines left out

_PADDING = re.compile(r"(?<=\S)(?: {2,}| *\t\s*)")
_BESIDE = re.compile(r" {2,}(?=\0)|(?<=\0) {2,}")  # what the engine made up is padded by its length
# What a line begins with that was set to the terminal's right edge (for the legend at any width), or written where
# progress was erased (docker cp).
_INDENT = re.compile(r"\A(?: {40,}| +(?=i Info →   U  In Use\Z|Successfully copied ))")
_SPINNER = dict.fromkeys(map(ord, "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"), "⠿")  # of compose: what turns while something is under way
# A registry that gives no answer: which of the client's clocks runs out first is a race.
_NO_ANSWER = re.compile(
    r'("https?://([^/"\s]{1,250})/[^"\s]{0,500}": )(?:dial tcp \2: i/o timeout'
    r"|(?:net/http: request canceled(?: while waiting for connection)?|context deadline exceeded)"
    r"(?: \(Client\.Timeout exceeded while awaiting headers\))?)"
)
# A build without a Dockerfile on 28: which of two sides tells the client first is a race.
_FAILED = ("failed to run Build function: ", "failed to solve: ")
_RULE = re.compile(r"-{4,}")
# Commands that ask for what differs in each run, so that any number they print is one.
_ASKING = re.compile(
    r"\.Pid\b|\bSize(?:Rw|RootFs)\b|\$RANDOM\b|\$!|/dev/u?random\b|\b(?:shuf|getpid|pgrep|pidof|rand(?:om|int)?)\b"
)

# What a cell holds where its form alone doesn't say: kind, form, and the titles of such columns.
_COLUMNS = (
    ("number", r"\d{1,20}", "PID, PPID, pid, pg_backend_pid, C, PIDS, USAGE, PR, NI"),
    ("time", r"\d{1,4}:\d\d(?:[.:]\d\d)?|[A-Z][a-z]{2}\d\d", "STIME, START, TIME, TIME+"),
    ("percentage", r"\d{1,4}(?:\.\d)?%?", "%CPU, %MEM, %VSZ, %RSS"),
    ("percentage", r"\d{1,3}%|-", "Use%"),
    ("state", r"[RSDZTtIXW][<NLsl+]{0,4}", "STAT, S"),
    ("generated id", r"[0-9a-z]{12}|[0-9a-z]{25}", "CACHE ID"),
    (
        "measure",
        r"-|\d{1,20}(?:[.,]\d{1,3})?(?:[KMGTP]i?|[kmg])?",
        "VSZ, RSS, VIRT, RES, SHR, Size, 1K-blocks, Used, Available, Avail"
        ", total, used, free, shared, buffers, buff/cache, cached, available",
    ),
)
_CELLS = {title: (kind, re.compile(form)) for kind, form, titles in _COLUMNS for title in titles.split(", ")}
_SWARM = frozenset({"REPLICAS", "DESIRED STATE", "MANAGER STATUS"})
# Columns that are read like another one: in a swarm's tables, and in the row of docker system df that counts records.
_SWARM_IDS = {"ID": "CACHE ID"}
_COUNTS = {"TOTAL": "PIDS", "ACTIVE": "PIDS"}
_MAPS = frozenset({"LABELS", "NETWORKS"})  # what these hold comes in any order
_LABELS = re.compile(r'(?<="Labels":")[^"]*')  # in docker ps --format json
_LABEL = r"[\w./-]{1,100}=[^,=]*"
_LABELS_ALONE = re.compile(rf"(?<![\w./-]){_LABEL}(?:,{_LABEL})+")  # with a format that asks for them
# docker save: what an image's manifest says of each layer, a map by digest.
_LAYER_ENTRY = r'"sha256:[0-9a-f]{64}":\{[^{}]{0,1000}\}'
_LAYER_ENTRIES = re.compile(rf"{_LAYER_ENTRY}(?:,{_LAYER_ENTRY})+")
_IMAGE_COLUMNS = frozenset({"IMAGE ID", "ID", "DIGEST"})


class Made(NamedTuple):
    """What the engine made up and can be bound."""

    token: Token
    content: bool = False  # it names an image by its content
    guessed: bool = False  # which is whose counterpart is not sure


class Part(NamedTuple):
    where: str  # the column's title, or "line"
    text: str
    tokens: tuple[Token, ...]
    made_up: tuple[Made, ...]
    unbound: str  # its key as long as nothing in it is bound

    def key(self, known: Mapping[Token, str]) -> str:
        """What must be equal; `known` says what a bound token stands for in this run."""
        return _key(self.tokens, known) if self.made_up and known else self.unbound


def _key(found: Iterable[Token], known: Mapping[Token, str]) -> str:
    key = "".join([f"\0{token.kind}\0{known.get(token, '')}\0" if token.kind else token.text for token in found])
    return _BESIDE.sub(" ", key) if "  " in key else key


@dataclass(frozen=True)
class Line:
    number: int  # 1-based
    text: str
    parts: tuple[Part, ...]
    titles: tuple[str, ...] = ()  # of the columns it stands under; empty for what is no row
    made_up: tuple[Made, ...] = ()  # what its counterpart teaches
    keys: tuple[str, ...] = ()  # one a part
    key: str = ""

    def keyed(self, known: dict[Token, str]) -> "Line":
        keys = tuple([part.key(known) for part in self.parts])
        return Line(self.number, self.text, self.parts, self.titles, self.made_up, keys, "\0|".join(keys))

    @property
    def is_header(self) -> bool:
        return self.parts[0].where == "column"

    @property
    def is_row(self) -> bool:
        return bool(self.titles) and not self.is_header

    @property
    def is_gap(self) -> bool:
        return self.text == GAP

    def standing_for(self, key: str, text: str = "") -> "Line":
        """This line in the place of others that it is compared for, by `key`; it teaches nothing."""
        return replace(self, key=key, text=text or self.text, keys=(), made_up=())


class Reader:
    """Reads outputs of a command; each different part of them is cut once. What is in `typed` is literal."""

    def __init__(self, typed: Container[str], command: str = "") -> None:
        self._typed = typed
        self._asked = bool(_ASKING.search(command))
        self._has_labels = ".Labels}}" in command
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
            listed = _LABELS_ALONE.sub(lambda labels: _sorted(labels[0]), text) if self._has_labels else text
            found = tuple(_cell_tokens(like or where, listed, self._typed))
            found = tuple(numbers(found)) if self._asked and where == "line" else found
            made_up = tuple([Made(token, where in _IMAGE_COLUMNS) for token in found if token.kind in BOUND])
            part = self._parts[where, text, like] = Part(where, text, found, made_up, _key(found, {}))
        return part


def _filled(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines from the first to the last that is not blank, with their numbers from 1."""
    stripped = [line.rstrip() for line in lines]
    filled = [index for index, line in enumerate(stripped) if line]
    if filled:
        yield from enumerate(stripped[filled[0] : filled[-1] + 1], filled[0] + 1)


def _cell_tokens(title: str, text: str, typed: Container[str]) -> Iterable[Token]:
    kind, pattern = _CELLS.get(title, ("", None))
    if pattern and pattern.fullmatch(bare := text.rstrip("* ")):  # the star is a note, not a part
        return (Token(kind, bare),)
    if title == "line" and ("  " in text or "\t" in text or "----" in text):
        text = _RULE.sub("----", _PADDING.sub("  ", _INDENT.sub("", text)))
    text = ports.plain(text.translate(_SPINNER)).replace(*_FAILED)
    if "imeout" in text or "deadline" in text:
        text = _NO_ANSWER.sub(r"\1timeout", text)
    if title in _MAPS:
        text = _sorted(text)
    elif '"Labels":"' in text:
        text = _LABELS.sub(lambda found: _sorted(found[0]), text)
    elif '":{"sha256:' in text:
        text = _LAYER_ENTRIES.sub(_as_named, text)
    return (Token("", text),) if title == "column" else tokens(text, typed)


def _sorted(text: str) -> str:
    return ",".join(sorted(text.split(",")))


def _as_named(entries: re.Match[str]) -> str:
    """The entries in the order in which the line has named their digests before."""
    before = entries.string[: entries.start()]
    return ",".join(sorted(re.findall(_LAYER_ENTRY, entries[0]), key=lambda entry: before.find(entry[8:72])))


def key_both(sample: list[Line], actual: list[Line], bindings: Bindings) -> tuple[list[Line], list[Line]]:
    """Both outputs with their keys, in which what is bound is called what it is called in this run."""
    expected: dict[Token, str] = {}
    for line in sample:
        for made in line.made_up:
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
