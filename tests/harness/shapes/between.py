"""An older sample and a newer output -> that output in the pieces that a page shows between its gaps: for recordings.

sample      output      pieces
a           a           a
...         b           (left out)
d           c
            D           D
"""

from difflib import SequenceMatcher
from itertools import pairwise

from harness.shapes.bindings import Bindings
from harness.shapes.comparison import read_both
from harness.shapes.lines import GAP, is_gap

_Places = dict[int, int]  # index of a line of the sample -> that of the same line of the output


def between_gaps(sample: str, actual: str, bindings: Bindings) -> list[list[str]]:
    """The lines of `actual` in pieces, between which the sample has its gaps; one piece where they don't fit in.

    A piece begins and ends where lines that are the same in both say so, and at the ends of the output. A line of the
    sample with a gap inside stays where it fits.
    """
    shown, printed = sample.split("\n"), actual.split("\n") if actual else []
    if GAP not in sample:
        return [printed]
    places = _places(sample, actual, bindings)
    for index, place in places.items():
        printed[place] = shown[index] if GAP in shown[index] else printed[place]
    left_out = [index for index, line in enumerate(shown) if is_gap(line)]
    bounds = [-1, *left_out, len(shown)]
    slices = [_slice(range(before + 1, after), places, len(shown), len(printed)) for before, after in pairwise(bounds)]
    ends = [0, *(edge for found in slices if found for edge in (found.start, found.stop)), len(printed)]
    if not places or None in slices or ends != sorted(ends):
        return [printed]
    return [printed[found] for found in slices if found]


def _places(sample: str, actual: str, bindings: Bindings) -> _Places:
    """Where the sample's lines are in the output, in one order."""
    shown, printed = read_both(sample, actual, bindings)
    keys, printed_keys = [line.key for line in shown], [line.key for line in printed]
    blocks = SequenceMatcher(None, keys, printed_keys).get_matching_blocks()
    return {
        shown[block.a + index].number - 1: printed[block.b + index].number - 1
        for block in blocks
        for index in range(block.size)
        if not shown[block.a + index].is_gap
    }


def _slice(lines: range, places: _Places, shown: int, printed: int) -> slice | None:
    """The lines of the output for `lines` of the sample, between two gaps; None where nothing says which they are.

    `shown` and `printed` are the numbers of all lines in both.
    """
    same = [index for index in lines if index in places]
    is_first, is_last = lines.start == 0, lines.stop == shown
    if not same:
        return slice(0, len(lines)) if is_first else slice(printed - len(lines), printed) if is_last else None
    start = 0 if is_first else places[same[0]] - (same[0] - lines.start)
    return slice(start, printed if is_last else places[same[-1]] + lines.stop - same[-1])
