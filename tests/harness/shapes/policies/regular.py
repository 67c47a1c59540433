"""Takes out of a log what it says regularly, with its time, between all the rest, for loop.py.

    127.0.0.1 - - [24/Nov/2026 12:42:37] "GET / HTTP/1.1" 200 -        a health check asks: once, wherever it stands
    172.17.0.1 - - [24/Nov/2026 12:42:38] "GET /none HTTP/1.1" 404 -   in its place

What goes round in a loop of several lines stays, since that has an order.
"""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import groupby

from harness.shapes.keys import LineKey, spelled
from harness.shapes.lines import Line

LONGEST = 4  # lines of a loop


def arrange(shown: Sequence[Line], printed: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both with what comes regularly once, first of all."""
    regular = _regular(shown, printed)
    return _aside(shown, regular), _aside(printed, regular)


def _regular(shown: Sequence[Line], printed: Sequence[Line]) -> set[LineKey]:
    """The keys of lines with a time that both have and that come in several places: in both, or in one of them while
    the other has less or more of them. (As many in one place there, and here in two, is a line that was moved.)
    """
    ours, theirs = _places(shown), _places(printed)
    looping = _looping(shown) | _looping(printed)
    often, others = (Counter(line.key for line in lines) for lines in (shown, printed))
    return {
        key
        for key in (ours.keys() & theirs.keys()) - looping
        if max(ours[key], theirs[key]) > 1 and (min(ours[key], theirs[key]) > 1 or often[key] != others[key])
    }


def _places(lines: Iterable[Line]) -> Counter[LineKey]:
    """In how many places each line with a time stands, by key; on end is one."""
    return Counter(key for (key, timed), _ in groupby(lines, lambda line: (line.key, line.has("time"))) if timed)


def _aside(lines: Sequence[Line], regular: Container[LineKey]) -> list[Line]:
    """Once each line that comes regularly, then the others."""
    once = {line.key: line.standing_for(line.key) for line in lines if line.key in regular}
    return [*(once[key] for key in sorted(once, key=spelled)), *(line for line in lines if line.key not in regular)]


def _looping(lines: Sequence[Line]) -> set[LineKey]:
    """The keys of what goes round in a loop of several lines, twice at least."""
    keys = [line.key for line in lines]
    found: set[LineKey] = set()
    place = 0
    while place < len(keys):
        length = 1
        for size in range(2, LONGEST + 1):
            loop = set(keys[place : place + size])
            if len(loop) > 1 and (often := repeats(keys, place, size)) >= 2 * size:
                found |= loop
                length = often
                break
        place += length
    return found


def repeats(keys: Sequence[LineKey], place: int, size: int) -> int:
    """How many keys from `place` on are each the same as the one `size` before."""
    end = place + size
    while end < len(keys) and keys[end] == keys[end - size]:
        end += 1
    return end - place
