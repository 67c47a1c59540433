"""Puts each table of the site into a box that scrolls where the screen is narrow: those that a page's text has, as an
extension of Python-Markdown, and the long ones that are made, which have filters above them.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from harness.claims.pages import Block
from harness.site import addresses, texts
from harness.site.escaping import escape

# What a page with long tables loads, and no other. It stands before them, else they move once their style is there.
LOADED = '<link rel="stylesheet" href="assets/tables.css"><script src="assets/filter.js" defer></script>'


def boxed(kind: str, label: str, caption: str, head: str, body: str, below: str = "") -> str:
    """A table in a box of its own, which scrolls where the screen is narrow, by keyboard too."""
    return (
        f'<div class="status-box" role="region" aria-label="{escape(label)}" tabindex="0"><table class="{kind}">'
        f"<caption><span>{caption}</span></caption><thead>{head}</thead><tbody>{body}</tbody></table>{below}</div>"
    )


def link(block: Block, address: str) -> str:
    """The way to an example: the heading above it on its page at `address`."""
    return f'<a href="{escape(f"{address}#{addresses.anchor(block)}")}">{escape(addresses.section(block))}</a>'


def filters(choices: Mapping[str, tuple[str, Mapping[str, str]]]) -> str:
    """What filter.js leaves of the tables, by what it asks for (`page`, `engine`, `outcome`): what stands before the
    choice, and what there is to choose from. It knows the pages from their tables.
    """
    return "".join(_select(name, label, options) for name, (label, options) in choices.items())


def _select(name: str, label: str, options: Mapping[str, str]) -> str:
    listed = {"": texts.ALL} | dict(options)
    inside = "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in listed.items())
    return f'<label class="filter">{label} <select data-filters="{name}">{inside}</select></label>\n'


class _Boxes(Treeprocessor):
    """Puts each table into the boxes that Material styles; its own script, which is not here, would make them later."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for at, table in enumerate(parent):
                if table.tag == "table":
                    parent[at] = _scrolling(table)


def _scrolling(table: Element) -> Element:
    box = Element("div", {"class": "md-typeset__scrollwrap"})
    SubElement(box, "div", {"class": "md-typeset__table"}).append(table)
    box.tail, table.tail = table.tail, None
    return box


class Tables(Extension):
    """`harness.site.tables` among the Markdown extensions of mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Boxes(md), "boxes", 14)  # after the glossary (15)


def makeExtension(**settings: object) -> Tables:  # noqa: N802
    """Called by Python-Markdown."""
    return Tables(**settings)
