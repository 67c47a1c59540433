"""Finds the fences of a Markdown text, for pages and the lint.

Comparable tools pass over an indented fence and report success: here one in a tab, a list, a quote or an admonition is
a fence like any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.claims.headings import Heading, headings
from harness.claims.markdown import included, regions

_TITLE = re.compile(
    r"""(?<![\w-])title=(?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>[^'\n]*)'|(?P<word>[^\s"'{}]+))"""
)


@dataclass(frozen=True)
class Fence:
    """A fence as it is written. `line` is that of its opening, 1-based."""

    line: int
    ticks: str
    info: str
    lines: Sequence[str]  # without their indent
    heading: Heading | None  # the one above it
    include: str = ""  # the file below snippets/ that is all it shows
    closed: bool = True

    @property
    def language(self) -> str:
        """`console` in ```` ``` console ````, ```` ```console ```` and ```` ``` {.console title="…"} ````."""
        first, *more = re.split(r"[\s{}]+", self.info.strip("{} .\t"))
        return "bash session" if (first, *more[:1]) == ("bash", "session") else first.removeprefix(".")

    @property
    def title(self) -> str:
        """`터미널 2` in `title="터미널 2"`, `title='터미널 2'`; `Dockerfile` in `{title=Dockerfile}` as well."""
        found = _TITLE.search(self.info)
        if not found:
            return ""
        return found["double"].replace('\\"', '"') if found["double"] else found["single"] or found["word"] or ""


def fences(lines: Sequence[str], index: int = 0) -> Iterator[Fence]:
    """The fences from line `index` (0-based) on; the last may not be closed, and is then all that follows."""
    above = [heading for heading in headings(lines, index) if not heading.indented]
    for first, last, opening in regions(lines, index):
        if opening:
            yield Fence(
                line=first + 1,
                ticks=opening["ticks"],
                info=opening["info"].strip(),
                lines=_without_indent(lines[first + 1 : last], opening["indent"]),
                heading=next((heading for heading in reversed(above) if heading.line <= first), None),
                include=_only_include(lines[first + 1 : last]),
                closed=last < len(lines),
            )


def _only_include(lines: Sequence[str]) -> str:
    """The file that these lines include, where nothing else stands there; else ''."""
    written = [line for line in lines if line.strip()]
    return included(written[0]) if len(written) == 1 else ""


def _without_indent(lines: Sequence[str], indent: str) -> list[str]:
    blank = "[ \t>]" if ">" in indent else "[ \t]"
    leading = re.compile(f"{blank}{{0,{len(indent)}}}")
    return [leading.sub("", line, count=1) for line in lines]
