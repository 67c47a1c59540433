"""A run with --repeat -> how often each page fitted: for a contributor who looks for what doesn't always."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from harness.progress import page_of, spoken

_TIME = ", time "


def nth(engine: str, time: int) -> str:
    """What the run of a page on an engine is called, the first time (1) and later."""
    return engine if time == 1 else f"{engine}{_TIME}{time}"


class Repeats:
    """Hooks of the process that started the run."""

    def __init__(self) -> None:
        self._fits: dict[str, dict[str, bool]] = defaultdict(dict)  # page on an engine -> each of its runs

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if run := page_of(report.nodeid):
            runs = self._fits[run.partition(_TIME)[0]]
            runs[run] = runs.get(run, True) and not report.failed

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for page, runs in self._fits.items():
            fitted = sum(runs.values())
            terminalreporter.write_line(f"{spoken(page)}: fitted {fitted} of {len(runs)} times", red=fitted < len(runs))
