"""What the site's long tables have in common: the box that each scrolls in, and the filters above them."""

from collections.abc import Mapping

from harness.site import addresses, texts
from harness.site.escaping import escape
from harness.site.examples import Example

FILTERED = '<script src="assets/filter.js" defer></script>'  # where a long table is, and nowhere else


def boxed(kind: str, label: str, caption: str, head: str, body: str, below: str = "") -> str:
    """A table in a box of its own, which scrolls where the screen is narrow, by keyboard too."""
    return (
        f'<div class="status-box" role="region" aria-label="{escape(label)}" tabindex="0"><table class="{kind}">'
        f"<caption><span>{caption}</span></caption><thead>{head}</thead><tbody>{body}</tbody></table>{below}</div>"
    )


def name(example: Example, address: str) -> str:
    """The head of an example's row: the heading above it on its page at `address`, and what is typed first in it."""
    section, anchor = addresses.section(example.block), addresses.anchor(example.block)
    command = f"<code>{escape(example.command)}</code>" if example.command else ""
    return f'<th scope="row"><a href="{escape(f"{address}#{anchor}")}">{escape(section)}</a>{command}</th>'


def filters(choices: Mapping[str, tuple[str, Mapping[str, str]]]) -> str:
    """What filter.js leaves of the tables, by what it asks for (`page`, `engine`, `outcome`): what stands before the
    choice, and what there is to choose from. It knows the pages from their tables.
    """
    return FILTERED + "".join(_select(name, label, options) for name, (label, options) in choices.items())


def _select(name: str, label: str, options: Mapping[str, str]) -> str:
    listed = {"": texts.ALL} | dict(options)
    inside = "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in listed.items())
    return f'<label class="filter">{label} <select data-filters="{name}">{inside}</select></label>\n'
