"""Turns the evidence of a night, and what the night before said, into what drifted and what was repaired since.

A drift is a step of a page whose output has another shape, with the engines on which it has.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from harness.evidence import facts
from harness.evidence.differences import step_side_by_side
from harness.evidence.facts import BlockFact, Outcome, PageFact, StepFact
from harness.evidence.summary import Summary
from harness.night import flood
from harness.night.causes import cause_of, causes
from harness.night.findings import NO_NIGHT, Drift, EngineDrift, InOrder, Night
from harness.night.history import ExampleName, History
from harness.night.unjudged import PageProblems, unjudged

_DriftOnEngine = tuple[Drift, str]  # and the engine's name
_NOTHING_KNOWN = History()


@dataclass(frozen=True)
class Tonight:
    """What a night has seen, before it is compared with the one before."""

    date: str  # when it began; ISO 8601, UTC
    evidence: Sequence[PageFact]  # of its pages
    summary: Summary
    pages: PageProblems  # all that there are: one that is gone closes its drifts
    samples: Mapping[str, str] = field(
        default_factory=dict
    )  # the texts of the files that were judged, where still there
    course: Sequence[PageFact] = ()  # the evidence of all pages in order on one machine
    engines: Sequence[str] = ()  # that the night was meant to be on; where empty, those that it was on
    resting: Sequence[str] = ()  # that it was not on, and another night of the week is


def compare(
    tonight: Tonight,
    last: Night = NO_NIGHT,
    history: History = _NOTHING_KNOWN,
    expected: Mapping[str, str] = {},
) -> Night:
    """What a night says, after `last`. `history` goes up to this night; `expected` says of causes why they may stay."""
    evidence = _in_order_of_age(tonight.evidence, tonight.summary.engines)
    found = _drifts(evidence, _first_seen(last), tonight.samples, history, expected)
    now = {(drift.key, engine) for drift, engine in _on_engines(found)}
    ran = {(page.page, page.engine): page for page in evidence}

    def is_unseen(drift: Drift, engine: str) -> bool:
        return (drift.key, engine) not in now

    def is_open(drift: Drift, engine: str) -> bool:
        return drift.page in tonight.pages and _is_open(drift, ran.get((drift.page, engine)))

    def is_expected(drift: Drift, engine: str) -> bool:
        return drift.engines[engine].cause in expected

    open_before = [*last.drifts, *last.pending]
    gone = [pair for pair in _on_engines(open_before) if is_unseen(*pair)]
    pending = _known(pair for pair in gone if is_open(*pair))
    drifts = _grouped((drift, name) for drift, name in _on_engines(found) if not drift.engines[name].reason)
    excused = [(drift, name) for drift, name in _on_engines(found) if drift.engines[name].reason]
    unseen = [pair for pair in _on_engines(last.expected) if is_unseen(*pair) and is_open(*pair)]
    may_stay = _grouped(pair for pair in [*excused, *unseen] if is_expected(*pair))
    wrong = unjudged(evidence, tonight.pages, tonight.engines or tonight.summary.engines)
    is_whole = not wrong and None not in tonight.pages.values()
    run_on = dict(Counter(page.engine for page in evidence))
    held_back = flood.held_back(drifts, pending, run_on, last)
    over = [last.flood] if last.flood and not held_back else []
    return Night(
        tonight.date,
        last.date,
        tonight.summary,
        drifts,
        repaired=_known(pair for pair in gone if not is_open(*pair)),
        pending=pending,
        expected=may_stay,
        flaky=_grouped(pair for pair in excused if not is_expected(*pair)),
        unjudged=wrong,
        course=[row for page in tonight.course for row in _in_order(page)],
        releases=history.releases(),
        pages=run_on,
        held_back=held_back,
        flood=(last.flood or _key(tonight.date)) if held_back else "",
        resting=[*tonight.resting],
        stale=sorted(expected.keys() - _causes([*may_stay, *pending])) if is_whole else [],
        closed=[*sorted(_causes(open_before) - _causes([*drifts, *pending])), *over],
    )


def unreported(evidence: Sequence[PageFact]) -> Night:
    """What runs saw that belonged to no night, as a night: dated by the newest of them, compared with none."""
    date = max((page.started for page in evidence), default="1970-01-01T00:00:00+00:00")
    return compare(Tonight(date, evidence, Summary(Counter(), [], None), {}))


def _in_order_of_age(evidence: Sequence[PageFact], engines: Sequence[str]) -> list[PageFact]:
    """By page, and for each the engines oldest first; those that are not among `engines` come last."""
    age = {engine: number for number, engine in enumerate(engines)}
    return sorted(evidence, key=lambda page: (page.page, age.get(page.engine, len(age))))


# -- drift


def _drifts(
    evidence: Sequence[PageFact],
    since: Mapping[tuple[str, str], str],
    samples: Mapping[str, str],
    history: History,
    expected: Mapping[str, str],
) -> list[Drift]:
    """`since` says when a drift, by its key and engine, was first seen."""
    found: dict[str, Drift] = {}
    for page in evidence:
        for block, step in page.steps():
            if step.outcome is Outcome.DIFFERS:
                key = _key(page.page, block.snippet, step.command)
                drift = Drift(key, page.page, block.line, block.snippet, step.command, {})
                seen = _on_engine(page, block, step, samples, since.get((key, page.engine), ""))
                example = ExampleName(page.page, block.snippet, page.engine)
                found.setdefault(key, drift).engines[page.engine] = _with_history(seen, example, history, expected)
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
        cause=cause_of(page, step),
        blocked=sum(other.outcome is Outcome.BLOCKED for _, other in page.steps()),
    )


def _with_history(
    seen: EngineDrift, example: ExampleName, history: History, expected: Mapping[str, str]
) -> EngineDrift:
    """With what is known of its example from earlier nights, and what is said of its cause."""
    streak, flips = history.streak(example), history.flips(example)
    if streak and streak.before:
        seen = replace(seen, held=streak.before.last, held_on=streak.before.version)
    if seen.cause in expected:
        return replace(seen, reason=expected[seen.cause])
    if flips.are_flaky:
        words = f"judged otherwise {flips.flips} times in {flips.nights} nights, with nothing changed"
        return replace(seen, reason=words)
    return seen


# -- what was known before


def _first_seen(last: Night) -> dict[tuple[str, str], str]:
    """When each drift that is known from before, by its key and engine, was first seen."""
    known = [*last.drifts, *last.pending, *last.expected, *last.flaky]
    return {(drift.key, name): drift.engines[name].first_seen for drift, name in _on_engines(known)}


def _on_engines(drifts: Iterable[Drift]) -> list[_DriftOnEngine]:
    return [(drift, engine) for drift in drifts for engine in drift.engines]


def _is_open(drift: Drift, page: PageFact | None) -> bool:
    """Whether this night could not say that the drift is repaired. `page` is its page on that engine, if it ran."""
    if not page:
        return True
    same = (drift.snippet, drift.command)
    outcomes = {step.outcome for block, step in page.steps() if (block.snippet, step.command) == same}
    return bool(outcomes & {Outcome.BROKEN, Outcome.BLOCKED})


def _grouped(pairs: Iterable[_DriftOnEngine]) -> list[Drift]:
    """The drifts, each on those of its engines that it is paired with."""
    found: dict[str, Drift] = {}
    for drift, engine in pairs:
        found.setdefault(drift.key, replace(drift, engines={})).engines[engine] = drift.engines[engine]
    return list(found.values())


def _known(pairs: Iterable[_DriftOnEngine]) -> list[Drift]:
    """The same, where they are from earlier nights."""
    drifts = _grouped(pairs)
    old = [{name: replace(seen, new=False) for name, seen in drift.engines.items()} for drift in drifts]
    return [replace(drift, engines=engines) for drift, engines in zip(drifts, old, strict=True)]


def _causes(drifts: Sequence[Drift]) -> set[str]:
    return {cause.key for cause in causes(drifts)}


# -- in order, on one machine


def _in_order(page: PageFact) -> Iterator[InOrder]:
    for block, step in page.steps():
        if step.outcome in (Outcome.DIFFERS, Outcome.BROKEN):
            first = next((difference.text for difference in step.differences), "")
            reason = "; ".join(text for text in (first, step.reason) if text)
            yield InOrder(page.page, block.line, step.command, page.engine, step.outcome, reason)
    if page.left:
        yield InOrder(page.page, 0, "", page.engine, None, f"leaves behind: {', '.join(page.left)}")
