"""LAST, LEFT_OUT: puts single lines that race with all the others of an output at its end, or leaves them out.

    first-1 exited with code 0         compose stops the other services now, and tells how they end
    Aborting on container exit...      at some time, or not at all
    second-1 exited with code 4

What has a value (here the service) goes out where only one of both outputs tells it. Where both tell the same of all,
it doesn't count either which was the first.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence

from harness.shapes.lines import Line, has_gap
from harness.shapes.policies import Found


def last(rows: Found, shown: Sequence[Line], printed: Sequence[Line], command: str) -> tuple[list[Line], list[Line]]:
    """Both with what races at the end, in the order of its values."""
    if not rows:
        return list(shown), list(printed)
    may_leave_out = has_gap(shown)  # which may leave out what has no value
    racing, others = (
        {i: v for i, v in _racing(rows, side, command).items() if v or not may_leave_out} for side in (shown, printed)
    )
    if any(racing.values()) and any(others.values()):
        all_ours, all_theirs = (_valued(rows, side) for side in (shown, printed))
        if Counter(shown[i].key for i in all_ours) == Counter(printed[i].key for i in all_theirs):
            racing, others = racing | all_ours, others | all_theirs
    told = {"", *racing.values()} & {"", *others.values()}
    return _last(shown, racing, told), _last(printed, others, told)


def _valued(rows: Found, lines: Sequence[Line]) -> dict[int, str]:
    """The values of all lines of the rows that give one, by their index, whether they race or not."""
    found = ((index, rows.get(line.text), line) for index, line in enumerate(lines))
    return {index: value for index, row, line in found if row and (value := row.value(line))}


def left_out(rows: Found, lines: Sequence[Line], command: str) -> list[Line]:
    """The lines that don't race."""
    return _last(lines, _racing(rows, lines, command), ())


def _racing(rows: Found, lines: Sequence[Line], command: str) -> dict[int, str]:
    """The values of the lines that race, by their index."""
    racing = {text: row for text, row in rows.items() if not command or row.command(command)}
    if not racing:
        return {}
    found = ((index, line, racing.get(line.text)) for index, line in enumerate(lines))
    return {index: row.value(line) for index, line, row in found if row and row.only(lines, index)}


def _last(lines: Sequence[Line], racing: Mapping[int, str], told: Container[str]) -> list[Line]:
    if not racing:
        return list(lines)
    others = [line for index, line in enumerate(lines) if index not in racing]
    return others + [lines[index] for value, index in sorted((v, i) for i, v in racing.items()) if value in told]
