"""--repeat says of each page how often it fitted."""

from types import SimpleNamespace
from typing import Any

from harness.repeats import Repeats, nth


class Terminal:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def write_line(self, line: str, *, red: bool) -> None:
        self.lines.append(f"red: {line}" if red else line)


def test_a_time_counts_as_fitted_where_nothing_of_the_page_failed() -> None:
    repeats, terminal = Repeats(), Terminal()
    for time, block, failed in [(1, "x", False), (1, "y", False), (2, "x", True), (2, "y", False), (3, "x", False)]:
        report: Any = SimpleNamespace(nodeid=f"docs/a.md::{nth('28', time)}::{block}", failed=failed)
        repeats.pytest_runtest_logreport(report)
    always: Any = SimpleNamespace(nodeid="docs/b.md::28::x", failed=False)
    other: Any = SimpleNamespace(nodeid="tests/test_a.py::test_a", failed=True)
    repeats.pytest_runtest_logreport(always)
    repeats.pytest_runtest_logreport(other)
    repeats.pytest_terminal_summary(terminal)
    assert terminal.lines == ["red: docs/a.md on 28: fitted 2 of 3 times", "docs/b.md on 28: fitted 1 of 1 times"]
