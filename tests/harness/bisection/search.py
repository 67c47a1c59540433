"""Versions in the order of their age, of which some can't be run -> the first that prints as the newest does. Pure.

As `git bisect` does, it looks at few of them, and passes over what can't be run: then more than one may be the first.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple


class Found(NamedTuple):
    """Two versions, by their places; what lies between them could not be run."""

    old: int  # the last that is known to print otherwise
    new: int  # the first that is known to print as the newest does


def first_new(count: int, look: Callable[[int], str | None]) -> Found | None:
    """The first of `count` versions that prints as the last does; None where the first of them does already.

    `look` tells what the version at a place prints, in some word for it, or None where it can't be run.
    """
    seen = cache(look)
    newest = next((place for place in reversed(range(count)) if seen(place) is not None), None)
    if newest is None:
        return None
    oldest = next(place for place in range(count) if seen(place) is not None)
    if seen(oldest) == seen(newest):
        return None
    old, new = oldest, newest
    while (place := _between(old, new, seen)) is not None:
        old, new = (old, place) if seen(place) == seen(newest) else (place, new)
    return Found(old, new)


def _between(old: int, new: int, seen: Callable[[int], str | None]) -> int | None:
    """The place between two that can be run and is nearest to their middle; None where there is none."""
    from_the_middle = sorted(range(old + 1, new), key=lambda place: abs(2 * place - old - new))
    return next((place for place in from_the_middle if seen(place) is not None), None)
