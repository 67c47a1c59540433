"""Finds the fences of a Markdown text, for pages: those inside tabs, lists, quotes and admonitions as well.

Comparable tools pass over an indented fence and report success. What stands inside a fence or a comment is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"(?P<indent>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")
_HEADING = re.compile(r"#{1,6} +(?P<text>.+)")
_TITLE = re.compile(r'title="([^"\n]*)"')


@dataclass(frozen=True)
class Fence:
    """A fence as it is written. `line` is that of its opening, 1-based."""

    line: int
    ticks: str
    info: str
    lines: Sequence[str]  # without their indent
    section: str  # the heading above it
    closed: bool = True

    @property
    def language(self) -> str:
        """`console` in ```` ``` console ````, ```` ```console ```` and ```` ``` {.console title="…"} ````."""
        return re.split(r"[\s{}]+", self.info.strip("{} .\t"))[0].removeprefix(".")

    @property
    def title(self) -> str:
        found = _TITLE.search(self.info)
        return found[1] if found else ""


def fences(lines: Sequence[str], index: int = 0) -> Iterator[Fence]:
    """The fences from line `index` (0-based) on; the last may not be closed, and is then all that follows."""
    section = ""
    while index < len(lines):
        if opening := _FENCE.fullmatch(lines[index]):
            end = _end(lines, index + 1, opening["ticks"])
            content = _without_indent(lines[index + 1 : end], opening["indent"])
            yield Fence(index + 1, opening["ticks"], opening["info"].strip(), content, section, end < len(lines))
            index = end
        elif lines[index].lstrip(" \t>").startswith("<!--"):
            while index < len(lines) and "-->" not in lines[index]:
                index += 1
        elif heading := _HEADING.fullmatch(lines[index]):
            section = heading["text"].rstrip(" #")
        index += 1


def _end(lines: Sequence[str], index: int, ticks: str) -> int:
    """The index of the line that closes a fence, or that of the text's end."""
    closing = re.compile(rf"[ \t>]*{re.escape(ticks)}{ticks[0]}*[ \t]*")
    return next((number for number in range(index, len(lines)) if closing.fullmatch(lines[number])), len(lines))


def _without_indent(lines: Sequence[str], indent: str) -> list[str]:
    blank = "[ \t>]" if ">" in indent else "[ \t]"
    leading = re.compile(f"{blank}{{0,{len(indent)}}}")
    return [leading.sub("", line, count=1) for line in lines]
