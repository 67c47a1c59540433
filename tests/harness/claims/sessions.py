"""Turns the text of a console snippet into its steps, for the runner, the recorder and the site.

$ docker run -it centos:latest bash     prompt, command
[root@588ec8830392 /]# exit 3           the next step, at the prompt of the container's shell
exit                                    its sample
[3]                                     its exit status, where that isn't 0 (cram's notation)

A line of a sample that begins with `^C` is where the reader presses Ctrl+C; what follows is what the program says then.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from harness.claims import commands, prompts, shell_kinds
from harness.claims.answers import Answer, answers
from harness.claims.command_lines import SessionError as SessionError
from harness.claims.command_lines import Typed, read_command
from harness.claims.commands import Command
from harness.claims.other_prompts import explain_no_prompt
from harness.claims.shell_kinds import HOST_PROMPTS

INTERRUPT = "^C"
_INTERRUPTED = 130  # the exit status of what Ctrl+C ends
_DETACH = "^P^Q"  # with 1, where `docker attach` has opened the shell

_STATUS = re.compile(r"\[(0{0,2}\d|0?\d\d|1\d\d|2[0-4]\d|25[0-5])\]")  # 255 is the largest


@dataclass(frozen=True)
class Step:
    """A prompt, a command and the output shown for it. Lines are 1-based, in the snippet."""

    line: int
    prompt: str  # with its closing blank
    command: str  # continuation lines joined by newlines, without their `> `
    sample: str
    status: int  # where none is shown: 130 behind Ctrl+C, else 0
    first_line: int  # of what follows the command: the sample and the status
    last_line: int  # first_line - 1 where nothing follows
    shown_status: int | None = field(default=None, compare=False)  # as the page has it
    inside: bool = False  # `$ ` or `# ` of a shell in a container
    any_status: bool = field(default=False, compare=False)  # of a note, which shows outputs and no exit status

    @property
    def at_host(self) -> bool:
        """Whether the command is typed into the reader's own shell, not into a container's."""
        return self.prompt in HOST_PROMPTS and not self.inside

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands that a shell makes of `command`."""
        return commands.parse(self.command)

    @property
    def may_open_shell(self) -> bool:
        """Whether another shell may be waiting behind it."""
        return any(command.may_open_shell for command in self.commands)

    @property
    def interrupted_after(self) -> int | None:
        """The lines of output after which the reader presses Ctrl+C; None where the command ends by itself."""
        return _interrupted_after(self.sample.split("\n"))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What the reader types at the questions that the sample shows."""
        return answers(self.sample, self.command)

    def may_end_with(self, status: int) -> bool:
        """Whether the page allows that exit status. Behind keys, where it shows none, 0 is the same to it as what a
        program ends with for them: a terminal shows neither."""
        if self.any_status or status == self.status:
            return True
        pressed = _INTERRUPTED if self.interrupted_after is not None else 1 if self.command == _DETACH else None
        return self.shown_status is None and status in (0, pressed)

    @property
    def output_lines(self) -> list[str]:
        """The lines below the command, as a page shows them: the sample, and the status where it has to be said.

        A last line that looks like one gets the status below it, be that 0.
        """
        lines = self.sample.split("\n") if self.sample else []
        is_implied = self.status == _implied_status(lines) and self.status != self.shown_status
        looks_like_one = lines and _STATUS.fullmatch(lines[-1])
        return lines if is_implied and not looks_like_one else [*lines, f"[{self.status}]"]


def with_output(step: Step, sample: str, status: int | None) -> Step:
    """The step as a page has to show it that printed `sample` and ended with `status`; None where that isn't seen."""
    renewed = replace(step, sample=sample)
    if status is None:
        return replace(renewed, status=_implied_status(sample.split("\n")))
    return renewed if renewed.may_end_with(status) else replace(renewed, status=status)


def _interrupted_after(lines: Sequence[str]) -> int | None:
    return next((index for index, line in enumerate(lines) if line.startswith(INTERRUPT)), None)


