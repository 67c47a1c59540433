"""The pytest plugin: pages become items, a block on an engine each; what they saw becomes reports and evidence.

python -m pytest -p harness.plugin docs snippets        (tests/ on the import path; nox does it)

Page by page, each in a fresh lab; with --course one after the other on one machine, with --twice each page two times.
"""

import argparse
import json
import secrets
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from harness import report
from harness.claims import navigation, pages
from harness.claims.pages import Page
from harness.evidence.facts import EXIT_BROKEN, Outcome
from harness.lab import labs, mirror, newest
from harness.lab.course import Course, removal
from harness.lab.hub import Rehearsal
from harness.lab.machine import Machine
from harness.lab.outer import engine
from harness.lab.outer.faults import LabError
from harness.runner import PageRun

_SETUP = pytest.StashKey["Setup"]()
_TALLY = pytest.StashKey[report.Tally]()
_ENGINES = pytest.StashKey[list[str]]()
_REMOVALS = pytest.StashKey["Removals"]()
_COURSES = pytest.StashKey[dict[str, Course]]()


@dataclass(frozen=True)
class Setup:
    """What a worker needs to run pages; plain values, so that xdist can carry it to its workers."""

    run: str
    environment: dict[str, str]  # how the outer engine is reached
    images: dict[str, newest.Images]  # by engine; the engines are those that the run is on
    mirror: dict[str, Any]
    recording: bool


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("docker-note")
    group.addoption("--engine", default="", help="an engine to run pages on, or `all` (default: the newest to be had)")
    group.addoption("--lab-image", default="", help="an image that the outer engine has, for labs of the engine named")
    group.addoption("--course", action="store_true", help="run the pages in the site's order on one machine")
    group.addoption("--twice", action="store_true", help="run each page two times in a row on one machine")
    group.addoption(
        "--lane", choices=mirror.LANES[:2], help="images of Docker Hub, or stand-ins (default: what is there)"
    )
    group.addoption("--rehearse-hub", action="store_true", help="as the lane hub, with a server here as Docker Hub")
    group.addoption("--rehearse-outage", action="store_true", help="the same, when Docker Hub can't be reached")
    group.addoption("--record", action="store_true", help="rewrite the samples whose shape no longer fits")


def pytest_configure(config: pytest.Config) -> None:
    # One wrong page must not keep the others from running.
    config.option.continue_on_collection_errors = True
    config.stash[_REMOVALS] = Removals()
    asked = config.option.engine
    if asked not in ("", newest.ALL, *_names()):
        raise pytest.UsageError(f"unknown engine `{asked}`; known, oldest first: {', '.join(_names())}")
    if config.option.record and asked == newest.ALL:
        raise pytest.UsageError("record on one engine at a time, the newest first: name it with --engine")
    if config.option.lab_image and asked in ("", newest.ALL):
        raise pytest.UsageError("--lab-image is an image of one engine; name it with --engine")
    if _on_one_machine(config):
        _check_course(config)
        config.stash[_COURSES] = {}
    if worker := getattr(config, "workerinput", None):
        config.stash[_SETUP] = setup = Setup(**json.loads(worker["docker_note"]))
        config.stash[_ENGINES] = list(setup.images)
        return
    config.stash[_TALLY] = report.Tally(config)
    config.pluginmanager.register(config.stash[_TALLY])


def _on_one_machine(config: pytest.Config) -> bool:
    """Whether pages share a machine with others, or with themselves."""
    return bool(config.option.course or config.option.twice)


def _check_course(config: pytest.Config) -> None:
    option = "--course" if config.option.course else "--twice"
    if config.option.course and config.option.twice:
        raise pytest.UsageError("--course or --twice: not both at once")
    if config.option.record:
        raise pytest.UsageError(f"{option} judges pages on a used machine: record them without it")
    if getattr(config.option, "numprocesses", None) or getattr(config, "workerinput", None):
        raise pytest.UsageError(f"{option} takes one machine and one process: leave --numprocesses out")


