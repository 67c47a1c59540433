"""Runs the pages of a night with pytest, and once more those that broke, for the command line of the night."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.evidence import files
from harness.evidence.facts import Outcome, PageFact
from harness.evidence.files import COURSE, EvidenceError
from harness.night import junit
from harness.night.merge import DURATIONS, JUNIT, has_durations, summarise
from harness.project import write

_AGAIN = "junit-again.xml"  # the report of what was run once more, until it is part of junit.xml
_SUMMARY = "summary.json"
_NOT_IN_A_COURSE = ("--engine", "--numprocesses", "--maxprocesses", "--dist", "--junit-xml")  # one machine, one process


class NotBegun(Exception):
    """Pytest ended before the run began; `status` is how."""

    def __init__(self, status: int) -> None:
        super().__init__(f"pytest ended with {status} and left no summary")
        self.status = status


@dataclass(frozen=True)
class Runs:
    """The runs of one night, since `began` (ISO 8601, UTC), in the project at `root`, with these options of pytest."""

    root: Path
    began: str
    options: Sequence[str]
    earlier: Mapping[Path, tuple[int, int]] = field(init=False)  # the evidence that was there before, by its stamps

    def __post_init__(self) -> None:
        stamps = {path: files.stamp(path) for path in self.folder.rglob("*.json")}
        object.__setattr__(self, "earlier", stamps)

    @property
    def folder(self) -> Path:
        """Where they leave their evidence."""
        return self.root / "build" / "evidence"

    def run(self, pages: Sequence[str]) -> list[PageFact]:
        """Runs pages, named as pytest takes them, and those that broke once more: what was seen of them. NotBegun."""
        for name in (_SUMMARY, JUNIT, _AGAIN):
            (self.folder / name).unlink(missing_ok=True)
        known = f"--durations-path={self._known_durations()}"
        status = self._pytest(*self.options, known, *pages)
        if not (self.folder / _SUMMARY).exists():
            raise NotBegun(status or pytest.ExitCode.INTERNAL_ERROR)
        summary = files.read_summary(self.folder)
        evidence = self.evidence(self.folder)
        if again := retries(evidence):
            self._run_again(again)
            evidence = self.evidence(self.folder)
        summarise(self.folder, evidence, summary.engines, summary.lane)
        return evidence

    def run_course(self) -> None:
        """All pages in order on one machine, on the default engine; the night's summary stays that of its pages."""
        options = [option for option in self.options if not option.startswith(_NOT_IN_A_COURSE)]
        kept = (self.folder / _SUMMARY).read_text("utf-8")
        print("in order, on one machine", flush=True)
        self._pytest(*options, f"--junit-xml={self.folder / COURSE / JUNIT}", "--course", "docs", "snippets")
        write(self.folder / _SUMMARY, kept)

    def evidence(self, folder: Path) -> list[PageFact]:
        """The evidence in `folder` of pages that ran tonight; that of others was there before."""
        return [page for page in files.load(folder, print) if not self._is_earlier(files.page_path(folder, page))]

    def _is_earlier(self, path: Path) -> bool:
        return self.earlier.get(path) == files.stamp(path)

    def _known_durations(self) -> Path:
        """The file that says how long pages took the night before; one that can't be read is put aside."""
        path = self.folder.with_name("last-night") / DURATIONS
        try:
            has_durations(path)
        except EvidenceError as error:
            print(f"not known how long pages take: {error}", flush=True)
            path.replace(path.with_suffix(".refused"))
        return path

    def _run_again(self, pages: Sequence[str]) -> None:
        print(f"once more, in fresh labs: {', '.join(pages)}", flush=True)
        first, again = self.folder / JUNIT, self.folder / _AGAIN
        self._pytest(*self.options, f"--junit-xml={again}", *pages)
        if first.exists() and again.exists():
            junit.replace_cases(first, again)
        again.unlink(missing_ok=True)

    def _pytest(self, *arguments: str) -> int:
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=self.root, check=False).returncode


def retries(evidence: Sequence[PageFact]) -> list[str]:
    """The pages to run once more, as pytest names them: broken, and without a drift on the same engine."""
    outcomes = [(page, {step.outcome for _, step in page.steps()}) for page in evidence]
    return [
        f"{page.page}::{page.engine}"
        for page, seen in outcomes
        if Outcome.BROKEN in seen and Outcome.DIFFERS not in seen
    ]
