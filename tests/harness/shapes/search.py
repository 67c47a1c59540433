"""Finds where one sequence stands in another, in linear time (Knuth, Morris and Pratt's way)."""

from collections.abc import Sequence


def find(pattern: Sequence[str], text: Sequence[str], start: int = 0) -> tuple[int, int]:
    """(place, length) of `pattern` where `text` first has it whole from `start` on, else of what it ends in of it."""
    borders = _borders(pattern)
    length = 0
    for place in range(start, len(text)):
        if length == len(pattern):
            return place - length, length
        length = _longer(pattern, borders, length, text[place])
    return len(text) - length, length


def _borders(pattern: Sequence[str]) -> list[int]:
    """For each beginning of the pattern, the length of the longest shorter one that it ends in."""
    borders = [0] * len(pattern)
    for place in range(1, len(pattern)):
        borders[place] = _longer(pattern, borders, borders[place - 1], pattern[place])
    return borders


def _longer(pattern: Sequence[str], borders: Sequence[int], length: int, item: str) -> int:
    """How much of the pattern stands there when `item` comes after `length` of it."""
    while length and pattern[length] != item:
        length = borders[length - 1]
    return length + (pattern[length] == item)
