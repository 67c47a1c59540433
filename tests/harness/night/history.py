"""Turns one night after another into what is known of each example over time: since when it holds or drifts, and on
which version, how often it flips, how long it takes. For the night's report and the site.

Nights in a row in which an example came out the same are one stretch. What the history doesn't reach is None, never a
guess. It holds 400 nights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from harness.evidence.checked import Date, EngineName, FilePath, Key, KeyOrNone, Version
from harness.evidence.facts import BlockFact, Outcome, PageFact, digest, worst
from harness.night.causes import cause_of
from harness.night.findings import Release

NIGHTS = 400  # that are kept
SHOWN_NIGHTS = 90  # that readers see one by one
FLAKY_NIGHTS = 45  # that are looked at to tell a flaky example
_FLIP_RATE = 0.01  # above which it is one
_DIGITS = 8  # of a digest, as a Key has them
_SOME_SECONDS = 1.0  # a difference in time that is worth a stretch, if it is also a factor of two


class ExampleName(NamedTuple):
    """A snippet on its page, on one engine."""

    page: str
    snippet: str
    engine: str


@dataclass(frozen=True)
class NightRun:
    """That there was a night, and on which engines pages were run in it."""

    date: Date
    engines: Sequence[EngineName]


@dataclass(frozen=True)
class Stretch:
    """Nights in a row in which an example came out the same, on one version, in about the same time."""

    first: Date
    last: Date
    version: Version
    outcome: Outcome
    seconds: float  # in the first of them
    difference: KeyOrNone = ""  # the key of its cause, where it differs
    flipped: bool = False  # it was judged otherwise before, with the same page, engine and images
    sample: KeyOrNone = ""  # of the text that it was judged by: how its digest begins; "" where that isn't known

    def goes_on_as(self, tonight: "Stretch") -> bool:
        """Whether an example that came out so comes out the same tonight."""
        return self._what == tonight._what and _as_long(self.seconds, tonight.seconds)

    @property
    def _what(self) -> tuple[str, ...]:
        return self.version, self.outcome, self.difference, self.sample


@dataclass(frozen=True)
class Example:
    """What is known of an example on one engine, oldest first."""

    page: FilePath
    snippet: FilePath
    engine: EngineName
    inputs: Key  # the digest of what it was judged on the last time: page, engine, images
    stretches: Sequence[Stretch]

    @property
    def name(self) -> ExampleName:
        return ExampleName(self.page, self.snippet, self.engine)

    @property
    def judged(self) -> list[Stretch]:
        """The stretches in which its sample was compared with an output."""
        return [stretch for stretch in self.stretches if stretch.outcome.is_judged]


class Streak(NamedTuple):
    """How an example has come out each time that it was judged, up to now."""

    outcome: Outcome
    first: str  # the date of its first night that is known
    version: str  # of the engine in that night
    before: Stretch | None  # when it was last another; None: not known, the streak may be older


class Flips(NamedTuple):
    """How often an example was judged otherwise than the night before, though nothing had changed."""

    flips: int
    nights: int  # in which it was judged

    @property
    def rate(self) -> float:
        """Of the nights that had one before them."""
        return self.flips / max(1, self.nights - 1)

    @property
    def are_flaky(self) -> bool:
        """One flip alone is how a drift begins whose cause is outside; it takes a second to come back."""
        return self.flips > 1 and self.rate > _FLIP_RATE


class Duration(NamedTuple):
    """How long an example takes since a night: about as long until the next one begins."""

    first: str  # the date of that night
    seconds: float


@dataclass(frozen=True)
class History:
    """All that is known of the nights up to now."""

    nights: Sequence[NightRun] = ()  # oldest first
    examples: Mapping[ExampleName, Example] = field(default_factory=dict)

    def streak(self, name: ExampleName, sample: str = "") -> Streak | None:
        """Since when the example comes out as it did the last time; None where it was never judged.

        With a `sample` (a text's digest), since when that text does; None where it isn't what was judged the last time.
        """
        judged = self._judged(name)
        if not judged or (sample and judged[-1].sample != sample[:_DIGITS]):
            return None
        outcome, first = judged[-1].outcome, judged[-1]
        for stretch in reversed(judged):
            if stretch.outcome != outcome:
                return Streak(outcome, first.first, first.version, stretch)
            if sample and stretch.sample != first.sample:
                return Streak(outcome, first.first, first.version, stretch if stretch.sample else None)
            first = stretch
        return Streak(outcome, first.first, first.version, None)

    def flips(self, name: ExampleName) -> Flips:
        """Of the example's outcome, in the last 45 nights."""
        judged = self._judged(name)
        dates = [night.date for night in self.nights[-FLAKY_NIGHTS:] if name.engine in night.engines]
        nights = sum(stretch.first <= date <= stretch.last for stretch in judged for date in dates)
        return Flips(sum(stretch.flipped and stretch.first in dates for stretch in judged), nights)

    def shown_nights(self) -> Sequence[NightRun]:
        """The nights that readers see one by one, oldest first."""
        return self.nights[-SHOWN_NIGHTS:]

    def outcomes(self, name: ExampleName) -> list[Outcome | None]:
        """What the example came to in each of the shown nights; None where it was not run, or that isn't known."""
        found: list[Outcome | None] = []
        left = list(self.examples[name].stretches) if name in self.examples else []
        for night in self.shown_nights():
            while left and left[0].last < night.date:
                left.pop(0)
            was_run = bool(left) and left[0].first <= night.date and name.engine in night.engines
            found.append(left[0].outcome if was_run else None)
        return found

    def durations(self, name: ExampleName) -> list[Duration]:
        """How long the example took where it held, oldest first."""
        found: list[Duration] = []
        for stretch in self._judged(name):
            is_new = not found or not _as_long(found[-1].seconds, stretch.seconds)
            if stretch.outcome is Outcome.PASSED and is_new:
                found.append(Duration(stretch.first, stretch.seconds))
        return found

    def releases(self) -> list[Release]:
        """The engines that have another version in the last night than before."""
        tonight = self.nights[-1].date if self.nights else ""
        found: dict[str, Release] = {}
        for example in self.examples.values():
            before, now = [None, None, *example.stretches][-2:]
            if before and now and now.first == tonight and before.version != now.version:
                found[example.engine] = Release(example.engine, before.version, now.version)
        return list(found.values())

    def _judged(self, name: ExampleName) -> list[Stretch]:
        return self.examples[name].judged if name in self.examples else []


def _as_long(one: float, other: float) -> bool:
    shorter, longer = sorted((one, other))
    return longer - shorter <= _SOME_SECONDS or longer <= 2 * shorter


def with_night(history: History, date: str, evidence: Sequence[PageFact]) -> History:
    """The history with a night more: its date, and the evidence of the pages that were run in it."""
    date = max([date, *(night.date for night in history.nights[-1:])])  # whatever a clock says: nights come one by one
    nights = [*history.nights, NightRun(date, sorted({page.engine for page in evidence}))][-NIGHTS:]
    examples = dict(history.examples)
    for page in evidence:
        before = max((night.date for night in history.nights if page.engine in night.engines), default="")
        inputs = _inputs(page)
        for snippet, blocks in _sessions(page).items():
            name = ExampleName(page.page, snippet, page.engine)
            example = examples.get(name, Example(*name, inputs, []))
            examples[name] = _with_stretch(example, inputs, _stretch(page, blocks, date), before)
    kept = (_since(example, nights[0].date) for example in examples.values())
    return History(nights, {example.name: example for example in kept if example.stretches})


def _sessions(page: PageFact) -> dict[str, list[BlockFact]]:
    """The page's blocks that are run, by snippet: a page may show one twice."""
    found: dict[str, list[BlockFact]] = {}
    for block in page.blocks:
        if block.kind == "session":
            found.setdefault(block.snippet, []).append(block)
    return found


def _stretch(page: PageFact, blocks: Sequence[BlockFact], date: str) -> Stretch:
    """What came of an example in one night."""
    steps = (step for block in blocks for step in block.steps if step.outcome is Outcome.DIFFERS)
    difference = next((cause_of(page, step) for step in steps), "")
    seconds = round(sum(block.seconds for block in blocks), 1)
    sample = blocks[0].sha256[:_DIGITS]  # a snippet has one text on an engine
    outcome = worst(block.outcome for block in blocks)
    return Stretch(date, date, page.version, outcome, seconds, difference, sample=sample)


def _inputs(page: PageFact) -> str:
    """The digest of all that may change what a page comes to, so far as it is known."""
    images = [f"{name} {image.digest}" for name, image in sorted(page.images.items())]
    tools = [f"{name} {version}" for name, version in sorted(page.tools.items())]
    texts = [block.sha256 for block in page.blocks]
    return digest("\n".join([page.version, page.lane, *images, *tools, *texts]))[:_DIGITS]


def _with_stretch(example: Example, inputs: str, tonight: Stretch, before: str) -> Example:
    """The example as of tonight; `before` is the date of the engine's night before."""
    stretches = [*example.stretches]
    # Where a night was left out it isn't known how it would have come out: what comes then is another stretch.
    if stretches and stretches[-1].last >= before and stretches[-1].goes_on_as(tonight):
        stretches[-1] = replace(stretches[-1], last=tonight.last)
    else:
        changed = any(stretch.outcome != tonight.outcome for stretch in example.judged[-1:])
        flipped = changed and tonight.outcome.is_judged and inputs == example.inputs
        stretches.append(replace(tonight, flipped=flipped))
    judged_on = inputs if tonight.outcome.is_judged else example.inputs
    return replace(example, inputs=judged_on, stretches=stretches)


def _since(example: Example, oldest: str) -> Example:
    """The example without the stretches that ended before the oldest night that is kept."""
    return replace(example, stretches=[stretch for stretch in example.stretches if stretch.last >= oldest])
