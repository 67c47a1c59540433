"""Cuts a line into what somebody wrote and what was made up in this run, for lines.py, bindings.py and explain.py.

    Exited (0) 33 seconds ago   ->   `Exited (0) ` as it stands, `33 seconds ago` an age

What is made up is said by KINDS (kinds.py); one regular expression is made of all its rows. Each word is looked at
once, so a line of any content is cut in linear time.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from harness.shapes.kinds import KINDS, TYPED, Kind

_END = r"(?![0-9A-Za-z_])"
_BETWEEN = r"[^0-9A-Za-z_]"
# All numbers, octets in hexadecimal too.
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z_.])(?:[0-9a-f]{2}(?: [0-9a-f]{2}){3,64}|(?=[a-f]{0,7}\d)[0-9a-f]{8,64}|\d{1,20})(?![0-9A-Za-z_.])"
)


class Token(NamedTuple):
    """A piece of a line; `kind` is empty where the text is literal."""

    kind: str
    text: str


def _pattern(kind: Kind) -> str:
    return f"(?:{'|'.join(kind.after)})(?P<{kind.name.replace(' ', '_')}>{kind.form}){_END}"


def _plain(kinds: Iterable[Kind]) -> str:
    """A word of letters that begins none of the kinds. Most words are such: this is the fast way past them."""
    beginnings = dict.fromkeys(word for kind in kinds for word in kind.beginnings)
    return rf"(?!{'|'.join(beginnings)})[A-Za-z]{{1,11}}(?![0-9A-Za-z_:-]){_BETWEEN}*"


_INSIDE = [kind for kind in KINDS.values() if not kind.opens]
_OPENING = re.compile("|".join(_pattern(kind) for kind in KINDS.values() if kind.opens))
# One match a word, with what stands between it and the next, or only that. It has a group where the word is made up.
_WORDS = re.compile("|".join([f"{_BETWEEN}+", _plain(_INSIDE), *map(_pattern, _INSIDE), f"[0-9A-Za-z_]+{_BETWEEN}*"]))
_BY_GROUP = {kind.name.replace(" ", "_"): kind for kind in KINDS.values()}


def tokens(line: str, typed: Container[str] = ()) -> Iterator[Token]:
    """The pieces of a line, in order, nothing left out. What is in `typed` is literal, if its kind can be typed."""
    done = 0
    for match in _matches(line):
        kind = _BY_GROUP[match.lastgroup or ""]
        text = match[match.lastgroup or ""]
        if (text in typed and kind.name in TYPED) or not kind.holds(text):
            continue
        start, end = match.span(match.lastgroup or "")
        if start > done:
            yield Token("", line[done:start])
        yield Token(kind.name, text)
        done = end
    if done < len(line):
        yield Token("", line[done:])


def _matches(line: str) -> Iterator[re.Match[str]]:
    first = _OPENING.match(line)
    if first:
        yield first
    yield from [match for match in _WORDS.finditer(line, first.end() if first else 0) if match.lastgroup]


def with_numbers(found: Iterable[Token]) -> Iterator[Token]:
    """The pieces, where every number is made up: of a command that asks for a number, an offset, a dump."""
    for token in found:
        done = 0
        for match in [] if token.kind else _NUMBERS.finditer(token.text):
            yield Token("", token.text[done : match.start()])
            yield Token("number", match[0])
            done = match.end()
        yield Token(token.kind, token.text[done:])
