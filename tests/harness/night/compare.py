"""Turns the evidence of a night, and what the night before said, into what drifted and what was repaired since.

A drift is a step of a page whose output has another shape, with the engines on which it has.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from harness.evidence import facts
from harness.evidence.differences import step_side_by_side
from harness.evidence.facts import BlockFact, Outcome, PageFact, StepFact
from harness.evidence.summary import Summary
from harness.night.findings import Drift, EngineDrift, InOrder, Night
from harness.night.unjudged import PageProblems, unjudged

_DriftOnEngine = tuple[Drift, str]  # and the engine's name


def compare(
    evidence: Sequence[PageFact],
    summary: Summary,
    pages: PageProblems,
    samples: Mapping[str, str],
    last: Night | None,
    date: str,
    course: Sequence[PageFact] = (),
) -> Night:
    """What the night's evidence says.

    `evidence` is that of the night's pages, `summary` its summary.json. `pages` are all there are: one that is gone
    closes its drifts. `samples` are the texts of the files that were judged; a difference is shown beside its sample
    where that is still there. `course` is the evidence of all pages in order on one machine.
    """
    evidence = _in_order_of_age(evidence, summary.engines)
    known = [*last.drifts, *last.pending] if last else []
    since = {(drift.key, engine): seen.first_seen for drift in known for engine, seen in drift.engines.items()}
    drifts = _drifts(evidence, since, samples)
    now = {(drift.key, engine) for drift in drifts for engine in drift.engines}
    gone = [(drift, engine) for drift in known for engine in drift.engines if (drift.key, engine) not in now]
    ran = {(page.page, page.engine): page for page in evidence}
    pending = [pair for pair in gone if pair[0].page in pages and _is_open(pair[0], ran.get((pair[0].page, pair[1])))]
    return Night(
        date,
        last.date if last else "",
        summary,
        drifts,
        repaired=_grouped([pair for pair in gone if pair not in pending]),
        pending=_grouped(pending),
        unjudged=unjudged(evidence, pages, summary.engines),
        course=[row for page in course for row in _in_order(page)],
    )


def unreported(evidence: Sequence[PageFact]) -> Night:
    """What runs saw that belonged to no night, as a night: dated by the newest of them, compared with none."""
    date = max((page.started for page in evidence), default="1970-01-01T00:00:00+00:00")
    return compare(evidence, Summary(Counter(), [], None), {}, {}, None, date)


def _in_order_of_age(evidence: Sequence[PageFact], engines: Sequence[str]) -> list[PageFact]:
    """By page, and for each the engines oldest first; those that are not among `engines` come last."""
    age = {engine: number for number, engine in enumerate(engines)}
    return sorted(evidence, key=lambda page: (page.page, age.get(page.engine, len(age))))


# -- drift


def _drifts(
    evidence: Sequence[PageFact], since: Mapping[tuple[str, str], str], samples: Mapping[str, str]
) -> list[Drift]:
    """`since` says when a drift, by its key and engine, was first seen."""
    found: dict[str, Drift] = {}
    for page in evidence:
        for block, step in page.steps():
            if step.outcome is Outcome.DIFFERS:
                key = _key(page.page, block.snippet, step.command)
                drift = Drift(key, page.page, block.line, block.snippet, step.command, {})
                seen = _on_engine(page, block, step, samples, since.get((key, page.engine), ""))
                found.setdefault(key, drift).engines[page.engine] = seen
    return list(found.values())


def _key(*names: str) -> str:
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _on_engine(
    page: PageFact, block: BlockFact, step: StepFact, samples: Mapping[str, str], first_seen: str
) -> EngineDrift:
    sample = samples.get(block.file, "")
    return EngineDrift(
        first_seen=first_seen or page.started,
        new=not first_seen,
        version=page.version,
        file=block.file,
        line=min((difference.line for difference in step.differences), default=step.line),
        differences=[difference.text for difference in step.differences],
        shown=step_side_by_side(step, colour=False) if facts.digest(sample) == block.sha256 else "",
    )


# -- what was known before


def _is_open(drift: Drift, page: PageFact | None) -> bool:
    """Whether this night could not say that the drift is repaired. `page` is its page on that engine, if it ran."""
    if not page:
        return True
    same = (drift.snippet, drift.command)
    outcomes = {step.outcome for block, step in page.steps() if (block.snippet, step.command) == same}
    return bool(outcomes & {Outcome.BROKEN, Outcome.BLOCKED})


def _grouped(pairs: Sequence[_DriftOnEngine]) -> list[Drift]:
    found: dict[str, Drift] = {}
    for drift, engine in pairs:
        seen = replace(drift.engines[engine], new=False)
        found.setdefault(drift.key, replace(drift, engines={})).engines[engine] = seen
    return list(found.values())


# -- in order, on one machine


def _in_order(page: PageFact) -> Iterator[InOrder]:
    for block, step in page.steps():
        if step.outcome in (Outcome.DIFFERS, Outcome.BROKEN):
            first = next((difference.text for difference in step.differences), "")
            reason = "; ".join(text for text in (first, step.reason) if text)
            yield InOrder(page.page, block.line, step.command, page.engine, step.outcome, reason)
    if page.left:
        yield InOrder(page.page, 0, "", page.engine, None, f"leaves behind: {', '.join(page.left)}")
