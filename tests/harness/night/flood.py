"""Turns what drifts in a night into the causes that get no issue each, as too much drifts at once: one issue says so.

It is over once what has no issue yet is little enough to get one each.
"""

from collections.abc import Mapping, Sequence

from harness.night.causes import causes
from harness.night.findings import Drift, Night

_MOST = 10  # new causes in one night
_SHARE = 1 / 4  # of an engine's pages


def held_back(drifts: Sequence[Drift], pending: Sequence[Drift], pages: Mapping[str, int], last: Night) -> list[str]:
    """The keys of the causes that get no issue of their own tonight. `pages` says how many were run on each engine."""
    still = [cause.key for cause in causes(pending) if cause.key in last.held_back]
    return sorted({*still, *_held_back(drifts, pages, last)})


def _held_back(drifts: Sequence[Drift], pages: Mapping[str, int], last: Night) -> list[str]:
    known = {cause.key for cause in causes([*last.drifts, *last.pending])}
    without = [cause for cause in causes(drifts) if cause.key not in known.difference(last.held_back)]
    if len(without) > _MOST:
        return [cause.key for cause in without]
    flooded = set(flooded_engines(drifts, pages))
    there = [cause for cause in without if {name for drift in cause.drifts for name in drift.engines} <= flooded]
    return [cause.key for cause in there] if there[1:] else []


def flooded_engines(drifts: Sequence[Drift], pages: Mapping[str, int]) -> dict[str, int]:
    """The engines on which more than a quarter of the pages drift, with how many do."""
    drifting = {name: len({drift.page for drift in drifts if name in drift.engines}) for name in pages}
    return {name: number for name, number in drifting.items() if number > _SHARE * pages[name]}
