"""docker logs, docker attach, and whatever else shows as much as there was time for."""

import re
from collections.abc import Iterator
from functools import lru_cache

from harness.claims.commands import Command, commands_of, parse, read_command
from harness.claims.shell import simple_commands
from harness.shapes.growing import LOGS, has_ended, has_loop, is_read, reads, shown
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import CACHED, programs

_TAILS = ("-n", "--tail", "--lines")
_LAST = re.compile(r"-(\d{1,6})")  # tail -2
_CUT = re.compile(  # sed -n 2,4p; sed 3q; grep -m 2 ERROR
    r"sed -n (?P<at>\d{1,6})(?:,(?P<to>\d{1,6}))?p|(?:sed |grep .*?(?:-m ?|--max-count[= ]))(?P<most>\d{1,6})(?:q| .*)"
)
_PREPARED = frozenset({"cat", "docker", "echo", "ls"})  # ended long before `timeout` could end them
_ASKED = '127.0.0.1 - - [24/Nov/2026 12:39:43] "GET / HTTP/1.1" 200 -\n'
_ASKED_LATER = _ASKED.replace("39:43", "39:45")
_TICKS = "2026-11-26T01:13:35+00:00\n2026-11-26T01:13:36+00:00"
_REQUEST = '172.17.0.1 - - [24/Nov/2026 12:39:47] "GET /none HTTP/1.1" 404 -\n'
_ERROR = "2026/11/24 11:30:21 [error] 29#29: *1 open() failed"
_ACCESS = '172.17.0.1 - - [24/Nov/2026:11:30:21 +0000] "GET /nosuch HTTP/1.1" 404 153'

_WAITING = "waiting for server to "
_WAITS = re.compile(rf"{_WAITING}(?:start|shut down)\.{{3,60}}")
_DOTS = re.compile(r"(?<!\S)\.{1,60}(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")  # of what it began on a line before
_SHUTTING_DOWN = f"{_WAITING}shut down...."
_STOPS = "2026-11-26 20:22:06.779 UTC [40] LOG:  received fast shutdown request"
_STARTS = "2026-11-26 20:22:05.779 UTC [40] LOG:  starting PostgreSQL 18.1"
_ENDS = "2026-11-26 20:22:06.787 UTC [40] LOG:  shutting down"


@lru_cache(maxsize=CACHED)
def goes_on(command: str) -> bool:
    """Whether a command's output shows as much as there was time for."""
    found = programs(command)
    if _shows_log(command) or any(one.follows or _is_ended(one) for one in found):
        return True
    in_containers = (one.inner.code for one in found if one.inner and not one.has("-d", "--detach"))
    return any(has_loop(code) for code in (command, *(one.code for one in _started(command)), *in_containers))


def _shows_log(command: str) -> bool:
    """Whether an output shows a log, and not only how many lines that has."""
    steps = [simple for pipeline in shown(command) for simple in pipeline]
    is_there = any(one.plain_name in LOGS for simple in steps for one in commands_of(simple))
    return is_there or any(map(_shows_log, (code for simple in steps for code in simple.substitutions)))


def _is_ended(one: Command) -> bool:
    """Whether somebody ends the program, not the program itself."""
    is_late = "timeout" in one.within and (one.program not in _PREPARED or one.inner is not None)
    return "watch" in one.within or is_late


def _started(text: str) -> Iterator[Command]:
    return (read_command(simple.program) for simple in simple_commands(text) if simple.program)


@lru_cache(maxsize=CACHED)
def most_lines(command: str) -> int | None:
    """How many lines of a log its command asks for; None where it asks for all, or goes on."""
    found = parse(command)
    if any(one.follows or _is_ended(one) for one in found):
        return None
    if found and found[-1].piped and found[-1].program in ("head", "tail"):
        return _asked_lines(found[-1])
    logs = [one for one in found if one.plain_name in LOGS]
    return _asked_lines(logs[0]) if len(logs) == 1 and not any(one.piped for one in found) else None


@lru_cache(maxsize=CACHED)
def is_of_a_time(command: str) -> bool:
    """Whether a command shows what a log has from some seconds: it may come round once in them."""
    return any(one.plain_name in LOGS and one.has("--since", "--until") for one in parse(command))


