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

from harness.claims import commands, shell_kinds
from harness.claims.answers import Answer, answers
from harness.claims.command_lines import SessionError as SessionError
from harness.claims.command_lines import Typed, read_command
from harness.claims.commands import Command
from harness.claims.shell_kinds import HOST_PROMPTS

_INTERRUPT = "^C"
_INTERRUPTED = 130  # the exit status of what Ctrl+C ends

# What shells in containers show: `[root@588ec8830392 /]# `, `root@588ec8830392:/# ` can be nothing else;
# `/ # ` (busybox, alpine) and `bash-5.1# ` are prompts only where a command may have opened such a shell.
_NAMED_PROMPT = re.compile(
    r"(?P<shell>\[[\w.-]{1,64}@[\w.-]{1,64}) [^\]\s]{1,80}\][#$](?: |$)"
    r"|(?P<shell2>[\w.-]{1,64}@[\w.-]{1,64}):[^\s#$]{1,80}[#$](?: |$)"
)
_BARE_PROMPT = re.compile(r"(?:[/~][\w./-]{0,80} [#$]|(?:bash|sh)-\d{1,2}\.\d{1,2}[#$])(?: |$)")
_STATUS = re.compile(r"\[(\d{1,3})\]")


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

    @property
    def at_host(self) -> bool:
        """Whether the command is typed into the reader's own shell, not into a container's."""
        return self.prompt in HOST_PROMPTS

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
        return answers(self.sample)

    def may_end_with(self, status: int) -> bool:
        """Whether the page allows that exit status. Behind Ctrl+C, where it shows none, 0 and 130 are the same to it:
        a terminal shows neither, and programs end with either."""
        is_unsaid = self.interrupted_after is not None and self.shown_status is None
        return status == self.status or (is_unsaid and status in (0, _INTERRUPTED))

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
    return next((index for index, line in enumerate(lines) if line.startswith(_INTERRUPT)), None)


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
    if not typed or typed[0].start != first:
        found = f"found `{lines[first]}`" if lines[first].strip() else "found nothing"
        raise SessionError(first + 1, f"no prompt: {found}; write `$ ` before the command that prints it")
    waiting = _waiting(lines, typed[-1])
    if waiting:
        lines = lines[: typed.pop().start]
    ends = [*(command.start for command in typed), len(lines)][1:]
    return Session(tuple(_step(lines, command, end) for command, end in zip(typed, ends, strict=True)), waiting)


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
        sign = shell_kinds.shell_at(step.prompt).continuation


def shell_of(prompt: str) -> str:
    """The part of a prompt that stays the same while the shell's directory changes (`root@588ec8830392#`)."""
    if named := _NAMED_PROMPT.match(prompt):
        return (named["shell"] or named["shell2"]) + prompt.rstrip()[-1]
    return prompt.rstrip() if prompt in HOST_PROMPTS else prompt.rstrip()[-1] + " in a container"


def _typed(lines: Sequence[str], first: int) -> Iterator[Typed]:
    """Every prompt with its command; what stands between them is output."""
    seen: set[str] = set()
    command, index = "", first
    while index < len(lines):
        prompt = _prompt_of(lines[index], seen, command, first=index == first)
        if prompt is None:
            index += 1
            continue
        seen.add(shell_of(prompt))
        typed = read_command(lines, index, prompt, lambda line: _prompt_of(line, seen, "", first=False))
        command, index = typed.command, typed.end
        yield typed


def _prompt_of(line: str, seen: set[str], command: str, *, first: bool) -> str | None:
    """The prompt that a line after `command` begins with; None for output. `seen`: the shells that showed prompts."""
    for prompt in HOST_PROMPTS:
        if line.startswith(prompt) or line == prompt.rstrip():
            # A line of root's may be a comment in an output.
            certain = shell_kinds.user_at(prompt) == shell_kinds.READER or first or prompt.rstrip() in seen
            return prompt if certain or _may_open(command, root=True) else None
    if named := _NAMED_PROMPT.match(line):
        return named[0].rstrip() + " "
    bare = _BARE_PROMPT.match(line)
    if bare and (first or shell_of(bare[0]) in seen or _may_open(command)):
        return bare[0].rstrip() + " "
    return None


def _may_open(text: str, *, root: bool = False) -> bool:
    found = commands.parse(text)
    return any(command.may_open_root_shell if root else command.may_open_shell for command in found)


def _waiting(lines: Sequence[str], last: Typed) -> str | None:
    """The prompt of the last command, where nothing is typed or printed behind it."""
    is_alone = lines[last.start].rstrip() == last.prompt.rstrip() and not any(map(str.strip, lines[last.start + 1 :]))
    return last.prompt if is_alone else None


def _step(lines: Sequence[str], typed: Typed, end: int) -> Step:
    """The step of a command whose output ends before line `end`, from 0."""
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
    )
