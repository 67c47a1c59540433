"""Finds what a page names and the project does not have (pages, anchors, snippets), and pictures without a text."""

import re
from collections.abc import Iterator
from pathlib import Path

from harness.claims.front_matter import front_matter
from harness.claims.headings import headings
from harness.claims.markdown import included, lines_of
from lint.prose import marked_up

_LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<to>[^)\s]+)[^)]*\)|\b(?:href|src)=\"(?P<raw>[^\"]+)\"")
_TAG = re.compile(r"<(?:img|svg)\b[^>]*>")


def external(text: str) -> Iterator[tuple[int, str]]:
    """(line, address) of every link that leaves the site."""
    for number, address in _links(text):
        if address.startswith(("http://", "https://")):
            yield number, address


def broken(page: Path, text: str, docs: Path) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of the links of a page that lead to nothing in `docs`."""
    for number, address in _links(text):
        if re.match(r"[a-z]+:", address):
            continue
        name, _, anchor = address.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.is_relative_to(docs.resolve()) or not target.is_file():
            yield number, f"the link leads to no file: `{address}`; write the path of a file under docs/"
        elif anchor and target.suffix == ".md" and anchor not in (have := anchors(target.read_text("utf-8"))):
            yield number, f"{name or 'this page'} has no anchor `#{anchor}`; it has: {', '.join(have)}"


def anchors(text: str) -> list[str]:
    """The anchors of a page: of its headings, and those set by hand in its HTML."""
    lines = lines_of(text)
    by_hand = [name for line in marked_up(text) for name in re.findall(r'\bid="([^"]+)"', line.text)]
    return [*(heading.anchor for heading in headings(lines, front_matter(lines).end)), *by_hand]


def dead_includes(text: str, snippets: Path) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of what a page includes and snippets/ does not have."""
    for number, name in enumerate(map(included, lines_of(text)), 1):
        if name and not (snippets / name).is_file():
            yield number, f"the include names no file: `{name}`; write the file snippets/{name}"


def without_text(text: str, snippets: Path) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of pictures, included ones too, that say nothing to those who do not see them."""
    for line in marked_up(text):
        drawn = snippets / included(line.text)
        if drawn.suffix == ".svg" and drawn.is_file():
            yield from ((line.number, wrong) for _, wrong in without_text(drawn.read_text("utf-8"), snippets))
        for link in _LINK.finditer(line.text):
            if link["picture"] and not link["text"].strip():
                yield line.number, f"a picture without a text: `{link[0]}`; say between the brackets what it shows"
        for tag in _TAG.findall(line.text):
            if not re.search(r'(?:alt|aria-label|aria-labelledby)="[^"]+"|aria-hidden="true"', tag):
                yield line.number, f'a picture without a text: `{tag}`; say in alt="…" or aria-label="…" what it shows'


def _links(text: str) -> Iterator[tuple[int, str]]:
    for line in marked_up(text):
        yield from ((line.number, link["to"] or link["raw"]) for link in _LINK.finditer(line.text))