def _names() -> list[str]:
    """All engines that are known, oldest first."""
    return [declared.name for declared in labs.declared_engines()]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Finds or starts what the whole run shares, in the one process that collects nothing or everything."""
    config = session.config
    if _SETUP in config.stash:
        return
    asked, tally = config.option.engine, config.stash[_TALLY]
    if config.option.collectonly:
        config.stash[_ENGINES] = newest.expected(asked)
        return
    resources = ExitStack()
    terminal = config.pluginmanager.getplugin("terminalreporter")
    run = secrets.token_hex(4)

    def say(line: str) -> None:
        terminal.write_line(line)
        terminal.flush()

    def leave() -> None:
        try:
            resources.close()
        except LabError as error:
            say(f"{error}\nthe next run removes what is left")

    config.add_cleanup(leave)
    try:
        environment = resources.enter_context(engine.outer_engine(say))
        client = engine.connect(environment)
        resources.callback(client.close)
        images = newest.lab_images(client, asked, config.option.lab_image, say)
        config.stash[_ENGINES] = tally.engines = list(images)
        shared = resources.enter_context(mirror.mirror(client, run, say, *_lane(config.option)))
    except LabError as error:
        say(str(error))
        tally.engines = tally.engines or newest.expected(asked)
        tally.write_summary()
        pytest.exit("no page was run", returncode=EXIT_BROKEN)
    tally.lane = shared.lane
    config.stash[_SETUP] = Setup(run, environment, images, asdict(shared), config.option.record)


def _lane(option: argparse.Namespace) -> tuple[str | None, Rehearsal | None]:
    """Where images come from, as far as it was asked for, and how Docker Hub is played where it is."""
    if option.rehearse_hub or option.rehearse_outage:
        return "rehearsal", Rehearsal(gone=option.rehearse_outage)
    return option.lane, None


@pytest.hookimpl(trylast=True)  # after the last page's teardown
def pytest_sessionfinish(session: pytest.Session) -> None:
    for course in session.config.stash.get(_COURSES, {}).values():
        _close(course.machine)
    with suppress(LabError):  # what could not be removed goes with the mirror
        session.config.stash[_REMOVALS].wait()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hands what the run shares to an xdist worker."""
    node.workerinput["docker_note"] = json.dumps(asdict(node.config.stash[_SETUP]))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    root = parent.config.rootpath
    if file_path.is_relative_to(root / "snippets"):
        return SnippetFile.from_parent(parent, path=file_path)
    if file_path.suffix.lower() not in (".md", ".markdown"):
        return None
    # pytest has no id for a file outside its root.
    shown = file_path.relative_to(root) if file_path.is_relative_to(root) else file_path
    return PageFile.from_parent(parent, path=file_path, nodeid=shown.as_posix())


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """A course goes in the site's order, on one engine after the other. A page is never shared out: pytest-split
    chooses among the first blocks, and the others follow theirs.
    """
    if config.option.course:
        order = {path: number for number, path in enumerate(navigation.in_order(config.rootpath))}
        engines = config.stash[_ENGINES]
        items.sort(key=lambda item: (engines.index(_engine_of(item)), order.get(item.path, len(order))))
    if not config.getoption("splits", None):
        return (yield)
    whole: dict[pytest.Collector | None, list[pytest.Item]] = {}
    for item in items:
        whole.setdefault(item.getparent(PageOnEngine), []).append(item)
    items[:] = [blocks[0] for blocks in whole.values()]
    yield
    items[:] = [block for first in items for block in whole[first.getparent(PageOnEngine)]]
    return None


def _engine_of(item: pytest.Item) -> str:
    page = item.getparent(PageOnEngine)
    return page.engine if page else ""


class Differs(Exception):
    """A block ran, and what it printed has another shape than its sample."""


class Broken(Exception):
    """A block could not be judged."""


class Leaves(Exception):
    """A page has left things on its machine, which its reader would find in the way."""


class SnippetFile(pytest.File):
    """A file in snippets/: it runs with the pages that show it; here it only has to be shown by one."""

    def collect(self) -> Iterable[pytest.Item]:
        if problems := pages.check_snippet(self.path, self.config.rootpath):
            raise self.CollectError("\n".join(map(str, problems)))
        return []


class PageFile(pytest.File):
    """A page, on each engine that is asked for."""

    def collect(self) -> Iterator["PageOnEngine"]:
        try:
            page = pages.read(self.path, self.config.rootpath, _names())
        except pages.PageError as error:
            raise self.CollectError(str(error)) from None
        for name in self.config.stash[_ENGINES]:
            yield PageOnEngine.from_parent(self, name=name, page=page, engine=name)
            if self.config.option.twice:
                yield PageOnEngine.from_parent(self, name=f"{name} again", page=page, engine=name)


