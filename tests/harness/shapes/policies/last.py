"""LAST: puts single lines that race with all the others of an output at its end, on both sides.

    first-1 exited with code 0         compose stops the other services now, and tells how they end
    Aborting on container exit...      at some time, or not at all
    second-1 exited with code 4

What has a value (here the service) doesn't count where only one of both outputs tells it.
"""

from collections.abc import Sequence

from harness.shapes.lines import Line
from harness.shapes.policies import Forms


def arrange(forms: Forms, shown: Sequence[Line], printed: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both with what races at the end, in the order of its values."""
    has_gap = any(line.is_gap for line in shown)  # which may leave out what has no value
    racing, others = ({i: v for i, v in _racing(forms, side).items() if v or not has_gap} for side in (shown, printed))
    both = set(racing.values()) & set(others.values())
    return _last(shown, racing, both), _last(printed, others, both)


def _racing(forms: Forms, lines: Sequence[Line]) -> dict[int, str]:
    """The values of the lines that race, by their index."""
    found = ((index, line, forms.of(line)) for index, line in enumerate(lines))
    return {index: row.value(line) for index, line, row in found if row and row.only(lines, index)}


def _last(lines: Sequence[Line], racing: dict[int, str], both: set[str]) -> list[Line]:
    left = [line for index, line in enumerate(lines) if index not in racing]
    kept = sorted((value, index) for index, value in racing.items() if value in both or not value)
    return left + [lines[index] for value, index in kept]
