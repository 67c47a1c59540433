"""Turns a page (Markdown) into its prose, line by line, for what checks how it is written.

Code, addresses and the keys of the front matter are no prose; a value of the front matter that readers see is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.claims.markdown import fences

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
    lines = text.split("\n")
    body = _body(lines)
    for number, line in enumerate(lines[:body], 1):
        if shown := _SHOWN.fullmatch(line):
            yield Line(number, plain(shown[1]))
    skipped = _skipped(lines, body)
    for number, line in enumerate(lines[body:], body + 1):
        if number not in skipped and line.strip():
            yield Line(number, plain(line))


def plain(line: str) -> str:
    """A line without its markup."""
    line = _INLINE.sub(CODE, line)
    for pattern, replacement in _DROPPED:
        line = pattern.sub(replacement, line)
    return line


def marked_up(text: str) -> Iterator[Line]:
    """The lines of a page outside its code, with their markup, for its links and pictures."""
    lines = text.split("\n")
    skipped = _skipped(lines, _body(lines))
    for number, line in enumerate(lines, 1):
        if number not in skipped and number > _body(lines):
            yield Line(number, _INLINE.sub(CODE, line))


def _body(lines: Sequence[str]) -> int:
    return lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0


def _skipped(lines: Sequence[str], body: int) -> set[int]:
    """The lines of fences, included texts and comments."""
    skipped: set[int] = set()
    for fence in fences(lines, body):
        skipped |= set(range(fence.line, fence.line + len(fence.lines) + 2))
    inside = ""
    for number, line in enumerate(lines[body:], body + 1):
        if inside:
            skipped.add(number)
            inside = "" if inside in line else inside
        elif line.strip() == "--8<--" or (line.lstrip().startswith("<!--") and "-->" not in line):
            skipped.add(number)
            inside = "--8<--" if "8<" in line else "-->"
    return skipped
