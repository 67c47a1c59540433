"""Turns the project's pages into plain Markdown, and into an index of it (llms.txt), for language models and people who
read without a browser.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from harness.site import texts

_FRONT = re.compile(r"\A---\n(.*?\n)---\n+", re.S)
_INCLUDE = re.compile(r'^([ \t>]*)--8<-- "([^"\n]+)"$', re.M)
_NOTHING = re.compile(r"^--8<--\n.*?^--8<--\n+", re.M | re.S)  # a block include that includes nothing


@dataclass(frozen=True)
class Plain:
    """A page as plain Markdown. `sources` are the files that it is made of, below the project."""

    name: str  # of its file below docs/
    title: str
    description: str
    text: str
    sources: Sequence[str]
    questions: Sequence[str] = ()  # that it answers, as readers ask them

    @property
    def address(self) -> str:
        """Of its HTML, below the site's."""
        return f"{self.name.removesuffix('.md')}.html"


def plain(path: Path, root: Path) -> Plain:
    """The page at `path`, with what it includes in its place."""
    written = path.read_text("utf-8")
    front = _FRONT.match(written)
    meta: Mapping[str, Any] = yaml.load(front[1], yaml.CSafeLoader) if front else {}
    body = _NOTHING.sub("", _FRONT.sub("", written))
    included = [name for _, name in _INCLUDE.findall(body)]

    def put(found: re.Match[str]) -> str:
        text = (root / "snippets" / found[2]).read_text("utf-8").rstrip("\n")
        return "\n".join(f"{found[1]}{line}".rstrip() for line in text.split("\n"))

    name = path.relative_to(root / "docs").as_posix()
    sources = [f"docs/{name}", *(f"snippets/{included_name}" for included_name in included)]
    title, description, questions = meta.get("title", name), meta.get("description", ""), meta.get("questions", [])
    return Plain(name, title, description, _INCLUDE.sub(put, body), sources, questions)


def llms(pages: Sequence[Plain], address: str) -> str:
    """The index, for the site at `address` (empty: relative)."""
    first, *_ = pages
    rows = [f"- [{page.title}]({address}{page.name}): {page.description}" for page in pages]
    return "\n".join(
        [
            f"# {texts.GUIDE}",
            "",
            f"> {first.description}",
            "",
            texts.LLMS.format(f"{address}status.html"),
            "",
            f"## {texts.PAGES}",
            "",
            *rows,
            "",
        ]
    )
