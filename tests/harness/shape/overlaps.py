"""Finds where one sequence stands in another, in linear time."""

from collections.abc import Iterator, Sequence


def starts(pattern: Sequence[str], text: Sequence[str]) -> Iterator[int]:
    """For each place of `text`, how many of `pattern`'s first items stand there (the Z function)."""
    joined = [*pattern, None, *text]
    lengths = [0] * len(joined)
    left = right = 0
    for index in range(1, len(joined)):
        length = min(right - index, lengths[index - left]) if index < right else 0
        while index + length < len(joined) and joined[length] == joined[index + length]:
            length += 1
        if index + length > right:
            left, right = index, index + length
        lengths[index] = length
        if index > len(pattern):
            yield length


def find(pattern: Sequence[str], text: Sequence[str]) -> int:
    """Where `pattern` first stands in `text`; -1 if nowhere."""
    places = (place for place, length in enumerate(starts(pattern, text)) if length == len(pattern))
    return next(places, -1 if pattern else 0)


def overlap(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    """(place, length) of the longest piece at the start of `second` that `first` has, up to an end of one of them."""
    best = (0, 0)
    for place, length in enumerate(starts(second, first)):
        if length > best[1] and length == min(len(first) - place, len(second)):
            best = (place, length)
    return best
