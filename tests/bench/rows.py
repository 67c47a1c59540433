"""Which rows of dialects/ are about what was damaged: where a damage is missed, one of these may free too much."""

import re
from collections.abc import Iterator, Sequence

from harness.shapes import Bindings
from harness.shapes.dialects import DIALECTS
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy
from harness.shapes.reading import Reader


def rows_about(commands: Sequence[str], before: str, after: str) -> frozenset[str]:
    """The names of the rows that are about the lines of the last command's output in which two texts differ."""
    bindings = Bindings()
    bindings.resolve(commands[-1])
    rows = [row for row in DIALECTS if _is_in_use(row, commands, before)]
    return frozenset(row.name for line in _changed(bindings, before, after) for row in rows if _is_about(row, line))


def _changed(bindings: Bindings, before: str, after: str) -> Iterator[Line]:
    """The lines that only one has; all of them where only the order differs."""
    both = {*before.split("\n")} & {*after.split("\n")}
    lines = [line for text in (before, after) for line in Reader(bindings).read(text)]
    changed = [line for line in lines if line.text not in {text.rstrip() for text in both}]
    yield from changed or lines


def _is_in_use(row: Dialect, commands: Sequence[str], text: str) -> bool:
    has_heading = not row.under or any(re.fullmatch(row.under, line) for line in text.split("\n"))
    return has_heading and row.command(commands[-1]) and row.history(commands)


def _is_about(row: Dialect, line: Line) -> bool:
    return row.fits(line) if row.lines or row.columns else row.policy is not Policy.TREE
