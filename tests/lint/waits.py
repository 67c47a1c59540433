"""Finds what may keep a reader's shell waiting for ever, or makes it wait for another container than the one meant."""

from collections.abc import Iterator, Sequence

from lint.shell import Command, code, commands, docker
from lint.shown import Block, Text

ENDLESS = (
    "a loop without an end: where what it waits for never comes, the reader's prompt never comes back; put a limit "
    "around it, `timeout 60 sh -c '{keyword} …'`, or count, `for try in $(seq 60); do …; done`"
)
ALL_CONTAINERS = (
    "`docker ps | grep` looks at all containers, and finds another one than is meant; ask for that one, "
    "`docker inspect -f '{{.State.Status}}' NAME`, or list it alone, `docker ps --filter name=NAME`"
)


def wrong(blocks: Sequence[Block]) -> Iterator[tuple[Text, int, str]]:
    """(text, its line, what is wrong) of all that the blocks' sessions and their variants type."""
    for block in blocks:
        for text in block.texts if block.is_session else ():
            for step in text.steps():
                # Where the sample ends with ^C the reader ends it.
                loops = [] if step.interrupted_after is not None else endless(step.command)
                found = [*((line, ENDLESS.replace("{keyword}", word)) for line, word in loops)]
                found += ((line, ALL_CONTAINERS) for line in listings(step.command))
                yield from ((text, text.above + step.line + line, message) for line, message in sorted(found))


def endless(text: str) -> list[tuple[int, str]]:
    """(line from 0, `until` or `while`) of each loop that a shell waits for without a limit."""
    found, read = [], commands(text)
    for number, command in enumerate(read):
        if command.keyword in ("until", "while") and not _reads(command) and not _behind(read[number:]):
            found.append((command.line, command.keyword))
        for inner, waited in code(command):
            if waited:
                found += ((command.line + line, word) for line, word in endless(inner))
    return found


def listings(text: str) -> list[int]:
    """The lines, from 0, on which a list of all containers is searched for one."""
    found, read = [], commands(text)
    for before, command in zip([Command(0), *read], read, strict=False):
        if command.piped and command.program[:1] in (["grep"], ["egrep"], ["fgrep"]) and _lists_all(before):
            found.append(before.line)
        for inner, _ in code(command):
            found += (command.line + line for line in listings(inner))
    return found


def _reads(command: Command) -> bool:
    """`while read line`: it ends with what it reads."""
    return "read" in command.texts[command.texts.index(command.keyword) + 1 :][:2]


def _behind(loop: Sequence[Command]) -> bool:
    """Whether the loop that begins here goes on in the background: `done &`."""
    depth = 0
    for command in loop:
        depth += {"done": -1, "": 0}.get(command.keyword, 1)
        if not depth:
            return command.behind
    return False


def _lists_all(command: Command) -> bool:
    name, arguments = docker(command.program)
    filtered = any(argument.startswith(("-f", "--filter")) for argument in arguments)
    listing = name == "ps" or (name in ("ls", "list") and "container" in command.program)
    return listing and not filtered
