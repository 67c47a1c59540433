"""Says where a line may end in the HTML of commands: not behind `-` of `-e`, but behind the slashes of a long path."""

import re

_HYPHENED = re.compile(r"(?<![^\s>])(?=[^\s<>&]{2,28}(?![^\s<]))[^\s<>&]*-[^\s<>&]*")  # fits on a phone's line
_WHOLE = r'<span class="whole">\g<0></span>'
_LONG = re.compile(r"(?<![^\s>])[^\s<>&]{29,}")  # a browser would put it on a line of its own and cut it there
_JOINT = re.compile(r"(?<=.[/=,])(?=\w)")
# No block, and no cell of the status. What is found fast stands first.
_INLINE = re.compile(r"<code>(?<!<span></span><code>)(?<!</a><code>)[^<]*-[^<]*</code>")


def whole(html: str) -> str:
    """A piece of a command."""
    kept = _HYPHENED.sub(_WHOLE, html)
    return _LONG.sub(lambda word: "<wbr>".join(_HYPHENED.sub(_WHOLE, part) for part in _JOINT.split(word[0])), kept)


def inline(html: str) -> str:
    """A page: the code within its text."""
    return _INLINE.sub(lambda code: whole(code[0]), html)
