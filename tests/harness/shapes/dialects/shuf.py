"""shuf and sort -R: the lines that they are given, in an order that nobody knows before."""

import re

from harness.shapes.lines import Line
from harness.shapes.mixed import is_all, is_numbered
from harness.shapes.policies import Dialect, Policy

_NUMBER = re.compile(r"\A *(\d{1,6})(?!\w)")


def _without_numbers(run: list[Line]) -> list[Line]:
    """The lines in the order of their texts; a number that is not the line's place stays."""
    numbers = [_NUMBER.match(line.text) for line in run]
    lines = [
        line.rewritten(_NUMBER, "") if number and int(number[1]) == place else line
        for place, (line, number) in enumerate(zip(run, numbers, strict=True), 1)
    ]
    return sorted(lines, key=lambda line: line.spelled)


ROWS = (
    Dialect(
        name="lines that are mixed",
        policy=Policy.SET,
        command=is_all,
        seen=(("kim\nlee\npark", "park\nkim\nlee"),),
        damaged=(("kim", "choi"), ("kim", "lee"), ("kim\n", "")),
        typed="shuf names.txt",
    ),
    Dialect(
        name="lines that are mixed, behind their numbers",
        policy=Policy.REDUCED,
        command=is_numbered,
        reduce=_without_numbers,
        seen=(("     1\tkim\n     2\tlee", "     1\tlee\n     2\tkim"),),
        damaged=(("kim", "choi"), ("kim", "lee"), ("     1\t", "     3\t"), ("\n     2\tkim", "")),
        typed="shuf names.txt | nl",
    ),
)
