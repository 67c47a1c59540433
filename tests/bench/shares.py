"""Simulates how a night of 1,000 pages is shared out among 12 runners, and says how much longer than the mean the last
of them takes: at most 1.15 times. The seconds of the pages are those of the last run on one engine, in build/evidence.

PYTHONPATH=tests .nox/docker-note/bin/python tests/bench/shares.py

A night shares out by the seconds of the night before (pytest-split's least duration, as harness.night asks for it). No
page takes twice the same time, and some pages are new. That one runner is faster than another is left out: no plan that
is made before the night can know it.
"""

import random
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest
from pytest_split.algorithms import LeastDurationAlgorithm

from harness.evidence import files
from harness.lab import engines
from harness.night.merge import durations

ROOT = Path(__file__).parents[2]
PAGES, RUNNERS, NIGHTS = 1000, 12, 100
SPREAD = 0.2  # of a page's seconds from night to night: their standard deviation, as a share of the mean
NEW = 0.02  # the share of pages whose seconds nobody knows
STARTS = 60.0  # seconds that every runner takes before its first page


class Item:
    """What pytest-split asks of a test: its id."""

    def __init__(self, nodeid: str) -> None:
        self.nodeid = nodeid

    def __str__(self) -> str:
        return self.nodeid


def many(measured: Sequence[float], chance: random.Random) -> dict[str, float]:
    """The seconds of so many pages, each those of one that was measured."""
    return {f"docs/page{number:04}.md": chance.choice(measured) for number in range(PAGES)}


def worst(pages: Mapping[str, float], chance: random.Random) -> float:
    """The seconds of the runner that ends last in one night, as a multiple of the mean."""
    known = {page: seconds for page, seconds in pages.items() if chance.random() >= NEW}
    shares = LeastDurationAlgorithm()(RUNNERS, cast(list[pytest.Item], [Item(page) for page in pages]), known)
    ends = [STARTS + sum(_tonight(pages[item.nodeid], chance) for item in share.selected) for share in shares]
    return max(ends) / statistics.mean(ends)


def nights(measured: Sequence[float]) -> list[float]:
    """What `worst` is in each of the nights, the best first; the same whenever it is asked."""
    chance = random.Random(1)  # noqa: S311
    return sorted(worst(many(measured, chance), chance) for _ in range(NIGHTS))


def _tonight(seconds: float, chance: random.Random) -> float:
    return seconds * max(0.3, chance.gauss(1, SPREAD))


def main() -> None:
    engine = engines.fallback()
    pages = [page for page in files.load(ROOT / "build" / "evidence", print) if page.engine == engine]
    if not pages:
        raise SystemExit(f"build/evidence: no page ran on {engine}; `nox -s verify -- --engine {engine}` runs all")
    measured = list(durations(pages).values())
    print(
        f"{len(measured)} pages on {engine}: {statistics.mean(measured):.1f} s on average, {max(measured):.1f} at most"
    )
    seen = nights(measured)
    print(
        f"{PAGES} pages on {RUNNERS} runners, {NIGHTS} nights: the last runner takes {statistics.median(seen):.2f} of "
        f"the mean, {seen[-1]:.2f} in the worst night (at most 1.15)"
    )


if __name__ == "__main__":
    main()
