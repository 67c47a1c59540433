"""Turns each glossary term's first use on another page into a tooltip, for the site.

docs/glossary.md ──claims.glossary──> Term ──Markdown extension──> <abbr class="term" tabindex="0" aria-description="…">

docs/assets/extra.css shows the meaning where the mouse, the keyboard or a finger is; a title would wait for the mouse.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from harness.claims.glossary import INSTEAD_OF, PARTICLES, Term, terms
from harness.project import ROOT

PAGE = ROOT / "docs" / "glossary.md"

_UNMARKED = {"a", "abbr", "code", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "summary", "table"}


class FirstUses(Treeprocessor):
    """Marks the first use of each term in the text of a page; headings, links, tables and code stay as they are."""

    def run(self, root: Element) -> None:
        text = PAGE.read_text("utf-8")
        heading = root.find("h1")
        if heading is not None and f"\n# {''.join(heading.itertext())}\n" in text:
            _address(root, terms(text))
            return
        self._left = {term.name: term for term in terms(text)}
        if self._left:
            self._term = _any_of(tuple(self._left))
            self._mark(root)

    def _mark(self, parent: Element) -> None:
        if parent.tag in _UNMARKED or "admonition-title" in parent.get("class", ""):
            return
        children = list(parent)
        parent.text = self._split(parent, 0, parent.text)
        for child in children:
            self._mark(child)
            child.tail = self._split(parent, list(parent).index(child) + 1, child.tail)

    def _split(self, parent: Element, index: int, text: str | None) -> str | None:
        """The text up to its first mark; what follows is put into `parent` at `index`."""
        if not text or isinstance(text, AtomicString):
            return text
        pieces = list(self._pieces(text))
        for number, (mark, tail) in enumerate(pieces[1:]):
            assert mark is not None
            mark.tail = tail
            parent.insert(index + number, mark)
        return pieces[0][1]

    def _pieces(self, text: str) -> Iterator[tuple[Element | None, str]]:
        mark, start = None, 0
        for found in self._term.finditer(text):
            if not (term := self._left.pop(found[0], None)):
                continue
            yield mark, text[start : found.start()]
            start = found.end()
            meaning = f"{term.english}: {term.meaning}".replace("`", "")
            mark = Element("abbr", {"class": "term", "tabindex": "0", "aria-description": meaning})
            mark.text = AtomicString(term.name)
        yield mark, text[start:]


def _address(glossary: Element, entries: Sequence[Term]) -> None:
    """Gives each term of the glossary itself an address, and tells readers less of what only authors need."""
    names = {f"{term.name} ({term.english})": term.name for term in entries}
    for entry in glossary.iter("dt"):
        if name := names.get("".join(entry.itertext())):
            entry.set("id", name.lower().replace(" ", "-"))
    for meaning in glossary.iter("dd"):
        if "".join(meaning.itertext()).startswith(INSTEAD_OF):
            meaning.set("class", "for-authors")


@lru_cache(maxsize=1)
def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w])(?:{longest_first})(?=[^\w]|$|{PARTICLES})")


class Glossary(Extension):
    """`harness.site.glossary` among the Markdown extensions of mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(FirstUses(md), "glossary", 15)  # after the inline patterns (20)


def makeExtension(**settings: object) -> Glossary:  # noqa: N802
    """Called by Python-Markdown."""
    return Glossary(**settings)
