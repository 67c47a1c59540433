"""Turns what a run saw into facts on disk, and finds them again for the site.

One JSON file per page and engine, one recording (asciicast v2) per block, one summary per run, under build/evidence/:

    build/evidence/summary.json
    build/evidence/28/docs/containers.json      the page's blocks, steps, outcomes
    build/evidence/28/docs/containers/1.cast    the terminal of its first block
    build/evidence/course/28/docs/...           the same of a course, where pages share a machine: no proof for the site
"""

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from harness.evidence import recordings
from harness.project import write

SCHEMA = 3
COURSE = "course"  # folder of the evidence of pages that shared a machine
EXIT_DIFFERS = 1  # of a run, and of a night
EXIT_WRONG_PAGES = 2  # pytest's own: collection failed
EXIT_BROKEN = 6  # nothing differs, but something could not be judged


class Outcome(StrEnum):
    """What became of a step, a block or a page."""

    PASSED = "passed"
    DIFFERS = "differs"  # ran, and its output has another shape: drift
    BROKEN = "broken"  # could not be judged: engine, network, registry, time-out
    BLOCKED = "blocked"  # not run: an earlier step of the page failed, so the state is unknown
    UNCHECKED = "unchecked"  # declared as not runnable here


# The outcome of a whole is the first of these that one of its parts has.
_WORST_FIRST = (Outcome.BROKEN, Outcome.DIFFERS, Outcome.BLOCKED, Outcome.UNCHECKED)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of a whole whose parts came out as `outcomes`."""
    seen = set(outcomes)
    return next((outcome for outcome in _WORST_FIRST if outcome in seen), Outcome.PASSED)


@dataclass(frozen=True)
class StepFact:
    """One step as it ran. `line` is 1-based in the sample's file; `status` None where it cannot be seen."""

    line: int
    command: str
    outcome: Outcome
    typed: str = ""  # the command with this run's ids
    status: int | None = None
    expected_status: int = 0
    sample: str = ""
    actual: str = ""
    differences: Sequence[dict[str, Any]] = ()  # `line` counts in the file, `in_sample` in the sample
    reason: str = ""  # why it is broken, blocked or unchecked


@dataclass(frozen=True)
class BlockFact:
    """One block of a page. `sha256` is of the text that was judged, by which the site finds it."""

    line: int  # of its fence on the page
    kind: str  # session, file (that the reader writes) or reading
    snippet: str
    file: str  # that was judged: the snippet's, its variant's, or the page itself
    sha256: str
    steps: Sequence[StepFact]
    outcome: Outcome
    reason: str = ""
    started: str = ""  # ISO 8601, UTC
    seconds: float = 0.0
    recording: str = ""  # the cast's path under the evidence folder


@dataclass
class PageFact:
    """One page on one engine."""

    page: str
    engine: str  # as declared: 28c
    version: str  # as it calls itself: 28.5.2+dfsg4
    lane: str  # hub, standin or rehearsal: where its images came from
    started: str
    images: dict[str, dict[str, Any]] = field(default_factory=dict)  # name -> digest, standin
    tools: dict[str, str] = field(default_factory=dict)  # compose, buildx -> their version, of those that are there
    blocks: list[BlockFact] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # in a course: what the page has left on the machine


def digest(text: str) -> str:
    """The sha256 by which a sample's text is known; the line end at its end doesn't count."""
    return hashlib.sha256(text.rstrip("\n").encode()).hexdigest()


def write_page(folder: Path, fact: PageFact) -> Path:
    """Writes a page's evidence under `folder`, whole or not at all."""
    path = folder / fact.engine / _page_name(fact.page).with_suffix(".json")
    write(path, json.dumps({"schema": SCHEMA, **dataclasses.asdict(fact)}, ensure_ascii=False, indent=1))
    return path


def write_recording(folder: Path, fact: PageFact, number: int, title: str, events: Sequence[tuple[float, str]]) -> str:
    """Writes block `number`'s recording; `events` are (seconds, what the terminal got). Returns its path there."""
    printed = "".join(text for _, text in events)
    header = {"version": 2, "width": recordings.columns(printed), "height": recordings.rows(printed), "title": title}
    start = events[0][0] if events else 0.0
    rows = [header, *([round(seconds - start, 6), "o", text] for seconds, text in events)]
    name = Path(fact.engine) / _page_name(fact.page).with_suffix("") / f"{number}.cast"
    write(folder / name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return name.as_posix()


def write_summary(folder: Path, counts: Counter[str], engines: Sequence[str], lane: str) -> None:
    """Writes summary.json: the run's steps by outcome, its engines and its lane."""
    summary = {str(outcome): counts[outcome] for outcome in Outcome} | {"engines": list(engines), "lane": lane}
    write(folder / "summary.json", json.dumps(summary))


def load(folder: Path) -> list[dict[str, Any]]:
    """The evidence of the site's pages; what another schema wrote, or a broken file, proves nothing."""
    facts = []
    for path in sorted(folder.glob("*/docs/**/*.json")):
        try:
            fact = json.loads(path.read_text("utf-8"))
        except ValueError:
            continue
        if isinstance(fact, dict) and fact.get("schema") == SCHEMA:
            facts.append(fact)
    return facts


def _page_name(page: str) -> Path:
    """A page's place under its engine's folder; a page from elsewhere on the disk keeps its whole path."""
    return Path(page.lstrip("/"))
