"""Tells from a page as it was and as it was saved whether it has to be run, and from which block on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harness.claims.pages import Page
from harness.claims.samples import Sample
from harness.evidence.facts import Outcome, PageFact, digest


class _Block(NamedTuple):
    """What of a block a run depends on."""

    language: str
    title: str
    text: str  # that is judged, or that the reader writes
    is_file: bool
    unchecked: str  # why it isn't run


@dataclass(frozen=True)
class Steps:
    """What of a page a run depends on: where the page is told by its text stands in none of it."""

    machine: tuple[object, ...]
    blocks: tuple[_Block, ...]

    def first_changed(self, before: Steps | None) -> int:
        """The first block that isn't as it was `before`, 0-based: behind the last one where only blocks went away."""
        if before is None or before.machine != self.machine:
            return 0
        pairs = zip(self.blocks, before.blocks, strict=False)
        same = min(len(self.blocks), len(before.blocks))
        return next((number for number, (now, then) in enumerate(pairs) if now != then), same)

    def first_unproved(self, fact: PageFact | None) -> int | None:
        """The first block that hasn't passed, as it is here, in a run that was written down; None where all have."""
        ran = fact.blocks if fact else []
        for number, (block, judged) in enumerate(zip(self.blocks, ran, strict=False)):
            has_passed = judged.outcome in (Outcome.PASSED, Outcome.UNCHECKED)
            if not has_passed or judged.sha256 != digest(block.text):
                return number
        return None if len(ran) == len(self.blocks) else min(len(ran), len(self.blocks))


def steps(page: Page, samples: Sequence[Sample | None]) -> Steps:
    """The steps of a page; `samples` are what its blocks are judged by."""
    machine = (page.machine, page.timeout, page.memory, page.processes, page.disk)
    blocks = (
        _Block(
            block.language,
            block.title,
            judged_by.text if judged_by else block.text,
            block.is_file,
            page.unchecked.get(block.snippet, ""),
        )
        for block, judged_by in zip(page.blocks, samples, strict=True)
    )
    return Steps(machine, tuple(blocks))
