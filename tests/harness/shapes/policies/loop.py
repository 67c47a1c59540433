"""LOOP: compares what shows as much as there was time for: a log that goes on, a program that repeats itself.

A loop of a few lines may have gone round more or less often, a number may count on, and of two writers (a time in
another form tells them apart) neither waits for the other. The command says whether its output is that; where no
command is known, only a line that comes often is taken for a loop.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from harness.shapes.keys import LineKey
from harness.shapes.lines import Line
from harness.shapes.policies import regular
from harness.shapes.policies.regular import LONGEST, repeats
from harness.shapes.tokens import Token

_OFTEN = 3  # times that a line comes on end, where no command is known
_NUMBER = re.compile(r"\d{1,20}")
_LETTERS = re.compile(r"[A-Za-z]+|\d+")

_Loop = tuple[LineKey, ...]  # the keys of its lines


def arrange(shown: list[Line], printed: list[Line], *, is_open: bool) -> tuple[list[Line], list[Line]]:
    """Both without what only the time that they had makes differ; `is_open`: the command says that it goes on."""
    if is_open:
        shown, printed = _without_counting(shown, printed)
    if any(line.is_gap for line in shown):
        return shown, printed  # what the page leaves out is as long as it may be
    if is_open:
        shown, printed = regular.arrange(_by_writer(shown), _by_writer(printed))
    loops = _loops(shown, is_open=is_open) | _loops(printed, is_open=is_open)
    least = 1 if is_open else 2  # lines of a loop in the one output, where it came round again in the other
    return _collapsed(shown, loops, least), _collapsed(printed, loops, least)


# -- numbers that count


def _without_counting(shown: list[Line], printed: list[Line]) -> tuple[list[Line], list[Line]]:
    """Both with lines in which a number counts, wherever that one has come."""
    ours, theirs = _counters(shown), _counters(printed)
    counting = {skeleton for skeleton in ours | theirs if ours.get(skeleton, True) and theirs.get(skeleton, True)}
    return _uncounted(shown, counting), _uncounted(printed, counting)


def _counters(lines: Sequence[Line]) -> dict[LineKey, bool]:
    """Of the skeletons that come more than once, whether one number in them counts up by one each time."""
    by_skeleton: dict[LineKey, list[list[int]]] = {}
    for line in lines:
        if numbers := _numbers(line):
            by_skeleton.setdefault(_skeleton(line), []).append(numbers)
    return {
        skeleton: all(_is_next(before, after) for before, after in pairwise(found))
        for skeleton, found in by_skeleton.items()
        if len(found) > 1
    }


def _numbers(line: Line) -> list[int]:
    texts = (token.text for part in line.parts for token in part.tokens if not token.kind)
    return [int(number) for text in texts for number in _NUMBER.findall(text)]


def _is_next(before: list[int], after: list[int]) -> bool:
    steps = [there - here for here, there in zip(before, after, strict=True)]
    return steps.count(1) == 1 and steps.count(0) == len(steps) - 1


def _skeleton(line: Line) -> LineKey:
    """The key of a line, whatever numbers are in it."""
    return tuple(
        tuple(Token(token.kind, "" if token.kind else _NUMBER.sub("\0", token.text)) for token in part.tokens)
        for part in line.parts
    )


def _uncounted(lines: list[Line], counting: set[LineKey]) -> list[Line]:
    """The lines, where one counts with its skeleton as its key."""
    if not counting:
        return lines
    skeletons = ((line, _skeleton(line)) for line in lines)
    return [replace(line, key=skeleton) if skeleton in counting else line for line, skeleton in skeletons]


# -- writers


def _by_writer(lines: list[Line]) -> list[Line]:
    """The lines of each writer in their order, one writer after the other. What has no time goes with what is above."""
    stamped = all(line.parts[0].tokens[:1] and line.parts[0].tokens[0].kind == "time" for line in lines)  # logs -t
    writers: list[str] = []
    for line in lines:
        times = [token.text for part in line.parts for token in part.tokens if token.kind == "time"][stamped:]
        form = " ".join(_LETTERS.sub(lambda found: "a" if found[0].isalpha() else "0", time) for time in times)
        writers.append(form or (writers[-1] if writers else ""))
    return [line for _, line in sorted(zip(writers, lines, strict=True), key=lambda item: item[0])]


# -- loops


def _loops(lines: Sequence[Line], *, is_open: bool) -> set[_Loop]:
    """What comes again and again: the keys of a few lines, from each of them on."""
    keys = [line.key if _may_repeat(line, is_open) else ((Token("line", str(line.number)),),) for line in lines]
    found: set[_Loop] = set()
    place = 0
    while place < len(keys):
        for size in range(1, LONGEST + 1 if is_open else 2):
            length = repeats(keys, place, size)
            if length >= (size + 1 if is_open else _OFTEN):
                found.update(_rotations(tuple(keys[place : place + size])))
                place += length - 1
                break
        place += 1
    return found


def _may_repeat(line: Line, is_open: bool) -> bool:
    """Whether a program may say this again and again: no row, no gap; without a command only what has words."""
    return not line.titles and not line.is_gap and (is_open or (not line.made_up and any(map(str.isalpha, line.text))))


def _collapsed(lines: Sequence[Line], loops: set[_Loop], least: int) -> list[Line]:
    """The lines, each loop that went round at least `least` lines as one."""
    if not loops:
        return list(lines)
    keys = [line.key for line in lines]
    collapsed: list[Line] = []
    place = 0
    while place < len(lines):
        line, length = lines[place], 1
        for size in range(1, min(LONGEST, len(lines) - place) + 1):
            loop = tuple(keys[place : place + size])
            if loop in loops and (often := repeats(keys, place, size)) >= least:
                line, length = line.standing_for(_as_one(min(_rotations(loop)))), often
                break
        collapsed.append(line)
        place += length
    return collapsed


def _as_one(loop: _Loop) -> LineKey:
    return ((Token("again and again", ""),), *(key for keys in loop for key in keys))


def _rotations(loop: _Loop) -> Iterator[_Loop]:
    return (loop[start:] + loop[:start] for start in range(len(loop)))
