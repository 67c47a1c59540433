"""A step -> what became of it on its page's machine: passed or differs (Judged), or Broken. For the runner."""

from __future__ import annotations

import dataclasses
import re
import time
from contextlib import suppress
from functools import partial

from harness import causes, faults, shapes
from harness.claims import prompts
from harness.claims.commands import Command, commands_of, parse
from harness.claims.pages import Page
from harness.claims.sessions import Step
from harness.claims.shell import simple_commands
from harness.claims.shell_kinds import HOST_PROMPTS
from harness.judge import Broken, Compare, Judged, has_come, has_run_over, is_cut_short, judge
from harness.lab.course import Course
from harness.lab.follower import WAITS_FOR_MORE
from harness.lab.host import Ran, Shell, TerminalError
from harness.lab.machine import Machine
from harness.lab.outer.faults import LabError
from harness.shapes import Bindings

_FOREGROUND = {"docker run", "docker exec", "docker start", "docker compose run", "docker compose exec"}
_NAMED_OR_SHARED = ("--name", "--cidfile", "-v", "--volume", "--mount", "--volumes-from", "-d", "--detach")
_PRINTERS = {"cat", "cut", "echo", "grep", "head", "printf", "seq", "sort", "tail", "tr", "true", "uniq", "wc"}
_LOST = "the engine lost what a container printed (moby/moby#20951): typed once more, the command fits"
_IGNORES = (
    "the first process of a container that doesn't catch Ctrl+C, as `sleep` doesn't, isn't ended by it: with `--init` "
    "another one is the first"
)
_WAIT_FOR_KEYS = {"emacs", "htop", "less", "man", "more", "nano", "top", "vi", "vim", "watch"}
_SHOWS_NO_KEYS = (
    "`{}` waits for keys, which a session doesn't show: a file is shown as a fence with a title, a text with `cat`"
)
_OTHER_KEY = re.compile(r"^\^[ABD-Z\\]|.{1,80}\^C$", re.MULTILINE)
_IS_NOT_PRESSED = (
    "the page's `{}` presses no key: of those in an output only Ctrl+C does, as `^C` at the beginning of a line; what "
    "is typed into a program is shown as a here-document"
)
_READ_INPUT = {"cat", "head", "read", "sort", "tail", "tee", "wc"}
_IS_TYPED = "is typed where a page shows it behind a question; a text is shown with `<<`"
_ENDS = "`exit` ends the reader's own shell: leave it out"


