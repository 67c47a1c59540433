"""Puts what comes in no promised order into one, on both sides, by the rows of dialects/, before lines are paired."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from harness.shapes import growing
from harness.shapes.dialects import DIALECTS, build, logs
from harness.shapes.lines import Line, has_gap
from harness.shapes.policies import Dialect, Forms, Policy, cut, entries, loop, ordered, part, racing, streams, window
from harness.shapes.policies.runs import Runs, tied
from harness.shapes.policies.typed import is_sorted, shows_text
from harness.shapes.sort_order import order_of

Sides = tuple[list[Line], list[Line]]


def arrange(
    sample: Sequence[Line], actual: Sequence[Line], commands: Sequence[str], files: Iterable[str] = ()
) -> Sides:
    """Both outputs of the last of these commands in an order that doesn't depend on the run; lines that don't count
    are left out. `files`: what stands in those that the page has written.
    """
    command = commands[-1] if commands else ""
    if any(row.command(command) for row in _rows(Policy.STREAMS)) and not has_gap(sample):
        sample, actual = (streams.arrange(streams.code(command), lines) for lines in (sample, actual))
    if shows_text(command):
        return _in_time(*_sorted(list(sample), list(actual), commands), commands)
    shown, printed = list(sample), list(actual)
    is_cut = len(sample) == len(actual) == logs.cut_to(command) and not has_gap(sample)
    for row in _rows(Policy.CUT) if is_cut else ():
        if row.command(command):
            shown, printed = cut.arrange(row, shown, printed)
    shown, printed = build.arrange(shown, printed)
    tables = {line.titles for line in (*shown, *printed)} - {()}
    texts = {line.text for line in (*shown, *printed) if not line.titles}  # each is looked at once
    asked_for = (Policy.ENTRIES, Policy.LAST, Policy.LEFT_OUT)
    entry, last, left_out = (_forms(_rows_after(command, policy)).among(texts) for policy in asked_for)
    shown, printed = (entries.arrange(entry, lines) for lines in (shown, printed))
    shown, printed = racing.last(last, shown, printed, command)
    shown, printed = (racing.left_out(left_out, lines, command) for lines in (shown, printed))
    if left := logs.left(command):
        for row in _rows(Policy.PART):
            if row.command(command):
                shown, printed = part.arrange(row, shown, printed, left)
    wanted = Counter(line.key for line in shown) if has_gap(shown) else None
    shown, printed = _sorted(shown, printed, commands)
    if not is_sorted(command):
        shown, printed = runs().arrange(shown, printed, tables, texts, wanted, commands)
    in_use = [row for row in _rows(Policy.TIED) if (not command or row.command(command)) and row.history(commands)]
    shown, printed = tied(in_use, shown, printed, tables, commands)
    if is_cut and not is_sorted(command):
        in_use += [row for row in _rows(Policy.SET) if row.command(command) and row.history(commands)]
        shown, printed = cut.of_sets(shown, printed, _set_of(in_use, commands), (*commands, *files))
    for row in _rows(Policy.WINDOW):
        if row.command(command):
            shown, printed = window.arrange(row, shown, printed)
    return _in_time(shown, printed, commands)


def _set_of(rows: Sequence[Dialect], commands: Sequence[str]) -> Callable[[Line], str]:
    """What a line is of whose place among others isn't promised; empty for any other line."""

    def set_of(line: Line) -> str:
        row = next((row for row in rows if _is_of(row, line) and row.only([line], 0)), None)
        return f"{row.name}: {row.since(line, commands)}" if row else ""

    return set_of


def _is_of(row: Dialect, line: Line) -> bool:
    is_by_command = row.policy is Policy.SET and not (row.columns or row.lines)
    is_there = not (line.is_header or row.under)  # what stands above is known no more
    return is_there and (row.fits(line) or (is_by_command and not line.titles))


def _sorted(shown: list[Line], printed: list[Line], commands: Sequence[str]) -> Sides:
    """Both with what is made up behind what was sorted beside it; a sample with a gap as it is."""
    command = commands[-1] if commands else ""
    order = order_of(command)
    if order and any(row.command(command) for row in _rows(Policy.ORDERED)):
        shown, printed = ordered.arrange(order, shown, printed)
    for row in () if has_gap(shown) else _rows(Policy.SORTED):
        is_asked = row.command(command) and row.history(commands)
        if is_asked and (not row.columns or any(row.is_about(line.titles) for line in (*shown, *printed))):
            shown, printed = row.reduce(shown), row.reduce(printed)
    return shown, printed


def _in_time(shown: list[Line], printed: list[Line], commands: Sequence[str]) -> Sides:
    """Both without what only the time that they had makes differ."""
    command = commands[-1] if commands else ""
    is_open = any(row.command(command) and row.history(commands) for row in _rows(Policy.LOOP))
    most = logs.most_lines(command)
    if most is not None and len(shown) >= most and len(printed) != len(shown):
        return shown, printed  # so many were asked for, and the page shows that there are enough
    least = 1 if growing.waits(command) or logs.is_of_a_time(command) else 2
    if not (is_open or not command):
        return shown, printed
    is_whole = growing.is_from_start(tuple(commands))
    return loop.arrange(shown, printed, is_open=is_open, is_whole=is_whole, least=least)


@cache
def _rows(*policies: Policy) -> tuple[Dialect, ...]:
    return tuple(row for row in DIALECTS if row.policy in policies)


def _rows_after(command: str, policy: Policy) -> tuple[Dialect, ...]:
    return tuple(row for row in _rows(policy) if policy is not Policy.ENTRIES or row.command(command))


@cache
def _forms(rows: tuple[Dialect, ...]) -> Forms:
    return Forms(rows)


@cache
def runs() -> Runs:
    """The rows by which runs of lines are arranged, and found."""
    return Runs(_rows(Policy.SET, Policy.REDUCED))
