"""Compares what a time window shows: a program that repeats itself, the events of the last seconds."""

import re
from collections.abc import Sequence
from itertools import groupby

from harness.shape.lines import Line
from harness.shape.overlaps import overlap

_TIME = r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{9}(?:Z|[+-]\d\d:\d\d)"
_WHAT = (
    r"(?:attach|commit|connect|copy|create|destroy|detach|die|disconnect|exec_create:|exec_detach:|exec_die"
    r"|exec_start:|export|health_status:|kill|mount|oom|pause|prune|pull|push|rename|resize|restart|start|stop"
    r"|tag|top|unmount|unpause|untag|update)"
)
_ON_ID = rf"(?:container|network) {_WHAT}(?: .{{1,1000}}?)? [0-9a-f]{{64}}"
_ON_NAME = rf"(?:image|volume|builder|plugin|daemon) {_WHAT} \S{{1,300}}"
_EVENT = re.compile(rf"{_TIME} (?:{_ON_ID}|{_ON_NAME}) \(.*\)")
_TIMELY = re.compile(r"\S{20,40} container oom .*")  # the kernel's word may come too late (20.10)


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both without what only the edges of their time windows let in."""
    shown, printed = _window(list(sample), list(actual))
    repeated = _repeated(shown) | _repeated(printed)
    return _collapse(shown, repeated), _collapse(printed, repeated)


def _window(sample: list[Line], actual: list[Line]) -> tuple[list[Line], list[Line]]:
    """The events that both windows saw: one opened later, one closed earlier."""
    if not all(_EVENT.fullmatch(line.text) for line in [*sample, *actual]):
        return sample, actual
    sample, actual = ([line for line in lines if not _TIMELY.match(line.text)] for lines in (sample, actual))
    shown, printed = [line.key for line in sample], [line.key for line in actual]
    place, seen = overlap(shown, printed)
    earlier_place, earlier_seen = overlap(printed, shown)
    if 2 * max(seen, earlier_seen) < max(min(len(shown), len(printed)), 1):  # not the same events
        return sample, actual
    if seen >= earlier_seen:
        return sample[place : place + seen], actual[:seen]
    return sample[:earlier_seen], actual[earlier_place : earlier_place + earlier_seen]


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
