"""Says whether a command reads what goes on being written, for asked and for the rows of logs.

docker run -d --name clock busybox sh -c 'while :; do date >> /log; sleep 1; done'
docker logs clock | wc -l      as many as there was time for
docker exec clock cat /log     as well
"""

from collections.abc import Iterator, Sequence

from harness.claims.commands import Command, parse
from harness.claims.shell import SimpleCommand, simple_commands

LOGS = frozenset({"docker logs", "docker compose logs", "docker service logs"})
_READ_WHOLE = frozenset({"cat", "grep", "nl", "wc"})
# In the condition of a loop that goes round so often.
_COUNTED = frozenset({"-lt", "-le", "-gt", "-ge", "-eq", "-ne", "read"})
_SILENT, _QUIET = frozenset({":", "[", "false", "sleep", "test", "true"}), frozenset({"-q", "--quiet"})


def has_loop(code: str) -> bool:
    """Whether a loop goes round while something is so, or for ever: not as often as is counted or read."""
    return waits(code) or any(simple.keyword == "while" and not _is_counted(simple) for simple in simple_commands(code))


def waits(code: str) -> bool:
    """Whether a loop sleeps until something is so, and says something each time: `until curl …; do echo wait; …`."""
    ends, says, sleeps = False, False, False
    for simple in simple_commands(code):
        if simple.keyword in ("until", "while", "for"):
            ends, says, sleeps = _ends(simple), False, False
        if simple.keyword == "done" and ends and says and sleeps:
            return True
        ends = ends or simple.program[:1] == ("break",)
        is_silent = _SILENT.issuperset(simple.program[:1]) or simple.writes or not _QUIET.isdisjoint(simple.program)
        says = says or not is_silent
        sleeps = sleeps or simple.program[:1] == ("sleep",)
    return False


def _ends(simple: SimpleCommand) -> bool:
    """Whether a loop begins so that ends once something is so."""
    is_negated = simple.keyword == "while" and simple.texts[1:2] == ["!"]
    return (simple.keyword == "until" or is_negated) and not _is_counted(simple)


def _is_counted(simple: SimpleCommand) -> bool:
    is_arithmetic = not simple.program  # while (( ))
    return is_arithmetic or (not _COUNTED.isdisjoint(simple.program) and not simple.substitutions)


def reads(command: str) -> bool:
    """Whether a command shows a whole log or file, or counts its lines."""
    return any(_read(parse(command)))


def is_read(commands: Sequence[str]) -> bool:
    """Whether the last command reads the log of a container that goes on, or a file that one goes on writing."""
    wanted = set(_read(parse(commands[-1]))) if commands else set()
    return bool(wanted) and any(not wanted.isdisjoint(_written(run)) for command in commands for run in parse(command))


def _read(commands: Sequence[Command]) -> Iterator[str]:
    """The containers whose whole log is shown, and the names of the files that are read."""
    for command in commands:
        if command.plain_name in LOGS and not command.has("-n", "--tail"):
            yield from command.arguments
        elif command.inner and not command.has("-d", "--detach"):
            yield from _read(command.inner.unwrapped)
        elif command.program in _READ_WHOLE:
            yield from map(_name, command.arguments)


def _written(run: Command) -> Iterator[str]:
    """The name of a container that goes on in the background, and the names of the files that it writes."""
    if run.inner and run.has("-d", "--detach") and (has_loop(run.inner.code) or run.inner.follows):
        yield from run.options.get("--name", ())
        yield from (_name(path) for simple in simple_commands(run.inner.code) for path in simple.writes)


def _name(path: str) -> str:
    return path.rpartition("/")[2]
