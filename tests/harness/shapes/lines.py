"""What an output is read into: lines, each a row of parts, each part cut into tokens.

CONTAINER ID   STATUS                   two parts, named "column"
588ec8830392   Exited (0) 1 second ago  two parts, named CONTAINER ID and STATUS
any other line                          one part, named "line"
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from harness.shapes.keys import Key, LineKey, key, literal, replaced, spelled
from harness.shapes.kinds import BOUND
from harness.shapes.tokens import Token

GAP = "..."  # alone on a line of a sample, however far indented: lines left out


def is_gap(line: str) -> bool:
    """Whether a line of a sample stands for lines that are left out."""
    return line[-3:] == GAP and line.strip() == GAP


def gaps_among(lines: Iterable["Line"]) -> set[str]:
    """The texts of the gaps among the lines of a sample; each text is looked at once."""
    return set(filter(is_gap, {line.text for line in lines}))


def has_gap(lines: Iterable["Line"]) -> bool:
    """Whether one of the lines of a sample is a gap."""
    return bool(gaps_among(lines))


class Made(NamedTuple):
    """What was made up and can be bound."""

    token: Token
    content: bool = False  # it names an image by its content
    guessed: bool = False  # which is whose counterpart is not sure


class Part(NamedTuple):
    where: str  # the column's title, or "line", or "column" for a title itself
    text: str
    tokens: tuple[Token, ...]
    made_up: tuple[Made, ...]
    unbound: Key  # as long as nothing in it is bound

    def key(self, known: Mapping[Token, str]) -> Key:
        """What must be equal; `known` says what a bound token stands for in this run."""
        return key(self.tokens, known) if self.made_up and known else self.unbound


def part_of(where: str, text: str, cut: Iterable[Token], *, content: bool = False) -> Part:
    """The part that a text is cut into; `content`: what is made up in it names an image by its content."""
    found = tuple(cut)
    made_up = tuple([Made(token, content) for token in found if token.kind in BOUND])
    return Part(where, text, found, made_up, key(found))


@dataclass(slots=True)  # not frozen, though nobody changes one: that would take three times as long to make
class Line:
    number: int  # 1-based
    text: str
    parts: tuple[Part, ...]
    titles: tuple[str, ...] = ()  # of the columns it stands under; empty for what is no row
    made_up: tuple[Made, ...] = ()  # what its counterpart teaches
    keys: LineKey = ()  # one a part; empty where the line stands for others
    key: LineKey = ()  # what must be equal

    def keyed(self, known: Mapping[Token, str]) -> "Line":
        """The line with keys in which what is bound is called what it is called in this run."""
        if not any(made.token in known for made in self.made_up):
            return self
        keys = tuple([part.key(known) for part in self.parts])
        return Line(self.number, self.text, self.parts, self.titles, self.made_up, keys, keys)

    @property
    def is_header(self) -> bool:
        return self.parts[0].where == "column"

    @property
    def is_row(self) -> bool:
        return bool(self.titles) and not self.is_header

    @property
    def is_gap(self) -> bool:
        return self.text[-3:] == GAP and self.text.strip() == GAP  # most lines end otherwise

    @property
    def spelled(self) -> str:
        """The key as one text, by which lines are sorted."""
        return spelled(self.key)

    def has(self, kind: str) -> bool:
        """Whether something of this kind is in the line."""
        return any(token.kind == kind for part in self.parts for token in part.tokens)

    def of_kind(self, kind: str) -> list[Token]:
        """What of this kind is in the line."""
        return [token for part in self.parts for token in part.tokens if token.kind == kind]

    def cell(self, title: str) -> str:
        """The text under a title; empty where there is no such column."""
        return self.parts[self.titles.index(title)].text if title in self.titles else ""

    def rewritten(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], count: int = 0) -> "Line":
        """This line with what the pattern finds in the literal pieces of its key replaced."""
        if len(self.key) == 1:  # as of nearly all lines
            key: LineKey = (replaced(self.key[0], pattern, new, count),)
        else:
            key = tuple([replaced(part, pattern, new, count) for part in self.key])
        return self if key == self.key else self.with_key(key)

    def with_key(self, key: LineKey) -> "Line":
        """This line, compared by another key."""
        return Line(self.number, self.text, self.parts, self.titles, self.made_up, self.keys, key)

    def standing_for(self, key: LineKey | str, text: str = "") -> "Line":
        """This line in the place of others that it is compared for, by `key`; it teaches nothing."""
        whole = (literal(key),) if isinstance(key, str) else key
        return replace(self, key=whole, text=text or self.text, keys=(), made_up=())


def spelled_all(lines: Sequence[Line]) -> str:
    """The keys of several lines as one text."""
    return "\n".join([line.spelled for line in lines])


def each_once(lines: Sequence[Line]) -> list[Line]:
    """One line for all that are the same, sorted."""
    once = {line.key: line.standing_for(line.key) for line in reversed(lines)}
    return sorted(once.values(), key=lambda line: line.spelled)