@lru_cache(maxsize=CACHED)
def left(command: str) -> slice | None:
    """Which lines head or tail leaves at the end of a command; None where neither is there."""
    last = parse(command)[-1:]
    most = _asked_lines(last[0]) if last and last[0].piped and last[0].program in ("head", "tail") else None
    if not most:
        return None
    return slice(None, most) if last[0].program == "head" else slice(-most, None)


@lru_cache(maxsize=CACHED)
def cut_to(command: str) -> int | None:
    """To how many lines the end of a command cuts its output, at most; None where nothing does."""
    last = parse(command)[-1:]
    if not (last and last[0].piped):
        return None
    if last[0].program in ("head", "tail"):
        return _asked_lines(last[0])
    found = _CUT.fullmatch(" ".join(last[0].words))
    if not found:
        return None
    if found["to"] or not found["at"]:
        return int(found["to"] or found["most"]) - int(found["at"] or 1) + 1
    return 1


def _asked_lines(command: Command) -> int | None:
    short = [match[1] for option in command.options if (match := _LAST.fullmatch(option))]
    given = [*short, *(value for option in _TAILS for value in command.options.get(option, ()))]
    if given:
        return int(given[-1]) if given[-1].isdigit() else None
    return 10 if command.program in ("head", "tail") else None


ROWS = (
    Rewrite(
        name="what the first start of PostgreSQL says without a line's end, between the lines of its log",
        sign=_WAITING,
        write=lambda text: _WAITS.sub("", text) or "waiting",
        seen=(
            (f"{_SHUTTING_DOWN}{_STOPS}\n{_ENDS}", f"{_STOPS}\n{_SHUTTING_DOWN}{_ENDS}"),
            (f"{_WAITING}start....{_STARTS}", f"{_WAITING}start......{_STARTS}"),
        ),
        damaged=(("fast shutdown", "slow shutdown"),),
        typed="docker logs db",
    ),
    Rewrite(
        name="the dots that the first start of PostgreSQL says while it waits, between the lines of its log",
        sign="] LOG:",
        write=lambda text: _DOTS.sub("", text),
        seen=((f"{_SHUTTING_DOWN[:-1]}{_STOPS}\n.{_ENDS}", f"{_STOPS}\n{_SHUTTING_DOWN}{_ENDS}"),),
        damaged=(("fast shutdown", "slow shutdown"),),
        typed="docker logs db",
    ),
    Dialect(
        name="a log",
        command=goes_on,
        history=lambda commands: not has_ended(commands),
        policy=Policy.LOOP,
        seen=(
            ("hello\n" * 3, "hello\n" * 5),
            ("tick\ntock\ntick\ntock", "tick\ntock\ntick\ntock\ntick"),
            ("4: a\n5: a\n6: a", "0: a\n1: a"),
            (f"ready\n{_ASKED * 2}{_REQUEST}", f"ready\n{_ASKED * 4}{_REQUEST}{_ASKED}"),
            (f"{_ERROR}\n{_ERROR} again\n{_ACCESS}", f"{_ACCESS}\n{_ERROR}\n{_ERROR} again"),
            (_ASKED, f"{_ASKED}{_ASKED_LATER}"),
            (_TICKS, f"{_TICKS}\n2026-11-26T01:13:37+00:00"),
        ),
        damaged=(
            ("hello\nhello\nhello\nhello\nhello", "hullo"),
            ("hello\nhello", "hello\nhullo"),
            (_ASKED_LATER, _ASKED),
            ("2026-11-26T01:13:37", "2026-11-26T01:13:36"),
        ),
        typed="docker logs loop",
    ),
    Dialect(
        name="a file that a loop in the background writes",
        command=reads,
        policy=Policy.LOOP,
        history=is_read,
        seen=((_TICKS, f"{_TICKS}\n2026-11-26T01:13:37+00:00"),),
        damaged=(("2026-11-26T01:13:37", "2026-11-26T01:13:36"),),
        typed="docker run -d --name clock busybox sh -c 'while :; do date -Is >> /log; sleep 1; done'; cat /log",
    ),
)
