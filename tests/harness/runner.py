"""Runs a page's blocks on its machine and writes down what became of each: where pages, labs and evidence meet.

executor    a step -> Judged or Broken
rewrite     when recording: the samples that no longer fit -> new ones
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from harness import shapes
from harness.causes import cause
from harness.claims.pages import Block, Page
from harness.claims.record import Unwritable
from harness.claims.samples import Sample, prompt_after, sample, shown
from harness.claims.sessions import Step
from harness.evidence import facts, files
from harness.evidence.facts import BlockFact, DifferenceFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.recordings import asciicast
from harness.executor import Executor
from harness.judge import Broken, Judged
from harness.lab.course import Course
from harness.lab.host import Thing
from harness.lab.machine import Machine
from harness.lab.outer.faults import LabError
from harness.rewrite import Rewriter

USED = "the page begins without Docker, and this machine has it by now"


class PageRun:
    """One page on one engine. Its machine starts with the first block that needs it and ends with `close`.

    In a course the machine is the course's, and stays. `engines` are all that are known, oldest first.
    """

    def __init__(
        self,
        page: Page,
        root: Path,
        engine: str,
        engines: Sequence[str],
        lane: Lane,
        machine: Machine,
        *,
        recording: bool = False,
        course: Course | None = None,
    ) -> None:
        self.page = page
        self.left: list[Thing] = []  # in a course: what the page has left on the machine
        self.fact = PageFact(str(shown(page.path, root)), engine, "", lane, _now())
        self.samples = [sample(page, block, root, engine, engines) for block in page.blocks]
        self.rewriter = Rewriter(shown(page.path, root), root, engine, engines) if recording else None
        self.blocked = ""  # why nothing more of the page can be run; empty while all is well
        self.trouble: list[str] = []  # what went wrong beside the steps, once they had run
        self._evidence = root / "build" / "evidence" / (files.COURSE if course else "")
        self._machine, self._course = machine, course
        self._has_begun = False
        self._events: dict[int, Sequence[tuple[float, str]]] = {}  # block -> what its terminal got
        self._bindings = shapes.Bindings()
        self._executor = Executor(page, machine, self._bindings, course)
        self._unchecked = page.unchecked
        if course and page.machine == "no-engine" and machine.host:
            self._unchecked = dict.fromkeys([block.snippet for block in page.blocks], USED)

    def run(self, number: int) -> BlockFact:
        """What became of block `number` (0-based). The blocks before it are run first; each runs once."""
        while len(self.fact.blocks) <= number:
            self.fact.blocks.append(self._block(len(self.fact.blocks)))
        return self.fact.blocks[number]

    def end(self) -> None:
        """The page is over: what its machine says of itself, and in a course what the page has left on it."""
        with self._beside_the_steps():
            if host := self._machine.host:
                self.fact.version = host.engine_version()
                self.fact.tools = host.tools()
                self.fact.images = {
                    name: ImageFact(image.digest, image.standin) for name, image in host.images().items()
                }
        if self._course:
            with self._beside_the_steps():
                self._machine.close_terminals(keep_idle=not self.blocked)
                self.left = self._course.end(self.fact.page)
            self.fact.left = [str(thing) for thing in self.left if not self.blocked]

    def close(self) -> None:
        """Removes the machine and writes down what was seen; when recording, also the samples that no longer fit.

        Evidence is of whole pages: a run that was interrupted, or of some blocks only, leaves the earlier one.
        """
        if not self._course:
            self.end()
            with self._beside_the_steps():
                self._machine.close()
        with self._beside_the_steps():
            if self.rewriter:
                self.rewriter.write()
        with self._beside_the_steps():
            if len(self.fact.blocks) == len(self.page.blocks):
                files.write_page(self._evidence, self.fact, self._recordings())

    @contextmanager
    def _beside_the_steps(self) -> Iterator[None]:
        """What goes wrong inside costs no step its outcome."""
        try:
            yield
        except LabError:
            pass  # A lab that broke has nothing more to say: its steps do. What is left of it goes with the mirror.
        except Exception as error:
            self.trouble.append(f"{self.fact.page} on {self.fact.engine}: not all was written down: {cause(error)}")

    def _recordings(self) -> dict[int, str]:
        """The text of each block's recording."""
        return {
            number: asciicast(block.snippet or f"{self.fact.page}:{block.line}", self._events[number])
            for number, block in enumerate(self.page.blocks)
            if number in self._events
        }

    # -- blocks

    def _block(self, number: int) -> BlockFact:
        block, judged_by = self.page.blocks[number], self.samples[number]
        started, clock = _now(), time.monotonic()
        kind: Literal["session", "file", "reading"]
        file = Path(self.fact.page)
        if judged_by:
            kind, file = "session", judged_by.file
            steps = self._session(number, block, judged_by)
        elif block.is_file:
            kind, file = "file", Path("snippets", block.snippet) if block.snippet else file
            steps = [self._file(block)]
        else:
            kind, steps = "reading", [_reading(block)]
        return BlockFact(
            line=block.line,
            kind=kind,
            snippet=block.snippet,
            file=str(file),
            sha256=facts.digest(judged_by.text if judged_by else block.text),
            steps=steps,
            outcome=facts.worst(step.outcome for step in steps),
            started=started,
            seconds=round(time.monotonic() - clock, 3),
        )

    def _file(self, block: Block) -> StepFact:
        """Writes the file that the reader is told to write."""
        fact = StepFact(1, f"(the reader writes {block.title})", Outcome.PASSED)

        def write() -> StepFact:
            host = self._machine.start(self.page.machine)
            host.write_file(self._machine.folder, block.title, block.text.encode())
            self._bindings.write_file(block.title, block.text)
            return fact

        return self._held(fact, f"{block.title} could not be written", write)

    def _session(self, number: int, block: Block, judged_by: Sample) -> list[StepFact]:
        """The facts of a session's steps; what its terminal got meanwhile is kept for the recording."""
        if reason := self._unchecked.get(block.snippet):
            return [_fact(judged_by, step, Outcome.UNCHECKED, reason=reason) for step in judged_by.session.steps]
        shell = self._machine.shell(block.title)
        before = len(shell.events) if shell else 0
        shown_next = partial(prompt_after, self.page, self.samples, self._unchecked)
        steps = [
            self._step(block, judged_by, step, partial(shown_next, number, index))
            for index, step in enumerate(judged_by.session.steps)
        ]
        if shell := self._machine.shell(block.title):
            self._events[number] = shell.events[before:]
        return steps

    # -- steps

    def _held(self, fact: StepFact, ends_page: str, run: Callable[[], StepFact]) -> StepFact:
        """What becomes of a step. Whatever goes wrong meanwhile breaks it, with its cause, and ends the page."""
        if self.blocked:
            return dataclasses.replace(fact, outcome=Outcome.BLOCKED, reason=self.blocked)
        try:
            self._begin()
            return run()
        except Exception as error:
            self.blocked = ends_page
            return dataclasses.replace(fact, outcome=Outcome.BROKEN, reason=cause(error))

    def _begin(self) -> None:
        """In a course, before anything of the page: what is on the machine by now."""
        if self._course and not self._has_begun:
            self._course.begin()
        self._has_begun = True

    def _step(self, block: Block, judged_by: Sample, step: Step, prompt: Callable[[], str | None]) -> StepFact:
        fact, broken = _fact(judged_by, step, Outcome.PASSED), f"{judged_by.file}:{judged_by.line(step)} is broken"
        return self._held(fact, broken, lambda: self._typed(block, judged_by, step, prompt()))

    def _typed(self, block: Block, judged_by: Sample, step: Step, prompt: str | None) -> StepFact:
        typed = self._bindings.resolve(step.command)
        result = self._executor.execute(block.title, step, typed, prompt, twice=not self.rewriter)
        if isinstance(result, Broken):
            self.blocked = f"{judged_by.file}:{judged_by.line(step)} is broken"
            return _fact(judged_by, step, Outcome.BROKEN, typed=typed, **dataclasses.asdict(result))
        ran = result.ran
        step, result = self._recorded(judged_by, step, result, prompt)
        outcome = Outcome.DIFFERS if result.differences else Outcome.PASSED
        stays = bool(self.rewriter and result.reason)  # can't be recorded: the others can
        if result.differences and not stays:
            self.blocked = f"{judged_by.file}:{judged_by.line(step)} differs"
        differences = [DifferenceFact(judged_by.line(step, one.line), one) for one in result.differences]
        seen = {"typed": typed, "status": ran.status, "actual": ran.text, "reason": result.reason}
        return _fact(judged_by, step, outcome, differences=differences, **seen)

    def _recorded(self, judged_by: Sample, step: Step, judged: Judged, prompt: str | None) -> tuple[Step, Judged]:
        """The step as its page shows it now, when recording; as it was where a page can't show what was printed."""
        if not self.rewriter or not judged.differences:
            return step, judged
        if prompt and shapes.compare_prompts(prompt, judged.ran.prompt, self._bindings):
            return step, judged
        try:
            return self.rewriter.renew(judged_by, step, judged.ran, self._bindings), Judged(judged.ran)
        except Unwritable as error:
            return step, dataclasses.replace(judged, reason=str(error))


def _reading(block: Block) -> StepFact:
    reason = f"a fence of language `{block.language}` is for reading only"
    return StepFact(block.line, block.text.strip(), Outcome.UNCHECKED, reason=reason)


def _fact(judged_by: Sample, step: Step, outcome: Outcome, **seen: Any) -> StepFact:
    fact = StepFact(judged_by.line(step), step.command, outcome, sample=step.sample)
    return dataclasses.replace(fact, **seen)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
