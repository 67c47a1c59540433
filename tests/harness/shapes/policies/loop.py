"""LOOP: compares what shows as much as there was time for: a log that goes on, a program that repeats itself.

    tick                                                               a loop: as often as there was time for
    tock
    4: a                                                               a number counts on, wherever it has come
    127.0.0.1 - - [24/Nov/2026 12:42:37] "GET / HTTP/1.1" 200 -        a health check asks: once, wherever it stands
    172.17.0.1 - - [24/Nov/2026 12:42:38] "GET /none HTTP/1.1" 404 -   in its place

Of two writers (a time in another form tells them apart) neither waits for the other. The command says whether its
output is that; where no command is known, only a line that comes often is taken for a loop.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby, pairwise
from operator import attrgetter

from harness.shapes.keys import LineKey, replaced
from harness.shapes.kinds import BOUND
from harness.shapes.lines import Line, each_once, has_gap
from harness.shapes.tokens import Token

_OFTEN = 3  # times that a line comes on end, where no command is known
_LONGEST = 4  # lines of a loop; of one line, where no command is known
_NUMBER = re.compile(r"\d{1,20}")
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[A-Za-z]+|\d+")
# Of nginx, whose errors have one line each: what comes below without a time is of the other writer.
_LINE_OF_ITS_OWN = re.compile(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[[a-z]{4,6}\] ")
_AGAIN = (Token("again and again", ""),)
_AT_ONCE = (Token("at once", ""),)

_Loop = tuple[LineKey, ...]  # the keys of its lines


def arrange(
    shown: list[Line], printed: list[Line], *, is_open: bool, is_whole: bool = False, least: int = 2
) -> tuple[list[Line], list[Line]]:
    """Both without what only the time that they had makes differ; `is_open`: the command says that it goes on;
    `is_whole`: both begin where the program does, so that what counts begins with the same number.

    What came round in the one output is a loop in the other from the `least` rounds on, which may have begun.
    """
    if is_open:
        shown, printed = _without_counting(shown, printed, is_whole=is_whole)
    if has_gap(shown):
        return shown, printed  # what the page leaves out is as long as it may be
    if is_open:
        shown, printed = _in_turns(shown, printed), _in_turns(printed, shown)
        shown, printed = _by_writer(shown), _by_writer(printed)
        regular = _regular(shown, printed)
        shown, printed = _aside(shown, regular), _aside(printed, regular)
    loops = _loops(shown, is_open=is_open) | _loops(printed, is_open=is_open)
    return _collapsed(shown, loops, least), _collapsed(printed, loops, least)


# -- numbers that count


def _without_counting(shown: list[Line], printed: list[Line], *, is_whole: bool) -> tuple[list[Line], list[Line]]:
    """Both with lines in which a number counts, wherever that one has come; another one there is as it is."""
    ours, theirs = _counters(shown), _counters(printed)
    counting = {
        skeleton: ours.get(skeleton, frozenset()) | theirs.get(skeleton, frozenset())
        for skeleton in ours | theirs
        if ours.get(skeleton, True) and theirs.get(skeleton, True)
    }
    if is_whole:
        first, there = _first_of_each(shown), _first_of_each(printed)
        counting = {
            skeleton: places
            for skeleton, places in counting.items()
            if first.get(skeleton, there.get(skeleton)) == there.get(skeleton, first.get(skeleton))
        }
    shown, printed = (
        [line.with_key(_without_numbers(line, counting.get(_skeleton(line), ()))) for line in lines]
        if counting
        else lines
        for lines in (shown, printed)
    )
    return shown, printed


def _without_numbers(line: Line, places: Container[int]) -> LineKey:
    """The line's key without the numbers that come at these places among its numbers."""
    if not places:
        return line.key
    number = count()
    return tuple(
        [
            tuple(
                [
                    token
                    if token.kind
                    else Token("", _NUMBER.sub(lambda found: "\0" if next(number) in places else found[0], token.text))
                    for token in part.unbound
                ]
            )
            for part in line.parts
        ]
    )


