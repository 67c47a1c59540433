"""A page -> pytest's items, one for each of its blocks on each engine: for the plugin.

PageFile -> PageOnEngine -> BlockItem, and LeftItem where pages share a machine
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import lab_shell, options, report
from harness.causes import cause
from harness.claims import pages
from harness.claims.pages import Page, WrongFence
from harness.evidence.facts import Outcome
from harness.lab.bounds import Bounds
from harness.lab.course import removal_commands
from harness.lab.mine import MINE
from harness.lab.supply import Supply
from harness.repeats import nth
from harness.runner import PageRun

SUPPLY = pytest.StashKey[Supply]()


class Differs(Exception):
    """A block ran, and what it printed has another shape than its sample."""


class Broken(Exception):
    """A block could not be judged."""


class Leaves(Exception):
    """A page has left things on its machine, which its reader would find in the way."""


class SnippetFile(pytest.File):
    """A file in snippets/: it runs with the pages that show it; here it only has to be shown by one."""

    def collect(self) -> Iterable[pytest.Item]:
        """No item."""
        if problems := pages.check_snippet(self.path, self.config.rootpath):
            raise self.CollectError("\n".join(map(str, problems)))
        return []


class NoTests(pytest.File):
    """What a page has its reader write into `test_app.py`: no tests of this project's."""

    def collect(self) -> Iterable[pytest.Item]:
        """No item."""
        return []


class PageFile(pytest.File):
    """A page."""

    def collect(self) -> Iterator[PageOnEngine | WrongPlace]:
        """The page on each engine that the run is on; of a page from elsewhere what is written wrongly, by itself."""
        try:
            page = pages.read(self.path, self.config.rootpath, options.engine_names())
        except pages.PageError as error:
            raise self.CollectError(str(error)) from None
        for wrong in page.wrong:
            yield WrongPlace.from_parent(self, name=f"line {wrong.line}", wrong=wrong)
        for name in self.config.stash[SUPPLY].engines:
            for time in range(1, self.config.option.repeat + 1):
                yield PageOnEngine.from_parent(self, name=nth(name, time), page=page, engine=name)
            if self.config.option.twice:
                yield PageOnEngine.from_parent(self, name=f"{name} again", page=page, engine=name)


class WrongPlace(pytest.Collector):
    """A fence of a page from elsewhere, or a line of it, that is written wrongly; the page runs without it."""

    def __init__(self, *, wrong: WrongFence, **keywords: Any) -> None:
        super().__init__(**keywords)
        self._wrong = wrong

    def collect(self) -> Iterator[pytest.Item]:
        """No item."""
        raise self.CollectError("\n".join(map(str, self._wrong.problems)))


