"""Cuts a line into what somebody wrote and what was made up in this run, for lines.py, bindings.py and explain.py.

    Exited (0) 33 seconds ago   ->   `Exited (0) ` as it stands, `33 seconds ago` an age

What is made up is said by KINDS (kinds.py); one regular expression is made of all its rows. Each word is looked at
once, so a line of any content is cut in linear time.
"""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from harness.shapes.kinds import ASKED, JOB, KINDS, Kind

_NAMED = re.compile(r"\(\?P<\w+>")
_END = r"(?![0-9A-Za-z_])"
_BETWEEN = r"[^0-9A-Za-z_]"


Span = tuple[str, int, int]  # the kind of what is made up in a line, where it starts and where it ends


class Token(NamedTuple):
    """A piece of a line; `kind` is empty where the text is literal."""

    kind: str
    text: str


# The same few words, and what stands between them, come again and again; to make a tuple takes longer.
_token = lru_cache(maxsize=1024)(Token)


def _pattern(kind: Kind) -> str:
    return f"(?:{'|'.join(kind.after)})(?P<{kind.name.replace(' ', '_')}>{kind.form}){_END}"


def _any(kinds: Iterable[Kind]) -> str:
    """The first of the kinds that a word is; what rows one below the other start with is looked for once."""
    runs = ((start, "|".join(map(_pattern, run))) for start, run in groupby(kinds, attrgetter("start")))
    return "|".join(f"{start}(?:{forms})" if start else forms for start, forms in runs)


def _plain(kinds: Iterable[Kind]) -> str:
    """A word that begins none of the kinds, with a letter first. Most words are such: this is the fast way past them.

    Of letters up to f a uuid may go on behind eight and a hyphen, an address behind a colon. With a letter beyond f,
    and digits or not, only an engine's id may go on, behind four and a colon. A word that some kinds begin with is
    looked at as these only: to try it as each kind in turn takes three times as long.
    """
    found = [kind for kind in kinds if kind.beginnings]
    beginnings = "|".join(dict.fromkeys(word for kind in found for word in kind.beginnings))
    those = "|".join(_NAMED.sub("(?:", _pattern(kind)) for kind in found)
    letters = r"[A-Za-z]{1,11}+(?![0-9A-Za-z_-]|:\S)|[A-Za-z]{1,7}+(?=-)"
    mixed = r"(?=[0-9A-Fa-f]{0,10}[G-Zg-z])[0-9A-Za-z]{1,11}+(?![0-9A-Za-z_]|(?<=[0-9A-Z]{4}):\S)"
    return rf"(?=[A-Za-z])(?!(?={beginnings})(?:{those}))(?:{letters}|{mixed}){_BETWEEN}*"


# A number of up to three digits that begins none of the kinds: no unit comes after a blank, no minutes after a colon,
# no month after a slash; or it stands in a row of six between dots, which is no address. To try it as each kind in turn
# takes ten times as long.
_PLAIN_NUMBER = (
    r"(?<![\[=/])\d{1,3}(?= (?![A-Za-z\[])|:(?!:|[0-9A-Fa-f]{2})|[,)/\]](?![0-9A-Z])|(?<=\d\.\d)(?:\.\d){4})"
    f"{_BETWEEN}*"
)
_INSIDE = [kind for kind in KINDS.values() if not kind.opens]
_OPENING = re.compile("|".join(f"{_pattern(kind)}{_BETWEEN}*" for kind in KINDS.values() if kind.opens))
_PLAIN = "|".join((f"{_BETWEEN}+", _plain(_INSIDE), _PLAIN_NUMBER))
# One match for all plain words in a row and the word behind them. It has a group where that is made up.
_WORDS = re.compile(rf"(?!\Z)(?:{_PLAIN})*+(?:\Z|(?:{_any(_INSIDE)}|[0-9A-Za-z_]+){_BETWEEN}*)")
_DOT = re.compile(r"\.")
_WORD_OF_VERSION = re.compile("go|v")
_BY_GROUP = {kind.name.replace(" ", "_"): kind for kind in KINDS.values()}
# The names of those that are made up from end to end, by their form alone.
_PLAIN_NAMES = {group: kind.name for group, kind in _BY_GROUP.items() if kind.is_whole and not kind.holds}


def tokens(line: str, typed: Container[str] = ()) -> Iterator[Token]:
    """The pieces of a line, in order, nothing left out. What is in `typed` is literal."""
    done = 0
    for match in _matches(line):
        group = match.lastgroup
        if not group:
            continue
        start, end = match.span(group)
        text = line[start:end]
        if group in _PLAIN_NAMES and text not in typed:  # as most are
            if start > done:
                yield _token("", line[done:start])
            yield _token(_PLAIN_NAMES[group], text)
            done = end
            continue
        kind = _BY_GROUP[group]
        if (text in typed and _is_typed(kind, text, typed)) or (kind.holds and not kind.holds(text)):
            continue
        for first, last in _made_up(kind, text, start, typed):
            if _is_typed(kind, line[first:last], typed):
                continue
            if first > done:
                yield Token("", line[done:first])
            yield Token(_name(kind, line[first:last], typed), line[first:last])
            done = last
    if done < len(line):
        yield Token("", line[done:])


def _name(kind: Kind, text: str, typed: Container[str]) -> str:
    """What a text of this kind is called: another one where the reader has chosen how it begins."""
    return kind.chosen if kind.chosen and _beginning(text, typed) else kind.name


def _beginning(text: str, typed: Container[str]) -> int:
    """How long a beginning of the text was typed: `3.14.` by the tag of `python:3.14`, all of it by `node:22.11.0`."""
    word = _WORD_OF_VERSION.match(text)
    start = word.end() if word else 0
    plain = text[start:]
    if plain in typed or f"{plain}." in typed:
        return len(text)
    ends = (match.end() for match in _DOT.finditer(text))
    return max((end for end in ends if text[start:end] in typed), default=0)


def _is_typed(kind: Kind, text: str, typed: Container[str]) -> bool:
    return text in typed and not (kind.is_number and text.isdigit())


def _made_up(kind: Kind, text: str, start: int, typed: Container[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of what is made up in a text of this kind, which begins at `start` of its line."""
    first = _beginning(text, typed) if kind.behind_typed else 0
    if first == len(text) or (kind.needs_typed and not first):
        return
    fixed = re.search(kind.fixed, text) if kind.fixed else None
    yield start + first, start + (fixed.start() if fixed else len(text))
    if fixed and fixed.end() < len(text):
        yield start + fixed.end(), start + len(text)


def _matches(line: str) -> Iterator[re.Match[str]]:
    first = _OPENING.match(line)
    if not first:
        return _WORDS.finditer(line)
    return chain((first,), _WORDS.finditer(line, first.end()))


def with_numbers(line: str, spans: Iterable[Span], typed: Container[str] = ()) -> Iterator[Token]:
    """The pieces of a line, where what stands at `spans` is made up, but for what was typed."""
    done = 0
    for kind, start, end in spans:
        if kind not in (ASKED, JOB) and line[start:end] in typed:
            continue
        yield from tokens(line[done:start], typed)
        yield Token(kind, line[start:end])
        done = end
    yield from tokens(line[done:], typed)