def _counters(lines: Sequence[Line]) -> dict[LineKey, frozenset[int]]:
    """Of the skeletons that come more than once, which number in them counts up by one each time; none does: empty."""
    by_skeleton: dict[LineKey, list[list[int]]] = {}
    for line in lines:
        if numbers := _numbers(line):
            by_skeleton.setdefault(_skeleton(line), []).append(numbers)
    often = {skeleton: found for skeleton, found in by_skeleton.items() if len(found) > 1}
    return {skeleton: _that_count(found) for skeleton, found in often.items()}


def _first_of_each(lines: Iterable[Line]) -> dict[LineKey, list[int]]:
    """The numbers in the first line of each skeleton."""
    first: dict[LineKey, list[int]] = {}
    for line in lines:
        first.setdefault(_skeleton(line), _numbers(line))
    return first


def _numbers(line: Line) -> list[int]:
    """The numbers in a line that are not made up."""
    literal = (token.text for part in line.parts for token in part.tokens if not token.kind)
    return [int(number) for text in literal for number in _NUMBER.findall(text)]


def _that_count(rows: Sequence[list[int]]) -> frozenset[int]:
    """At which places one number is one more than in the row before, and all others are the same."""
    found: set[int] = set()
    for before, after in pairwise(rows):
        steps = [there - here for here, there in zip(before, after, strict=True)]
        if steps.count(1) != 1 or steps.count(0) != len(steps) - 1:
            return frozenset()
        found.add(steps.index(1))
    return frozenset(found)


def _skeleton(line: Line) -> LineKey:
    """The key of a line, whatever numbers are in it."""
    return tuple([replaced(part.unbound, _NUMBER, "\0") for part in line.parts])


# -- times that go on


def _in_turns(lines: list[Line], others: Sequence[Line]) -> list[Line]:
    """The lines; what comes again at the same time is no next turn of a loop, where the other output has less of it and
    each at a time of its own.
    """
    often, there = (Counter(line.key for line in side) for side in (lines, others))
    at_once = {line.key for _, line in _at_once(others)}
    doubles = {
        index for index, line in _at_once(lines) if often[line.key] > there[line.key] and line.key not in at_once
    }
    return [line.standing_for((_AT_ONCE, *line.key)) if index in doubles else line for index, line in enumerate(lines)]


