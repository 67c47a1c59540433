"""Puts single lines that race with all the others of an output last, on both sides, for order.

compose, once it aborts: how the services end that it stops, if it comes to tell that
busybox wget -O -: how far it has come, on standard error, beside the page itself on standard output
"""

import re
from collections.abc import Sequence

from harness.shapes.reading import Line

_ABORTS = "Aborting on container exit..."
_ENDS = re.compile(r"(\S{1,100}) exited with code \d{1,3}")
_PROGRESS = re.compile(r"\S{1,100} +\d{1,3}% \|\*{1,40} *\| +\S{1,10} +\d{1,2}:\d\d:\d\d ETA|written to stdout")


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both with what races at the end; of a service's end nothing where only one of them tells it."""
    ends, others = _ends(sample), _ends(actual)
    both = set(ends.values()) & set(others.values())
    shown, printed = _last(sample, ends, both), _last(actual, others, both)
    if any(line.is_gap for line in shown):  # which may leave it out
        return shown, printed
    return _progress_last(shown), _progress_last(printed)


def _ends(lines: Sequence[Line]) -> dict[int, str]:
    """The services that are told to have ended after compose aborted, by the index of the line that does."""
    start = next((index for index, line in enumerate(lines) if line.text == _ABORTS), len(lines))
    found = ((index, _ENDS.fullmatch(lines[index].text)) for index in range(start, len(lines)))
    return {index: match[1] for index, match in found if match}


def _last(lines: Sequence[Line], ends: dict[int, str], both: set[str]) -> list[Line]:
    left = [line for index, line in enumerate(lines) if index not in ends]
    return left + [
        lines[index] for name, index in sorted((name, index) for index, name in ends.items() if name in both)
    ]


def _progress_last(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: bool(_PROGRESS.fullmatch(line.text)))
