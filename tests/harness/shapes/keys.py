"""Turns the tokens of a line into its key, which has to be equal on both sides, and rewrites keys.

    `Exited (0) `, `33 seconds ago` an age   ->   ("", "Exited (0) "), ("age ago", "")
    `588ec8830392` a short id                ->   ("short id", "67a0a9af86f4"), once it is bound to this one
    `2026-11-24 14:55` a time                ->   ("time", "9-9-9 9:9")

A key is a tuple of tokens: of what is literal its text; of what was made up its kind, and what it is called in this run
if it is bound. Of a date with its year its form counts. Padding beside it is no part of the key, since it follows its
length.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from harness.shapes.kinds import ASKED, IDS, RANDOM_TEXT, TIME
from harness.shapes.tokens import Token

Key = tuple[Token, ...]  # of a part of a line
LineKey = tuple[Key, ...]  # of its parts

_NOTHING: Mapping[Token, str] = {}
_ENDS = re.compile(r"\A {2,}| {2,}\Z")
_LEADING = re.compile(r"\A {2,}")
_TRAILING = re.compile(r" {2,}\Z")
_WITH_YEAR = re.compile(r"\d{4}[-/]|\d\d[ /][A-Z]")  # a time that begins so; `ls -l` writes a year for what is old
_AS_WIDE = frozenset({TIME, *IDS, "uuid"})  # nothing is padded before these
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")  # before which something may be
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d{1,9}")  # left out where it is 0
_DIGITS = re.compile(r"\d+")
_MONTH = re.compile(r"[A-Z][a-z]{2}")


def _form_of_time(text: str) -> str:
    is_whole = _WITH_YEAR.match(text)
    return _DIGITS.sub("9", _MONTH.sub("Mon", _FRACTION.sub("", text))) if is_whole else ""


# Of what is made up, what counts of it nevertheless.
_FORMS: Mapping[str, Callable[[str], str]] = {
    TIME: _form_of_time,
    ASKED: lambda text: "9.9" if "." in text else "",
    RANDOM_TEXT: lambda text: str(len(text)),
}


def key(found: Iterable[Token], known: Mapping[Token, str] = _NOTHING) -> Key:
    """The key of a part of a line; `known` says what a bound token stands for in this run."""
    made: list[Token] = []
    text, after_made = "", False
    for token in found:
        kind, piece = token
        if not kind:
            text += piece
            continue
        if text:
            made.append(_between(text) if after_made else Token("", _before(text, token)))
        if kind in _FORMS:
            made.append(Token(kind, _FORMS[kind](piece)))
        else:
            made.append(Token(kind, known.get(token, "")) if known else _unnamed(kind))
        text, after_made = "", True
    if text:
        made.append(Token("", _unpadded(text, _LEADING) if after_made else text))
    return tuple(made)


def _before(text: str, token: Token) -> str:
    """What counts of a text that stands first, before this token."""
    is_wide = token.kind in _AS_WIDE or (token.kind == ASKED and not _NUMBER.fullmatch(token.text))
    return text if is_wide and text.isspace() else _unpadded(text, _TRAILING)


@cache
def _unnamed(kind: str) -> Token:
    """What stands in a key for all that is not bound; there are as many as kinds."""
    return Token(kind, "")


@lru_cache(maxsize=1024)  # the same few signs stand between the values of a long line
def _between(text: str) -> Token:
    return Token("", _unpadded(text, _ENDS))


def _unpadded(text: str, where: re.Pattern[str]) -> str:
    return where.sub(" ", text) if "  " in text else text


def literal(text: str) -> Key:
    """The key of a text in which nothing is made up."""
    return (Token("", text),)


@lru_cache(maxsize=1024)  # one line comes many times
def replaced(old: Key, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], count: int = 0) -> Key:
    """The key with what the pattern finds in its literal tokens replaced; `count` in each of them, 0 for all."""
    return tuple([token if token.kind else Token("", pattern.sub(new, token.text, count)) for token in old])


def split(old: Key, separator: re.Pattern[str]) -> list[Key]:
    """The pieces of a key between the separators in its literal tokens, each with what is made up in it."""
    pieces: list[list[Token]] = [[]]
    for token in old:
        if token.kind:
            pieces[-1].append(token)
            continue
        first, *others = separator.split(token.text)
        pieces[-1] += [Token("", first)] if first else []
        pieces += [[Token("", text)] if text else [] for text in others]
    return [tuple(piece) for piece in pieces]


def spelled(whole: LineKey) -> str:
    """The key as one text, by which keys are sorted: what is made up comes before what is literal."""
    parts = ("".join([f"\0{kind}\0{text}\0" if kind else text for kind, text in part]) for part in whole)
    return "\0|".join(parts)
