"""Compares two texts word by word, so that a sentence shows only what differs.

Exited (0) 33 seconds ago     expected
Exited (137) 2 seconds ago    found; narrowed to what differs: `0` and `137`
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from operator import itemgetter
from os.path import commonprefix

from harness.shapes.tokens import Token, tokens

Word = tuple[str, str]  # as a token: its kind, empty where it is literal, and its text

_WORDS = re.compile(r"\^[A-Z]|\w+|\s+|[^\w\s]")
_A_FEW_WORDS = re.compile(r"(?:\w+|\s+|[^\w\s]){0,3}")


def narrowed(expected: str, found: str, cut: Callable[[str], Iterable[Token]] = tokens) -> tuple[slice, slice]:
    """Where two texts differ: each without the words that both begin and end with. `cut` is how they become tokens.

    Made-up words of one kind are alike; both slices are empty where there is no other difference.
    """
    ours, theirs = list(cut(expected)), list(cut(found))
    before = max(_alike(ours, theirs) - 1, 0)  # one token is left there: a word of it is the neighbour, see below
    shorter = min(len(ours), len(theirs))
    behind = max(min(_alike(ours[::-1], theirs[::-1]), shorter - before) - 1, 0)
    left, right = (side[before : len(side) - behind] for side in (ours, theirs))
    begun = _begun(left, right)
    slices = _narrowed(*(list(words(_without(begun, side))) for side in (left, right)))
    if not any(part.stop for part in slices):
        return slices
    return _pushed(slices[0], _length(ours[:before]) + begun), _pushed(slices[1], _length(theirs[:before]) + begun)


def _begun(ours: Sequence[Token], theirs: Sequence[Token]) -> int:
    """How long the text is that both begin with, without its last words: to cut that into words takes longest."""
    texts = [side[0].text for side in (ours, theirs) if side and not side[0].kind]
    same = commonprefix(texts) if len(texts) == 2 else ""  # noqa: RUF071  (no paths)
    last = _A_FEW_WORDS.match(same[::-1])
    return len(same) - len(last[0] if last else "")


def _without(begun: int, side: Sequence[Token]) -> Iterator[Token]:
    yield from (Token("", token.text[begun:]) for token in side[:1]) if begun else side[:1]
    yield from side[1:]


def _pushed(where: slice, length: int) -> slice:
    """The slice, behind so much text."""
    return slice(where.start + length, where.stop + length)


def _narrowed(shown: Sequence[Word], printed: Sequence[Word]) -> tuple[slice, slice]:
    """Where two rows of words differ, as offsets in their texts."""
    first, last = _alike(shown, printed), 0
    if first == len(shown) == len(printed):
        return slice(0, 0), slice(0, 0)
    shorter = min(len(shown), len(printed))
    last = min(_alike(shown[::-1], printed[::-1]), shorter - first)
    if first + last == shorter:  # one has nothing there: take in a neighbour, to see it beside that
        first, last = (first - 1, last) if first else (0, max(last - 1, 0))
    return _extent(shown, first, last), _extent(printed, first, last)


def with_kinds(text: str, shown: Callable[[str], str]) -> str:
    """The text with the kind of what is made up in its place, `<size>`, and the rest as it is `shown`."""
    return "".join(f"<{token.kind}>" if token.kind else shown(token.text) for token in tokens(text))


def words(found: Iterable[Token]) -> Iterator[Word]:
    """The made-up things, words, signs and blanks of a text that was cut, in order, nothing left out."""
    return chain.from_iterable(
        (token,) if token.kind else zip(repeat(""), _WORDS.findall(token.text)) for token in found
    )


def _alike(shown: Sequence[Word], printed: Sequence[Word]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(shown, printed, strict=False))
    return next((number for number, (a, b) in pairs if a != b and not _same(a, b)), min(len(shown), len(printed)))


def _same(shown: Word, printed: Word) -> bool:
    if shown[0] or printed[0]:
        return shown[0] == printed[0]
    return shown[1].isspace() and printed[1].isspace()


def _extent(words: Sequence[Word], first: int, last: int) -> slice:
    """Where the words stand, without the `first` and the `last` ones."""
    start = _length(words[:first])
    return slice(start, start + _length(words[first : len(words) - last]))


def _length(words: Iterable[Word]) -> int:
    return sum(map(len, map(itemgetter(1), words)))
