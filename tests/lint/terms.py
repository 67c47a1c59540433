"""Finds words that the glossary replaces by another, and numbers that stand apart from their units."""

import re
from collections.abc import Iterable, Iterator, Sequence

from harness.claims.glossary import PARTICLES, Term
from lint.prose import Line

_UNITS = "초|분|시간|일|주|개월|년|개|번|줄|회|배|명|대|바이트|퍼센트|%|[kKMGT]i?B|ms|GHz"
_APART = re.compile(rf"(?<![\w.-])(\d[\d.,]*) +({_UNITS})(?=[^가-힣A-Za-z]|$|{PARTICLES})")


def replaced(lines: Iterable[Line], terms: Sequence[Term]) -> Iterator[tuple[int, str, str]]:
    """(line, word that the guide doesn't use, the word that it uses)."""
    instead = {word: term.name for term in terms for word in term.instead_of}
    if not instead:
        return
    longest_first = "|".join(re.escape(word) for word in sorted(instead, key=len, reverse=True))
    pattern = re.compile(rf"(?<![가-힣])(?:{longest_first})")
    for line in lines:
        yield from ((line.number, found[0], instead[found[0]]) for found in pattern.finditer(line.text))


def apart(lines: Iterable[Line]) -> Iterator[tuple[int, str, str]]:
    """(line, number and unit with a space between, the same without the space)."""
    for line in lines:
        yield from ((line.number, found[0], found[1] + found[2]) for found in _APART.finditer(line.text))
