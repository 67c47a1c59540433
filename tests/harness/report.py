"""Turns what became of a block into words for a contributor, and a whole run into its counts and exit status."""

import json
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from harness.claims.characters import visible
from harness.claims.record import UNWRITABLE
from harness.evidence import files
from harness.evidence.differences import step_side_by_side
from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.summary import ExitStatus, Summary
from harness.judge import PROMPT
from harness.lab.host import Thing

PROPERTY = "docker_note"
WRITTEN = "docker_note_written"
WRONG_PAGE = "docker_note_wrong_page"  # a page that is written wrongly, as is only seen when it has run
_OUTPUT = "output"  # the row with escapes of ours, for its colours; all else in it has a sign already
_MOST = 5  # differences in words beside the first; the output shows all

_LEAVE = (
    'that shell still waits: show its `exit` there, or give what follows a terminal of its own (title="…"); '
    "`record` rewrites outputs only"
)

_Rows = list[tuple[str, str]]  # a name and its text


def block_property(page: PageFact, block: BlockFact) -> str:
    """What the tally wants to know of a block when its run is over, as one string, to travel with its pytest report.

    Its counts, why it is unchecked, how it differs in colour.
    """
    where = f"{page.page}:{block.line}: {block.snippet or 'reading'}"
    reasons = [step.reason for step in block.steps if step.outcome is Outcome.UNCHECKED]
    return json.dumps(
        {
            "counts": block.count(),
            "unchecked": [f"{where}: {reason}" for reason in reasons[:1]],
            "coloured": explain(page, block, colour=True) if block.outcome is Outcome.DIFFERS else "",
        }
    )


def written_property(written: Mapping[Path, str]) -> str:
    """The files that a page's new samples were written into, each with how it differs now; to travel likewise."""
    return json.dumps({str(file): changed for file, changed in written.items()})


def explain(page: PageFact, block: BlockFact, *, colour: bool = False) -> str:
    """Why a block differs or is broken: a first line that stands alone, then what was typed, said and printed."""
    step = next(step for step in block.steps if step.outcome in (Outcome.DIFFERS, Outcome.BROKEN))
    rows = [("page", f"{page.page}:{block.line}"), ("engine", page.engine), ("command", step.command)]
    rows += [("typed", step.typed)] if step.typed not in ("", step.command) else []
    if step.outcome is Outcome.BROKEN:
        command = step.command.partition("\n")[0]
        first = f"{block.file}:{step.line}: `{command}` could not be judged: {step.reason}"
        return _table(first, [*rows, ("printed", step.actual)])
    first, *others = _what_differs(block, step)
    also = [("also", other) for other in others]
    output = (_OUTPUT, step_side_by_side(step, colour=colour))
    return _table(first, [*also, *rows, output, *_ways_out(page, step)])


def _what_differs(block: BlockFact, step: StepFact) -> list[str]:
    """How the step differs, in words; before that, of which outputs of the block no sample could be recorded."""
    differences = [f"{block.file}:{one.line}: {one.text}" for one in step.differences][: _MOST + 1]
    return [f"{block.file}:{one.line}: {one.reason}" for one in block.steps if _is_unwritable(one)] + differences


def _is_unwritable(step: StepFact) -> bool:
    return step.reason.startswith(UNWRITABLE)


def leaves(page: PageFact, left: Sequence[Thing], removal: str) -> str:
    """What a page leaves on the machine of its reader, and how it would be removed."""
    first = f"{page.page}: the page leaves behind: {', '.join(map(str, left))}"
    way_out = f"end the page with a block that removes it: {removal}"
    return _table(first, [("engine", page.engine), ("way out", way_out)])


def _ways_out(page: PageFact, step: StepFact) -> _Rows:
    if _is_unwritable(step):
        return []  # said in the first line
    if step.reason:  # in a course
        return [("leftover", step.reason), ("way out", "end the page that left it with a block that removes it")]
    if prompts := [one.difference for one in step.differences if one.difference.where == PROMPT]:
        is_left = prompts[0].expected in ("$", "#") and prompts[0].found not in ("$", "#")
        return [("way out", _LEAVE if is_left else "correct the prompt on the page: `record` rewrites outputs only")]
    record = f"nox -s record -- --engine {shlex.quote(page.engine)} {shlex.quote(page.page)}"
    return [("way out", f"correct the page, or `{record}`")]


def _table(first: str, rows: _Rows) -> str:
    shown = [(name, text if name == _OUTPUT else visible(text)) for name, text in rows]
    return "\n".join([visible(first), *(_row(name, text) for name, text in shown)])


def _row(name: str, text: str) -> str:
    """A name and its text in two columns, as far down as the text goes."""
    return "\n".join(f"  {name if index == 0 else '':9} {line}" for index, line in enumerate(text.split("\n")))


class Tally:
    """Counts a run's steps, says in the end what was not checked, and sets the run's exit status."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.engines: list[str] = []  # that the run is on
        self.counts: Counter[Outcome] = Counter()
        self.unchecked: list[str] = []
        self.written: dict[str, str] = {}  # file -> how it differs now
        self.coloured: list[tuple[pytest.TestReport, str]] = []
        self.wrong_pages = 0
        self.lane: Lane | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        properties = dict(report.user_properties)
        if report.when != "teardown" and isinstance(block := properties.get(PROPERTY), str):
            values = json.loads(block)
            self.counts += Counter({Outcome(name): number for name, number in values["counts"].items()})
            self.unchecked += values["unchecked"]
            if values["coloured"]:
                self.coloured.append((report, values["coloured"]))
        if isinstance(written := properties.get(WRITTEN), str):
            self.written |= json.loads(written)
        self.wrong_pages += report.when == "call" and WRONG_PAGE in properties

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.wrong_pages += report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            session.exitstatus = self._exit_status(exitstatus)
        if not self.write_summary():
            session.exitstatus = session.exitstatus or ExitStatus.BROKEN
        terminal = self.config.pluginmanager.getplugin("terminalreporter")
        if terminal.hasmarkup:
            # Only now: what goes into files, JUnit's for one, has no colour.
            for report, text in self.coloured:
                report.longrepr = text

    def write_summary(self) -> bool:
        """Writes build/evidence/summary.json, whatever became of the run; says so where it can't."""
        if self.config.option.collectonly:
            return True
        folder = self.config.rootpath / "build" / "evidence"
        try:
            files.write_summary(folder, Summary(self.counts, self.engines, self.lane))
        except OSError as error:
            terminal = self.config.pluginmanager.getplugin("terminalreporter")
            terminal.write_line(f"{folder / 'summary.json'} was not written: {error.strerror or error}")
            return False
        return True

    def _exit_status(self, exitstatus: int) -> int:
        if self.counts[Outcome.DIFFERS]:
            return ExitStatus.DIFFERS
        if self.wrong_pages:
            return ExitStatus.WRONG_PAGES
        return ExitStatus.BROKEN if exitstatus else exitstatus

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for line in dict.fromkeys(self.unchecked):  # each once, however many engines
            terminalreporter.write_line(f"unchecked: {line}")
        for file, changed in self.written.items():
            terminalreporter.write_line(f"rewritten: {file}")
            for line in changed.split("\n"):
                colours = {"red": line.startswith("-"), "green": line.startswith("+")}
                terminalreporter.write_line(f"  {visible(line)}", **colours)
        counts = ", ".join(f"{self.counts[outcome]} {outcome}" for outcome in Outcome)
        terminalreporter.write_line(f"steps: {counts} (engine {', '.join(self.engines)}; lane {self.lane or ''})")
