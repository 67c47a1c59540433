"""shuf and sort -R: the lines that they are given, in an order that nobody knows before."""

from harness.shapes.mixed import is_all
from harness.shapes.policies import Dialect, Policy

ROWS = (
    Dialect(
        name="lines that are mixed",
        policy=Policy.SET,
        command=is_all,
        seen=(("kim\nlee\npark", "park\nkim\nlee"),),
        damaged=(("kim", "choi"), ("kim", "lee"), ("kim\n", "")),
        typed="shuf names.txt",
    ),
)
