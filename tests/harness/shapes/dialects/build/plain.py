"""The progress of a build with --progress=plain: a step is all lines of one number, and the numbers follow the order.

#4 [1/2] FROM docker.io/library/busybox:latest
#4 ...                                              another step speaks in between
#5 [internal] load build context
#5 DONE 0.0s

#4 [1/2] FROM docker.io/library/busybox:latest      this one says its name again
#4 CACHED
"""

import re
from collections.abc import Iterable, Sequence

from harness.shapes.dialects.build.order import NUMBER, Step, in_order
from harness.shapes.lines import Line

_INTERRUPTED = re.compile(r"#\d{1,4} \.\.\.")
_DONE = re.compile(r"#\d{1,4} DONE \d{1,5}\.\ds")
_DIGEST = re.compile(r"#\d{1,4} sha256:[0-9a-f]{64}")
_EXCERPT_LINES = 30  # at most, of a failed step's output
_OF_LINE = re.compile(r"\A#\d{1,4}(?= |\Z)")
_HOW_FAR = re.compile(r"(?: \0(?:size|duration)\0\0){0,2}(?: done)?\Z")  # at the end of a key that is spelled


def arrange(lines: Sequence[Line]) -> list[Line]:
    """The lines of an output, its build steps in one order if it begins with a numbered line."""
    if not (lines and NUMBER.match(lines[0].text)):
        return list(lines)
    end = max(index for index, line in enumerate(lines) if NUMBER.match(line.text)) + 1
    return [*in_order(_steps(lines[:end])), *_without_echo(lines[end:], lines[:end])]


def _steps(lines: Iterable[Line]) -> list[Step]:
    steps: dict[str, Step] = {}
    number = ""
    for line in lines:
        found = NUMBER.match(line.text)
        number = found[1] if found else number
        if line.text and not _INTERRUPTED.fullmatch(line.text):
            steps.setdefault(number, []).append(line.rewritten(_OF_LINE, ""))
    return [_without_repeats(step) for step in steps.values()]


def _without_repeats(step: Step) -> Step:
    """The lines of a step without those that came again: its name and digest, and of what was done in the end how far
    it had come before.
    """
    step = [line for line in step[:-1] if not _DONE.fullmatch(line.text)] + step[-1:]
    heads = {line.text for line in step[:2] if line is step[0] or _DIGEST.fullmatch(line.text)}
    again = [line for index, line in enumerate(step) if index < len(heads) or line.text not in heads]
    tasks = [(_HOW_FAR.sub("", line.spelled), line) for line in again]
    last = dict(tasks)
    return [line for task, line in tasks if line is last[task] or not last[task].spelled.endswith(" done")]


def _without_echo(lines: Sequence[Line], before: Sequence[Line]) -> list[Line]:
    """What follows the steps, without the excerpt of a failed one: it repeats the end of that one's output, and the
    first line of it may have lost its beginning.
    """
    start = next((index for index, line in enumerate(lines) if line.text.startswith(" > [")), len(lines)) + 1
    end = next((index for index in range(start, len(lines)) if lines[index].text == "------"), start)
    said = [line.text for line in before[-_EXCERPT_LINES:]]
    excerpt = lines[start:end][:_EXCERPT_LINES]
    other = [line for line in excerpt if not any(text.endswith(line.text) for text in said)]
    return [*lines[:start], *other, *lines[start + len(excerpt) :]]
