"""The versions among which the first is looked for -> what each prints beside the newest one's sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harness.bisection.candidates import Candidate
from harness.bisection.printed import NotRun, Printed, Samples, printed
from harness.bisection.report import row
from harness.causes import cause
from harness.claims.pages import Page
from harness.claims.samples import Sample
from harness.evidence.facts import PageFact
from harness.lab.outer.client import WrongAddress
from harness.lab.outer.faults import Say


class PageRuns(Protocol):
    """The runs of a page."""

    def samples(self, engine: str) -> Samples:
        """What its blocks are judged by on a declared engine."""

    def proved(self, candidate: Candidate) -> PageFact | None:
        """What an earlier run saw of it as it is now."""

    def run(self, candidate: Candidate) -> PageFact:
        """What a run sees of it now."""


class Looks:
    """Block `number` of a page on these versions, oldest first: each is run once, and `say` is told of it."""

    def __init__(self, page: Page, number: int, among: Sequence[Candidate], runs: PageRuns, say: Say) -> None:
        self.seen: dict[int, Printed | NotRun] = {}  # by place
        self._page, self._number, self._among, self._runs, self._say = page, number, among, runs, say
        self._facts: dict[int, PageFact | NotRun] = {}
        self._days: dict[int, str] = {}  # of earlier runs that tell
        self._judged_by = self._newest().engine
        self._say(f"{self.sample.file}, the sample of {self._judged_by}, and what they print:")

    @property
    def sample(self) -> Sample:
        """What all are compared with: what the newest is judged by of those that can be run."""
        found = self._runs.samples(self._judged_by)[self._number]
        assert found
        return found

    def key(self, place: int) -> str | None:
        """What the version at a place prints, for the search."""
        seen = self.seen[place] = self._beside(place, self._judged_by)
        self._say(row(self._among[place], seen, self._days.get(place, "")))
        return seen.key if isinstance(seen, Printed) else None

    def _newest(self) -> Candidate:
        places = reversed(range(len(self._among)))
        ran = (place for place in places if isinstance(self._beside(place, self._among[place].engine), Printed))
        return self._among[next(ran, -1)]

    def _beside(self, place: int, engine: str) -> Printed | NotRun:
        """What the version prints beside the sample that an engine is judged by."""
        if place not in self._facts:
            self._facts[place] = self._fact(place)
        seen = self._facts[place]
        if isinstance(seen, NotRun):
            return seen
        return printed(self._page, self._number, self._runs.samples(engine), seen)

    def _fact(self, place: int) -> PageFact | NotRun:
        candidate = self._among[place]
        if proved := self._runs.proved(candidate):
            self._days[place] = proved.started[:10]
            return proved
        try:
            return self._runs.run(candidate)
        except WrongAddress:
            raise
        except Exception as error:  # it may be no other version's
            return NotRun(cause(error))
