"""Finds the line of which a sample shows a part, where `...` stands inside one, for comparison.

    {"ID":"3f3b0c6e-1f4e-4f0e-9e7c-6d0f0a0b0c0d","Containers":0, ...}
    {"ID":"11111111-2222-4333-8444-555555555555","Containers":0,"Driver":"overlay2"}

What was printed is then cut as the sample is: `...` takes up what stands between. A token may be cut as well:
`SWMTKN-1-49nj...`. Dots behind a word (`Waiting...`) are the program's own, and so are dots that were printed.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from harness.shapes.kinds import ASKED, KINDS
from harness.shapes.lines import GAP, Line, Part, is_gap, part_of
from harness.shapes.tokens import Span, Token, with_numbers

_TRIES = 10  # lines that are looked at, for each line of both outputs
_OF_BUILDKIT = re.compile(r"#\d{1,4} \.\.\.")  # another step speaks in between
_GAP = "gap"  # the kind of what a gap takes up
_DOTS = re.compile(r"((?:(?!\.\.\.).)*)(\.{3,}|\Z)", re.DOTALL)
_START, _END = re.compile(r"\A[0-9A-Za-z]+"), re.compile(r"[0-9A-Za-z]+\Z")
# The last of these are letters as no word has them: `bWlu` of base64, `eyJhbGciOi` of a token, a certificate's
# `MIIBazCCARCgAwIBAgI`.
_IS_RANDOM = re.compile(
    r"(?=.*\d)[0-9A-Za-z]+|[0-9a-f]{6,}|(?=.{4}\Z)[a-z]{1,2}[A-Z]{1,2}[a-z]{1,2}|(?=(?:.*[A-Z0-9])?[a-z]{1,2}[A-Z]{1,3}[a-z]{1,2}[A-Z])[0-9A-Za-z]{8,}"
)
_BETWEEN_VALUES = ", "  # `"ID":"x", ..., "Driver":"y"` leaves out the commas of what it leaves out
_IS_HEXADECIMAL = re.compile(r"(?=.*\d)[0-9a-f]{6,}")

_Segment = tuple[Token, ...]  # a text between two gaps; the piece of a token that a gap cuts off stands for the whole


def fill(sample: Sequence[Line], actual: Sequence[Line], typed: Container[str]) -> tuple[list[Line], list[Line]]:
    """Both outputs, in which each line of the sample with a gap inside and the line that it fits are cut alike."""
    shown, printed = list(sample), list(actual)
    if not any(GAP in text and not is_gap(text) for text in {line.text for line in sample}):
        return shown, printed
    there = {line.key for line in actual}
    tries = _TRIES * (len(shown) + len(printed))  # so that it ends in linear time
    start = 0
    for index, line in enumerate(shown):
        if line.is_gap or GAP not in line.text or _OF_BUILDKIT.fullmatch(line.text) or line.key in there:
            continue
        candidates = range(start, min(len(printed), start + tries))
        tries -= len(candidates)
        for place in candidates:
            if pair := _pair(line, printed[place], typed):
                tries += candidates.stop - place
                shown[index], printed[place] = pair
                start = place + 1
                break
    return shown, printed


def _pair(sample: Line, actual: Line, typed: Container[str]) -> tuple[Line, Line] | None:
    """Both lines with the parts that have a gap cut alike; None where the sample's doesn't fit the other."""
    if len(sample.parts) != len(actual.parts) or actual.text.count(GAP) >= sample.text.count(GAP):
        return None
    pairs = [_parts(*parts, typed) for parts in zip(sample.parts, actual.parts, strict=True)]
    if not all(pairs):
        return None
    shown, printed = ([pair[side] for pair in pairs if pair] for side in (0, 1))
    return _with_parts(sample, shown), _with_parts(actual, printed)


def _with_parts(line: Line, parts: Sequence[Part]) -> Line:
    keys = tuple(part.unbound for part in parts)
    made_up = tuple(made for part in parts for made in part.made_up)
    return replace(line, parts=tuple(parts), made_up=made_up, keys=keys, key=keys)


def _parts(sample: Part, actual: Part, typed: Container[str]) -> tuple[Part, Part] | None:
    if sample.unbound == actual.unbound:
        return sample, actual
    segments = _segments(sample, typed)
    found = _fitting(segments, actual.text) if len(segments) > 1 else None
    if not found:
        return None
    shown = [token for segment in segments for token in (*segment, Token(_GAP, GAP))][:-1]
    return _part(sample, shown), _part(actual, found)


def _part(part: Part, found: Sequence[Token]) -> Part:
    return part_of(part.where, part.text, found, content=any(made.content for made in part.made_up))


def _segments(part: Part, typed: Container[str]) -> list[_Segment]:
    """What a part of the sample shows, without its gaps."""
    pieces, starts, position = [""], [0], 0
    for before, dots in _DOTS.findall(part.text):
        pieces[-1] += before
        position += len(before) + len(dots)
        word = _END.search(pieces[-1])
        if dots == GAP and not (word and not _IS_RANDOM.fullmatch(word[0])):
            pieces.append("")
            starts.append(position)
        else:
            pieces[-1] += dots
    asked: list[list[Span]] = [[] for _ in pieces]
    for kind, first, end in _asked(part):
        index = bisect_right(starts, first) - 1
        asked[index].append((kind, first - starts[index], end - starts[index]))
    last = len(pieces) - 1
    return [
        _segment(piece, asked[index], typed, after_gap=index > 0, before_gap=index < last)
        for index, piece in enumerate(pieces)
    ]


def _asked(part: Part) -> Iterator[Span]:
    """Where a part has numbers that the command asks for."""
    position = 0
    for token in part.tokens if "".join(token.text for token in part.tokens) == part.text else ():
        if token.kind == ASKED:
            yield token.kind, position, position + len(token.text)
        position += len(token.text)


def _segment(text: str, asked: Sequence[Span], typed: Container[str], *, after_gap: bool, before_gap: bool) -> _Segment:
    """The tokens of a text beside gaps, without the blanks that part it from them; `asked`: where it has numbers."""
    start = len(found[0]) if after_gap and (found := _random(_START, text, typed)) else 0
    end = found.start() if before_gap and (found := _random(_END, text, typed)) else len(text)
    first = [Token(_GAP, text[:start])] if start else []
    last = [Token(_GAP, text[end:])] if start <= end < len(text) else []
    if after_gap and not start:
        start = len(text) - len(text.lstrip(_BETWEEN_VALUES))
    if before_gap and end == len(text):
        end = len(text.rstrip())
    inside = [(kind, one - start, other - start) for kind, one, other in asked if start <= one and other <= end]
    return (*first, *with_numbers(text[start:end], inside, typed), *last)


def _random(where: re.Pattern[str], text: str, typed: Container[str]) -> re.Match[str] | None:
    """The piece of a token at one end of a text, where it looks made up."""
    found = where.search(text)
    return found if found and _IS_RANDOM.fullmatch(found[0]) and found[0] not in typed else None


def _fitting(segments: Sequence[_Segment], text: str) -> list[Token] | None:
    """The pieces of a text that was printed, cut as the sample is; None where it doesn't fit."""
    found: list[Token] = []
    position = 0
    for index, segment in enumerate(segments):
        form = _form(segment, index == len(segments) - 1)
        match = form.match(text) if index == 0 else form.search(text, position)
        if not match:
            return None
        if index:
            found.append(Token(_GAP, text[position : match.start()]))
        found += [Token(token.kind, match[group]) for group, token in enumerate(segment, 1)]
        position = match.end()
    return found


