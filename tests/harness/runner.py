"""Runs a page's blocks in its lab and judges each step: where sessions, labs, shapes and evidence meet."""

import dataclasses
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness import shapes
from harness.claims import pages, record, sessions
from harness.claims.pages import Block, Page
from harness.claims.sessions import HOST_PROMPTS, Session, Step
from harness.evidence import facts
from harness.evidence.facts import BlockFact, Outcome, PageFact, StepFact
from harness.lab.course import Course
from harness.lab.labs import FALLBACK, LabError, Thing
from harness.lab.machine import Machine
from harness.lab.terminal import Ran, Terminal, TerminalError
from harness.shapes import Difference

_FOREGROUND = re.compile(r"\bdocker (?:container )?(?:run|exec|start)\b|\bcompose\b.* (?:run|exec)\b")
_FULL = "no space left on device"  # what every program says for ENOSPC


@dataclass(frozen=True)
class Sample:
    """What a block is judged by on one engine: a text, its session, and where a person edits it."""

    file: Path  # relative to the project, where it is inside
    offset: int  # lines of that file before the text
    text: str
    session: Session


class PageRun:
    """One page on one engine. Its machine starts with the first block that needs it and ends with `close`.

    In a course the machine is the course's: other pages were done on it before, so a step is judged by what is missing
    from its output (`shapes.missing`), and the machine stays.
    """

    def __init__(
        self,
        page: Page,
        root: Path,
        engine: str,
        engines: Sequence[str],
        lane: str,
        machine: Machine,
        *,
        recording: bool = False,
        course: Course | None = None,
    ) -> None:
        self.page, self.root, self.recording = page, root, recording
        self.left: list[Thing] = []  # in a course: what the page has left on the machine
        self.fact = PageFact(str(_shown(page.path, root)), engine, "", lane, _now())
        self.samples = [_sample(page, block, root, engine, engines) for block in page.blocks]
        self.rewritten: dict[Path, dict[int, Step]] = {}  # file -> line -> the step as it has to be shown now
        self._evidence = root / "build" / "evidence" / (facts.COURSE if course else "")
        self._engines = engines
        self._machine, self._course = machine, course
        self._compare = shapes.missing if course else shapes.compare
        self._bindings = shapes.Bindings()
        self._blocked = ""  # why nothing more can be run
        self._unchecked = page.unchecked
        if course and page.machine == "no-engine" and machine.lab:
            reason = "the page begins without Docker, and this machine has it by now"
            self._unchecked = dict.fromkeys([block.snippet for block in page.blocks], reason)

    def run(self, number: int) -> BlockFact:
        """What became of block `number` (0-based). The blocks before it are run first; each runs once."""
        while len(self.fact.blocks) <= number:
            self.fact.blocks.append(self._block(len(self.fact.blocks)))
        return self.fact.blocks[number]

    def end(self) -> None:
        """The page is over: what its machine says of itself, and in a course what the page has left on it."""
        # A lab that broke has nothing more to say; its steps say that it broke.
        with suppress(LabError):
            if self._machine.lab:
                self.fact.version = self._machine.lab.engine_version()
                self.fact.tools = self._machine.lab.tools()
                self.fact.images = self._machine.lab.images()
        if self._course:
            self._machine.close_terminals(but_at="" if self._blocked else "$ ")
            with suppress(LabError):
                self.left = self._course.end(self.fact.page)
            self.fact.left = [str(thing) for thing in self.left if not self._blocked]

    def close(self) -> None:
        """Removes the machine and writes down what was seen; when recording, also the samples that no longer fit.

        Evidence is of whole pages: a run that was interrupted, or of some blocks only, leaves the earlier one.
        """
        if not self._course:
            self.end()
            # What an engine that doesn't answer can't remove now goes with the mirror, at the end of the run.
            with suppress(LabError):
                self._machine.close()
        for file, steps in self.rewritten.items():
            target = self.written_to(file)
            if target == file and self.fact.engine == self._engines[-1] and target.is_relative_to("snippets"):
                record.keep_older(self.root / target, self._engines)
            record.rewrite(self.root / file, self.root / target, steps)
        if len(self.fact.blocks) == len(self.page.blocks):
            facts.write_page(self._evidence, self.fact)

    def written_to(self, file: Path) -> Path:
        """Where new samples for `file` belong: into the page itself, the snippet, or a variant of it."""
        if file == _shown(self.page.path, self.root):
            return file
        snippet = self.root / file.with_name(file.stem.partition("@")[0] + file.suffix)
        return record.target(snippet, self.fact.engine, self._engines, FALLBACK).relative_to(self.root)

    @property
    def blocked(self) -> str:
        """Why nothing more of the page can be run; empty while all is well."""
        return self._blocked

    # -- blocks

    def _block(self, number: int) -> BlockFact:
        block, sample = self.page.blocks[number], self.samples[number]
        started, clock = _now(), time.monotonic()
        recording = ""
        if sample:
            kind, file = "session", sample.file
            steps, recording = self._session(number, block, sample)
        elif block.is_file:
            kind, file = "file", Path("snippets", block.snippet) if block.snippet else _shown(self.page.path, self.root)
            steps = [self._file(block)]
        else:
            kind, file = "reading", _shown(self.page.path, self.root)
            reason = f"a fence of language `{block.language}` is for reading only"
            steps = [StepFact(block.line, block.text.strip(), Outcome.UNCHECKED, reason=reason)]
        return BlockFact(
            line=block.line,
            kind=kind,
            snippet=block.snippet,
            file=str(file),
            sha256=facts.digest(sample.text if sample else block.text),
            steps=steps,
            outcome=facts.worst(step.outcome for step in steps),
            started=started,
            seconds=round(time.monotonic() - clock, 3),
            recording=recording,
        )

    def _file(self, block: Block) -> StepFact:
        """Writes the file that the reader is told to write."""
        fact = StepFact(1, f"(the reader writes {block.title})", Outcome.PASSED)
        if self._blocked:
            return dataclasses.replace(fact, outcome=Outcome.BLOCKED, reason=self._blocked)
        try:
            lab = self._machine.start(self.page.machine)
            lab.write_file(self._machine.folder, block.title, block.text.encode())
            self._bindings.resolve(block.text)  # names in it are the page's own, as if typed
        except (LabError, OSError) as error:
            self._blocked = f"{block.title} could not be written"
            return dataclasses.replace(fact, outcome=Outcome.BROKEN, reason=str(error))
        return fact

    def _session(self, number: int, block: Block, sample: Sample) -> tuple[list[StepFact], str]:
        if reason := self._unchecked.get(block.snippet):
            return [_fact(sample, step, Outcome.UNCHECKED, reason=reason) for step in sample.session.steps], ""
        steps: list[StepFact] = []
        events = 0
        for index, step in enumerate(sample.session.steps):
            if not steps and (shell := self._machine.terminal(block.title)):
                events = len(shell.recorder.events)
            steps.append(self._step(block, sample, step, self._prompt_after(number, index)))
        if not (shell := self._machine.terminal(block.title)):
            return steps, ""
        recorded = shell.recorder.events[events:]
        title = block.snippet or f"{self.fact.page}:{block.line}"
        return steps, facts.write_recording(self._evidence, self.fact, number + 1, title, recorded)

    def _prompt_after(self, number: int, index: int) -> str | None:
        """The prompt that the page shows on that terminal once the step has ended; None where it shows none."""
        sample = self.samples[number]
        assert sample
        if (prompt := sample.session.prompt_after(index)) is not None:
            return prompt
        title = self.page.blocks[number].title
        for block, later in list(zip(self.page.blocks, self.samples, strict=True))[number + 1 :]:
            if later and block.title == title and block.snippet not in self._unchecked:
                return later.session.first_prompt
        return None

    # -- steps

    def _step(self, block: Block, sample: Sample, step: Step, prompt: str | None) -> StepFact:
        if self._blocked:
            return _fact(sample, step, Outcome.BLOCKED, reason=self._blocked)
        typed = self._bindings.resolve(step.command)
        try:
            ran = self._type(block, step, typed, prompt)
        except (LabError, TerminalError, OSError) as error:
            self._blocked = f"{sample.file}:{sample.offset + step.line} is broken"
            screen, reason = "", str(error)
            if isinstance(error, TerminalError):
                screen = error.screen
                if fault := self._fault(step.sample, screen):
                    reason += f": {fault}"
                elif prompt and prompt not in HOST_PROMPTS:
                    reason += f"; the page shows the prompt `{prompt.strip()}` next"
                if met := self._in_the_way(typed, screen):
                    reason += f"; {met}"
            return _fact(sample, step, Outcome.BROKEN, typed=typed, reason=reason, actual=screen)
        differences = self._differences(step, ran, prompt)
        if differences and (fault := self._fault(step.sample, ran.text) or self._lost(block, step, typed, ran, prompt)):
            self._blocked = f"{sample.file}:{sample.offset + step.line} is broken"
            return _fact(sample, step, Outcome.BROKEN, typed=typed, status=ran.status, actual=ran.text, reason=fault)
        if differences and self.recording and ran.prompt.strip() == (prompt or ran.prompt).strip():
            step, differences = self._renew(sample, step, ran), []
        outcome = Outcome.DIFFERS if differences else Outcome.PASSED
        if differences:
            self._blocked = f"{sample.file}:{sample.offset + step.line} differs"
        return _fact(
            sample,
            step,
            outcome,
            typed=typed,
            status=ran.status,
            actual=ran.text,
            reason=self._in_the_way(typed, ran.text) if differences else "",
            differences=[
                {
                    **dataclasses.asdict(difference),
                    "line": _line(sample, step, difference),
                    "in_sample": difference.line,
                    "text": str(difference),
                }
                for difference in differences
            ],
        )

    def _in_the_way(self, typed: str, actual: str) -> str:
        """In a course: what earlier pages have left that this step may have met."""
        return self._course.in_the_way(f"{typed}\n{actual}") if self._course else ""

    def _type(self, block: Block, step: Step, typed: str, prompt: str | None) -> Ran:
        shell = self._terminal(block, step)
        expected = step.prompt if prompt is None else prompt
        waiting = None
        if expected not in HOST_PROMPTS:
            waiting = shapes.prompt_pattern(expected.rstrip() + " ", self._bindings)
        return shell.run(typed, waiting, self.page.timeout, interrupted_after=step.interrupted_after)

    def _differences(self, step: Step, ran: Ran, prompt: str | None) -> list[Difference]:
        found = self._compare(step.sample, ran.text, self._bindings)
        if prompt is not None:
            found += shapes.compare(prompt.rstrip(), ran.prompt.rstrip(), self._bindings)
        if ran.status is not None and ran.status != step.status:
            line = step.last_line - step.first_line + 1  # where it is shown; 0 is not, and counts with what is above
            found.append(Difference(line, f"[{step.status}]", f"[{ran.status}]", "exit status"))
        return found

    def _renew(self, sample: Sample, step: Step, ran: Ran) -> Step:
        """The step as it has to be shown now: what was printed, under the ids and names of the rest of the page."""
        self._bindings.adopt(step.sample, ran.text)
        renewed = dataclasses.replace(step, sample=self._bindings.restore(ran.text), status=ran.status or 0)
        shapes.compare(renewed.sample, ran.text, self._bindings)
        self.rewritten.setdefault(sample.file, {})[sample.offset + step.line] = renewed
        return renewed

    def _fault(self, sample: str, actual: str) -> str:
        """What is wrong with the lab, if anything: drift is never reported for a fault."""
        if _FULL in actual.lower() and _FULL not in sample.lower():
            return "the disk is full"
        return self._machine.start(self.page.machine).fault()

    def _lost(self, block: Block, step: Step, typed: str, ran: Ran, prompt: str | None) -> str:
        """Whether the engine lost the end, or all, of what a container printed, as engines do now and then.

        To tell, the command is typed once more: the page ends here in either case. Not when recording, when it goes on.
        """
        came, shown = (text.split("\n") if text else [] for text in (ran.text, step.sample))
        if self.recording or not _FOREGROUND.search(typed) or ran.status != step.status or len(came) >= len(shown):
            return ""
        if shapes.compare("\n".join(shown[: len(came)]), ran.text, self._bindings.copy()):
            return ""
        with suppress(LabError, TerminalError, OSError):
            if not self._differences(step, self._type(block, step, typed, prompt), prompt):
                return "the engine lost what a container printed (moby/moby#20951): typed once more, the command fits"
        return ""

    def _terminal(self, block: Block, step: Step) -> Terminal:
        self._machine.start(self.page.machine)
        user = "root" if step.prompt == "# " else "reader"
        return self._machine.terminal(block.title) or self._machine.open_terminal(block.title, user)


def _sample(page: Page, block: Block, root: Path, engine: str, engines: Sequence[str]) -> Sample | None:
    """What a console block is judged by on `engine`; None for other blocks."""
    if not block.is_session:
        return None
    if not block.snippet:
        return Sample(_shown(page.path, root), block.first_line - 1, block.text, sessions.parse(block.text))
    file = pages.sample_for(root / "snippets" / block.snippet, engine, engines)
    text = file.read_text("utf-8")
    return Sample(file.relative_to(root), 0, text, sessions.parse(text))


def _fact(sample: Sample, step: Step, outcome: Outcome, **seen: Any) -> StepFact:
    line = sample.offset + step.line
    fact = StepFact(line, step.command, outcome, expected_status=step.status, sample=step.sample)
    return dataclasses.replace(fact, **seen)


def _line(sample: Sample, step: Step, difference: Difference) -> int:
    """The line of the sample's file that a difference is about."""
    return sample.offset + (step.first_line - 1 + difference.line if difference.line else step.line)


def _shown(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
