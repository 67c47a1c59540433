"""Turns a page (Markdown) into its prose, line by line, for the checks of words, units, links and pictures.

Code, addresses and the keys of the front matter are no prose; a value of the front matter that readers see is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.claims.front_matter import front_matter
from harness.claims.markdown import lines_of, text_lines

CODE = "\0"  # stands where inline code or an address stood

_SHOWN = re.compile(r"(?:title|description|  [\w./-]+\.console): *(.*)")
_INLINE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_DROPPED = [
    (re.compile(r"<!--.*?-->|<[/a-zA-Z][^>]*>"), CODE),
    (re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),  # a link is its text, a picture its alternative
    (re.compile(r"https?://\S+|[\w.-]+@[\w.-]+"), CODE),
    (re.compile(r"\{[:#.][^}]*\}"), ""),
    (re.compile(r"^( *)(?:!!!|\?\?\?\+?|===) *\w*"), r"\1"),
    (re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}"), ""),
]


@dataclass(frozen=True)
class Line:
    """What readers see of a line. `number` is 1-based."""

    number: int
    text: str


def prose(text: str) -> Iterator[Line]:
    """The lines of a page that are read as prose, without their markup."""
    lines = lines_of(text)
    body = front_matter(lines).end
    for number, line in enumerate(lines[:body], 1):
        if shown := _SHOWN.fullmatch(line):
            yield Line(number, plain(shown[1]))
    yield from (Line(number, plain(line)) for number, line in text_lines(lines, body) if line.strip())


def plain(line: str) -> str:
    """A line without its markup."""
    line = _INLINE.sub(CODE, line)
    for pattern, replacement in _DROPPED:
        line = pattern.sub(replacement, line)
    return line


def marked_up(text: str) -> Iterator[Line]:
    """The lines of a page outside its code, with their markup, for its links and pictures."""
    lines = lines_of(text)
    for number, line in text_lines(lines, front_matter(lines).end):
        yield Line(number, _INLINE.sub(CODE, line))
