"""Says whether a command reads what goes on being written, for asked and for the rows of logs.

docker run -d --name clock busybox sh -c 'while :; do date >> /log; sleep 1; done'
docker logs clock | wc -l      as many as there was time for
docker exec clock cat /log     as well
"""

import shlex
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from harness.claims.commands import Command, commands_of, parse, read_command
from harness.claims.shell import SimpleCommand, pipelines, simple_commands
from harness.shapes.policies.typed import CACHED, TEXT_TOOLS

LOGS = frozenset({"docker logs", "docker compose logs", "docker service logs"})
_OF_ONE, _START_AGAIN = frozenset({"docker logs", "docker attach"}), frozenset({"docker start", "docker restart"})
_END_AT_ONCE = TEXT_TOOLS | {
    *("date", "env", "expr", "false", "hostname", "id", "ls", "nproc", "printenv", "seq", "shuf", "true", "uname", "wc")
}
_PARTS = ("-n", "--tail", "--since", "--until")  # of a log
_JOIN = frozenset({"docker attach", "docker compose attach", "docker compose logs", "docker service logs"})
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
        is_silent = _SILENT.issuperset(simple.program[:1]) or simple.writes or _is_quiet(simple.program)
        says = says or not is_silent
        sleeps = sleeps or simple.program[:1] == ("sleep",)
    return False


def _is_quiet(program: Sequence[str]) -> bool:
    """Whether a program says nothing until it succeeds, by its options: `curl -sf` is such."""
    letters = {*"".join(word for word in program[1:] if word[:1] == "-" and word[:2] != "--")}
    return not _QUIET.isdisjoint(program) or (program[:1] == ("curl",) and {"f", "s"} <= letters and "S" not in letters)


def _ends(simple: SimpleCommand) -> bool:
    """Whether a loop begins so that ends once something is so."""
    is_negated = simple.keyword == "while" and simple.texts[1:2] == ["!"]
    return (simple.keyword == "until" or is_negated) and not _is_counted(simple)


def _is_counted(simple: SimpleCommand) -> bool:
    is_arithmetic = not simple.program  # while (( ))
    return is_arithmetic or (not _COUNTED.isdisjoint(simple.program) and not simple.substitutions)


def is_count(command: Command) -> bool:
    """Whether a program prints a number for each of its inputs, however long they are."""
    return command.program == "wc" or (command.program == "grep" and command.has("-c", "--count"))


def shown(text: str) -> Iterator[tuple[SimpleCommand, ...]]:
    """The pipelines of a text, without those that only print how many lines something has."""
    for pipeline in pipelines(text):
        last = commands_of(pipeline[-1])
        if not last or not is_count(last[-1].at_work[-1]):
            yield pipeline


def reads(command: str) -> bool:
    """Whether a command shows a whole log or file."""
    return any(name for pipeline in shown(command) for name in _read_by(pipeline))


def is_read(commands: Sequence[str]) -> bool:
    """Whether the last command reads the log of a container that goes on, or a file that one goes on writing."""
    return bool(commands) and reads_by(simple_commands(commands[-1]), written(tuple(commands)))


def reads_by(pipeline: Sequence[SimpleCommand], names: Container[str]) -> bool:
    """Whether a pipeline reads the whole log or file that one of the names stands for."""
    return any(name in names for name in _read_by(pipeline))


def run_of(name: str, commands: Sequence[str]) -> Command | None:
    """The one command that runs the container of this name; None where it may have run more than once."""
    typed = [one for command in commands for one in parse(command)]
    runs = [one for one in typed if one.plain_name == "docker run" and name in one.options.get("--name", ())]
    is_started_again = any(one.plain_name in _START_AGAIN and name in one.arguments for one in typed)
    return None if not runs or is_started_again or any(one.has("--restart") for one in runs) else runs[-1]


