"""Compares what a page shows with what the engine printed: sample + actual -> differences, for the runner.

What the reader typed or the page fixed is literal. What the engine made up is free, but has to be the right kind
of thing (kinds.py) and has to stay the same thing over the page (bindings.py). Tables are compared by header and
cell (tables.py), what comes in no promised order is put in one first (runs.py).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.bindings import Bindings, prompt_pattern
from harness.lines import Line, key_both, read
from harness.runs import arrange

__all__ = ["Bindings", "Difference", "compare", "prompt_pattern"]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the page says. The texts are empty where there is nothing."""

    line: int  # of the sample, 1-based; for a line too many the one after which it came, 0 before the first
    expected: str
    found: str
    where: str  # in a contributor's words: a column's title, or what kind of thing it is

    def __str__(self) -> str:
        if not self.found:
            return f"{self.where}: nothing, the page says `{self.expected}`"
        if not self.expected:
            return f"{self.where}: `{self.found}`, the page says nothing there"
        return f"{self.where}: `{self.found}`, the page says `{self.expected}`"


def compare(sample: str, actual: str, bindings: Bindings) -> list[Difference]:
    """What differs between a sample and this run's output; empty where both have the same shape.

    Without differences `bindings` has learnt what is what in this run; else it is as before. Prompts can be
    compared like outputs. Takes time in proportion to both texts.
    """
    shown, printed = key_both(
        read(bindings.in_sample(sample), bindings.typed), read(actual, bindings.typed), bindings
    )
    pairs = list(_align(*arrange(shown, printed)))
    found = [difference for pair in pairs for difference in _differences(*pair)]
    if not found:
        learnt = bindings.copy()
        found = [difference for pair in pairs for difference in _learn(*pair, learnt)]
    if not found:
        bindings.take(learnt)
    return sorted(found, key=lambda difference: difference.line)


# A sample's line and its counterpart; one of them is None where it stands alone. The number is that of the last
# line of the sample before.
_Pair = tuple[Line | None, Line | None, int]


def _align(sample: Sequence[Line], actual: Sequence[Line]) -> Iterator[_Pair]:
    """Pair the lines of both, where gaps of the sample take up what stands between."""
    segments = _segments(sample)
    if len(segments) == 1:
        yield from _pair(sample, actual)
        return
    first, *middle, last = segments
    end = max(len(actual) - len(last), min(len(first), len(actual)))
    yield from _pair(first, actual[: len(first)])
    position = min(len(first), end)
    for segment in middle:
        start = _find(segment, actual, position, end)
        if start < 0:
            yield from _pair(segment, actual[position : position + len(segment)])
        else:
            yield from _pair(segment, actual[start : start + len(segment)])
            position = start + len(segment)
    yield from _pair(last, actual[end:])


def _segments(sample: Sequence[Line]) -> list[list[Line]]:
    segments: list[list[Line]] = [[]]
    for line in sample:
        if line.is_gap:
            segments.append([])
        else:
            segments[-1].append(line)
    return segments


def _find(segment: Sequence[Line], actual: Sequence[Line], start: int, end: int) -> int:
    """Where the segment stands in actual[start:end], by Knuth, Morris and Pratt; -1 if nowhere."""
    keys = [line.key for line in segment]
    back = [0] * (len(keys) + 1)
    length = 0
    for index in range(1, len(keys)):
        while length and keys[index] != keys[length]:
            length = back[length]
        length += keys[index] == keys[length]
        back[index + 1] = length
    length = 0
    for position in range(start, end):
        while length and (length == len(keys) or actual[position].key != keys[length]):
            length = back[length]
        length += bool(keys) and actual[position].key == keys[length]
        if length == len(keys):
            return position - length + 1
    return -1 if keys else start


def _pair(sample: Sequence[Line], actual: Sequence[Line]) -> Iterator[_Pair]:
    """Walk both; where they part, go on at the nearest line that both have."""
    in_sample, in_actual = _positions(sample), _positions(actual)
    left = right = before = 0
    while left < len(sample) and right < len(actual):
        missing = 0 if sample[left].key == actual[right].key else _ahead(in_sample, actual[right].key, left)
        extra = 0 if sample[left].key == actual[right].key else _ahead(in_actual, sample[left].key, right)
        if extra and (not missing or extra <= missing):
            yield None, actual[right], before
            right += 1
            continue
        before = sample[left].number
        yield sample[left], None if missing else actual[right], before
        left, right = left + 1, right if missing else right + 1
    for line in sample[left:]:
        yield line, None, line.number
    for line in actual[right:]:
        yield None, line, sample[-1].number if sample else 0


def _positions(lines: Sequence[Line]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        found.setdefault(line.key, []).append(index)
    return found


def _ahead(positions: dict[str, list[int]], key: str, start: int) -> int:
    """How many lines after `start` the key comes again; 0 if nowhere."""
    where = positions.get(key, [])
    index = bisect_left(where, start)
    return where[index] - start if index < len(where) else 0


def _differences(sample: Line | None, actual: Line | None, before: int) -> Iterator[Difference]:
    if sample is None or actual is None:
        where = "row" if len((sample or actual or Line(0, "", ())).parts) > 1 else "line"
        yield Difference(before, sample.text if sample else "", actual.text if actual else "", where)
    elif sample.key != actual.key:
        columns = [part.where for part in sample.parts] == [part.where for part in actual.parts]
        if columns and sample.parts[0].where != "column":
            yield from _cell_differences(sample, actual)
        else:
            yield Difference(sample.number, sample.text, actual.text, sample.parts[0].where)


def _cell_differences(sample: Line, actual: Line) -> Iterator[Difference]:
    whole = len(sample.key) == len(actual.key) and len(sample.parts) == 1
    for left, right in zip(sample.parts, actual.parts, strict=True):
        if whole or left.key({}) != right.key({}):
            yield Difference(sample.number, left.text, right.text, left.where)


def _learn(sample: Line | None, actual: Line | None, before: int, learnt: Bindings) -> Iterator[Difference]:
    if sample is None or actual is None:
        return
    for (shown, content), (printed, _) in zip(sample.made_up, actual.made_up, strict=True):
        if not learnt.bind(shown, printed, content=content):
            yield Difference(before, shown.text, printed.text, shown.kind)
