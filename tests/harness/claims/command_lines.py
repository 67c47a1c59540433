"""The lines of a session from a prompt on -> the command typed there: for sessions.

    $ docker run \\         docker run \\
    >   --rm debian    ->     --rm debian
    $ cat <<END             cat <<END
    a                  ->   a
    END                     END

Lines that begin with the shell's continuation prompt belong to the command above them. A command that a shell would
ask more for also takes the lines below it as they stand, until it is complete.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.claims import python_blocks, shell_grammar, shell_kinds
from harness.claims.shell_kinds import BASH, ShellKind

_OF_A_SHELL = re.compile(r"(?<!=)[$#] ?\Z")  # what its prompt ends with
_BLANK_BEHIND = re.compile(r"\\[ \t]+\Z")

PromptOf = Callable[[str], str | None]  # the prompt that a line begins with; None for output


class SessionError(Exception):
    """A text that is no session: `line` is 1-based, the message says what was found and what to write."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Typed:
    """A prompt and the command typed at it: the lines from `start` to before `end`, from 0."""

    start: int
    end: int
    prompt: str
    command: str

    @property
    def kind(self) -> ShellKind:
        """Of the shell that reads it."""
        return shell_kinds.shell_at(self.prompt)

    @property
    def unfinished(self) -> str:
        """What the command leaves open; only bash's language is known, not that of `>>> ` or `postgres=# `."""
        is_bash = self.kind.lexer == BASH.lexer and _OF_A_SHELL.search(self.prompt)
        return shell_grammar.unfinished(self.command) if is_bash else ""


def read_command(lines: Sequence[str], start: int, prompt: str, prompt_of: PromptOf) -> Typed:
    """The command behind `prompt` on line `start`. Raises SessionError where it has no end."""
    typed = Typed(start, start + 1, prompt, lines[start][len(prompt) :])
    if prompt == python_blocks.PROMPT:
        return _python_block(typed, lines)
    typed = _with_marked_lines(typed, lines)
    while typed.unfinished:
        typed = _with_marked_lines(_finished(typed, lines, prompt_of), lines)
    if typed.end < len(lines) and lines[typed.end].startswith((" ", "\t")):
        _check_backslash(typed)
    return typed


def _python_block(typed: Typed, lines: Sequence[str]) -> Typed:
    """The command at Python's prompt with the lines below that go on with it; a block may lack its blank line."""
    typed = _longer(typed, python_blocks.lines_of(typed.command, lines[typed.end :]))
    if not python_blocks.is_complete(f"{typed.command}\n"):
        message = (
            f"`{typed.command.partition(chr(10))[0]}` is unfinished: Python still waits for more; write its other "
            f"lines below it, each behind `{python_blocks.CONTINUATION}`"
        )
        raise SessionError(typed.start + 1, message)
    return typed


def _with_marked_lines(typed: Typed, lines: Sequence[str]) -> Typed:
    """The command with the lines below it that begin with the continuation prompt."""
    sign = typed.kind.continuation
    while typed.end < len(lines) and _is_continued(lines[typed.end], sign):
        _check_backslash(typed)
        typed = _longer(typed, [lines[typed.end][len(sign) :]])
    return typed


def _finished(typed: Typed, lines: Sequence[str], prompt_of: PromptOf) -> Typed:
    """The unfinished command with the lines below that complete it.

    The next prompt ends it in any case, but for what looks like one in a here-document.
    """
    sign = typed.kind.continuation if typed.end > typed.start + 1 else ""
    below = [line[len(sign) :] if _is_continued(line, sign) else line for line in lines[typed.end :]]
    is_prompt = (index for index, line in enumerate(lines[typed.end :]) if prompt_of(line) is not None)
    stop = next(is_prompt, len(below))
    if "here-document" in _longer(typed, below[:stop]).unfinished:
        stop = len(below)
    longer = _longer(typed, below[:stop])
    if count := shell_grammar.complete_lines(longer.command, at_least=typed.end - typed.start):
        return replace(typed, command="\n".join(longer.command.split("\n")[:count]), end=typed.start + count)
    then = f"the prompt `{lines[longer.end].split()[0]}` comes" if longer.end < len(lines) else "the block ends"
    message = (
        f"`{typed.command.partition(chr(10))[0]}` is unfinished: {longer.unfinished} still waits for more where "
        f"{then}; finish the command, or write its other lines below it"
    )
    raise SessionError(typed.start + 1, message)


def _longer(typed: Typed, lines: Sequence[str]) -> Typed:
    return replace(typed, command="\n".join([typed.command, *lines]), end=typed.end + len(lines))


def _is_continued(line: str, continuation: str) -> bool:
    """Whether a line begins with the prompt for the next line of a command."""
    return line.startswith(continuation) or line == continuation.rstrip()


def _check_backslash(typed: Typed) -> None:
    """Raises SessionError where only blanks keep a backslash from going on with the next line."""
    if not _BLANK_BEHIND.search(typed.command) or typed.unfinished:
        return
    if replace(typed, command=typed.command.rstrip()).unfinished:
        message = (
            f"`{typed.command.rpartition(chr(10))[2]}` has blanks behind its backslash, so the command ends there for "
            "a shell; remove them, and the next line goes on with it"
        )
        raise SessionError(typed.end, message)
