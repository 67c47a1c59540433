"""Turns the evidence of a night, and what the night before said, into what drifted, what was repaired since, and what
could not be judged: for people (markdown.py) and machines (night.json).

A drift is a step of a page whose output has another shape, with the engines on which it has.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from harness.evidence import facts
from harness.evidence.differences import of_step
from harness.evidence.facts import EXIT_BROKEN, EXIT_DIFFERS, EXIT_WRONG_PAGES, Outcome
from harness.shapes import printable

SCHEMA = 1
_TITLE = 100  # characters of a drift's title

Fact = Mapping[str, Any]  # of a page, a block or a step, as evidence.py writes it


@dataclass(frozen=True)
class Seen:
    """A drift on one engine."""

    first_seen: str  # ISO 8601, UTC
    new: bool  # not seen the night before
    version: str
    file: str  # that was judged: the snippet's, or its variant's
    line: int  # of the first difference in it
    differences: Sequence[str]
    shown: str  # the sample beside what was printed


@dataclass(frozen=True)
class Drift:
    """A step that drifted. `key` is the same as long as the page, the snippet and the command are."""

    key: str
    page: str
    line: int  # of the block's fence on the page
    snippet: str
    command: str
    engines: dict[str, Seen]

    @property
    def title(self) -> str:
        """One line of plain text that names it, and only it."""
        return printable(f"[{self.key}] {self.page}: {' '.join(self.command.split())}")[:_TITLE]


@dataclass(frozen=True)
class Unjudged:
    """What could not be judged. Without a command it is a whole page, without a page all of them."""

    page: str
    line: int
    command: str
    engines: list[str]
    reason: str
    wrong: bool = False  # the page, as it is written


@dataclass(frozen=True)
class InOrder:
    """What a reader meets who does all pages in order on one machine: a step that doesn't come out, or what a page
    leaves there. `outcome` is differs or broken, or empty for a page that leaves things.
    """

    page: str
    line: int
    command: str
    engine: str
    outcome: str
    told: str


@dataclass(frozen=True)
class Night:
    """What one night found out."""

    date: str  # ISO 8601, UTC
    before: str  # the date of the night it is compared with; empty where there is none
    summary: Mapping[str, Any]  # as in summary.json
    drifts: Sequence[Drift] = ()
    repaired: Sequence[Drift] = ()  # on the engines where they are
    pending: Sequence[Drift] = ()  # known from before, and not judged in this night
    unjudged: Sequence[Unjudged] = ()
    course: Sequence[InOrder] = ()

    @property
    def status(self) -> int:
        """The exit status, as of a run: 0, 1 something drifted, 2 a page is wrong, 6 something could not be judged."""
        outcomes = {row.outcome for row in self.course}
        if self.drifts or Outcome.DIFFERS in outcomes:
            return EXIT_DIFFERS
        if any(row.wrong for row in self.unjudged) or "" in outcomes:
            return EXIT_WRONG_PAGES
        return EXIT_BROKEN if self.unjudged or outcomes else 0

    @property
    def closed(self) -> list[str]:
        """The keys of the drifts that are repaired on every engine that they were seen on."""
        still = {drift.key for drift in (*self.drifts, *self.pending)}
        return sorted({drift.key for drift in self.repaired} - still)


def compare(
    evidence: Sequence[Fact],
    summary: Mapping[str, Any],
    pages: Mapping[str, str | None],
    samples: Mapping[str, str],
    last: Night | None,
    date: str,
    course: Sequence[Fact] = (),
) -> Night:
    """What the night's evidence says.

    `evidence` are the evidence of its pages, `summary` its summary.json, whose engines are in order of age. `pages` are
    all there are, each with what is wrong with it as it is written, or "", or None where it need not have been run in
    this night. `samples` are the texts of the
    files that were judged; a difference is shown beside its sample where that is still there. `course` is the evidence
    of all pages in order on one machine.
    """
    age = {engine: number for number, engine in enumerate(summary["engines"])}
    evidence = sorted(evidence, key=lambda fact: (fact["page"], age.get(fact["engine"], len(age))))
    known = [*last.drifts, *last.pending] if last else []
    since = {(drift.key, engine): seen.first_seen for drift in known for engine, seen in drift.engines.items()}
    drifts = _drifts(evidence, since, samples)
    now = {(drift.key, engine) for drift in drifts for engine in drift.engines}
    left = [(drift, engine) for drift in known for engine in drift.engines if (drift.key, engine) not in now]
    ran = {(fact["page"], fact["engine"]): fact for fact in evidence}
    pending = [pair for pair in left if pair[0].page in pages and _is_open(pair[0], ran.get((pair[0].page, pair[1])))]
    return Night(
        date,
        last.date if last else "",
        summary,
        drifts,
        repaired=_grouped([pair for pair in left if pair not in pending]),
        pending=_grouped(pending),
        unjudged=_unjudged(evidence, pages, summary["engines"]),
        course=[row for fact in course for row in _in_order(fact)],
    )


def retries(evidence: Sequence[Fact]) -> list[str]:
    """The pages to run once more, as pytest names them: broken, and without a drift on the same engine."""
    outcomes = [(fact, {step["outcome"] for _, step in _steps(fact)}) for fact in evidence]
    return [
        f"{fact['page']}::{fact['engine']}"
        for fact, seen in outcomes
        if Outcome.BROKEN in seen and Outcome.DIFFERS not in seen
    ]


def count(evidence: Sequence[Fact]) -> Counter[str]:
    """The steps by outcome, as a run counts them: a file that is written is no step."""
    return Counter(step["outcome"] for fact in evidence for block, step in _steps(fact) if block["kind"] != "file")


def to_json(night: Night) -> dict[str, Any]:
    """The night as night.json holds it."""
    return {"schema": SCHEMA, "status": night.status, "closed": night.closed, **asdict(night)}


def from_json(written: Any) -> Night | None:
    """The night that to_json wrote; None where the schema is another."""
    if not isinstance(written, dict) or written.get("schema") != SCHEMA:
        return None
    lists = {name: [_drift(row) for row in written[name]] for name in ("drifts", "repaired", "pending")}
    unjudged = [Unjudged(**row) for row in written["unjudged"]]
    course = [InOrder(**row) for row in written.get("course", [])]
    return Night(written["date"], written["before"], written["summary"], **lists, unjudged=unjudged, course=course)


def _drift(row: Mapping[str, Any]) -> Drift:
    engines = {engine: Seen(**seen) for engine, seen in row["engines"].items()}
    return Drift(**{field.name: row[field.name] for field in fields(Drift)} | {"engines": engines})


def _steps(fact: Fact) -> Iterator[tuple[Fact, Fact]]:
    for block in fact["blocks"]:
        for step in block["steps"]:
            yield block, step


# -- drift


def _drifts(evidence: Sequence[Fact], since: Mapping[tuple[str, str], str], samples: Mapping[str, str]) -> list[Drift]:
    found: dict[str, Drift] = {}
    for fact in evidence:
        for block, step in _steps(fact):
            if step["outcome"] == Outcome.DIFFERS:
                key = _key(fact["page"], block["snippet"], step["command"])
                drift = Drift(key, fact["page"], block["line"], block["snippet"], step["command"], {})
                seen = _seen(fact, block, step, samples, since.get((key, fact["engine"]), ""))
                found.setdefault(key, drift).engines[fact["engine"]] = seen
    return list(found.values())


def _key(*names: str) -> str:
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _seen(fact: Fact, block: Fact, step: Fact, samples: Mapping[str, str], first_seen: str) -> Seen:
    sample = samples.get(block["file"], "")
    return Seen(
        first_seen=first_seen or fact["started"],
        new=not first_seen,
        version=fact["version"],
        file=block["file"],
        line=min((difference["line"] for difference in step["differences"]), default=step["line"]),
        differences=[difference["text"] for difference in step["differences"]],
        shown=of_step(step, colour=False) if facts.digest(sample) == block["sha256"] else "",
    )


# -- what was known before


def _is_open(drift: Drift, fact: Fact | None) -> bool:
    """Whether this night could not say that the drift is repaired. `fact` is the page's on that engine, if it ran."""
    if not fact:
        return True
    same = (drift.snippet, drift.command)
    outcomes = {step["outcome"] for block, step in _steps(fact) if (block["snippet"], step["command"]) == same}
    return bool(outcomes & {Outcome.BROKEN, Outcome.BLOCKED})


