"""CUT: compares what head, tail, sed or grep has left of an output some of whose lines come in any order.

docker build --progress=plain . 2>&1 | grep internal | head -n 2

load build definition     load build definition     nobody knows which of those that race come before the cut; what both
load metadata             load .dockerignore        tell of them has to be the same
"""

from collections.abc import Container, Sequence

from harness.shapes.lines import Line, each_once
from harness.shapes.policies import Dialect


def arrange(row: Dialect, shown: Sequence[Line], printed: Sequence[Line], most: int) -> tuple[list[Line], list[Line]]:
    """Both without the racing lines that only one of them has, where both have as many lines as were asked for."""
    if not len(shown) == len(printed) == most:
        return list(shown), list(printed)
    told = {*map(row.value, shown)} & {*map(row.value, printed)}
    return _common(row, shown, told), _common(row, printed, told)


def _common(row: Dialect, lines: Sequence[Line], told: Container[str]) -> list[Line]:
    common = row.reduce([line for line in lines if row.value(line) and row.value(line) in told])
    return [*each_once(common), *(line for line in lines if not row.value(line))]
