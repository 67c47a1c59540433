"""Reads a Markdown text line by line for claims.fences, claims.headings and all who ask what a page says.

It tells what is text of the page from what stands in a fence or a comment, and which file a line includes.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_FENCE = re.compile(r"(?P<indent>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")
# As pymdownx.snippets (13.1) takes them; `;--8<--` shows one as it stands.
_INCLUDE = re.compile(r"""[ \t]*-+8<-+[ \t]+(["'])[ \t]*(?P<name>[^"';\r\n][^"'\r\n]*?)[ \t]*\1""")
_SNIPPET_COMMENT = re.compile(r"[ \t]*-+8<-+")
_OPENS = re.compile("```|~~~|8<|<!--")  # in each line with which a region begins: a fast way past the others
_COMMENT_ENDS = re.compile(r".*-->.*")


class Region(NamedTuple):
    """A fence or a comment, as the indices of its first and its last line."""

    first: int
    last: int  # the number of lines, where nothing closes it
    fence: re.Match[str] | None = None  # how a fence opens


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them, without the mark that it may begin with."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def included(line: str) -> str:
    """The file below snippets/ that a line includes (`--8<-- "images/list.console"`); '' where it includes none."""
    found = _INCLUDE.fullmatch(line) if "8<" in line else None
    return found["name"] if found else ""


def is_snippet_comment(line: str) -> bool:
    """Whether a line begins or ends a block of pymdownx.snippets, which the guide uses only for comments."""
    return bool(_SNIPPET_COMMENT.fullmatch(line))


def text_lines(lines: Sequence[str], index: int = 0) -> Iterator[tuple[int, str]]:
    """(number, line) of the lines from `index` (0-based) on that are in no region; numbers are 1-based."""
    at = index
    for first, last, _ in [*regions(lines, index), Region(len(lines), len(lines))]:
        yield from ((number + 1, lines[number]) for number in range(at, first))
        at = last + 1


def regions(lines: Sequence[str], index: int = 0) -> Iterator[Region]:
    """The fences and comments from line `index` (0-based) on, in their order."""
    while index < len(lines):
        line = lines[index]
        if not _OPENS.search(line):
            index += 1
            continue
        opening = _FENCE.fullmatch(line)
        closing = _closing(opening) if opening else None
        if is_snippet_comment(line):
            closing = _SNIPPET_COMMENT
        elif line.lstrip(" \t>").startswith("<!--") and "-->" not in line:
            closing = _COMMENT_ENDS
        if closing:
            last = _line_after(lines, index, closing)
            yield Region(index, last, opening)
            index = last
        index += 1


def _closing(opening: re.Match[str]) -> re.Pattern[str]:
    """The form of the line that closes a fence: as many ticks as it opened with, or more."""
    return re.compile(rf"[ \t>]*{re.escape(opening['ticks'])}{opening['ticks'][0]}*[ \t]*")


def _line_after(lines: Sequence[str], index: int, form: re.Pattern[str]) -> int:
    """The index of the next line of that form behind `index`, or of the text's end."""
    return next((number for number in range(index + 1, len(lines)) if form.fullmatch(lines[number])), len(lines))
