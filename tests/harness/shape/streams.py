"""Compares what a time window shows: a program that repeats itself, the events of the last seconds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from harness.shape.lines import Line
from harness.shape.overlaps import find

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


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both without what only the edges of their time windows let in."""
    shown, printed = _window(list(sample), list(actual))
    repeated = _repeated(shown) | _repeated(printed)
    return _collapse(shown, repeated), _collapse(printed, repeated)


def _window(sample: list[Line], actual: list[Line]) -> tuple[list[Line], list[Line]]:
    """The events that both windows saw: one opened later, one closed earlier."""
    if not all(_EVENT.fullmatch(line.text) for line in [*sample, *actual]):
        return sample, actual
    clocked, actual_clocked = _clocked(sample), _clocked(actual)
    both = clocked.keys() & actual_clocked.keys()
    shown = [line for line in sample if not _CLOCKED.fullmatch(line.text)]
    printed = [line for line in actual if not _CLOCKED.fullmatch(line.text)]
    left, right = _common(shown, printed)
    return [*_once(clocked, both), *left], [*_once(actual_clocked, both), *right]


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


def _repeated(lines: Sequence[Line]) -> set[str]:
    """The keys that come three times or more on end: as often as there was time."""
    runs = ((key, list(run)) for key, run in groupby(lines, lambda line: line.key))
    return {key for key, run in runs if len(run) >= 3 and _says_something(run[0])}


def _says_something(line: Line) -> bool:
    return not line.made_up and not line.titles and any(map(str.isalpha, line.text))


def _collapse(lines: Sequence[Line], repeated: set[str]) -> list[Line]:
    collapsed: list[Line] = []
    for key, run in groupby(lines, lambda line: line.key):
        same = list(run)
        if key in repeated and len(same) > 1:
            same = [same[0].standing_for(f"{key}\0again and again")]
        collapsed += same
    return collapsed
