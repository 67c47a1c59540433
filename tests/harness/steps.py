"""A page's steps, one after the other -> their facts, until one of them ends the page: for the runner."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from harness import shapes
from harness.causes import cause
from harness.claims import prompts
from harness.claims.pages import Page
from harness.claims.record import Unwritable
from harness.claims.samples import Sample
from harness.claims.sessions import Step
from harness.evidence.facts import DifferenceFact, Outcome, StepFact
from harness.executor import Executor
from harness.hanging import Failures
from harness.judge import Broken, Compare, Judged
from harness.lab.course import Course
from harness.lab.machine import Machine
from harness.rewrite import Rewriter
from harness.shapes import Bindings


class Steps:
    """The steps of one page on its machine; `rewriter` gets what no longer fits, when recording.

    With `failures` the page goes on after what fails, with all that doesn't hang on it.
    """

    def __init__(
        self,
        page: Page,
        machine: Machine,
        bindings: Bindings,
        course: Course | None,
        rewriter: Rewriter | None,
        failures: Failures | None = None,
        compare: Compare = shapes.compare,
    ) -> None:
        self.blocked = ""  # why nothing more of the page can be run; empty while all is well
        self._bindings, self._course, self._rewriter = bindings, course, rewriter
        self._machine, self._failures = machine, failures
        self._executor = Executor(page, machine, bindings, course, compare)
        self._has_begun = False

    def run(self, title: str, judged_by: Sample, step: Step, prompt: Callable[[], str | None]) -> StepFact:
        """What became of a step of the terminal `title`; `prompt` tells which one the page shows after it."""
        broken = f"{judged_by.file}:{judged_by.line(step)} is broken"
        fact = fact_of(judged_by, step, Outcome.PASSED)
        if self._failures and not self.blocked and (hangs := self._hangs(title, step, self._failures)):
            self._failures.add(title, step, f"{judged_by.file}:{judged_by.line(step)}", ended_as_shown=False)
            return dataclasses.replace(fact, outcome=Outcome.BLOCKED, reason=hangs)
        return self.held(fact, broken, lambda: self._typed(title, judged_by, step, prompt()))

    def _hangs(self, title: str, step: Step, failures: Failures) -> str:
        """Why a step can't be run after what failed; its terminal is a new one where another shell waits there."""
        shell = self._machine.shell(title)
        if shell and step.at_host and not shell.at_host:
            self._machine.close_terminal(title)
            failures.closed(title)
        in_container = step.inside or not prompts.is_readers_own(step.prompt)
        if in_container and (shell is None or shell.at_host):
            return "the shell that it is typed into was not opened"
        return failures.hangs_on(title, step, self._bindings)

    def pass_over(self, title: str, text: str, where: str) -> None:
        """A session that can't be read and so isn't typed: what hangs on it isn't either."""
        if self._failures:
            self._failures.add_unread(title, text, where)

    def held(self, fact: StepFact, ends_page: str, run: Callable[[], StepFact]) -> StepFact:
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

    def _typed(self, title: str, judged_by: Sample, step: Step, prompt: str | None) -> StepFact:
        typed = self._bindings.resolve(step.command)
        result = self._executor.execute(title, step, typed, prompt, twice=not self._rewriter)
        where = f"{judged_by.file}:{judged_by.line(step)}"
        if isinstance(result, Broken):
            self._failed(title, step, where, "is broken", ended_as_shown=False)
            if self._failures and result.status is None:
                self._machine.close_terminal(title)  # nobody knows what waits there
                self._failures.closed(title)
            if self._machine.host and self._machine.host.fault():
                self.blocked = f"{where} is broken"
            return fact_of(judged_by, step, Outcome.BROKEN, typed=typed, **dataclasses.asdict(result))
        ran = result.ran
        step, result = self._recorded(judged_by, step, result, prompt)
        outcome = Outcome.DIFFERS if result.differences else Outcome.PASSED
        stays = bool(self._rewriter and result.reason)  # can't be recorded: the others can
        if result.differences and not stays:
            as_shown = ran.status is None or step.may_end_with(ran.status)
            self._failed(title, step, where, "differs", ended_as_shown=as_shown)
        elif self._failures:
            self._failures.passed(title, step)
        differences = [DifferenceFact(judged_by.line(step, one.line), one) for one in result.differences]
        seen = {"typed": typed, "status": ran.status, "actual": ran.text, "reason": result.reason}
        return fact_of(judged_by, step, outcome, differences=differences, **seen)

    def _failed(self, title: str, step: Step, where: str, how: str, *, ended_as_shown: bool) -> None:
        """The page ends there, or goes on with what doesn't hang on that step."""
        if self._failures:
            self._failures.add(title, step, where, ended_as_shown=ended_as_shown)
        else:
            self.blocked = f"{where} {how}"

    def _recorded(self, judged_by: Sample, step: Step, judged: Judged, prompt: str | None) -> tuple[Step, Judged]:
        """The step as its page shows it now, when recording; as it was where a page can't show what was printed."""
        if not self._rewriter or not (judged.differences or self._rewriter.renews_all):
            return step, judged
        if prompt and shapes.compare_prompts(prompt, judged.ran.prompt, self._bindings):
            return step, judged
        try:
            return self._rewriter.renew(judged_by, step, judged.ran, self._bindings), Judged(judged.ran)
        except Unwritable as error:
            return step, dataclasses.replace(judged, reason=str(error))


def fact_of(judged_by: Sample, step: Step, outcome: Outcome, **seen: Any) -> StepFact:
    """The fact of a step, with what was seen of it."""
    fact = StepFact(judged_by.line(step), step.command, outcome, sample=step.sample)
    return dataclasses.replace(fact, **seen)
