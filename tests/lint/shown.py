"""Turns a page into the blocks that it shows, each with the texts of its snippet and of that one's variants.

A page that the harness can't run is still read as far as that goes: what is wrong with it, others say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.claims import sessions
from harness.claims.markdown import fences
from harness.claims.pages import variants
from harness.claims.shell_kinds import LANGUAGES
from lint.links import INCLUDE


@dataclass(frozen=True)
class Text:
    """What a block shows: `above` lines of `path` stand before it. `engine` is a variant's (`until-28`), else ''."""

    path: Path
    text: str
    above: int = 0
    engine: str = ""

    def steps(self) -> tuple[sessions.Step, ...]:
        """The steps of a console block; none where it is no session."""
        try:
            return sessions.parse(self.text).steps
        except sessions.SessionError:
            return ()


@dataclass(frozen=True)
class Block:
    """A fence of a page, `line` 1-based; the first of its texts is the page's own, the others are variants'."""

    line: int
    language: str
    title: str
    section: str  # the heading above it
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
    for fence in fences(text.split("\n")):
        shown = "\n".join(fence.lines)
        include = INCLUDE.fullmatch(shown.strip("\n"))
        texts: tuple[Text, ...] = (Text(page, shown, fence.line),)
        if include:
            snippet = snippets / include["name"]
            if not snippet.is_file():
                continue
            paths = [snippet, *variants(snippet)]
            texts = tuple(Text(path, path.read_text("utf-8"), engine=path.stem.partition("@")[2]) for path in paths)
        yield Block(fence.line, fence.language, fence.title, fence.section, texts, bool(include))
