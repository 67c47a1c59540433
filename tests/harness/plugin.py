"""The pytest plugin: a page is a file, a block an item; what a run saw becomes reports, evidence and the exit status.

python -m pytest -p harness.plugin docs snippets        (tests/ on the import path; nox does it)
"""

import json
import secrets
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from harness import engine, labs, mirror, pages, report
from harness.evidence import Outcome
from harness.runner import PageRun

_SETUP = pytest.StashKey["Setup"]()
_TALLY = pytest.StashKey[report.Tally]()


@dataclass(frozen=True)
class Setup:
    """What a worker needs to run pages; plain values, so that xdist can carry it to its workers."""

    run: str
    engine: str
    environment: dict[str, str]  # how the outer engine is reached
    images: dict[str, str]  # machine -> lab image
    mirror: dict[str, Any]
    recording: bool


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("docker-note")
    group.addoption("--engine", default=labs.DEFAULT, help="the engine that pages run on (default: %(default)s)")
    group.addoption("--record", action="store_true", help="rewrite the samples whose shape no longer fits")


def pytest_configure(config: pytest.Config) -> None:
    # One wrong page must not keep the others from running.
    config.option.continue_on_collection_errors = True
    names = [declared.name for declared in labs.declared_engines()]
    if config.option.engine not in names:
        raise pytest.UsageError(f"unknown engine `{config.option.engine}`; known, oldest first: {', '.join(names)}")
    if worker := getattr(config, "workerinput", None):
        config.stash[_SETUP] = Setup(**json.loads(worker["docker_note"]))
        return
    config.stash[_TALLY] = report.Tally(config)
    config.pluginmanager.register(config.stash[_TALLY])


def pytest_sessionstart(session: pytest.Session) -> None:
    """Finds or starts what the whole run shares, in the one process that collects nothing or everything."""
    config = session.config
    if _SETUP in config.stash or config.option.collectonly:
        return
    resources = ExitStack()
    config.add_cleanup(resources.close)
    terminal = config.pluginmanager.getplugin("terminalreporter")
    run = secrets.token_hex(4)

    def say(line: str) -> None:
        terminal.write_line(line)
        terminal.flush()

    try:
        environment = resources.enter_context(engine.outer_engine(say))
        client = engine.connect(environment)
        resources.callback(client.close)
        chosen = labs.find(config.option.engine)
        images = {machine: labs.build_lab_image(client, chosen, machine, say) for machine in pages.MACHINES}
        shared = resources.enter_context(mirror.mirror(client, run, say))
    except labs.LabError as error:
        say(str(error))
        config.stash[_TALLY].write_summary()
        pytest.exit("no page was run", returncode=report.EXIT_BROKEN)
    config.stash[_TALLY].lane = shared.lane
    config.stash[_SETUP] = Setup(run, chosen.name, environment, images, asdict(shared), config.option.record)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hands what the run shares to an xdist worker."""
    node.workerinput["docker_note"] = json.dumps(asdict(node.config.stash[_SETUP]))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.is_relative_to(parent.config.rootpath / "snippets"):
        return SnippetFile.from_parent(parent, path=file_path)
    return PageFile.from_parent(parent, path=file_path) if file_path.suffix == ".md" else None


class Differs(Exception):
    """A block ran, and what it printed has another shape than its sample."""


class Broken(Exception):
    """A block could not be judged."""


class SnippetFile(pytest.File):
    """A file in snippets/: it runs with the pages that show it; here it only has to be shown by one."""

    def collect(self) -> Iterable[pytest.Item]:
        if problems := pages.check_snippet(self.path, self.config.rootpath):
            raise self.CollectError("\n".join(map(str, problems)))
        return []


class PageFile(pytest.File):
    """A page: a program that runs in one fresh lab."""

    run: PageRun

    def collect(self) -> Iterator["BlockItem"]:
        names = [declared.name for declared in labs.declared_engines()]
        try:
            self.page = pages.read(self.path, self.config.rootpath, names)
        except pages.PageError as error:
            raise self.CollectError(str(error)) from None
        taken: Counter[str] = Counter()
        for number, block in enumerate(self.page.blocks):
            name = Path(block.snippet).name or f"line {block.line}"
            taken[name] += 1
            name += f" ({taken[name]})" if taken[name] > 1 else ""
            yield BlockItem.from_parent(self, name=name, number=number)

    def setup(self) -> None:
        setup = self.config.stash[_SETUP]
        names = [declared.name for declared in labs.declared_engines()]

        def open_lab(machine: str) -> AbstractContextManager[labs.Lab]:
            client = engine.connect(setup.environment)
            self.addfinalizer(client.close)
            shared, image = mirror.Mirror(**setup.mirror), setup.images[machine]
            return labs.lab(client, labs.find(setup.engine), image, shared, setup.run)

        lane = setup.mirror["lane"]
        self.run = PageRun(
            self.page, self.config.rootpath, setup.engine, names, lane, open_lab, recording=setup.recording
        )
        self.addfinalizer(self.run.close)


class BlockItem(pytest.Item):
    """A block of a page; to run it, the blocks before it are run as well."""

    parent: PageFile

    def __init__(self, *, number: int, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.number = number

    def runtest(self) -> None:
        fact = self.parent.run.run(self.number)
        page = self.parent.run.fact
        self.user_properties.append((report.PROPERTY, report.told(page, fact)))
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
        return self.path, line - 1, f"{self.parent.name}: {self.name}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What could not be judged is an error to pytest and to JUnit, as a failing set-up is; only drift is a failure."""
    told = yield
    if call.excinfo and call.excinfo.errisinstance(Broken):
        told.when = "setup"
    return told
