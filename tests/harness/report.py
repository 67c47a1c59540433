"""Turns what became of a block into words for a contributor, and a whole run into its counts and exit status."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pytest

from harness.evidence import facts
from harness.evidence.differences import of_step
from harness.evidence.facts import EXIT_BROKEN, EXIT_DIFFERS, EXIT_WRONG_PAGES, BlockFact, Outcome, PageFact
from harness.lab.host import Thing

PROPERTY = "docker_note"
WRONG_PAGE = "docker_note_wrong_page"  # a page that is written wrongly, as is only seen when it has run
_MOST = 5  # differences that are told in words beside the first; the output shows all


def told(page: PageFact, fact: BlockFact, rewritten: str = "") -> str:
    """What is said of a block when its run is over, as one string, to travel with its pytest report.

    Its counts (a written file is no step), why it is unchecked, how it differs in colour; `rewritten` is the file that
    its new samples go into, where it has any.
    """
    reasons = [step.reason for step in fact.steps if step.outcome is Outcome.UNCHECKED]
    return json.dumps(
        {
            "counts": Counter(str(step.outcome) for step in fact.steps if fact.kind != "file"),
            "unchecked": [f"{page.page}:{fact.line}: {fact.snippet or 'reading'}: {reason}" for reason in reasons[:1]],
            "coloured": explain(page, fact, colour=True) if fact.outcome is Outcome.DIFFERS else "",
            "rewritten": rewritten,
        }
    )


def explain(page: PageFact, fact: BlockFact, *, colour: bool = False) -> str:
    """Why a block differs or is broken: a first line that stands alone, then what was typed, said and printed."""
    step = next(step for step in fact.steps if step.outcome in (Outcome.DIFFERS, Outcome.BROKEN))
    rows = [("page", f"{page.page}:{fact.line}"), ("engine", page.engine), ("command", step.command)]
    rows += [("typed", step.typed)] if step.typed not in ("", step.command) else []
    if step.outcome is Outcome.BROKEN:
        command = step.command.partition("\n")[0]
        first = f"{fact.file}:{step.line}: `{command}` could not be judged: {step.reason}"
        return _told(first, [*rows, ("printed", step.actual)])
    first, *others = [f"{fact.file}:{difference['line']}: {difference['text']}" for difference in step.differences]
    rows = [*(("also", other) for other in others[:_MOST]), *rows, ("output", of_step(asdict(step), colour=colour))]
    correct = f"correct the page, or `nox -s record -- --engine {page.engine} {page.page}`"
    if step.reason:  # in a course
        rows.append(("leftover", step.reason))
        correct = "end the page that left it with a block that removes it"
    rows.append(("way out", correct))
    return _told(first, rows)


def leaves(page: PageFact, left: Sequence[Thing], removal: str) -> str:
    """What a page leaves on the machine of its reader, and how it would be removed."""
    first = f"{page.page}: the page leaves behind: {', '.join(map(str, left))}"
    return _told(first, [("engine", page.engine), ("way out", f"end the page with a block that removes it: {removal}")])


def _told(first: str, rows: list[tuple[str, str]]) -> str:
    return "\n".join([first, *(_row(name, text) for name, text in rows)])


def _row(name: str, text: str) -> str:
    """A name and its text in two columns, as far down as the text goes."""
    return "\n".join(f"  {name if index == 0 else '':9} {line}" for index, line in enumerate(text.split("\n")))


class Tally:
    """Counts a run's steps, says in the end what was not checked, and sets the run's exit status."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.engines: list[str] = []  # that the run is on
        self.counts: Counter[str] = Counter()
        self.unchecked: list[str] = []
        self.rewritten: list[str] = []
        self.coloured: list[tuple[pytest.TestReport, str]] = []
        self.wrong_pages = 0
        self.lane = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        properties = dict(report.user_properties)
        if report.when != "teardown" and isinstance(told := properties.get(PROPERTY), str):
            values = json.loads(told)
            self.counts.update(values["counts"])
            self.unchecked += values["unchecked"]
            self.rewritten += [values["rewritten"]] if values["rewritten"] else []
            if values["coloured"]:
                self.coloured.append((report, values["coloured"]))
        self.wrong_pages += report.when == "call" and WRONG_PAGE in properties

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.wrong_pages += report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            session.exitstatus = self._exit_status(exitstatus)
        self.write_summary()
        terminal = self.config.pluginmanager.getplugin("terminalreporter")
        if terminal.hasmarkup:
            # Only now: what goes into files, JUnit's for one, was told without colour.
            for report, text in self.coloured:
                report.longrepr = text

    def write_summary(self) -> None:
        """Writes build/evidence/summary.json, whatever became of the run."""
        if self.config.option.collectonly:
            return
        folder = self.config.rootpath / "build" / "evidence"
        facts.write_summary(folder, self.counts, self.engines, self.lane)

    def _exit_status(self, exitstatus: int) -> int:
        if self.counts[Outcome.DIFFERS]:
            return EXIT_DIFFERS
        if self.wrong_pages:
            return EXIT_WRONG_PAGES
        return EXIT_BROKEN if exitstatus else exitstatus

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for line in dict.fromkeys(self.unchecked):  # each once, however many engines
            terminalreporter.write_line(f"unchecked: {line}")
        for line in dict.fromkeys(self.rewritten):
            terminalreporter.write_line(f"rewritten: {line}")
        counts = ", ".join(f"{self.counts[outcome]} {outcome}" for outcome in Outcome)
        terminalreporter.write_line(f"steps: {counts} (engine {', '.join(self.engines)}; lane {self.lane})")
