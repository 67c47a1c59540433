"""The pytest plugin: pages become items, a block on an engine each; what they saw becomes reports and evidence.

python -m pytest -p harness.plugin docs snippets        (tests/ on the import path; nox does it)

Page by page, each in a fresh lab; with --course one after the other on one machine, with --twice each page two times.
Where the command line names no page, no folder with one, and no snippet, the plugin does nothing but know its options.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from harness import options, output
from harness.causes import cause
from harness.claims import navigation, pages
from harness.claims.pages import Page
from harness.claims.problems import relative
from harness.evidence import room
from harness.evidence.files import COURSE
from harness.evidence.summary import ExitStatus
from harness.items import (
    SUPPLY,
    BlockItem,
    Differs,
    Leaves,
    LeftItem,
    NoTests,
    PageFile,
    PageOnEngine,
    SnippetFile,
    engine_of,
    has_engine,
    told,
    written_by,
)
from harness.lab import newest
from harness.lab.mine import MINE, installed
from harness.lab.outer.client import WrongAddress
from harness.lab.outer.faults import LabError
from harness.lab.supply import Setup, Supply
from harness.progress import Progress, last_seconds
from harness.reader_report import ReaderReport
from harness.repeats import Repeats
from harness.report import WRITTEN, Tally, written_property

STRANGERS = (
    "pages from outside the project are run: a lab shares this engine's kernel, and root in it can change settings of "
    "that (SECURITY.md); who doesn't trust their author runs them on a machine that can be thrown away"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    options.add(parser)


@pytest.hookimpl(tryfirst=True)  # before pytest's reporter takes the standard output
def pytest_configure(config: pytest.Config) -> None:
    options.check(config)
    if not any(options.named_files(config)):
        return
    if not hasattr(config, "workerinput"):
        output.forgive()
    # One wrong page must not keep the others from running.
    config.option.continue_on_collection_errors = True
    config.pluginmanager.register(PageHooks(config))
    if hasattr(config, "workerinput"):
        handed = config.workerinput.get("docker_note")
        setup = Setup.from_json(handed) if handed else None
        config.stash[SUPPLY] = Supply(options.request(config.option), print, setup)
    else:
        config.pluginmanager.register(ControllerHooks(config))


class PageHooks:
    """What every process of a run does: it collects pages, and closes the machines that it had for them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        root = self._config.rootpath
        if self._is_snippet(file_path):
            return SnippetFile.from_parent(parent, path=file_path)
        if not options.is_page(file_path):
            return None
        # pytest has no id for a file outside its root.
        shown = file_path.relative_to(root) if file_path.is_relative_to(root) else file_path
        return PageFile.from_parent(parent, path=file_path, nodeid=shown.as_posix())

    def pytest_pycollect_makemodule(self, module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        return NoTests.from_parent(parent, path=module_path) if self._is_snippet(module_path) else None

    def _is_snippet(self, path: Path) -> bool:
        return options.is_snippet(path, self._config.rootpath)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None]:
        """A page is never shared out: pytest-split chooses among the first blocks, and the others follow theirs."""
        if not self._config.getoption("splits", None):
            return (yield)
        whole: dict[pytest.Collector | None, list[pytest.Item]] = {}
        for item in items:
            whole.setdefault(item.getparent(PageOnEngine), []).append(item)
        items[:] = [blocks[0] for blocks in whole.values()]
        yield
        items[:] = [block for first in items for block in whole[first.getparent(PageOnEngine)]]
        return None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """What could not be judged is an error to pytest and to JUnit, as a failing set-up is; only drift fails."""
        report = yield
        is_drift = call.excinfo and call.excinfo.errisinstance((Differs, Leaves))
        if call.excinfo and isinstance(item, (BlockItem, LeftItem)) and report.failed and not is_drift:
            report.longrepr = told(call.excinfo.value)
            report.when = report.when if report.when == "teardown" else "setup"
        if report.when == "teardown" and (written := written_by(item)):
            report.user_properties.append((WRITTEN, written_property(written)))
        return report

    @pytest.hookimpl(trylast=True)  # after the last page's teardown
    def pytest_sessionfinish(self) -> None:
        self._config.stash[SUPPLY].close_machines()


