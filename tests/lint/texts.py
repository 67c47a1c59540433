"""Turns a page into its blocks with their texts on all engines, for waits, housekeeping and tags.

A page that the harness can't run is read as far as that goes; others say what is wrong with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.claims import sessions
from harness.claims.fences import fences
from harness.claims.front_matter import front_matter
from harness.claims.markdown import lines_of
from harness.claims.shell_kinds import LANGUAGES
from harness.claims.snippets import engines_of, variants


@dataclass(frozen=True)
class Text:
    """What a block shows on one engine, or on all."""

    path: Path
    text: str
    above: int = 0  # the lines of `path` before it
    engine: str = ""  # of a variant, as its name says it (`until-28`)

    def steps(self) -> tuple[sessions.Step, ...]:
        """The steps of a console block; none where it is no session."""
        try:
            return sessions.parse(self.text).steps
        except sessions.SessionError:
            return ()


@dataclass(frozen=True)
class Block:
    """A fence of a page. The first of its texts is that of the newest engine, the others are the variants."""

    line: int  # 1-based
    language: str
    title: str
    section: str  # the heading above it, as readers see it
    texts: tuple[Text, ...]
    included: bool

    @property
    def is_session(self) -> bool:
        return self.language in LANGUAGES

    @property
    def is_file(self) -> bool:
        """A file that the reader is told to write."""
        return not self.is_session and bool(self.title) and self.included


def blocks(page: Path, text: str, snippets: Path) -> Iterator[Block]:
    """The blocks of a page in reading order, without those whose snippet is not there."""
    lines = lines_of(text)
    for fence in fences(lines, front_matter(lines).end):
        texts: tuple[Text, ...] = (Text(page, "\n".join(fence.lines), fence.line),)
        if fence.include:
            snippet = snippets / fence.include
            if not snippet.is_file():
                continue
            paths = [snippet, *variants(snippet)]
            texts = tuple(Text(path, path.read_text("utf-8"), engine=engines_of(path)) for path in paths)
        section = fence.heading.title if fence.heading else ""
        yield Block(fence.line, fence.language, fence.title, section, texts, bool(fence.include))