class PageOnEngine(pytest.Collector):
    """A page as a program on one engine: it runs in one fresh lab, or on the machine of its course."""

    run: PageRun

    def __init__(self, *, page: Page, engine: str, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.page, self.engine = page, engine

    def collect(self) -> Iterator["BlockItem | LeftItem"]:
        taken: Counter[str] = Counter()
        for number, block in enumerate(self.page.blocks):
            name = Path(block.snippet).name or f"line {block.line}"
            taken[name] += 1
            name += f" ({taken[name]})" if taken[name] > 1 else ""
            yield BlockItem.from_parent(self, name=name, number=number)
        if _on_one_machine(self.config):
            yield LeftItem.from_parent(self, name="what it leaves")

    def setup(self) -> None:
        setup, root = self.config.stash[_SETUP], self.config.rootpath
        course = self._course(setup) if _on_one_machine(self.config) else None
        machine = course.machine if course else Machine(self._opener(setup))
        lane, recording = setup.mirror["lane"], setup.recording
        self.run = PageRun(self.page, root, self.engine, _names(), lane, machine, recording=recording, course=course)
        self.addfinalizer(self.run.close)

    def _opener(self, setup: Setup) -> Callable[[str], AbstractContextManager[labs.Lab]]:
        deadline = labs.COURSE_DEADLINE if _on_one_machine(self.config) else labs.DEADLINE
        removals = self.config.stash[_REMOVALS]
        return lambda machine: removals.leaving(partial(_open_lab, setup, self.engine, machine, deadline))

    def _course(self, setup: Setup) -> Course:
        """The course that this page is a part of; the one before it has ended."""
        courses = self.config.stash[_COURSES]
        name = self.engine if self.config.option.course else f"{self.path} on {self.engine}"
        if name not in courses:
            while courses:
                _close(courses.popitem()[1].machine)
            courses[name] = Course(Machine(self._opener(setup)))
        courses[name].begin()
        return courses[name]


def _close(machine: Machine) -> None:
    with suppress(LabError):  # what could not be removed goes with the mirror
        machine.close()


class Removals:
    """Removes a page's lab, one at a time, while the next page runs: that takes about as long as to start one."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[object] | None = None

    @contextmanager
    def leaving(self, open_lab: Callable[[], AbstractContextManager[labs.Lab]]) -> Iterator[labs.Lab]:
        """A lab whose removal nobody waits for but the next one; that is where an error of it is raised."""
        opened = open_lab()
        try:
            lab = opened.__enter__()
        except LabError:
            if not self._last:
                raise
            with suppress(LabError):  # what the last lab had, such as its network's addresses, may be missing
                self.wait()
            opened = open_lab()
            lab = opened.__enter__()
        try:
            yield lab
        finally:
            try:
                self.wait()
            finally:
                self._last = self._thread.submit(opened.__exit__, None, None, None)

    def wait(self) -> None:
        """Until no removal is under way. Raises what the last one raised."""
        last, self._last = self._last, None
        if last:
            last.result()


@contextmanager
def _open_lab(setup: Setup, name: str, machine: str, deadline: int) -> Iterator[labs.Lab]:
    with closing(engine.connect(setup.environment)) as client:
        shared, image = mirror.Mirror(**setup.mirror), setup.images[name][machine]
        with labs.lab(client, labs.find(name), image, shared, setup.run, deadline) as opened:
            yield opened


class BlockItem(pytest.Item):
    """A block of a page; to run it, the blocks before it are run as well."""

    parent: PageOnEngine

    def __init__(self, *, number: int, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.number = number

    def runtest(self) -> None:
        fact = self.parent.run.run(self.number)
        page, file = self.parent.run.fact, Path(fact.file)
        rewritten = self.parent.run.rewriter.target(file) if self.parent.run.rewriter else None
        self.user_properties.append((report.PROPERTY, report.told(page, fact, str(rewritten or ""))))
        if fact.outcome is Outcome.DIFFERS:
            raise Differs(report.explain(page, fact))
        if fact.outcome is Outcome.BROKEN:
            raise Broken(report.explain(page, fact))
        if fact.outcome is not Outcome.PASSED:
            pytest.skip(f"{fact.outcome}: {next(step.reason for step in fact.steps if step.reason)}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, (Differs, Broken)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        line = self.parent.page.blocks[self.number].line
        return self.path, line - 1, f"{self.path.name} on {self.parent.name}: {self.name}"


class LeftItem(pytest.Item):
    """The end of a page in a course: it has to leave the machine as it found it, images apart."""

    parent: PageOnEngine

    def runtest(self) -> None:
        run = self.parent.run
        if self.parent.page.blocks:
            run.run(len(self.parent.page.blocks) - 1)
        run.end()
        if run.blocked:
            pytest.skip(f"blocked: {run.blocked}, so the page did not come to its clean-up")
        if run.left:
            self.user_properties.append((report.WRONG_PAGE, "leaves things"))
            raise Leaves(report.leaves(run.fact, run.left, removal(run.left)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        return str(excinfo.value) if isinstance(excinfo.value, Leaves) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name} on {self.parent.name}: {self.name}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What could not be judged is an error to pytest and to JUnit, as a failing set-up is; only drift is a failure."""
    told = yield
    if call.excinfo and call.excinfo.errisinstance(Broken):
        told.when = "setup"
    return told
