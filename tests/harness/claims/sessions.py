"""Turns the text of a console snippet into its steps, for the runner, the recorder and the site.

$ docker run -it centos:latest bash     prompt, command
[root@588ec8830392 /]# exit 3           the next step, at the prompt of the container's shell
exit                                    its sample
[3]                                     its exit status, where that isn't 0 (cram's notation)

A `^C` alone on the last line of a sample is what a terminal shows when the reader presses Ctrl+C.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from harness.claims import shell_kinds
from harness.claims.shell_kinds import HOST_PROMPTS

_INTERRUPT = "^C"

# What shells in containers show: `[root@588ec8830392 /]# `, `root@588ec8830392:/# ` can be nothing else;
# `/ # ` (busybox, alpine) and `bash-5.1# ` are prompts only where a command may have opened such a shell.
_NAMED_PROMPT = re.compile(
    r"(?P<shell>\[[\w.-]{1,64}@[\w.-]{1,64}) [^\]\s]{1,80}\][#$](?: |$)"
    r"|(?P<shell2>[\w.-]{1,64}@[\w.-]{1,64}):[^\s#$]{1,80}[#$](?: |$)"
)
_BARE_PROMPT = re.compile(r"(?:[/~][\w./-]{0,80} [#$]|(?:bash|sh)-\d{1,2}\.\d{1,2}[#$])(?: |$)")
_STATUS = re.compile(r"\[(\d{1,3})\]")

# Commands after which another shell may be waiting.
_OPENS_SHELL = re.compile(
    r"\bdocker(?:-compose| compose| container)? (?:run|exec|attach|start)\b|\bsudo (?:-i|-s|su|bash|sh)\b"
    r"|(?:^|[;&|] ?)(?:su|ssh|bash|sh|newgrp)\b"
)
_OPENS_ROOT_SHELL = re.compile(r"\bsudo (?:-i|-s|su|bash|sh)\b|(?:^|[;&|] ?)su\b")


@dataclass(frozen=True)
class Step:
    """A prompt, a command and the output shown for it. Lines are 1-based, in the snippet."""

    line: int
    prompt: str  # with its closing blank
    command: str  # continuation lines joined by newlines, without their `> `
    sample: str
    status: int
    first_line: int  # of what follows the command: the sample and the status
    last_line: int  # first_line - 1 where nothing follows

    @property
    def at_host(self) -> bool:
        """Whether the command is typed into the reader's own shell, not into a container's."""
        return self.prompt in HOST_PROMPTS

    @property
    def interrupted_after(self) -> int | None:
        """The lines of output after which the reader presses Ctrl+C; None where the command ends by itself."""
        lines = self.sample.split("\n")
        return len(lines) - 1 if lines[-1] == _INTERRUPT else None


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


class SessionError(Exception):
    """A text that is no session: `line` is 1-based, the message says what was found and what to write."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@lru_cache(maxsize=1024)  # the site shows a text in several places
def parse(text: str) -> Session:
    """The steps of a snippet's text. Raises SessionError where it does not begin with a prompt."""
    lines = text.removesuffix("\n").split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    starts = list(_prompt_lines(lines, first))
    if not starts or starts[0][0] != first:
        found = f"found `{lines[first]}`" if lines[first].strip() else "found nothing"
        raise SessionError(first + 1, f"no prompt: {found}; write `$ ` before the command that prints it")
    waiting = None
    last_index, last_prompt = starts[-1]
    if lines[last_index].rstrip() == last_prompt.rstrip() and not any(map(str.strip, lines[last_index + 1 :])):
        waiting = last_prompt
        starts.pop()
        lines = lines[:last_index]
    ends = [*(index for index, _ in starts), len(lines)][1:]
    steps = [_step(lines, index, end, prompt) for (index, prompt), end in zip(starts, ends, strict=True)]
    return Session(tuple(steps), waiting)


def explain_prompts(sessions: Sequence[Session]) -> Iterator[tuple[int, SessionError]]:
    """What is wrong with the prompts of one terminal's sessions, as (index of the session, error).

    A prompt is explained by the shell that shows it: the reader's own, one that the command before may have
    opened, or one to which the terminal has come back.
    """
    shells: list[str] = []
    before: Step | None = None
    for number, session in enumerate(sessions):
        for prompt, line, step in _prompts(session):
            shell = shell_of(prompt)
            if not shells and prompt in HOST_PROMPTS:
                shells = [shell]
            elif shell in shells:
                if shells[-1] == shell and before and before.status and not before.at_host:
                    message = (
                        f"`[{before.status}]` after `{before.command}`: the exit status of a command inside a "
                        "container isn't seen from outside; leave it out, or show it with `echo $?`"
                    )
                    yield number, SessionError(before.line, message)
                del shells[shells.index(shell) + 1 :]
            elif before and _OPENS_SHELL.search(before.command):
                shells.append(shell)
            else:
                message = (
                    f"nothing explains the prompt `{prompt.rstrip()}`: no earlier command on this terminal opens "
                    "that shell; begin with `$ `, or show the `docker run -it`, `exec -it` or `attach` before it"
                )
                yield number, SessionError(line, message)
                return
            before = step or before


def shell_of(prompt: str) -> str:
    """What stays the same in a shell's prompt while its directory changes (`root@588ec8830392`)."""
    if named := _NAMED_PROMPT.match(prompt):
        return (named["shell"] or named["shell2"]) + prompt.rstrip()[-1]
    return prompt.rstrip() if prompt in HOST_PROMPTS else prompt.rstrip()[-1] + " in a container"


def _prompts(session: Session) -> Iterator[tuple[str, int, Step | None]]:
    for step in session.steps:
        yield step.prompt, step.line, step
    if session.waiting:
        last = session.steps[-1].last_line + 1 if session.steps else 1
        yield session.waiting, last, None


def _prompt_lines(lines: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    """Index and prompt of every line that begins with a prompt."""
    seen: set[str] = set()
    command = ""
    for index, line in enumerate(lines):
        prompt = _prompt_of(line, seen, command, first=index == first)
        if prompt is not None:
            seen.add(shell_of(prompt))
            command = line[len(prompt) :]
            yield index, prompt


def _prompt_of(line: str, seen: set[str], command: str, *, first: bool) -> str | None:
    for prompt in HOST_PROMPTS:
        if line.startswith(prompt) or line == prompt.rstrip():
            # A line of root's may be a comment in an output.
            certain = shell_kinds.user_at(prompt) == shell_kinds.READER or first or prompt.rstrip() in seen
            return prompt if certain or _OPENS_ROOT_SHELL.search(command) else None
    if named := _NAMED_PROMPT.match(line):
        return named[0].rstrip() + " "
    bare = _BARE_PROMPT.match(line)
    if bare and (first or shell_of(bare[0]) in seen or _OPENS_SHELL.search(command)):
        return bare[0].rstrip() + " "
    return None


def _step(lines: Sequence[str], start: int, end: int, prompt: str) -> Step:
    command = [lines[start][len(prompt) :]]
    first = start + 1
    continuation = shell_kinds.shell_at(prompt).continuation
    while first < end and (lines[first].startswith(continuation) or lines[first] == continuation.rstrip()):
        command.append(lines[first][len(continuation) :])
        first += 1
    sample = list(lines[first:end])
    status = 0
    if sample and (mark := _STATUS.fullmatch(sample[-1])):
        status = int(mark[1])
        sample.pop()
    return Step(
        line=start + 1,
        prompt=prompt,
        command="\n".join(command),
        sample="\n".join(sample),
        status=status,
        first_line=first + 1,
        last_line=end,
    )