@lru_cache(maxsize=1024)
def _form(segment: _Segment, is_last: bool) -> re.Pattern[str]:
    """A segment as it was printed: a gap beside it doesn't cut a word."""
    first, end = (r"\b" if segment and _is_word(segment[place], place) else "" for place in (0, -1))
    end = r"\Z" if is_last else end
    return re.compile(first + "".join(f"({_pattern(token)})" for token in segment) + end)


def _is_word(token: Token, place: int) -> bool:
    """Whether the token at one end of a segment has a letter or digit there."""
    return token.kind != _GAP and token.text[place].isalnum()


def _pattern(token: Token) -> str:
    if token.kind == _GAP:  # the piece of an id stands for a piece of an id
        return f"[0-9a-f]{{{len(token.text)},}}" if _IS_HEXADECIMAL.fullmatch(token.text) else "[0-9A-Za-z]+"
    if not token.kind:
        return re.escape(token.text)
    if token.kind == ASKED:
        return r"\d{1,20}" if token.text == "0" else r"(?!0\b)\d{1,20}"  # 0 is no process
    kind = KINDS[token.kind]
    is_rest = kind.behind_typed and not re.fullmatch(kind.form, token.text)  # `1` of 1.30.1, where nginx:1.30 was typed
    return r"\d[\w.+~-]*" if is_rest else kind.form
