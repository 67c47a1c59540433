"""Questions to `compare` whose answer is known without it: gaps put over real outputs, and lines in another order.

Both sides are made of one real output, so that lines are equal if their texts are; `Question.same` is the answer.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench import free
from bench.damages import letters
from bench.freedom import masked
from bench.outputs import HEADER, Output

GAP = "..."


@dataclass(frozen=True)
class Question:
    """What is asked: `actual`, judged by `sample`."""

    kind: str
    sample: str
    actual: str
    same: bool


def fits(sample: Sequence[str], actual: Sequence[str], equal: Callable[[str, str], bool], least: int) -> bool:
    """Whether `actual` is `sample`, of which each gap stands for at least so many lines."""
    reached = {0}  # how much of `actual` the sample's lines until now can be
    for line in sample:
        if line == GAP:
            reached = set(range(min(reached) + least, len(actual) + 1)) if reached else set()
        else:
            reached = {place + 1 for place in reached if place < len(actual) and equal(line, actual[place])}
    return len(actual) in reached


def questions(output: Output) -> Iterator[Question]:
    """All that is asked of one output."""
    yield from _gaps(output)
    yield from _orders(output)


# -- gaps


def _gaps(output: Output) -> Iterator[Question]:
    lines = output.lines
    sample = _with_gaps(output)
    if sample is None:
        return
    page = "\n".join(sample)
    yield Question("gaps", page, output.text, True)
    shown = [line for line in sample if line != GAP]
    alone = [line for line, number in Counter(map(masked, lines)).items() if number == 1]
    # Lines that the sample shows, that are like no others, and that have to be there.
    firm = [i for i, line in enumerate(lines) if line.strip() and line in shown and masked(line) in alone]
    firm = [index for index in firm if output.counts(index)]
    if firm:
        left = output.without(output.random.choice(firm))
        if not free.is_same(output.command, output.text, left):  # it may be of what is another text in each run
            yield Question("line under a gap", page, left, False)
    cut = sample.index(GAP)
    if any(index >= cut for index in firm):
        yield Question("all after a gap", page, "\n".join(lines[:cut]), False)
    yield from _chosen(output, sample, page)


def _chosen(output: Output, sample: Sequence[str], page: str) -> Iterator[Question]:
    """Some of the lines, for which `fits` has to say what is right."""
    actual = _filled([line for line in output.lines if output.random.random() < 0.8])
    sample = _filled(sample)
    if fits(sample, actual, str.__eq__, 1):
        yield Question("gaps over some lines", page, "\n".join(actual), True)
    elif _is_firm(output) and not fits(sample, actual, lambda left, right: masked(left) == masked(right), 0):
        yield Question("gaps over some lines", page, "\n".join(actual), False)


def _filled(lines: Sequence[str]) -> list[str]:
    """The lines without the blank ones at both ends, which are no part of an output."""
    return "\n".join(lines).strip("\n").split("\n")


def _is_firm(output: Output) -> bool:
    """Whether no line of the output may be missing, and none be elsewhere."""
    return all(output.counts(index) for index in range(len(output.lines))) and not any(
        free.set_of(output.command, line) for line in output.lines
    )


def _with_gaps(output: Output) -> list[str] | None:
    """The output's lines with `...` over one to three stretches of them; None where it is too short.

    A line is left between two gaps; the first line and headers stay, so that tables are read as tables.
    """
    lines = output.lines
    first = output.header + 1 if output.header < len(lines) else 1
    if len(lines) - first < 2 or GAP in lines:
        return None
    count = output.random.randint(1, min(3, (len(lines) - first) // 2))
    edges = sorted(output.random.sample(range(first, len(lines) + 1), 2 * count))
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    if any(before[1] == after[0] for before, after in pairwise(stretches)):
        stretches = stretches[:1]
    for start, end in reversed(stretches):
        if any(HEADER.fullmatch(line) for line in lines[start:end]):
            return None
        lines[start:end] = [GAP]
    return lines


# -- orders


def _orders(output: Output) -> Iterator[Question]:
    yield from _of_sets(output)
    lines = output.lines
    numbers = Counter(map(masked, lines))
    firm = [i for i, line in enumerate(lines) if _is_plain(line) and numbers[masked(line)] == 1]
    pairs = [
        (i, j)
        for place, i in enumerate(firm)
        for j in firm[place + 1 :]
        if letters(lines[i]) != letters(lines[j]) and not free.may_swap(output.command, lines[i], lines[j])
    ]
    if pairs:
        i, j = output.random.choice(pairs)
        lines[i], lines[j] = lines[j], lines[i]
        yield Question("promised order", output.text, "\n".join(lines), False)


def _of_sets(output: Output) -> Iterator[Question]:
    """The lines of a set in another order."""
    lines = output.lines
    for start, end in _runs(output):
        moved = lines[start:end]
        output.random.shuffle(moved)
        if moved != lines[start:end]:
            yield Question("set", output.text, "\n".join([*lines[:start], *moved, *lines[end:]]), True)


def _runs(output: Output) -> Iterator[tuple[int, int]]:
    """Where lines stand that may come in any order: each with each."""
    lines = output.lines
    start = 0
    while start < len(lines):
        end = start + 1
        row = free.set_of(output.command, lines[start]) if _is_plain(lines[start]) else None
        while (
            row
            and row.always
            and not row.heads
            and end < len(lines)
            and lines[end].strip()  # at the end of an output a blank line is none
            and all(row.holds(line, lines[end]) for line in lines[start:end])
        ):
            end += 1
        if end - start > 1:
            yield start, end
        start = end


def _is_plain(line: str) -> bool:
    return bool(line.strip()) and not HEADER.fullmatch(line)
