"""What a night finds out, as data: drifts, what could not be judged, what a reader meets in a course."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.evidence.checked import Date, DateOrNone, EngineName, FilePath, Key, KeyOrNone, Version
from harness.evidence.facts import Outcome
from harness.evidence.summary import ExitStatus, Summary
from harness.faults import Kind


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
    cause: Key
    held: DateOrNone = ""  # the night in which its example was last known to hold; empty where that isn't known
    held_on: Version = ""  # and on which version
    blocked: int = 0  # steps of the page that were not run as it stands before them
    reason: str = ""  # why it is no alarm: it is expected, or flaky


@dataclass(frozen=True)
class Drift:
    """A step whose output has another shape. `key` is the same as long as the page, the snippet and the command are."""

    key: Key
    page: FilePath
    line: int  # of the block's fence on the page
    snippet: FilePath
    command: str
    engines: dict[EngineName, EngineDrift]  # those on which it drifts


@dataclass(frozen=True)
class Unjudged:
    """What could not be judged. Without a command it is a whole page, without a page all of them."""

    page: FilePath
    line: int
    command: str
    engines: list[EngineName]
    reason: str
    wrong: bool = False  # the page, as it is written
    fault: Kind | None = None  # the type of what went wrong around the page; None where that isn't known
    of: str = ""  # what that is of: a host's name, an image, a bound


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
class Release:
    """An engine that has another version than in its night before."""

    engine: EngineName
    before: Version
    version: Version


@dataclass(frozen=True)
class Night:
    """What one night found out."""

    date: str  # ISO 8601, UTC
    before: str  # the date of the night it is compared with; empty where there is none
    summary: Summary
    drifts: Sequence[Drift] = ()
    repaired: Sequence[Drift] = ()  # on the engines where they are
    pending: Sequence[Drift] = ()  # known from before, and not judged in this night
    expected: Sequence[Drift] = ()  # that somebody has looked at, and that may stay
    flaky: Sequence[Drift] = ()  # of examples that come and go
    unjudged: Sequence[Unjudged] = ()
    course: Sequence[InOrder] = ()
    releases: Sequence[Release] = ()
    pages: Mapping[EngineName, int] = field(default_factory=dict)  # how many were run on each engine
    held_back: Sequence[Key] = ()  # the causes that get no issue of their own, as too much drifts at once
    flood: KeyOrNone = ""  # the key of the issue that says so, the same as long as any are held back
    resting: Sequence[EngineName] = ()  # the engines that are run weekly, and were not tonight
    stale: Sequence[Key] = ()  # the causes in tests/expected.toml that nothing shows any more
    closed: Sequence[Key] = ()  # the causes that were drift the night before, and are none now

    @property
    def status(self) -> ExitStatus:
        """The exit status, as of a run."""
        outcomes = {row.outcome for row in self.course}
        if self.drifts or Outcome.DIFFERS in outcomes:
            return ExitStatus.DIFFERS
        if any(row.wrong for row in self.unjudged) or None in outcomes:
            return ExitStatus.WRONG_PAGES
        return ExitStatus.BROKEN if self.unjudged or self.flaky or outcomes else ExitStatus.PASSED


NO_NIGHT = Night("", "", Summary(Counter(), [], None))  # before the first
