"""Finds commands that may keep a reader's shell waiting for ever, or waiting for the wrong container."""

import re
from collections.abc import Iterator, Sequence

from harness.claims.commands import Command, commands_of, read_command
from harness.claims.shell import SimpleCommand, simple_commands
from lint.texts import Block, Text

ENDLESS = (
    "a loop without an end: where what it waits for never comes, the reader's prompt never comes back; put a limit "
    "around it, `timeout 60 sh -c '{keyword} …'`, or count, `for try in $(seq 60); do …; done`"
)
ALL_CONTAINERS = (
    "`docker ps | grep` looks at all containers, and finds another one than is meant; ask for that one, "
    "`docker inspect -f '{{.State.Status}}' NAME`, or list it alone, `docker ps --filter name=NAME`"
)
_NEVER = re.compile(r"0+(?:\.0*)?[smhd]?")  # a duration with which `timeout` sets no limit


def wrong(blocks: Sequence[Block]) -> Iterator[tuple[Text, int, str]]:
    """(text, line, what is wrong) of the commands in the blocks' sessions, on all engines."""
    for block in blocks:
        for text in block.texts if block.is_session else ():
            for step in text.steps():
                # A sample that ends with ^C says that the reader ends it.
                loops = [] if step.interrupted_after is not None else endless(step.command)
                found = [*((line, ENDLESS.replace("{keyword}", word)) for line, word in loops)]
                found += ((line, ALL_CONTAINERS) for line in listings(step.command))
                yield from ((text, text.above + step.line + line, message) for line, message in sorted(found))


def endless(text: str) -> list[tuple[int, str]]:
    """(line from 0, `until` or `while`) of each loop that a shell waits for without a limit."""
    found, read = [], simple_commands(text)
    for number, command in enumerate(read):
        if command.keyword in ("until", "while") and not _reads(command) and not _in_background(read[number:]):
            found.append((command.line, command.keyword))
        for code, is_waited_for in _code(command):
            if is_waited_for:
                found += ((command.line + line, word) for line, word in endless(code))
    return found


def listings(text: str) -> list[int]:
    """The lines, from 0, on which a list of all containers is searched for one."""
    found, read = [], simple_commands(text)
    for before, command in zip([SimpleCommand(0), *read], read, strict=False):
        if command.piped and _searches(command) and _lists_all(before):
            found.append(before.line)
        for code, _ in _code(command):
            found += (command.line + line for line in listings(code))
    return found


def _reads(command: SimpleCommand) -> bool:
    """`while read line`: it ends with what it reads."""
    return "read" in command.texts[command.texts.index(command.keyword) + 1 :][:2]


def _in_background(loop: Sequence[SimpleCommand]) -> bool:
    """Whether the loop that begins here goes on in the background: `done &`."""
    depth = 0
    for command in loop:
        depth += {"done": -1, "": 0}.get(command.keyword, 1)
        if not depth:
            return command.background
    return False


def _code(simple: SimpleCommand) -> Iterator[tuple[str, bool]]:
    """The shell code inside a command, each with whether the reader waits for it however long it takes."""
    yield from ((code, True) for code in simple.substitutions)
    if simple.program:
        for code, is_waited_for in _run_by(read_command(simple.program)):
            yield code, is_waited_for and not simple.background


def _run_by(command: Command) -> Iterator[tuple[str, bool]]:
    """The code that a program is given to run, each with whether it may take for ever."""
    if command.starts:
        is_limited = command.program == "timeout" and not _NEVER.fullmatch(command.arguments[0])
        yield from ((code, is_waited_for and not is_limited) for code, is_waited_for in _run_by(command.starts))
    elif command.code:
        yield command.code, True
    elif command.inner:
        is_detached = command.has("-d", "--detach")
        yield from ((code, is_waited_for and not is_detached) for code, is_waited_for in _run_by(command.inner))


def _searches(simple: SimpleCommand) -> bool:
    return any(command.program in ("grep", "egrep", "fgrep") for command in commands_of(simple))


def _lists_all(simple: SimpleCommand) -> bool:
    listings = [command for command in commands_of(simple) if command.plain_name == "docker ps"]
    return any(not command.has("-f", "--filter") for command in listings)
