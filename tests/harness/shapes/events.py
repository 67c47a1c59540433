"""Compares the events of the last seconds: both outputs without what only the edges of their time windows let in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from harness.shapes.reading import Line
from harness.shapes.search import find

_FORMATTED = re.compile(r"\bevents\b.* --format\b")
_TIME = r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{9}(?:Z|[+-]\d\d:\d\d)"
_WHAT = (
    r"(?:attach|commit|connect|copy|create|destroy|detach|die|disconnect|exec_create:|exec_detach:|exec_die"
    r"|exec_start:|export|health_status:|kill|mount|oom|pause|prune|pull|push|rename|resize|restart|start|stop"
    r"|tag|top|unmount|unpause|untag|update)"
)
_ON_ID = rf"(?:container|network) {_WHAT}(?: .{{1,1000}}?)? [0-9a-f]{{64}}"
_ON_NAME = rf"(?:image|volume|builder|plugin|daemon) {_WHAT} \S{{1,300}}"
_EVENT = re.compile(rf"{_TIME} (?:{_ON_ID}|{_ON_NAME}) \(.*\)")
# What comes by a clock: health checks, and the kernel's word that memory ran out (too late on 20.10).
_CLOCKED = re.compile(r"\S{20,40} container (exec_create:|exec_start:|exec_die|health_status:|oom) .*")


def arrange(sample: Sequence[Line], actual: Sequence[Line], command: str) -> tuple[list[Line], list[Line]]:
    """The events that both windows saw: one opened later, one closed earlier. What is no window is left as it is."""
    is_event = _has_time if _FORMATTED.search(command) else _is_event
    if not (sample and actual and all(map(is_event, [*sample, *actual]))):
        return list(sample), list(actual)
    clocked, actual_clocked = _clocked(sample), _clocked(actual)
    both = clocked.keys() & actual_clocked.keys()
    shown = [line for line in sample if not _CLOCKED.fullmatch(line.text)]
    printed = [line for line in actual if not _CLOCKED.fullmatch(line.text)]
    left, right = _common(shown, printed)
    return [*_once(clocked, both), *left], [*_once(actual_clocked, both), *right]


def _is_event(line: Line) -> bool:
    return bool(_EVENT.fullmatch(line.text))


def _has_time(line: Line) -> bool:
    return any(token.kind in ("time", "large number") for part in line.parts for token in part.tokens)


def _clocked(lines: Iterable[Line]) -> dict[str, dict[str, Line]]:
    """What came by a clock, by its kind; each that is the same once."""
    found: dict[str, dict[str, Line]] = {}
    for line in lines:
        if match := _CLOCKED.fullmatch(line.text):
            found.setdefault(match[1], {}).setdefault(line.key, line.standing_for(line.key))
    return found


def _once(clocked: Mapping[str, Mapping[str, Line]], kinds: Iterable[str]) -> Iterator[Line]:
    return (clocked[kind][key] for kind in sorted(kinds) for key in sorted(clocked[kind]))


def _common(shown: list[Line], printed: list[Line]) -> tuple[list[Line], list[Line]]:
    """The piece of both that begins where the later of them does and ends where the earlier does, if they have one."""
    keys, actual_keys = [line.key for line in shown], [line.key for line in printed]
    place, seen = find(actual_keys, keys)
    earlier_place, earlier_seen = find(keys, actual_keys)
    if 2 * max(seen, earlier_seen) < max(min(len(shown), len(printed)), 1):  # not the same events
        return shown, printed
    if seen >= earlier_seen:
        return shown[place : place + seen], printed[:seen]
    return shown[:earlier_seen], printed[earlier_place : earlier_place + earlier_seen]
