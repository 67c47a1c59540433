"""Turns the evidence of a night into what could not be judged in it: steps that broke, pages that were not run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from harness import faults
from harness.evidence.facts import Outcome, PageFact
from harness.night.findings import Unjudged

# All pages there are: what is wrong with each as it is written, or "", or None where it need not have been run.
PageProblems = Mapping[str, str | None]


class _Row(NamedTuple):
    page: str
    line: int
    command: str
    reason: str


_NOT_RUN = "was not run to its end; the log of the run says why"
_NO_PAGE = _Row("", 0, "", "no page was run to its end; the log of the run says why")


def unjudged(evidence: Sequence[PageFact], pages: PageProblems, engines: Sequence[str]) -> list[Unjudged]:
    """What could not be judged on the engines that the night was on, each once with all engines that it is true of."""
    rows: dict[_Row, list[str]] = {}
    for engine, row in [*_broken(evidence), *_missing(evidence, pages, engines)]:
        rows.setdefault(row, []).append(engine)
    found = []
    for row, names in rows.items():
        fault, of = faults.read(row.reason) or (None, "")
        wrong = bool(pages.get(row.page))
        found.append(Unjudged(row.page, row.line, row.command, names, row.reason, wrong, fault, of))
    return found


def _broken(evidence: Sequence[PageFact]) -> Iterator[tuple[str, _Row]]:
    for page in evidence:
        for block, step in page.steps():
            if step.outcome is Outcome.BROKEN:
                yield page.engine, _Row(page.page, block.line, step.command, step.reason)


def _missing(evidence: Sequence[PageFact], pages: PageProblems, engines: Sequence[str]) -> Iterator[tuple[str, _Row]]:
    """The pages without evidence: wrong ones, and those that a run did not get to."""
    ran = {(page.page, page.engine) for page in evidence}
    for engine in engines:
        silent = all(engine != other for _, other in ran)
        if silent and "" in pages.values():
            yield engine, _NO_PAGE
        for name, problem in pages.items():
            if problem:
                yield engine, _Row(name, 0, "", problem)
            elif problem is not None and not silent and (name, engine) not in ran:
                yield engine, _Row(name, 0, "", _NOT_RUN)
