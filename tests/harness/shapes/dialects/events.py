"""docker events: a window in time, which one run opened or closed a little later than another."""

import re
from collections.abc import Sequence
from itertools import pairwise

from harness.claims.commands import parse
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.typed import Typed

_TIME = r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{9}(?:Z|[+-]\d\d:\d\d)"
_WHAT = (
    r"(?:attach|commit|connect|copy|create|destroy|detach|die|disconnect|exec_create:|exec_detach:|exec_die"
    r"|exec_start:|export|health_status:|kill|mount|oom|pause|prune|pull|push|rename|resize|restart|start|stop"
    r"|tag|top|unmount|unpause|untag|update)"
)
_ON_ID = rf"(?:container|network) {_WHAT}(?: .{{1,1000}}?)? [0-9a-f]{{64}}"
_ON_NAME = rf"(?:image|volume|builder|plugin|daemon) {_WHAT} \S{{1,300}}"
# What comes by a clock: health checks, and the kernel's word that memory ran out (too late on 20.10).
_CLOCKED = re.compile(r"\S{20,40} container (exec_create:|exec_start:|exec_die|health_status:|oom) .*")
_CLOCKED_ACTION = re.compile(r"(?:\S{1,100}[ :/|,\t]+){0,3}?(exec_create|exec_start|exec_die|health_status)\b.*")
_BRIEF = rf"(?:\S{{1,100}}?[ :/|,\t]+){{0,3}}{_WHAT}(?:[ :/|,\t].*)?"  # in a format that leaves out its time
_AT = "2026-11-24T09:33:50.009023108Z container {} {} (image=busybox, name=lim)"
_CREATE, _START, _DIE, _STOP = (_AT.format(what, "a" * 64) for what in ("create", "start", "die", "stop"))
_END = re.compile(r"(?<![\w=.-])(?:die|stop)(?![\w=.-])")
_CLOCKS = frozenset({"time", "large number"})
_WORD = re.compile(r"[\w.-]+")
_CHECK = _AT.format("exec_die", "a" * 64)


def _clock(line: Line) -> str:
    found = _CLOCKED.fullmatch(line.text)
    return found[1] if found else ""


def _clock_of_action(line: Line) -> str:
    found = _CLOCKED_ACTION.fullmatch(line.text)
    return found[1] if found else ""


def _dies_before_stop(run: list[Line]) -> list[Line]:
    """The events, each container's death before the end of its stop: who watches says the one, who asked the other."""
    found = list(run)
    for place, (line, other) in enumerate(pairwise(run)):
        ends = [_END.search(one.text) for one in (line, other)]
        if [end and end[0] for end in ends] == ["stop", "die"] and _said(line) <= _said(other):
            found[place : place + 2] = other, line
    return found


def _said(line: Line) -> set[str]:
    """What a line says besides how its container ends, and when."""
    literal = (token.text for part in line.parts for token in part.tokens if token.kind not in _CLOCKS)
    return {word for text in literal for word in _WORD.findall(text)} - {"die", "stop"}


def _is_timed(lines: Sequence[Line], index: int) -> bool:
    return lines[index].has("time") or lines[index].has("large number")


def _is_last(command: str) -> bool:
    """Whether nothing counts or sorts the events, in a format of the reader's."""
    found = parse(command)
    return bool(found) and found[-1].plain_name == "docker events" and found[-1].has("--format")


ROWS = (
    Dialect(
        name="events in a format of the reader's",
        command=Typed("docker events", ("--format",)),
        lines=r".*",
        policy=Policy.WINDOW,
        only=_is_timed,
        value=_clock,
        reduce=_dies_before_stop,
        seen=(("1795519827 create\n1795519828 start\n1795519829 die", "1795520263 start\n1795520264 die"),),
        damaged=(("start", "stop"),),
        typed="docker events --since 4s --until 0s --format '{{.Time}} {{.Action}}'",
    ),
    Dialect(
        name="events in a format of the reader's, without their time",
        command=_is_last,
        lines=_BRIEF,
        policy=Policy.WINDOW,
        only=lambda lines, index: not _is_timed(lines, index),
        value=_clock_of_action,
        reduce=_dies_before_stop,
        seen=(
            (
                "exec_die web\ncreate box\nstart box\ndie box",
                "create box\nexec_die web\nstart box\nexec_die web\ndie box",
            ),
            ("container create\ncontainer start\ncontainer die", "container start\ncontainer die\ncontainer destroy"),
            ("box: create\nbox: start\nbox: die", "box: create\nbox: start"),
            ("box: kill\nbox: die\nbox: stop", "box: kill\nbox: stop\nbox: die"),
        ),
        damaged=(
            ("start", "stop"),
            ("container die", "image die"),
            ("container start\ncontainer die", "container die\ncontainer start"),
            ("container destroy", "WARNING: it is old"),
        ),
        typed="docker events --since 10m --until 0s --format '{{.Type}} {{.Action}}'",
    ),
    Dialect(
        name="events",
        lines=rf"{_TIME} (?:{_ON_ID}|{_ON_NAME}) \(.*\)",
        policy=Policy.WINDOW,
        value=_clock,
        reduce=_dies_before_stop,
        seen=(
            (f"{_CREATE}\n{_START}\n{_DIE}", f"{_START}\n{_DIE}"),
            (f"{_START}\n{_DIE}\n{_STOP}", f"{_START}\n{_STOP}\n{_DIE}"),
            (f"{_CREATE}\n{_CHECK}\n{_START}\n{_DIE}", f"{_CHECK}\n{_CREATE}\n{_START}\n{_CHECK}"),
        ),
        damaged=(("container start", "container stop"), ("name=lim", "name=lin")),
        typed="docker events --since 4s --until 0s",
    ),
)