class ControllerHooks:
    """What the process does that started the run: it starts what all pages share, once one of them is to run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._supply = config.stash[SUPPLY] = Supply(options.request(config.option), self._say)
        if config.option.repeat > 1:
            config.pluginmanager.register(Repeats())
        self._tally = Tally(config)
        config.pluginmanager.register(self._tally)
        if config.option.engine == MINE:
            _check_docker()
            config.pluginmanager.register(ReaderReport(config, self._supply))
        config.add_cleanup(self._close)

    def pytest_sessionstart(self) -> None:
        """Pages are told by the page, unless every block is asked for."""
        if self._config.get_verbosity(pytest.Config.VERBOSITY_TEST_CASES) <= 0 and not self._config.option.collectonly:
            evidence = self._config.rootpath / "build" / "evidence" / (COURSE if self._config.option.course else "")
            terminal = self._config.pluginmanager.getplugin("terminalreporter")
            self._config.pluginmanager.register(Progress(terminal, last_seconds(evidence)))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_setupnodes(self) -> None:
        """xdist's workers are handed what the run shares before they collect."""
        if self._has_pages():
            self._start()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["docker_note"] = self._supply.setup.to_json() if self._supply.setup else ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Which engines the run is on has to be known to collect it; the newest, only by asking the outer engine."""
        asked, collectonly = self._config.option.engine, self._config.option.collectonly
        if collectonly or not self._has_pages():
            self._supply.engines = newest.expected_engines(asked)
        elif options.is_named(self._config.option):
            self._supply.engines = [asked]
        else:
            self._start()
        self._tally.engines = [] if collectonly else self._supply.engines

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """A course goes in the site's order, or in one of chance, on one engine after the other; machines without an
        engine come first."""
        option = self._config.option
        if option.course:
            in_order = list(
                dict.fromkeys([*navigation.in_order(self._config.rootpath), *(item.path for item in items)])
            )
            if option.random_order:
                seed = secrets.randbelow(10**6) if option.seed is None else option.seed
                random.Random(seed).shuffle(in_order)  # noqa: S311  (no secret)
                self._say(f"the pages go in the order of `--random-order --seed {seed}`")
            order = {path: number for number, path in enumerate(in_order)}
            engines = self._supply.engines
            items.sort(key=lambda item: (engines.index(engine_of(item)), has_engine(item), order[item.path]))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        runs_pages = any(isinstance(item, (BlockItem, LeftItem)) for item in session.items)
        if runs_pages and not self._config.option.collectonly:
            self._start()

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None]:
        """A report that can't be written, JUnit's for one, is a fault and no drift."""
        try:
            return (yield)
        except OSError as error:
            self._say(f"a report was not written: {cause(error)}")
            session.exitstatus = session.exitstatus or ExitStatus.BROKEN

    def pytest_terminal_summary(self, exitstatus: int) -> None:
        """Where nothing was run for want of something to run, says so."""
        empty = [page.path for page in self._pages() if not page.blocks and not page.wrong]
        for path in empty if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED else ():
            shown = relative(path, self._config.rootpath)
            self._say(f"{shown}:1: nothing to run: no fence; write ``` console, below it `$ ` and a command, and ```")

    def _has_pages(self) -> bool:
        """Whether a page can be run: all may be written wrongly, or show nothing."""
        return any(page.blocks for page in self._pages())

    def _pages(self) -> Iterator[Page]:
        """The pages that the command line names, as far as they can be read."""
        for path in filter(options.is_page, options.named_files(self._config)):
            if page := _page(path, self._config.rootpath, options.engine_names()):
                yield page

    def _start(self) -> None:
        """Starts what the pages share. Where that can't be done, the run ends as broken."""
        if not self._supply.setup and options.named_strangers(self._config):
            self._say(STRANGERS)
        try:
            room.check(self._config.rootpath / "build" / "evidence")
            self._tally.lane = self._supply.start().mirror.lane
            self._tally.engines = self._supply.engines
        except Exception as error:
            self._say(cause(error))
            self._tally.engines = self._supply.engines or newest.expected_engines(self._config.option.engine)
            self._tally.write_summary()
            wrong_address = isinstance(error, WrongAddress)
            status = ExitStatus.WRONG_ADDRESS if wrong_address else ExitStatus.BROKEN
            pytest.exit("no page was run", returncode=status)

    def _close(self) -> None:
        try:
            self._supply.close()
        except Exception as error:
            self._say(f"{cause(error)}\nthe next run removes what is left")

    def _say(self, line: str) -> None:
        terminal = self._config.pluginmanager.getplugin("terminalreporter")
        terminal.write_line(line)
        terminal.flush()


def _check_docker() -> None:
    """Refuses to take this machine's version where it has none, before anything is started. pytest.UsageError."""
    try:
        installed()
    except LabError as error:
        raise pytest.UsageError(str(error)) from None


def _page(path: Path, root: Path, engines: Sequence[str]) -> Page | None:
    """The page; None where it is written wrongly."""
    with suppress(pages.PageError):
        return pages.read(path, root, engines)
    return None