def _at_once(lines: Iterable[Line]) -> Iterator[tuple[int, Line]]:
    """The lines with a time that have come before at the same time, with their indices."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.has("time"):
            if line.text in seen:
                yield index, line
            seen.add(line.text)


# -- writers


def _by_writer(lines: list[Line]) -> list[Line]:
    """The lines of each writer in their order, one writer after the other. What has no time goes with what is above."""
    stamped = all(line.parts[0].tokens[:1] and line.parts[0].tokens[0].kind == "time" for line in lines)  # logs -t
    writers: list[str] = []
    last = ""  # that goes on below its line
    for line in lines:
        times = [token.text for part in line.parts for token in part.tokens if token.kind == "time"][stamped:]
        form = " ".join(_LETTERS.sub(lambda found: "a" if found[0].isalpha() else "0", time) for time in times)
        writers.append(form or last)
        if form and not _LINE_OF_ITS_OWN.match(line.text):
            last = form
    return [line for _, line in sorted(zip(writers, lines, strict=True), key=lambda item: item[0])]


# -- what comes regularly, between all the rest


def _regular(shown: Sequence[Line], printed: Sequence[Line]) -> set[LineKey]:
    """The keys of lines with a time that both have and that come in several places: in both, or in one of them while
    the other has less or more of them. (As many in one place there, and here in two, is a line that was moved.)
    What goes round in a loop of several lines has an order.
    """
    ours, theirs = _places(shown), _places(printed)
    often, others = (Counter(line.key for line in lines) for lines in (shown, printed))
    return {
        key
        for key in (ours.keys() & theirs.keys()) - _looping(shown) - _looping(printed)
        if max(ours[key], theirs[key]) > 1 and (min(ours[key], theirs[key]) > 1 or often[key] != others[key])
    }


def _places(lines: Iterable[Line]) -> Counter[LineKey]:
    """In how many places each line with a time stands, by key; on end is one."""
    return Counter(key for (key, timed), _ in groupby(lines, lambda line: (line.key, line.has("time"))) if timed)


def _aside(lines: Sequence[Line], regular: Container[LineKey]) -> list[Line]:
    """Once each line that comes regularly, where it comes last, then the others."""
    others = [line for line in lines if line.key not in regular]
    return each_once([line for line in reversed(lines) if line.key in regular]) + others


# -- loops


def _loops(lines: Sequence[Line], *, is_open: bool) -> dict[_Loop, LineKey]:
    """What comes again and again: the keys of a few lines, from each of them on, with one key for all these."""
    found = _open_loops(lines) if is_open else _repeated(lines)
    turned = [[loop[start:] + loop[:start] for start in range(len(loop))] for loop in found]
    return {loop: (_AGAIN, *(key for keys in min(same) for key in keys)) for same in turned for loop in same}


def _open_loops(lines: Sequence[Line]) -> set[_Loop]:
    keys = [((Token("line", str(line.number)),),) if line.titles else line.key for line in lines]
    return {loop for _, loop in _stretches(keys, lambda loop: len(loop) + 1)}


def _repeated(lines: Sequence[Line]) -> set[_Loop]:
    """Where no command is known: lines that come often on end, and have words."""
    runs = ((key, list(run)) for key, run in groupby(lines, attrgetter("key")))
    return {(key,) for key, run in runs if len(run) >= _OFTEN and _has_words(run[0])}


def _has_words(line: Line) -> bool:
    return not (line.titles or line.made_up) and bool(_LETTER.search(line.text))


def _looping(lines: Sequence[Line]) -> set[LineKey]:
    """The keys of what goes round in a loop of several lines, twice at least."""
    keys = [line.key for line in lines]
    rounds = _stretches(keys, lambda loop: 2 * len(loop) * (len(set(loop)) > 1))
    return {key for _, loop in rounds for key in loop}


def _collapsed(lines: Sequence[Line], loops: Mapping[_Loop, LineKey], least: int) -> list[Line]:
    """The lines, each loop as one that came round again, or at a time."""
    if not loops:
        return list(lines)
    keys = [line.key for line in lines]
    collapsed: list[Line] = []
    place = 0
    for length, loop in _stretches(
        keys, lambda loop: _least(loop, least) if loop in loops else 0, max(map(len, loops))
    ):
        collapsed.append(lines[place].standing_for(loops[loop]) if loop else lines[place])
        place += length
    return collapsed


def _least(loop: _Loop, rounds: int) -> int:
    """Lines of a loop in the one output, where it came round in the other. What is measured may stand once: a time."""
    is_measured = any(token.kind and token.kind not in BOUND for keys in loop for key in keys for token in key)
    if rounds == 1:
        return len(loop)
    return 1 if is_measured else len(loop) + 1


def _stretches(
    keys: Sequence[LineKey], least: Callable[[_Loop], int], longest: int = _LONGEST
) -> Iterator[tuple[int, _Loop]]:
    """Cuts the keys into stretches: their length, and the loop that goes round in it; elsewhere 1, and no loop.

    `least` is the length from which on a loop counts, 0 where it never does.
    """
    place = 0
    while place < len(keys):
        length, loop = _stretch(keys, place, least, longest)
        yield length, loop
        place += length


def _stretch(keys: Sequence[LineKey], place: int, least: Callable[[_Loop], int], longest: int) -> tuple[int, _Loop]:
    for size in range(1, longest + 1):
        loop = tuple(keys[place : place + size])
        wanted = least(loop)
        if wanted and (length := _repeats(keys, place, len(loop))) >= wanted:
            return length, loop
    return 1, ()


def _repeats(keys: Sequence[LineKey], place: int, size: int) -> int:
    """How many keys from `place` on are each the same as the one `size` before."""
    end = place + size
    while end < len(keys) and keys[end] == keys[end - size]:
        end += 1
    return end - place