class PageOnEngine(pytest.Collector):
    """A page as a program on one engine: it runs on one fresh machine, or on that of its course."""

    run: PageRun

    def __init__(self, *, page: Page, engine: str, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.page, self.engine = page, engine
        self.written: dict[Path, str] = {}  # the files that its new samples went into, until that is reported

    def collect(self) -> Iterator[BlockItem | LeftItem]:
        """Its blocks, by the names of their snippets."""
        for number, name in enumerate(pages.block_names(self.page)):
            yield BlockItem.from_parent(self, name=name, number=number)
        if options.on_one_machine(self.config.option):
            yield LeftItem.from_parent(self, name="what it leaves")

    def setup(self) -> None:
        """Before its first item."""
        option, supply = self.config.option, self.config.stash[SUPPLY]
        course = None
        if options.on_one_machine(option):
            course = supply.course(self.engine if option.course else f"{self.path} on {self.engine}", self.engine)
        self.run = PageRun(
            self.page,
            self.config.rootpath,
            self.engine,
            options.engine_names(),
            supply.start().mirror.lane,
            course.machine if course else supply.machine(self.engine, self._bounds()),
            recording=option.record,
            course=course,
            keep_going=self._tells_all() and not course,
        )
        self.addfinalizer(self._close)

    def _tells_all(self) -> bool:
        """Whether all that differs is asked for: of a page from elsewhere, and by a reader of another version.

        A shell is opened where the page first goes wrong: nothing may happen in the lab before.
        """
        if self.config.option.shell:
            return False
        return self.config.option.engine == MINE or any(block.in_place for block in self.page.blocks)

    def _bounds(self) -> Bounds:
        return Bounds(self.page.memory, self.page.processes, self.page.disk)

    def _close(self) -> None:
        """After its last item. What then goes wrong is told as an error beside the outcomes, which stay."""
        self.run.close()
        self.written = self.run.rewriter.written if self.run.rewriter else {}
        if self.run.trouble:
            pytest.fail("\n".join(self.run.trouble), pytrace=False)


class BlockItem(pytest.Item):
    """A block of a page; to run it, the blocks before it are run as well."""

    parent: PageOnEngine

    def __init__(self, *, number: int, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.number = number

    def runtest(self) -> None:
        """Raises what became of it, where it did not pass: Differs, Broken, or pytest's skip."""
        run = self.parent.run
        fact = run.run(self.number)
        self.user_properties.append((report.PROPERTY, report.block_property(run.fact, fact)))
        if self.config.option.shell and fact.outcome in (Outcome.DIFFERS, Outcome.BROKEN):
            self._open_shell(report.explain(run.fact, fact, colour=True))
        if fact.outcome is Outcome.DIFFERS:
            raise Differs(report.explain(run.fact, fact))
        if fact.outcome is Outcome.BROKEN:
            raise Broken(report.explain(run.fact, fact))
        if fact.outcome is not Outcome.PASSED:
            pytest.skip(f"{fact.outcome}: {next(step.reason for step in fact.steps if step.reason)}")

    def _open_shell(self, why: str) -> None:
        """At the contributor's terminal, which pytest gives back for so long; the run ends with it."""
        run, title = self.parent.run, self.parent.page.blocks[self.number].title
        blocks = zip(self.parent.page.blocks, run.fact.blocks, strict=False)  # of those that have run
        typed = [step.typed for block, fact in blocks if block.title == title for step in fact.steps if step.typed]
        capture = self.config.pluginmanager.getplugin("capturemanager")
        capture.suspend_global_capture(in_=True)
        try:
            print(f"\n{why}\n")
            if not run.machine.host:
                print("no lab runs in which a shell could be opened")
            elif not lab_shell.has_terminal():
                print("--shell needs a terminal at the standard input")
            else:
                print("this is the lab, as the page has left it; `exit` ends it")
                lab_shell.open_shell(run.machine, title, typed)
        finally:
            capture.resume_global_capture()
        self.session.shouldfail = "the shell in the lab was opened for the first block that went wrong"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """An outcome is told in its own words, without a traceback."""
        return told(excinfo.value)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The line of its fence, and its name."""
        line = self.parent.page.blocks[self.number].line
        return self.path, line - 1, f"{self.path.name} on {self.parent.name}: {self.name}"


class LeftItem(pytest.Item):
    """The end of a page in a course: it has to leave the machine as it found it, images apart."""

    parent: PageOnEngine

    def runtest(self) -> None:
        """Raises Leaves where it does not."""
        run = self.parent.run
        if self.parent.page.blocks:
            run.run(len(self.parent.page.blocks) - 1)
        run.end()
        if run.blocked:
            pytest.skip(f"blocked: {run.blocked}, so the page did not come to its clean-up")
        if run.left:
            self.user_properties.append((report.WRONG_PAGE, "leaves things"))
            raise Leaves(report.leaves(run.fact, run.left, removal_commands(run.left)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """What is left is told in its own words, without a traceback."""
        return told(excinfo.value)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The page, and its name."""
        return self.path, 0, f"{self.path.name} on {self.parent.name}: {self.name}"


def told(error: BaseException) -> str:
    """What an item ended with, for people."""
    if isinstance(error, Exception) and not isinstance(error, (Differs, Broken, Leaves)):
        return cause(error)
    return str(error)


def written_by(item: pytest.Item) -> dict[Path, str]:
    """The files that the new samples of an item's page have gone into by now, each once."""
    page = item.getparent(PageOnEngine)
    written = page.written if page else {}
    if page:
        page.written = {}
    return written


def has_engine(item: pytest.Item) -> bool:
    """Whether an item's machine begins with an engine."""
    page = item.getparent(PageOnEngine)
    return page is None or page.page.machine == "engine"


def engine_of(item: pytest.Item) -> str:
    """The engine that an item runs on; empty where it is no page's."""
    page = item.getparent(PageOnEngine)
    return page.engine if page else ""
