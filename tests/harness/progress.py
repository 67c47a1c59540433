"""A run of pages -> a line for each page that has ended, and below, on a terminal, what is running: for a contributor.

With --verbose pytest's own lines tell every block instead.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from harness import options
from harness.claims.characters import visible
from harness.evidence import files
from harness.report import PROPERTY

_CLEAR = "\r\x1b[K"
_LONGEST = 3  # pages named as running


@dataclass
class _Page:
    """A page on an engine: how many of its items are still to end, and what those that have came to."""

    left: int = 0
    began: float = 0  # monotonic; 0 before it does
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)  # first lines


class Progress:
    """Hooks of the process that started the run. `last` is how many seconds each page took last time, by its id."""

    def __init__(self, terminal: Any, last: Mapping[str, float]) -> None:
        self._terminal, self._last = terminal, last
        self._pages: dict[str, _Page] = {}
        self._done = 0
        self._over = False
        self._began = monotonic()
        terminal.showfspath = False

    # -- which pages

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._expect(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Iterable[str]) -> None:
        """Every worker collects the same."""
        if not self._pages:
            self._expect(ids)

    def _expect(self, ids: Iterable[str]) -> None:
        for page in filter(None, map(page_of, ids)):
            self._pages.setdefault(page, _Page()).left += 1

    # -- what becomes of them

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        if page := self._pages.get(page_of(nodeid)):
            page.began = page.began or monotonic()
            self._show_running()

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport
    ) -> Generator[None, tuple[str, str, Any], tuple[str, str, Any]]:
        """A block counts as it does for pytest. While pages run it is shown with its page alone."""
        category, letter, word = yield
        with_page = not self._over and page_of(report.nodeid) in self._pages
        return (category, "", "") if with_page else (category, letter, word)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = page_of(report.nodeid)
        if name not in self._pages:
            return
        page = self._pages[name]
        if report.failed:
            page.faults.append(str(report.longrepr).partition("\n")[0])
        if report.when != "teardown":
            block = dict(report.user_properties).get(PROPERTY)
            page.counts += Counter(json.loads(str(block))["counts"] if block else {})
            return
        page.left -= 1
        if page.left == 0:
            self._done += 1
            self._tell(name, page)
        self._show_running()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        self._over = True
        self._show("")

    # -- words

    def _tell(self, name: str, page: _Page) -> None:
        self._show("")
        counts = ", ".join(f"{number} {outcome}" for outcome, number in page.counts.items()) or "nothing to run"
        seconds = f"{monotonic() - page.began:.0f} s"
        self._terminal.write_line(
            f"[{self._done}/{len(self._pages)}] {spoken(name)}: {counts} in {seconds}", red=bool(page.faults)
        )
        for fault in page.faults:
            self._terminal.write_line(f"  {visible(fault)}", red=True)

    def _show_running(self) -> None:
        running = [name for name, page in self._pages.items() if page.began and page.left]
        named = ", ".join(map(spoken, running[:_LONGEST])) + (", ..." if running[_LONGEST:] else "")
        progress = ", ".join(filter(None, [f"{self._done} of {len(self._pages)} pages", self._time_left()]))
        self._show(f"{progress}; running {named}" if named else progress)

    def _time_left(self) -> str:
        """How long the rest takes at the pace so far, by the pages' last times; empty where those aren't known."""
        known = {name: self._last[name] for name in self._pages if name in self._last}
        done = sum(seconds for name, seconds in known.items() if not self._pages[name].left)
        if len(known) * 2 < len(self._pages) or not done:
            return ""
        left = (monotonic() - self._began) * (sum(known.values()) / done - 1)
        return f"about {left:.0f} s left" if left < 60 else f"about {left / 60:.0f} min left"

    def _show(self, line: str) -> None:
        """Puts it in the place of the last one, on a terminal."""
        if self._terminal.isatty():
            width = shutil.get_terminal_size().columns - 1
            self._terminal.write(_CLEAR + visible(line)[:width], flush=True)


def page_of(nodeid: str) -> str:
    """The page on its engine that a block is of, `docs/images.md::28`; empty for what is no page's."""
    page, _, _ = nodeid.rpartition("::")
    return page if options.is_page(Path(page.partition("::")[0])) else ""


def spoken(page: str) -> str:
    """`docs/images.md on 28`."""
    path, _, engine = page.partition("::")
    return f"{path} on {engine}"


def last_seconds(evidence: Path) -> dict[str, float]:
    """How long each page took when its evidence was written, by its id. What can't be read is not known."""
    facts = files.load(evidence, lambda refusal: None)
    return {f"{page.page}::{page.engine}": sum(block.seconds for block in page.blocks) for page in facts}
