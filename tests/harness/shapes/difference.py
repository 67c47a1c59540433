"""A difference between a sample and what was printed, with its sentence, for the judge and who reads its evidence."""

import re
from dataclasses import dataclass

from harness.claims.characters import printable

_PADDING = re.compile(r" {3,}")
_QUOTED = 80  # columns of a text that a sentence quotes


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the page says. The texts are empty where there is nothing."""

    line: int  # of the sample, 1-based; for a line too many the one after which it came, 0 before the first
    expected: str
    found: str
    where: str  # in a contributor's words: a column's title, or what kind of thing it is
    start: int = 0  # offset of `expected` in its line
    actual_line: int = 0  # where `found` stands in the actual text, 1-based; 0 where there is nothing
    actual_start: int = 0  # offset of `found` in its line
    beginning: str = ""  # of the sample's line, where only a part of it differs
    bound: tuple[str, ...] = ()  # what this contradicts: a thing of the page, and what this run called it before

    def __str__(self) -> str:
        expected, found = quoted(self.expected), quoted(self.found)
        if self.where in ("line", "row", "column") and not (expected and found):
            if found or (self.actual_line > 0 and not expected):
                return f"a {self.where} too many: {found or 'blank'}"
            return f"the page's {self.where} {expected} is missing" if expected else "a blank line is missing"
        where = f"{self.where} {quoted(self.beginning)}" if self.beginning else self.where
        if self.bound:
            page, run = map(quoted, self.bound)
            if page == expected:
                return f"{where}: {page} was {run} earlier in this run, here it is {found}"
            return f"{where}: {run} was the page's {page} earlier in this run, here the page says {expected}"
        if self.expected == self.found:  # of a loop, or a folder behind what is in it
            return f"{where} {found}: it comes more or less often than on the page, or in another place"
        return f"{where}: {found or 'nothing'}, the page says {expected or 'nothing there'}"


def quoted(text: str) -> str:
    """The text as a sentence quotes it: one short line, nothing in it that a terminal obeys. Empty stays empty."""
    short = _PADDING.sub("  ", text[: 4 * _QUOTED])
    return f"`{printable(short if len(short) <= _QUOTED else short[: _QUOTED - 1] + '…')}`" if text else ""
