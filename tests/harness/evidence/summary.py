"""Turns a run's steps into what is said of it as a whole: summary.json and the exit status, for CI and the night."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from harness.evidence.checked import EngineName, record
from harness.evidence.facts import Lane, Outcome, PageFact


class ExitStatus(IntEnum):
    """How a run ends, and a night; 3 and 5 are pytest's own."""

    PASSED = 0
    DIFFERS = 1
    WRONG_PAGES = 2  # pytest's own: collection failed
    WRONG_ADDRESS = 4  # pytest's own for what it is told wrongly: here where the engine is
    BROKEN = 6  # nothing differs, but something could not be judged


@dataclass(frozen=True)
class Summary:
    """A run as a whole."""

    counts: Counter[Outcome]  # its steps by outcome
    engines: Sequence[str]  # oldest first
    lane: Lane | None  # None where no page was run

    def to_json(self) -> dict[str, Any]:
        """What summary.json holds: {"passed": n, ..., "unchecked": n, "engines": [...], "lane": "..."}."""
        counts = {str(outcome): self.counts[outcome] for outcome in Outcome}
        return counts | {"engines": list(self.engines), "lane": self.lane or ""}

    @classmethod
    def from_json(cls, written: Any) -> "Summary":
        """The summary of which `to_json` wrote this. ValueError where something else did."""
        row = record(
            _Written, {**written, "lane": written.get("lane") or None} if isinstance(written, dict) else written
        )
        return cls(Counter({outcome: getattr(row, outcome) for outcome in Outcome}), row.engines, row.lane)


@dataclass(frozen=True)
class _Written:
    """summary.json."""

    passed: int
    differs: int
    broken: int
    blocked: int
    unchecked: int
    engines: Sequence[EngineName]
    lane: Lane | None


def count(pages: Iterable[PageFact]) -> Counter[Outcome]:
    """The steps of pages by outcome."""
    return sum((block.count() for page in pages for block in page.blocks), Counter[Outcome]())
