"""Runs a page's blocks on its machine and writes down what became of each: where pages, labs and evidence meet.

steps       the steps of a page -> their facts
rewrite     when recording: the samples that no longer fit -> new ones
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from harness import shapes
from harness.causes import cause
from harness.claims.pages import Block, Page
from harness.claims.samples import Sample, prompt_after, sample, shown
from harness.evidence import facts, files
from harness.evidence.facts import BlockFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.recordings import asciicast
from harness.hanging import Failures
from harness.judge import Compare
from harness.lab.course import Course
from harness.lab.host import Thing
from harness.lab.machine import Machine
from harness.lab.outer.faults import LabError
from harness.rewrite import Rewriter
from harness.steps import Steps, fact_of

USED = "the page begins without Docker, and this machine has it by now"


class PageRun:
    """One page on one engine. Its machine starts with the first block that needs it and ends with `close`.

    In a course the machine is the course's, and stays. `engines` are all that are known, oldest first. With
    `keep_going` the page goes on after what fails, with what doesn't hang on that.
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
        renews_all: bool = False,
        course: Course | None = None,
        keep_going: bool = False,
        compare: Compare = shapes.compare,
    ) -> None:
        self.page = page
        self.left: list[Thing] = []  # in a course: what the page has left on the machine
        self.fact = PageFact(str(shown(page.path, root)), engine, "", lane, _now())
        self.samples = [sample(page, block, root, engine, engines) for block in page.blocks]
        name = shown(page.path, root)
        self.rewriter = Rewriter(name, root, engine, engines, renews_all=renews_all) if recording else None
        self.trouble: list[str] = []  # what went wrong beside the steps, once they had run
        self._evidence = root / "build" / "evidence" / (files.COURSE if course else "")
        self.machine, self._course = machine, course
        self._events: dict[int, Sequence[tuple[float, str]]] = {}  # block -> what its terminal got
        self._bindings = shapes.Bindings()
        failures = Failures() if keep_going else None
        self._steps = Steps(page, machine, self._bindings, course, self.rewriter, failures, compare)
        self._unchecked = page.unchecked
        self._wrong = list(page.wrong)  # those that the page has not come to yet
        if course and page.machine == "no-engine" and machine.host:
            self._unchecked = dict.fromkeys([block.snippet for block in page.blocks], USED)

    @property
    def blocked(self) -> str:
        """Why nothing more of the page can be run; empty while all is well."""
        return self._steps.blocked

    def run(self, number: int) -> BlockFact:
        """What became of block `number` (0-based). The blocks before it are run first; each runs once."""
        while len(self.fact.blocks) <= number:
            self.fact.blocks.append(self._block(len(self.fact.blocks)))
        return self.fact.blocks[number]

    def end(self) -> None:
        """The page is over: what its machine says of itself, and in a course what the page has left on it."""
        with self._beside_the_steps():
            if host := self.machine.host:
                self.fact.version = host.engine_version()
                self.fact.tools = host.tools()
                self.fact.images = {
                    name: ImageFact(image.digest, image.standin) for name, image in host.images().items()
                }
        if self._course:
            with self._beside_the_steps():
                self.machine.close_terminals(keep_idle=not self.blocked)
                self.left = self._course.end(self.fact.page)
            self.fact.left = [str(thing) for thing in self.left if not self.blocked]

    def close(self) -> None:
        """Removes the machine and writes down what was seen; when recording, also the samples that no longer fit.

        Evidence is of whole pages: a run that was interrupted, or of some blocks only, leaves the earlier one.
        """
        if not self._course:
            self.end()
            with self._beside_the_steps():
                self.machine.close()
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
        self._pass_over_wrong(block.line)
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

    def _pass_over_wrong(self, line: int) -> None:
        """The sessions above that line which can't be read are not typed; something below may hang on them."""
        while self._wrong and self._wrong[0].line < line:
            wrong = self._wrong.pop(0)
            if wrong.session:
                self._steps.pass_over(wrong.session.title, wrong.session.text, f"{self.fact.page}:{wrong.line}")

    def _file(self, block: Block) -> StepFact:
        """Writes the file that the reader is told to write."""
        line = 1 if block.snippet else block.line
        fact = StepFact(line, f"(the reader writes {block.title})", Outcome.PASSED)

        def write() -> StepFact:
            self.machine.start(self.page.machine)
            self.machine.write_file(block.title, block.text.encode())
            self._bindings.write_file(block.title, block.text)
            return fact

        return self._steps.held(fact, f"{block.title} could not be written", write)

    def _session(self, number: int, block: Block, judged_by: Sample) -> list[StepFact]:
        """The facts of a session's steps; what its terminal got meanwhile is kept for the recording."""
        if reason := self._unchecked.get(block.snippet):
            return [fact_of(judged_by, step, Outcome.UNCHECKED, reason=reason) for step in judged_by.session.steps]
        shell = self.machine.shell(block.title)
        before = len(shell.events) if shell else 0
        shown_next = partial(prompt_after, self.page, self.samples, self._unchecked)
        steps = [
            self._steps.run(block.title, judged_by, step, partial(shown_next, number, index))
            for index, step in enumerate(judged_by.session.steps)
        ]
        if shell := self.machine.shell(block.title):
            self._events[number] = shell.events[before:]
        return steps


def _reading(block: Block) -> StepFact:
    reason = f"a fence of language `{block.language}` is for reading only"
    return StepFact(block.line, block.text.strip(), Outcome.UNCHECKED, reason=reason)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
