"""Runs the page that was saved in the lab that has most of it behind it, and keeps labs for the next save.

After a run three labs wait: that of the run, one that has typed all before the first block that had changed, and a
fresh one. For the next save mostly changes the same block, or the sample of one that has run. A page that somebody
looks at is typed before its first save.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import NamedTuple

from harness.claims.pages import Page
from harness.claims.samples import sample
from harness.evidence.facts import BlockFact, Outcome, PageFact, worst
from harness.lab.bounds import Bounds
from harness.lab.lanes import Lane
from harness.lab.machine import Machine
from harness.lab.outer.faults import LabError
from harness.runner import PageRun
from harness.serve.kept import KeptLab, Replayed
from harness.serve.saves import Steps, steps

_DEADLINE = 6 * 3600  # seconds that a lab may wait and run; the mirror has no more
_RESTED = 5.0  # seconds of waiting after which a difference may come from that: what a page started may have ended
Told = Callable[[PageFact, BlockFact], object]


class Proved(NamedTuple):
    """What became of a page."""

    fact: PageFact
    is_doubtful: bool  # what went wrong may come of the lab's having waited since the last save


class Prover:
    """The labs of one engine that wait for the pages of the project at `root`. One page is proved at a time.

    `engines` are all that are known, oldest first; `open_machine` gives a machine in such bounds, which isn't started.
    """

    def __init__(
        self,
        root: Path,
        engine: str,
        engines: Sequence[str],
        lane: Lane,
        open_machine: Callable[[Bounds], Machine],
    ) -> None:
        self.engine = engine
        self._root, self._engines, self._lane = root, engines, lane
        self._open_machine = open_machine
        self._all: list[KeptLab] = []
        self._page: Path | None = None  # that was run last, or made ready
        self._last: KeptLab | None = None  # the lab of the last run
        self._labs: list[KeptLab] = []  # the others; while they are made ready they are that thread's
        self._thread = ThreadPoolExecutor(1)
        self._ready: Future[None] | None = None
        self._stop = Event()  # that it goes on with that
        self._is_over = False

    def steps(self, page: Page) -> Steps:
        """The steps of a page on this engine."""
        return steps(page, [sample(page, block, self._root, self.engine, self._engines) for block in page.blocks])

    def get_ready(self) -> None:
        """Starts a lab for the first save, in the background."""
        self._ready = self._thread.submit(self._have_fresh, "engine", Bounds(deadline=_DEADLINE))

    def get_ready_for(self, page: Page) -> None:
        """Types the page in a lab, in the background, so that its first save is judged by that. Not while one runs."""
        if page.path != self._page and not self._is_over:
            self._begin_ready(page, len(page.blocks))

    def prove(
        self, page: Page, changed: int, told: Told, is_old: Callable[[], bool], *, afresh: bool = False
    ) -> Proved | None:
        """What became of the page, written down as evidence; `changed` is its first block that had changed, 0-based.

        `told` hears of each block that was judged. `afresh` nothing is taken from a lab that was kept. None where
        `is_old` says meanwhile that another save waits. LabError.
        """
        lab, run, machine = (self._afresh if afresh else self._in_best_lab)(page, told, is_old)
        proved = None
        if len(run.fact.blocks) == len(page.blocks):
            run.close()
            outcome = worst(block.outcome for block in run.fact.blocks)
            may_have_ended = outcome is Outcome.DIFFERS and machine.rested > _RESTED
            may_be_lost = outcome is Outcome.BROKEN and machine.began_with_a_log
            proved = Proved(run.fact, not afresh and (may_have_ended or may_be_lost))
        self._last = lab
        if not self._is_over:
            self._begin_ready(page, changed)
        return proved

    def close(self) -> None:
        """Removes all labs, also those in which something runs: it comes out broken. LabError."""
        self._is_over = True
        self._stop.set()
        self._close_all()
        self._thread.shutdown()
        self._close_all()  # what was just starting

    def _close_all(self) -> None:
        while self._all:
            lab = self._all.pop()
            with suppress(LabError):  # what can't be removed goes with the mirror
                lab.close()

    # -- a run

    def _in_best_lab(self, page: Page, told: Told, is_old: Callable[[], bool]) -> tuple[KeptLab, PageRun, Replayed]:
        """A run of the page in the lab that has most of it behind it: the last one, if it can be."""
        if (last := self._last) and last.fits(page.machine, _bounds(page)):
            run, machine = self._run(page, last, told, is_old)
            if not machine.has_parted:
                return last, run, machine
        self._wait_for_ready()
        for lab in sorted(self._labs, key=lambda lab: -len(lab.log)):
            if lab.fits(page.machine, _bounds(page)):
                run, machine = self._run(page, lab, told, is_old)
                if not machine.has_parted:
                    self._labs.remove(lab)
                    return lab, run, machine
        lab = self._open(page.machine, _bounds(page))
        return lab, *self._run(page, lab, told, is_old)

    def _afresh(self, page: Page, told: Told, is_old: Callable[[], bool]) -> tuple[KeptLab, PageRun, Replayed]:
        """A run of the page in a lab in which nothing was done."""
        self._wait_for_ready()
        kind, bounds = page.machine, _bounds(page)
        fresh = next((lab for lab in self._labs if lab.fits(kind, bounds) and not lab.log), None)
        lab = fresh or self._open(kind, bounds)
        self._labs = [other for other in self._labs if other is not lab]
        return lab, *self._run(page, lab, told, is_old)

    def _run(
        self, page: Page, lab: KeptLab, told: Told, is_old: Callable[[], bool], end: int | None = None
    ) -> tuple[PageRun, Replayed]:
        """Runs the blocks of a page, or those before `end`, until they part from what the lab has typed."""
        machine = Replayed(lab)
        run = PageRun(page, self._root, self.engine, self._engines, self._lane, machine)
        for number in range(len(page.blocks))[:end]:
            if machine.at >= len(lab.log) and is_old():  # what was typed before costs nothing
                break
            first = machine.at
            fact = run.run(number)
            if machine.has_parted:
                break
            if entries := lab.log[first : machine.at]:
                seconds = round(sum(entry.seconds for entry in entries), 3)
                run.fact.blocks[number] = replace(fact, started=entries[0].started, seconds=seconds)
            told(run.fact, fact)
        if lab.log:
            run.fact.started = lab.log[0].started
        return run, machine

    # -- the labs for the next one

    def _wait_for_ready(self) -> None:
        """Until the other labs are nobody's; the last one is no longer that then."""
        self._stop.set()
        if self._ready:
            self._ready.result()
        self._labs += [self._last] if self._last else []
        self._last = None

    def _begin_ready(self, page: Page, changed: int) -> None:
        """Has the labs for the next save made, in the background."""
        self._page = page.path
        self._stop.set()
        self._stop = Event()
        self._ready = self._thread.submit(self._make_ready, page, changed, self._stop)

    def _make_ready(self, page: Page, changed: int, stop: Event) -> None:
        """Has a lab that waits before the block `changed`, and a fresh one; removes all others."""
        if stop.is_set():
            return
        kind, bounds = page.machine, _bounds(page)
        self._have_fresh(kind, bounds)
        before = None
        for lab in sorted(self._labs, key=lambda lab: -len(lab.log)):
            if stop.is_set():
                return
            if before is None and lab.fits(kind, bounds) and self._stands_before(page, changed, lab, stop):
                before = lab
            elif lab.log or not lab.fits(kind, bounds):
                self._labs.remove(lab)
                self._remove(lab)
        if not stop.is_set():
            self._have_fresh(kind, bounds)

    def _stands_before(self, page: Page, changed: int, lab: KeptLab, stop: Event) -> bool:
        """Whether a lab has typed what stands before the block `changed`, and no more; it types what is missing."""
        _, machine = self._run(page, lab, lambda *_: None, stop.is_set, changed)
        return not machine.has_parted and machine.at == len(lab.log)

    def _have_fresh(self, kind: str, bounds: Bounds) -> None:
        if not any(lab.fits(kind, bounds) and not lab.log for lab in self._labs):
            with suppress(LabError):  # who needs it will meet the same, and say so
                self._labs.append(self._open(kind, bounds))

    def _open(self, kind: str, bounds: Bounds) -> KeptLab:
        if self._is_over:
            raise LabError("no lab is started any more")
        lab = KeptLab(self._open_machine(bounds), kind, bounds)
        self._all.append(lab)
        lab.machine.start(kind)
        if self._is_over:
            lab.close()
        return lab

    def _remove(self, lab: KeptLab) -> None:
        self._all.remove(lab)
        with suppress(LabError):  # what can't be removed goes with the mirror
            lab.close()


def _bounds(page: Page) -> Bounds:
    return Bounds(page.memory, page.processes, page.disk, deadline=_DEADLINE)
