"""A run of pages tells each page in a line, and on a terminal what is running."""

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from harness import progress
from harness.progress import Progress, page_of
from harness.report import PROPERTY


class Terminal:
    def __init__(self, *, isatty: bool = False) -> None:
        self.lines: list[str] = []
        self.shown: list[str] = []
        self.showfspath = True
        self.isatty = lambda: isatty

    def write_line(self, line: str, *, red: bool) -> None:
        self.lines.append(f"red: {line}" if red else line)

    def write(self, text: str, *, flush: bool) -> None:
        assert flush
        self.shown.append(text.removeprefix("\r\x1b[K"))


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(progress, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def end(hooks: Progress, nodeid: str, counts: dict[str, int] | None = None, *, fault: str = "") -> None:
    """A block ends: what pytest reports of it."""
    properties = [(PROPERTY, json.dumps({"counts": counts}))] if counts else []
    for when in ("setup", "call", "teardown"):
        report: Any = SimpleNamespace(
            nodeid=nodeid,
            when=when,
            failed=bool(fault) and when == "call",
            longrepr=fault,
            user_properties=properties if when == "call" else [],
        )
        hooks.pytest_runtest_logreport(report)


def begun(terminal: Terminal, ids: Sequence[str], last: dict[str, float] | None = None) -> Progress:
    hooks = Progress(terminal, last or {})
    hooks.pytest_xdist_node_collection_finished(ids)
    hooks.pytest_xdist_node_collection_finished(ids)  # of the second worker
    return hooks


def test_a_page_is_one_line_with_its_time_when_its_last_block_has_ended(clock: Clock) -> None:
    terminal = Terminal()
    hooks = begun(terminal, ["docs/a.md::28::x", "docs/a.md::28::y", "docs/b.md::28::z"])
    assert not terminal.showfspath
    hooks.pytest_runtest_logstart("docs/a.md::28::x")
    end(hooks, "docs/a.md::28::x", {"passed": 2})
    assert terminal.lines == []
    clock.now += 14
    end(hooks, "docs/a.md::28::y", {"passed": 3, "unchecked": 1})
    assert terminal.lines == ["[1/2] docs/a.md on 28: 5 passed, 1 unchecked in 14 s"]


def test_what_differs_is_told_with_its_first_line(clock: Clock) -> None:
    terminal = Terminal()
    hooks = begun(terminal, ["docs/a.md::28::x"])
    hooks.pytest_runtest_logstart("docs/a.md::28::x")
    end(hooks, "docs/a.md::28::x", {"differs": 1}, fault="snippets/a/x:3: expected an id\n  page  docs/a.md:7")
    assert terminal.lines == [
        "red: [1/1] docs/a.md on 28: 1 differs in 0 s",
        "red:   snippets/a/x:3: expected an id",
    ]


def test_a_page_of_which_nothing_was_counted_says_so(clock: Clock) -> None:
    terminal = Terminal()
    hooks = begun(terminal, ["docs/a.md::28 again::what it leaves"])
    hooks.pytest_runtest_logstart("docs/a.md::28 again::what it leaves")
    end(hooks, "docs/a.md::28 again::what it leaves")
    assert terminal.lines == ["[1/1] docs/a.md on 28 again: nothing to run in 0 s"]


def test_a_terminal_shows_what_is_running_and_how_long_the_rest_takes(clock: Clock) -> None:
    terminal = Terminal(isatty=True)
    ids = [f"docs/{name}.md::28::x" for name in "abcde"]
    hooks = begun(terminal, ids, {"docs/a.md::28": 10, "docs/b.md::28": 20, "docs/c.md::28": 30})
    for nodeid in ids[:4]:
        hooks.pytest_runtest_logstart(nodeid)
    running = "docs/a.md on 28, docs/b.md on 28, docs/c.md on 28, ..."
    assert terminal.shown[-1] == f"0 of 5 pages; running {running}"[:79]
    clock.now += 20  # for what took 10 s last time
    end(hooks, ids[0], {"passed": 1})
    end(hooks, ids[1], {"passed": 1})
    assert terminal.shown[-1] == "2 of 5 pages, about 20 s left; running docs/c.md on 28, docs/d.md on 28"
    clock.now += 400
    hooks.pytest_runtest_logstart(ids[4])
    assert terminal.shown[-1].startswith("2 of 5 pages, about 7 min left; running ")
    hooks.pytest_sessionfinish()
    assert terminal.shown[-1] == ""


def test_nothing_is_said_of_the_rest_where_most_of_it_never_ran(clock: Clock) -> None:
    terminal = Terminal(isatty=True)
    hooks = begun(terminal, [f"docs/{name}.md::28::x" for name in "abc"], {"docs/a.md::28": 10})
    hooks.pytest_runtest_logstart("docs/a.md::28::x")
    end(hooks, "docs/a.md::28::x", {"passed": 1})
    assert terminal.shown[-1] == "1 of 3 pages"


@pytest.mark.parametrize(
    ("nodeid", "page"),
    [
        ("docs/a.md::28::x.console", "docs/a.md::28"),
        ("docs/a.md::28 again::line 3", "docs/a.md::28 again"),
        ("tests/unit/test_a.py::test_a", ""),
    ],
)
def test_a_block_is_of_a_page_on_an_engine(nodeid: str, page: str) -> None:
    assert page_of(nodeid) == page


def shown(hooks: Progress, nodeid: str) -> tuple[str, str, object]:
    """How pytest shows what passed."""
    report: Any = SimpleNamespace(nodeid=nodeid)
    hook = hooks.pytest_report_teststatus(report)
    next(hook)
    with pytest.raises(StopIteration) as stopped:
        hook.send(("passed", ".", "PASSED"))
    value: tuple[str, str, object] = stopped.value.value
    return value


def test_pytest_shows_other_tests_and_at_the_end_blocks_too() -> None:
    block, test = "docs/a.md::28::x", "tests/test_a.py::test_a"
    hooks = begun(Terminal(), [block, test])
    assert shown(hooks, block) == ("passed", "", "")
    assert shown(hooks, test) == ("passed", ".", "PASSED")
    hooks.pytest_sessionfinish()
    assert shown(hooks, block) == ("passed", ".", "PASSED")