def _grouped(pairs: Sequence[tuple[Drift, str]]) -> list[Drift]:
    found: dict[str, Drift] = {}
    for drift, engine in pairs:
        seen = replace(drift.engines[engine], new=False)
        found.setdefault(drift.key, replace(drift, engines={})).engines[engine] = seen
    return list(found.values())


# -- what could not be judged

_Row = tuple[str, int, str, str]  # page, line, command, reason


def _unjudged(evidence: Sequence[Fact], pages: Mapping[str, str | None], engines: Sequence[str]) -> list[Unjudged]:
    rows: dict[_Row, list[str]] = {}
    for engine, row in [*_broken(evidence), *_missing(evidence, pages, engines)]:
        rows.setdefault(row, []).append(engine)
    return [
        Unjudged(page, line, command, names, reason, wrong=bool(pages.get(page)))
        for (page, line, command, reason), names in rows.items()
    ]


def _broken(evidence: Sequence[Fact]) -> Iterator[tuple[str, _Row]]:
    for fact in evidence:
        for block, step in _steps(fact):
            if step["outcome"] == Outcome.BROKEN:
                yield fact["engine"], (fact["page"], block["line"], step["command"], step["reason"])


def _missing(
    evidence: Sequence[Fact], pages: Mapping[str, str | None], engines: Sequence[str]
) -> Iterator[tuple[str, _Row]]:
    """The pages without evidence: wrong ones, and those that a run did not get to."""
    ran = {(fact["page"], fact["engine"]) for fact in evidence}
    for engine in engines:
        silent = all(engine != other for _, other in ran)
        if silent and "" in pages.values():
            yield engine, ("", 0, "", "no page was run to its end; the log of the run says why")
        for page, problem in pages.items():
            if problem:
                yield engine, (page, 0, "", problem)
            elif problem is not None and not silent and (page, engine) not in ran:
                yield engine, (page, 0, "", "was not run to its end; the log of the run says why")


# -- in order, on one machine


def _in_order(fact: Fact) -> Iterator[InOrder]:
    for block, step in _steps(fact):
        if step["outcome"] in (Outcome.DIFFERS, Outcome.BROKEN):
            first = next((difference["text"] for difference in step["differences"]), "")
            told = "; ".join(text for text in (first, step["reason"]) if text)
            yield InOrder(fact["page"], block["line"], step["command"], fact["engine"], step["outcome"], told)
    if fact["left"]:
        yield InOrder(fact["page"], 0, "", fact["engine"], "", f"leaves behind: {', '.join(fact['left'])}")