def _implied_status(lines: Sequence[str]) -> int:
    """The exit status of an output that shows none."""
    return 0 if _interrupted_after(lines) is None else _INTERRUPTED


@dataclass(frozen=True)
class Session:
    """The steps of one snippet, and the prompt left waiting on its last line, if one is shown."""

    steps: tuple[Step, ...]
    waiting: str | None = None

    @property
    def first_prompt(self) -> str:
        return self.steps[0].prompt if self.steps else self.waiting or ""

    def prompt_after(self, index: int) -> str | None:
        """The prompt that the session shows once step `index` has ended; None where it ends there."""
        return self.steps[index + 1].prompt if index + 1 < len(self.steps) else self.waiting


@lru_cache(maxsize=1024)  # the site shows a text in several places
def parse(text: str) -> Session:
    """The steps of a snippet's text. Raises SessionError where it does not begin with a prompt, or a command has no
    end."""
    lines = text.removesuffix("\n").split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    typed = list(_typed(lines, first))
    if not typed or typed[0][0].start != first:
        raise SessionError(first + 1, explain_no_prompt(lines[first]))
    waiting = _waiting(lines, typed[-1][0])
    if waiting:
        lines = lines[: typed.pop()[0].start]
    ends = [*(command.start for command, _ in typed), len(lines)][1:]
    steps = (_step(lines, command, end, inside) for (command, inside), end in zip(typed, ends, strict=True))
    return Session(tuple(steps), waiting)


def write(session: Session) -> str:
    """The text that is read as this session: `parse(write(session)) == session`."""
    lines: list[str] = []
    for step in session.steps:
        lines += [""] * (step.line - 1 - len(lines))
        lines += _command_lines(step)
        lines += [""] * (step.last_line - len(lines) - len(step.output_lines))  # a sample of one blank line is empty
        lines += step.output_lines
    lines += [session.waiting.rstrip()] if session.waiting else []
    return "".join(f"{line}\n" for line in lines)


def _command_lines(step: Step) -> Iterator[str]:
    sign = step.prompt
    for line in step.command.split("\n"):
        yield sign + line if line else sign.rstrip()
        sign = shell_kinds.continuation_at(step.prompt)


def _typed(lines: Sequence[str], first: int) -> Iterator[tuple[Typed, bool]]:
    """Every prompt with its command, and whether it is the reader's own by its look but a container's by what opened
    it; what stands between them is output."""
    shells: list[str] = []
    command, index = "", first
    while index < len(lines):
        opening = prompts.opening(command, lines[index - 1] if index else "")
        prompt = prompts.prompt_of(lines[index], shells, opening, first=index == first)
        if prompt is None:
            index += 1
            continue
        shell = prompts.shell_after(prompt, shells, opening)
        prompts.enter(shells, shell, opening)
        typed = read_command(lines, index, prompt, lambda line: prompts.prompt_of(line, shells, "", first=False))
        command, index = typed.command, typed.end
        yield typed, prompt in HOST_PROMPTS and shell != prompts.shell_of(prompt)


def _waiting(lines: Sequence[str], last: Typed) -> str | None:
    """The prompt of the last command, where nothing is typed or printed behind it."""
    is_alone = lines[last.start].rstrip() == last.prompt.rstrip() and not any(map(str.strip, lines[last.start + 1 :]))
    return last.prompt if is_alone else None


def _step(lines: Sequence[str], typed: Typed, end: int, inside: bool) -> Step:
    """The step of a command whose output ends before line `end`, from 0; `inside` a container's shell."""
    first = typed.end
    mark = _STATUS.fullmatch(lines[end - 1]) if first < end else None
    sample = lines[first : end - 1 if mark else end]
    return Step(
        line=typed.start + 1,
        prompt=typed.prompt,
        command=typed.command,
        sample="\n".join(sample),
        status=int(mark[1]) if mark else _implied_status(sample),
        first_line=first + 1,
        last_line=end,
        shown_status=int(mark[1]) if mark else None,
        inside=inside,
    )
