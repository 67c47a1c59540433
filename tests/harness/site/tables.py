"""What the site's long tables have in common: the box that each scrolls in, and the filters above them."""

from collections.abc import Mapping

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
