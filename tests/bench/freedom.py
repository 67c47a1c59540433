"""Ways in which an output may differ by design, for the table of free.py: how many lines, in what order, which ids."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

_MADE_UP = re.compile(r"\b[0-9a-f]{12,64}\b|\d+")
_PADDING = re.compile(r" {2,}")


def masked(line: str) -> str:
    """The line without what a run makes up in it, and how far that is padded: two that differ so are not the same in
    any way.
    """
    return _PADDING.sub("  ", _MADE_UP.sub("#", line))


@dataclass(frozen=True)
class Number:
    """How many lines of a form there are is free: one may be missing, or be there twice."""

    name: str
    command: str  # a pattern of how a program's name and words begin: `docker images | docker image ls -q`
    line: str  # a pattern; another line with the same group `what`, if it has one, has to stay
    reason: str
    stays: str = "another"  # of this form; or `the same` line elsewhere, `the middle`, or `nothing`

    def excuses(self, lines: Sequence[str], gone: Collection[int]) -> set[int]:
        """Which of the lines that are gone, by their indices, may be missing."""
        found = [re.fullmatch(self.line, line) for line in lines]
        mine = {index for index in gone if found[index]}
        stay = [index for index in range(len(lines)) if index not in gone]
        if self.stays == "the middle":
            return mine if not stay or stay == list(range(stay[0], stay[-1] + 1)) else set()
        if self.stays == "the same":
            left = {masked(lines[index]) for index in stay}
            return {index for index in mine if masked(lines[index]) in left}
        left = {_what(found[index]) for index in stay if found[index]}
        return {index for index in mine if self.stays == "nothing" or _what(found[index]) in left}


@dataclass(frozen=True)
class Order:
    """Lines of a form come in any order, if `together` says so of two of them."""

    name: str
    command: str
    line: str
    reason: str
    together: Callable[[str, str], bool] = lambda first, second: True
    heads: bool = False  # what stands below such a line goes with it
    races: bool = False  # such a line with lines of other forms
    always: bool = True  # else what was typed before may have given them an order

    def holds(self, first: str, second: str) -> bool:
        found = [line for line in (first, second) if re.fullmatch(self.line, line)]
        return len(found) == (1 if self.races else 2) and self.together(first, second)


@dataclass(frozen=True)
class Identity:
    """An id in such a line is a new one wherever it stands; or a word of it is one of two."""

    name: str
    command: str
    line: str
    reason: str


@dataclass(frozen=True)
class Text:
    """What the pattern finds is another text on another machine, or by lot."""

    name: str
    command: str
    text: str
    reason: str


def _what(match: re.Match[str] | None) -> str:
    return match.groupdict().get("what", "") or "" if match else ""