class Executor:
    """Types the steps of one page, and judges what comes; what goes wrong is never taken for drift.

    In a course other pages were done on the machine before, so an output is judged by what is missing from it.
    """

    def __init__(
        self,
        page: Page,
        machine: Machine,
        bindings: Bindings,
        course: Course | None,
        compare: Compare = shapes.compare,
    ) -> None:
        self._page, self._machine, self._bindings, self._course = page, machine, bindings, course
        self._given: dict[str, str] = {}  # a terminal -> the form of the prompt that its shell in a container was given
        self._own: set[str] = set()  # the shells that a page shows with names, and that are the reader's own
        self._compare = shapes.missing if course else compare

    def execute(self, title: str, step: Step, typed: str, prompt: str | None, *, twice: bool) -> Judged | Broken:
        """Types `typed` for a step of the terminal `title`. `prompt` is the one that the page shows after the step.

        What looks as if the engine had lost a container's output is typed once more, where it may be typed `twice`. A
        step that fits then, and leaves nothing on the machine, has passed.
        Raises what goes wrong with the machine, LabError for one.
        """
        began = time.monotonic()
        try:
            shell = self._shell(title, step)
            before = len(shell.events)
            ran = self._type(title, step, typed, prompt, recording=not twice)
        except TerminalError as error:
            return Broken(self._explain(error, step, typed, prompt, began), error.screen)
        judged = self._judge(step, prompt, ran)
        if not judged.differences:
            return judged
        if fault := self._fault(step, typed, ran.text, began):
            return Broken(fault, ran.text, ran.status)
        first = len(shell.events)
        if twice and (again := self._typed_again(title, step, typed, ran, prompt)):
            if not _leaves_nothing(typed):
                return Broken(_LOST, ran.text, ran.status)
            shell.forget(before, first)
            return dataclasses.replace(again, reason=_LOST)
        return dataclasses.replace(judged, reason=self._in_the_way(typed, ran.text))

    def _type(self, title: str, step: Step, typed: str, prompt: str | None, *, recording: bool = False) -> Ran:
        expected = step.prompt if prompt is None else prompt
        shell = self._shell(title, step)
        if shell.at_host:
            self._own.add(prompts.shell_of(step.prompt))
            self._given.pop(title, None)
        elif given := prompts.set_by(typed):
            self._given[title] = given
        waiting = None
        if expected not in HOST_PROMPTS or not shell.at_host or prompts.opens_bare_shell(expected, typed):
            waiting = shapes.prompt_pattern(expected.rstrip() + " ", self._bindings)
            if title in self._given:
                waiting = re.compile(rf"{waiting.pattern}|\A{self._given[title]} \Z")
        come = partial(self._has_come, step, recording) if step.interrupted_after is not None else None
        return shell.run(typed, waiting, self._page.timeout, come, step.answers)

    def _has_come(self, step: Step, recording: bool, actual: str) -> bool:
        return has_come(step, actual, self._bindings) or (recording and has_run_over(step, actual))

    def _judge(self, step: Step, prompt: str | None, ran: Ran) -> Judged:
        return judge(step, prompt, self._as_shown(step, prompt, ran), self._bindings, self._compare)

    def _as_shown(self, step: Step, prompt: str | None, ran: Ran) -> Ran:
        """What came, with the prompt that the page shows where that is the reader's own, whatever names are in it."""
        if prompt is None or ran.status is None or prompts.plain(prompt) != ran.prompt:
            return ran
        is_own = prompts.shell_of(prompt) in self._own or any(run.may_open_root_shell for run in step.commands)
        return dataclasses.replace(ran, prompt=prompt) if is_own else ran

    def _shell(self, title: str, step: Step) -> Shell:
        self._machine.start(self._page.machine)
        return self._machine.shell(title) or self._machine.open_shell(title, step.prompt)

    def _explain(self, error: TerminalError, step: Step, typed: str, prompt: str | None, began: float) -> str:
        """Why a command could not be followed to its end."""
        reason = str(error)
        if fault := self._fault(step, typed, error.screen, began):
            reason += f": {fault}"
        elif step.interrupted_after is not None and any(map(_is_first_process, parse(typed))):
            reason += f"; {_IGNORES}"
        elif keys := next((one.program for one in parse(typed) if one.program in _WAIT_FOR_KEYS), ""):
            reason += f"; {_SHOWS_NO_KEYS.format(keys)}"
        elif pressed := _OTHER_KEY.search(step.sample):
            reason += f"; {_IS_NOT_PRESSED.format(pressed[0])}"
        elif reason == WAITS_FOR_MORE:
            reason += f": it {_IS_TYPED}"
        elif reason.startswith("did not end") and ("input()" in typed or any(map(_reads_input, parse(typed)))):
            reason += f"; it may wait for input, which {_IS_TYPED}"
        elif step.at_host and typed.strip() in ("exit", "logout"):
            reason += f"; {_ENDS}"
        elif prompt and prompt not in HOST_PROMPTS:
            reason += f"; the page shows the prompt `{prompt.strip()}` next"
        met = self._in_the_way(typed, error.screen)
        return f"{reason}; {met}" if met else reason

    def _fault(self, step: Step, typed: str, actual: str, began: float) -> str:
        """What is wrong with the machine, or with the world around it, for a step that began then (monotonic seconds);
        empty while all is well."""
        host = self._machine.start(self._page.machine)
        if fault := host.fault():
            return fault
        seconds = time.monotonic() - began  # until before the mirror is asked, which takes its time as well
        seen = f"{typed}\n{actual}"
        shown = [block.text for block in self._page.blocks]
        return (
            causes.absence(host.missing(), step.sample, seen, seconds)
            or causes.full_disk(shown, step.sample, actual)
            or causes.world(step.sample, actual)
            or (causes.may_lack_names(step.sample, actual) and not host.resolves() and faults.NAMELESS.of())
            or ""
        )

    def _typed_again(self, title: str, step: Step, typed: str, ran: Ran, prompt: str | None) -> Judged | None:
        """What came of a command whose container's output the engine lost, in part or all of it, as engines do now and
        then: typed once more, it fits. None where it doesn't, or where nothing looks so.
        """
        in_foreground = any(command.plain_name in _FOREGROUND for command in parse(typed))
        is_cut = in_foreground and is_cut_short(step, ran, self._bindings)
        if not (is_cut and self._machine.may_type_again()):
            return None
        with suppress(LabError, TerminalError, OSError):
            again = self._judge(step, prompt, self._type(title, step, typed, prompt))
            return None if again.differences else again
        return None

    def _in_the_way(self, typed: str, actual: str) -> str:
        """In a course: what earlier pages have left that this step may have met."""
        return self._course.in_the_way(f"{typed}\n{actual}") if self._course else ""


def _is_first_process(command: Command) -> bool:
    """Whether it runs a program as the first one in a container, without docker's own before it."""
    return command.plain_name in ("docker run", "docker compose run") and not command.has("--init")


def _reads_input(command: Command) -> bool:
    """Whether it reads what is typed, on the machine or in a container."""
    there = [one for one in command.at_work if not one.piped]
    return not command.piped and any(
        one.program in _READ_INPUT and (one.program == "read" or not one.arguments) for one in there
    )


def _leaves_nothing(typed: str) -> bool:
    """Whether a machine is the same however often that is typed: containers that go with their end, and printing."""
    for simple in simple_commands(typed):
        if {*simple.writes} - {"/dev/null"}:
            return False
        for command in commands_of(simple):
            removed = command.plain_name == "docker run" and command.has("--rm") and not command.has(*_NAMED_OR_SHARED)
            if not removed and command.program not in _PRINTERS:
                return False
        if not all(map(_leaves_nothing, simple.substitutions)):
            return False
    return True
