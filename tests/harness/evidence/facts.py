"""Turns what a run saw of a page into facts, and JSON back into them, for the runner, the site and the night."""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.lab.lanes import Lane as Lane
from harness.shapes import Difference

SCHEMA = 4  # goes up whenever a field is added, renamed or removed: other evidence is then refused, not guessed at


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

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "DifferenceFact":
        difference = row["difference"]
        return cls(row["line"], Difference(**{**difference, "bound": tuple(difference["bound"])}))


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

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "StepFact":
        differences = [DifferenceFact.from_json(one) for one in row["differences"]]
        return cls(**{**row, "outcome": Outcome(row["outcome"]), "differences": differences})


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
    started: str = ""  # ISO 8601, UTC
    seconds: float = 0.0
    recording: str = ""  # the cast's path under the evidence folder

    def count(self) -> Counter[Outcome]:
        """Its steps by outcome, as a run counts them: a file that the reader writes is no step."""
        return Counter(step.outcome for step in self.steps if self.kind != "file")

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "BlockFact":
        steps = [StepFact.from_json(step) for step in row["steps"]]
        return cls(**{**row, "outcome": Outcome(row["outcome"]), "steps": steps})


@dataclass(frozen=True)
class ImageFact:
    """An image that a page used."""

    digest: str
    standin: bool  # it says itself that it stands in for Docker Hub's


@dataclass
class PageFact:
    """One page on one engine."""

    page: str
    engine: str  # as declared: 28c
    version: str  # as it calls itself: 28.5.2+dfsg4
    lane: Lane
    started: str
    images: dict[str, ImageFact] = field(default_factory=dict)  # by name
    tools: dict[str, str] = field(default_factory=dict)  # compose, buildx -> their version, of those that are there
    blocks: list[BlockFact] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # in a course: what the page has left on the machine

    def steps(self) -> Iterator[tuple[BlockFact, StepFact]]:
        """All steps in their order, each with its block."""
        return ((block, step) for block in self.blocks for step in block.steps)

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        return {"schema": SCHEMA, **dataclasses.asdict(self)}

    @classmethod
    def from_json(cls, written: Any) -> "PageFact":
        """The page of which `to_json` wrote this. ValueError where another version of it wrote, or something else."""
        schema = written.get("schema") if isinstance(written, dict) else None
        if schema != SCHEMA:
            shown = "unknown" if schema is None else schema
            raise ValueError(f"evidence of schema {shown}, and only schema {SCHEMA} is read")
        row = {name: value for name, value in written.items() if name != "schema"}
        try:
            images = {name: ImageFact(**image) for name, image in row["images"].items()}
            blocks = [BlockFact.from_json(block) for block in row["blocks"]]
            return cls(**{**row, "lane": Lane(row["lane"]), "images": images, "blocks": blocks})
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not as schema {SCHEMA} has it ({error})") from error


def digest(text: str) -> str:
    """The sha256 by which a sample's text is known; the line end at its end doesn't count."""
    return hashlib.sha256(text.rstrip("\n").encode()).hexdigest()
