"""Turns the site's navigation (mkdocs.yml) into the order of the pages, for a course, the site's lists and its book."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_ENTRY = re.compile(r"^(?P<indent> *)- (?P<title>.+?): *(?P<page>[\w./-]+\.md)?$", re.M)


class Part(NamedTuple):
    """Pages that stand together in the navigation. `title` is empty where a page stands by itself."""

    title: str
    pages: Sequence[str]  # the names of their files, without `.md`


def in_order(root: Path) -> list[Path]:
    """The pages in the order of the site's navigation, and after them those that it leaves out."""
    settings = root / "mkdocs.yml"
    listed = re.findall(r"[\w./-]+\.md\b", settings.read_text("utf-8")) if settings.exists() else []
    names = {path.relative_to(root / "docs").as_posix(): path for path in sorted((root / "docs").rglob("*.md"))}
    return [names[name] for name in dict.fromkeys([*listed, *names]) if name in names]


def parts(root: Path) -> list[Part]:
    """The parts of the guide in the order of the site's navigation."""
    _, _, nav = (root / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")
    found: list[tuple[str, list[str]]] = []
    for entry in _ENTRY.finditer(nav.partition("\n\n")[0]):
        if not entry["page"] or len(entry["indent"]) == 2:
            found.append(("" if entry["page"] else entry["title"], []))
        if entry["page"]:
            found[-1][1].append(entry["page"].removesuffix(".md"))
    return [Part(title, pages) for title, pages in found]