def has_ended(commands: Sequence[str]) -> bool:
    """Whether the last command shows the log of a container whose programs end as soon as they have printed."""
    logs = [one for one in parse(commands[-1]) if one.plain_name in _OF_ONE] if commands else []
    runs = [run_of(one.arguments[0], commands) for one in logs if len(one.arguments) == 1]
    return bool(runs) and len(runs) == len(logs) and all(run and run.inner and _ends_at_once(run.inner) for run in runs)


def _ends_at_once(inner: Command) -> bool:
    found = inner.unwrapped
    return all(one.program in _END_AT_ONCE and not one.follows for one in found) and not has_loop(inner.code)


@lru_cache(maxsize=CACHED)
def is_from_start(commands: tuple[str, ...]) -> bool:
    """Whether all that the last command shows as long as there is time is of programs from their first line on."""
    found = parse(commands[-1]) if commands else ()
    return bool(found) and all(_is_from_start(one, commands) for one in found)


def _is_from_start(command: Command, commands: tuple[str, ...]) -> bool:
    if command.has(*_PARTS) or command.program == "tail" or (command.program == "cat" and command.arguments):
        return False
    if command.plain_name in LOGS:
        runs = [run_of(name, commands) for name in command.arguments]
        return command.plain_name == "docker logs" and all(run and not run.has("--log-opt") for run in runs)
    if command.plain_name in _JOIN:
        return False
    is_up = command.plain_name == "docker compose up"
    return not (is_up and any(_is_left_running(one) for text in commands[:-1] for one in parse(text)))


def _is_left_running(command: Command) -> bool:
    """Whether services go on behind it."""
    name = command.plain_name
    return name == "docker compose start" or (name == "docker compose up" and command.has("-d", "--detach", "--wait"))


@lru_cache(maxsize=CACHED)
def written(commands: tuple[str, ...]) -> frozenset[str]:
    """The names of the containers that go on in the background, and of the files with what they write."""
    found: set[str] = set()
    for text in commands:
        going_on, copied = _written_by(text)
        found |= going_on
        for read, names in copied:
            if not found.isdisjoint(read):
                found.update(names)
    return frozenset(found)


@lru_cache(maxsize=CACHED)
def _written_by(text: str) -> tuple[frozenset[str], tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """The names of what a command starts and that goes on; what each pipeline reads that copies it, and into what."""
    going_on = frozenset(name for run in parse(text) for name in _goes_on_in(run))
    copied = ((_read_by(one), [name(path) for simple in one for path in copies(simple)]) for one in pipelines(text))
    return going_on, tuple((tuple(read), tuple(names)) for read, names in copied if names)


def copies(simple: SimpleCommand) -> Iterator[str]:
    """The files into which a step of a pipeline puts what it reads."""
    yield from simple.writes
    if simple.program[:1] == ("tee",):
        yield from simple.program[1:]


def _read(text: str) -> Iterator[str]:
    """The containers whose whole log is shown, and the names of the files that are read."""
    yield from _read_by(simple_commands(text))


def _read_by(steps: Sequence[SimpleCommand]) -> Iterator[str]:
    for simple in steps:
        yield from (name for code in simple.substitutions for name in _read(code))
        if simple.program and (started := read_command(simple.program).started).code:
            yield from _read(started.code)
            continue
        for command in commands_of(simple):
            if command.plain_name in LOGS and not command.has("-n", "--tail"):
                yield from command.arguments
            elif command.inner and not command.has("-d", "--detach"):
                yield from _read(shlex.join(command.inner.words))
            elif command.program in _READ_WHOLE:
                yield from map(name, (*command.arguments, *simple.reads))


def _goes_on_in(run: Command) -> Iterator[str]:
    """The name of a container that goes on in the background, and the names of the files that it writes."""
    if run.inner and run.has("-d", "--detach") and (has_loop(run.inner.code) or run.inner.follows):
        yield from run.options.get("--name", ())
        yield from (name(path) for simple in simple_commands(run.inner.code) for path in copies(simple))


def name(path: str) -> str:
    """Of a file, without its folder."""
    return path.rpartition("/")[2]
