"""Keeps a word with a hyphen on one line in the HTML of commands: a browser would end a line behind `-` of `-e`."""

import re

_HYPHENED = re.compile(r"(?<![^\s>])(?=[^\s<>&]{2,28}(?![^\s<]))[^\s<>&]*-[^\s<>&]*")  # fits on a phone's line
# No block, and no cell of the status. What is found fast stands first.
_INLINE = re.compile(r"<code>(?<!<span></span><code>)(?<!</a><code>)[^<]*-[^<]*</code>")


def whole(html: str) -> str:
    """A piece of a command."""
    return _HYPHENED.sub(r'<span class="whole">\g<0></span>', html)


def inline(html: str) -> str:
    """A page: the code within its text."""
    return _INLINE.sub(lambda code: whole(code[0]), html)
