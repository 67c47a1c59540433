"""Turns what a run saw of a page into facts, and JSON back into them, for the runner, the site and the night."""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, Literal

from harness.evidence import checked
from harness.evidence.checked import (
    Date,
    DateOrNone,
    EngineName,
    FilePath,
    ImageName,
    RegistryDigest,
    Sha256,
    ToolName,
    Version,
)
from harness.lab.lanes import Lane as Lane
from harness.shapes.difference import Difference

SCHEMA = 4  # goes up whenever a field is added, renamed or removed: other evidence is then refused, not guessed at
ELSEWHERE = "_elsewhere"  # the folder of pages from elsewhere: theirs may be called docs/ too


class Outcome(StrEnum):
    """What became of a step, a block or a page."""

    PASSED = "passed"
    DIFFERS = "differs"  # ran, and its output has another shape: drift
    BROKEN = "broken"  # could not be judged: engine, network, registry, time-out
    BLOCKED = "blocked"  # not run: an earlier step of the page failed, so the state is unknown
    UNCHECKED = "unchecked"  # declared as not runnable here

    @property
    def is_judged(self) -> bool:
        """Whether the sample was compared with an output."""
        return self in (Outcome.PASSED, Outcome.DIFFERS)


# Drift comes first: it is certain, whatever else broke.
_WORST_FIRST = (Outcome.DIFFERS, Outcome.BROKEN, Outcome.BLOCKED, Outcome.UNCHECKED, Outcome.PASSED)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of a whole whose parts came out as `outcomes`; passed where it has none."""
    return min(outcomes, key=_WORST_FIRST.index, default=Outcome.PASSED)


@dataclass(frozen=True)
class DifferenceFact:
    """A difference, and where a person looks for it."""

    line: int  # of the file that was judged, 1-based; the difference's own line counts in the sample
    difference: Difference

    @property
    def text(self) -> str:
        """The difference in a contributor's words."""
        return str(self.difference)

    def __post_init__(self) -> None:
        if len(self.difference.bound) not in (0, 2):
            raise ValueError(f"bound: found {len(self.difference.bound)} things, expected two or none")


@dataclass(frozen=True)
class StepFact:
    """One step as it ran. `line` is 1-based in the sample's file; `status` None where it cannot be seen."""

    line: int
    command: str
    outcome: Outcome
    typed: str = ""  # the command with this run's ids
    status: int | None = None
    sample: str = ""
    actual: str = ""
    differences: Sequence[DifferenceFact] = field(default_factory=list)
    reason: str = ""  # why it is broken, blocked or unchecked; in a course also what may have been in its way


@dataclass(frozen=True)
class BlockFact:
    """One block of a page. `sha256` is of the text that was judged, by which the site finds it."""

    line: int  # of its fence on the page
    kind: Literal["session", "file", "reading"]  # file: that the reader writes
    snippet: FilePath
    file: FilePath  # that was judged: the snippet's, its variant's, or the page itself
    sha256: Sha256
    steps: Sequence[StepFact]
    outcome: Outcome
    started: DateOrNone = ""
    seconds: float = 0.0
    recording: FilePath = ""  # the cast's path under the evidence folder

    def count(self) -> Counter[Outcome]:
        """Its steps by outcome, as a run counts them; a file that the reader writes is one."""
        return Counter(step.outcome for step in self.steps)


@dataclass(frozen=True)
class ImageFact:
    """An image that a page used."""

    digest: RegistryDigest
    standin: bool  # it says itself that it stands in for Docker Hub's


@dataclass
class PageFact:
    """One page on one engine."""

    page: FilePath
    engine: EngineName  # as declared: 28c
    version: Version  # as it calls itself: 28.5.2+dfsg4
    lane: Lane
    started: Date
    images: dict[ImageName, ImageFact] = field(default_factory=dict)  # by name
    tools: dict[ToolName, Version] = field(
        default_factory=dict
    )  # compose, buildx -> their version, of those that are there
    blocks: list[BlockFact] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # in a course: what the page has left on the machine

    def steps(self) -> Iterator[tuple[BlockFact, StepFact]]:
        """All steps in their order, each with its block."""
        return ((block, step) for block in self.blocks for step in block.steps)

    @property
    def recordings(self) -> PurePosixPath:
        """The folder of its blocks' recordings, under the evidence folder."""
        return PurePosixPath(self.engine) / place(self.page).with_suffix("")

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        return {"schema": SCHEMA, **dataclasses.asdict(self)}

    @classmethod
    def from_json(cls, written: Any) -> "PageFact":
        """The page of which `to_json` wrote this. ValueError where another version of it wrote, or something else."""
        schema = written.get("schema") if isinstance(written, dict) else None
        if schema != SCHEMA:
            shown = "unknown" if schema is None else checked.quoted_json(schema)
            raise ValueError(f"evidence of schema {shown}, and only schema {SCHEMA} is read")
        page = checked.record(cls, {name: value for name, value in written.items() if name != "schema"})
        folder = str(page.recordings)
        for at, block in enumerate(page.blocks):
            if block.recording and block.recording.rpartition("/")[0] != folder:
                raise ValueError(f"blocks[{at}].recording: found `{block.recording}`, expected a file in {folder}")
        return page


def place(page: str) -> PurePosixPath:
    """A page's place under its engine's folder; a page from elsewhere on the disk keeps its whole path, apart."""
    return PurePosixPath(ELSEWHERE, page.lstrip("/")) if page.startswith("/") else PurePosixPath(page)


def digest(text: str) -> str:
    """The sha256 by which a sample's text is known; the line end at its end doesn't count."""
    return hashlib.sha256(text.rstrip("\n").encode()).hexdigest()
