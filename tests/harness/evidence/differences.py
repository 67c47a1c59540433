"""What a report shows of a difference: the sample beside what was printed instead, with only what differs marked.

  CONTAINER ID   IMAGE     COMMAND   CREATED          STATUS                      PORTS     NAMES
- 588ec8830392   centos    "bash"    4 minutes ago    Exited ([-0-]) 33 seconds ago             web
+ 67a0a9af86f4   centos    "bash"    2 seconds ago    Exited ({+137+}) 2 seconds ago            web
  … 3 lines as on the page
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from harness import shapes
from harness.claims.characters import printable
from harness.evidence.facts import StepFact
from harness.shapes.difference import Difference

_AROUND = 2  # lines as on the page that are shown before and after one that differs
_ROWS = 100  # that are shown at most
_COLUMNS = 300  # of a line that are shown at most

_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m", " ": "\x1b[2m"}
_REVERSED, _NOT_REVERSED, _RESET = "\x1b[7m", "\x1b[27m", "\x1b[0m"


class _Row(NamedTuple):
    sign: str  # "-" of the page, "+" printed, " " as on the page
    text: str
    marks: Sequence[slice] = ()


def side_by_side(sample: str, actual: str, differences: Sequence[Difference], colour: bool) -> str:
    """The sample's lines, each that differs (-) with what was printed for it (+): in colour, or marked as git's word
    diff does. What was printed reaches a terminal as text only. Empty without differences.
    """
    lines = [text.replace("\0", "\N{REPLACEMENT CHARACTER}").split("\n") for text in (sample, actual)]
    rows = _shortened(list(_rows(lines[0], lines[1], differences)))
    if len(rows) > _ROWS:
        rows[_ROWS:] = [_Row(" ", f"… {len(rows) - _ROWS} rows more")]
    return "\n".join(_coloured(row) if colour else _marked(row, *_MARKS.get(row.sign, ("", ""))) for row in rows)


def step_side_by_side(step: StepFact, *, colour: bool) -> str:
    """`side_by_side` of a step that differs."""
    return side_by_side(step.sample, step.actual, [one.difference for one in step.differences], colour)


def _rows(sample: Sequence[str], actual: Sequence[str], differences: Sequence[Difference]) -> Iterator[_Row]:
    here: dict[int, list[Difference]] = {}
    elsewhere: list[Difference] = []  # in a prompt, an exit status
    for difference in differences:
        in_place = _is_in_place(difference, sample, actual)
        (here.setdefault(difference.line, []) if in_place else elsewhere).append(difference)
    for number, line in enumerate(["", *sample]):
        pairs = [difference for difference in here.get(number, []) if not _is_extra(difference)]
        if pairs:
            yield from _pair(line, actual, pairs)
        elif number and (line or number < len(sample)):
            yield _Row(" ", line)
        for difference in here.get(number, []):
            if _is_extra(difference):
                yield _Row("+", actual[difference.actual_line - 1])
    for difference in elsewhere:
        yield from [_Row("-", difference.expected)] * bool(difference.expected)
        yield from [_Row("+", difference.found)] * bool(difference.found)


def _pair(line: str, actual: Sequence[str], differences: Sequence[Difference]) -> Iterator[_Row]:
    """A line of the page and its counterpart, if it has one, with what differs in each."""
    marks, actual_marks = [], []
    for difference in differences:
        left, right = shapes.narrowed(difference.expected, difference.found)
        if left == right == slice(0, 0):
            left, right = slice(0, len(difference.expected)), slice(0, len(difference.found))
        marks.append(slice(difference.start + left.start, difference.start + left.stop))
        actual_marks.append(slice(difference.actual_start + right.start, difference.actual_start + right.stop))
    counterpart = differences[0].actual_line
    yield _Row("-", line, marks if counterpart else ())
    if counterpart:
        yield _Row("+", actual[counterpart - 1], actual_marks)


def _is_extra(difference: Difference) -> bool:
    return difference.where in ("line", "row") and not difference.expected and difference.actual_line > 0


def _is_in_place(difference: Difference, sample: Sequence[str], actual: Sequence[str]) -> bool:
    """Whether the difference is one of these two texts: it may be read from a file that says anything."""
    if difference.actual_line > len(actual):
        return False
    line = sample[difference.line - 1] if 0 < difference.line <= len(sample) else ""
    printed = actual[difference.actual_line - 1] if difference.actual_line else ""
    return line.startswith(difference.expected, difference.start) and printed.startswith(
        difference.found, difference.actual_start
    )


def _shortened(rows: Sequence[_Row]) -> list[_Row]:
    """The rows that differ and those around them; for the others their number."""
    kept: list[_Row] = []
    near = {place + step for place, row in enumerate(rows) if row.sign != " " for step in range(-_AROUND, _AROUND + 1)}
    for shown, run in groupby(range(len(rows)), lambda place: place in near):
        places = list(run)
        if shown or (near and len(places) == 1):
            kept += [rows[place] for place in places]
        elif near:
            kept.append(_Row(" ", f"… {len(places)} lines as on the page"))
    return kept


def _marked(row: _Row, before: str, after: str) -> str:
    """The row with its marks, around the first of them where it is long."""
    first = max(min((mark.start for mark in row.marks), default=0) - _COLUMNS // 2, 0)
    end = first + _COLUMNS
    pieces, done = ["…" * (first > 0)], first
    for mark in sorted(row.marks, key=lambda mark: mark.start):
        start, stop = max(mark.start, done), min(mark.stop, end)
        if start < stop:
            pieces += [printable(row.text[done:start]), before, printable(row.text[start:stop]), after]
            done = stop
    pieces += [printable(row.text[done:end]), "…" * (len(row.text) > end)]
    return f"{row.sign} {''.join(pieces)}".rstrip()


def _coloured(row: _Row) -> str:
    return f"{_COLOURS[row.sign]}{_marked(row, _REVERSED, _NOT_REVERSED)}{_RESET}"
