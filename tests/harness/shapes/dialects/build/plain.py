"""The progress of a build with --progress=plain: a step is all lines of one number, and the numbers follow the order.

#4 [1/2] FROM docker.io/library/busybox:latest
#4 ...                                              another step speaks in between
#5 [internal] load build context
#5 DONE 0.0s

#4 [1/2] FROM docker.io/library/busybox:latest      this one says its name again
#4 CACHED
"""

import re
from collections.abc import Collection, Iterator, Sequence

from harness.shapes.dialects.build import said
from harness.shapes.dialects.build.order import NUMBER, Step, in_order
from harness.shapes.keys import literal, replaced
from harness.shapes.lines import Line, Made

_FIRST = re.compile(r"#0 building with |#1 \[internal\] ")
_INTERRUPTED = re.compile(r"#\d{1,4} \.\.\.")
_DONE = re.compile(r"#\d{1,4} DONE \d{1,5}\.\ds")
_DIGEST = re.compile(r"#\d{1,4} sha256:[0-9a-f]{64}")
_CACHED = re.compile(r"#\d{1,4} CACHED")
_OF_STAGE = re.compile(r"#\d{1,4} \[(?P<stage>(?:\S{1,100} )?)(?P<number>\d{1,3})/\d{1,3}\] ")
_EXCERPT_LINES = 30  # at most, of a failed step's output
_OF_LINE = re.compile(r"\A#\d{1,4}(?= |\Z)")
_HOW_FAR = re.compile(r"(?: \0(?:size|duration)\0\0){0,2}(?: done)?\Z")  # at the end of a key that is spelled

_Turn = list[Line]  # what a step says until another one speaks, or until it is done


def arrange(lines: Sequence[Line], targets: Collection[str]) -> list[Line]:
    """The lines of an output, its build steps in one order; what another command printed before stays above."""
    begin = 0
    if not (lines and NUMBER.match(lines[0].text)):
        begin = next((index for index, line in enumerate(lines) if _FIRST.match(line.text)), len(lines))
    last = next((index for index in reversed(range(begin, len(lines))) if NUMBER.match(lines[index].text)), None)
    if last is None:
        return list(lines)
    end = last + 1
    built = lines[begin:end]
    return [*lines[:begin], *in_order(_cached_in_turn(_steps(built)), targets), *_without_echo(lines[end:], built)]


def _steps(lines: Sequence[Line]) -> list[Step]:
    turns: dict[str, list[_Turn]] = {}
    for number, turn in _turns(lines):
        turns.setdefault(number, []).append(turn)
    steps = (_without_how_far(step) for spoken in turns.values() if (step := _step(spoken)))
    return [said.of_step(step) for step in steps]


def _cached_in_turn(steps: Sequence[Step]) -> list[Step]:
    """The steps; of a stage those that were cached as they follow each other: BuildKit finds them in any order."""
    cached: dict[str, list[tuple[int, int]]] = {}  # stage -> which of its steps, and where that stands
    for index, step in enumerate(steps):
        head = _OF_STAGE.match(step[0].text)
        if head and any(_CACHED.fullmatch(line.text) for line in step[1:]):
            cached.setdefault(head["stage"], []).append((int(head["number"]), index))
    arranged = list(steps)
    for found in cached.values():
        for (_, place), (_, index) in zip(found, sorted(found), strict=True):
            arranged[place] = steps[index]
    return arranged


def _turns(lines: Sequence[Line]) -> Iterator[tuple[str, _Turn]]:
    """Each turn, with the number of its step: BuildKit puts a blank line before it."""
    texts = {line.text for line in lines}  # each is looked at once
    numbers = {text: found[1] for text in texts if (found := NUMBER.match(text))}
    number, turn = "", _Turn()
    for line in lines:
        now = numbers.get(line.text, number)
        if turn and (not line.text or now != number):
            yield number, turn
            turn = []
        number = now
        if line.text:
            turn.append(line)
    if turn:
        yield number, turn


def _step(turns: Sequence[_Turn]) -> Step:
    """The lines of a step, without what only its turns are made of: its name and digest once more at the beginning of
    each, and at the end that another one speaks, or that it was done, as it is once more later.
    """
    head = turns[0][:2] if _DIGEST.fullmatch("".join(line.text for line in turns[0][1:2])) else turns[0][:1]
    begun = [turns[0], *(_without_head(turn, [line.text for line in head]) for turn in turns[1:])]
    *others, last = begun
    last = last[:-1] if last and _INTERRUPTED.fullmatch(last[-1].text) else last
    lines = [line for turn in [*map(_without_end, others), last] for line in turn]
    # Each key is rewritten once: a step may say the same again and again.
    bare = {key: tuple([replaced(part, _OF_LINE, "") for part in key]) for key in {line.key for line in lines}}
    return [line.with_key(bare[line.key]) for line in lines]


def _without_head(turn: _Turn, head: Sequence[str]) -> _Turn:
    if [line.text for line in turn[: len(head)]] == head:
        return turn[len(head) :]
    return [_marked(turn[0], "without its name"), *turn[1:]]


def _without_end(turn: _Turn) -> _Turn:
    if turn and (_INTERRUPTED.fullmatch(turn[-1].text) or _DONE.fullmatch(turn[-1].text)):
        return turn[:-1]
    return [*turn[:-1], *(_marked(line, "breaks off") for line in turn[-1:])]


def _marked(line: Line, fault: str) -> Line:
    """A line of a turn that BuildKit doesn't write so: it has no counterpart in one that it does."""
    return line.standing_for((literal(fault), *line.key))


def _without_how_far(step: Step) -> Step:
    """The lines of a step, of what was done in the end without how far it had come before."""
    if not any(line.text.endswith(" done") for line in step):
        return step
    said = [(line, line.spelled) for line in step]
    done = {_task(line, text) for line, text in said if text.endswith(" done")}
    return [line for line, text in said if text.endswith(" done") or _task(line, text) not in done]


def _task(line: Line, text: str) -> tuple[str, tuple[Made, ...]]:
    """What is done, however far it has come."""
    return _HOW_FAR.sub("", text), line.made_up


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
