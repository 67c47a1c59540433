"""Pairs the lines of a sample with those that were printed: equal keys meet, gaps take up what stands between.

    sample      actual
    a           a           a pair
    ...                     takes up b and c
    d           d           a pair
    e                       alone: the page's line is missing

All in linear time.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.shapes.keys import LineKey
from harness.shapes.lines import Line, gaps_among

# A sample's line and its counterpart; one of them is None where it stands alone. The number is that of the last
# line of the sample before.
Pair = tuple[Line | None, Line | None, int]
_TRIES = 20  # lines that are looked for, so that it ends in linear time
Positions = dict[LineKey, list[int]]  # where each key stands


def align(sample: Sequence[Line], actual: Sequence[Line]) -> Iterator[Pair]:
    """Pair the lines of both, where gaps of the sample take up what stands between."""
    texts = gaps_among(sample)
    gaps = [place for place, line in enumerate(sample) if line.text in texts] if texts else []
    if not gaps:
        yield from pair(sample, actual)
        return
    position = gaps[0]
    yield from pair(sample[:position], actual[:position])
    segments = [sample[gap + 1 : end] for gap, end in pairwise([*gaps, len(sample)])]
    last = segments.pop()
    end = max(len(actual) - len(last), position)
    *wanted, of_last, there = lettered(*segments, last, actual)
    for gap, segment, letters in zip(gaps, segments, wanted, strict=False):
        place = there.find(letters, position, end)
        start = place if place >= 0 else _nearest(letters, there, position)
        found = actual[start : min(start + len(segment), end)]
        if 0 <= place <= end - len(segment):
            for line, other in zip(segment, found, strict=True):
                yield line, other, line.number
        else:
            yield from pair(segment, found, sample[gap].number)
        position = start + len(segment) if place >= 0 else end
    start = end if there[end:] == of_last else max(_nearest(of_last, there, position, end), position)
    yield from pair(last, actual[start:], sample[gaps[-1]].number)


def _nearest(letters: str, there: str, position: int, otherwise: int | None = None) -> int:
    """Where lines that aren't there together begin, by the first of them that is there; else `otherwise`."""
    for index, letter in enumerate(letters[:_TRIES]):
        place = there.find(letter, position)
        if place >= 0:
            return max(place - index, position)
    return position if otherwise is None else otherwise


def pair(sample: Sequence[Line], actual: Sequence[Line], before: int = 0) -> Iterator[Pair]:
    """Walk both; where they part, go on at the nearest line that both have."""
    in_sample: Positions = {}
    in_actual: Positions = {}
    left = right = 0
    while left < len(sample) and right < len(actual):
        missing = extra = 0
        if sample[left].key != actual[right].key:
            in_sample, in_actual = in_sample or _positions(sample), in_actual or _positions(actual)
            missing = _ahead(in_sample, actual[right].key, left)
            extra = _ahead(in_actual, sample[left].key, right)
        if extra > 0 and (missing < 0 or extra <= missing):
            yield None, actual[right], before
            right += 1
            continue
        before = sample[left].number
        yield sample[left], None if missing > 0 else actual[right], before
        left, right = left + 1, right if missing > 0 else right + 1
    yield from ((line, None, line.number) for line in sample[left:])
    yield from ((None, line, before) for line in actual[right:])


def within(sample: Sequence[Line], actual: Sequence[Line]) -> Iterator[Pair]:
    """The lines of the sample that come in the actual output, in that order, with whatever stands between them."""
    in_actual, position = _positions(actual), 0
    for line in sample:
        ahead = _ahead(in_actual, line.key, position)
        if ahead >= 0:
            position += ahead + 1
            yield line, actual[position - 1], line.number


def _positions(lines: Sequence[Line]) -> Positions:
    """The indices at which each key stands, in order."""
    found: Positions = {}
    for index, line in enumerate(lines):
        found.setdefault(line.key, []).append(index)
    return found


def _ahead(where: Positions, key: LineKey, start: int) -> int:
    """How many lines after `start` the key comes next; -1 if nowhere."""
    places = where.get(key, [])
    index = bisect_left(places, start)
    return places[index] - start if index < len(places) else -1


def lettered(*sides: Sequence[Line]) -> list[str]:
    """Each side as a text with a character for each line, the same one for equal keys: str searches in linear time."""
    letters: defaultdict[LineKey, str] = defaultdict(lambda: chr(len(letters)))
    return ["".join([letters[line.key] for line in lines]) for lines in sides]
