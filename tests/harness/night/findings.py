"""What a night finds out, as data: drifts, what could not be judged, what a reader meets in a course."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.claims.characters import printable
from harness.evidence.checked import Date, EngineName, FilePath, Key, Version
from harness.evidence.facts import Outcome
from harness.evidence.summary import ExitStatus, Summary

_TITLE = 100  # characters of a drift's title


@dataclass(frozen=True)
class EngineDrift:
    """A drift on one engine."""

    first_seen: Date
    new: bool  # not seen the night before
    version: Version
    file: FilePath  # that was judged: the snippet's, or its variant's
    line: int  # of the first difference in it
    differences: Sequence[str]
    shown: str  # the sample beside what was printed


@dataclass(frozen=True)
class Drift:
    """A step whose output has another shape. `key` is the same as long as the page, the snippet and the command are."""

    key: Key
    page: FilePath
    line: int  # of the block's fence on the page
    snippet: FilePath
    command: str
    engines: dict[EngineName, EngineDrift]  # those on which it drifts

    @property
    def title(self) -> str:
        """One line of plain text that names it, and only it."""
        return printable(f"[{self.key}] {self.page}: {' '.join(self.command.split())}")[:_TITLE]


@dataclass(frozen=True)
class Unjudged:
    """What could not be judged. Without a command it is a whole page, without a page all of them."""

    page: FilePath
    line: int
    command: str
    engines: list[EngineName]
    reason: str
    wrong: bool = False  # the page, as it is written


@dataclass(frozen=True)
class InOrder:
    """What a reader meets who does all pages in order on one machine: a step that doesn't come out, or what a page
    leaves there.
    """

    page: FilePath
    line: int
    command: str
    engine: EngineName
    outcome: Outcome | None  # of the step; None for a page that leaves things
    reason: str


@dataclass(frozen=True)
class Night:
    """What one night found out."""

    date: str  # ISO 8601, UTC
    before: str  # the date of the night it is compared with; empty where there is none
    summary: Summary
    drifts: Sequence[Drift] = ()
    repaired: Sequence[Drift] = ()  # on the engines where they are
    pending: Sequence[Drift] = ()  # known from before, and not judged in this night
    unjudged: Sequence[Unjudged] = ()
    course: Sequence[InOrder] = ()

    @property
    def status(self) -> ExitStatus:
        """The exit status, as of a run."""
        outcomes = {row.outcome for row in self.course}
        if self.drifts or Outcome.DIFFERS in outcomes:
            return ExitStatus.DIFFERS
        if any(row.wrong for row in self.unjudged) or None in outcomes:
            return ExitStatus.WRONG_PAGES
        return ExitStatus.BROKEN if self.unjudged or outcomes else ExitStatus.PASSED

    @property
    def closed(self) -> list[str]:
        """The keys of the drifts that are repaired on every engine that they were seen on."""
        still = {drift.key for drift in (*self.drifts, *self.pending)}
        return sorted({drift.key for drift in self.repaired} - still)
