"""Turns the evidence of pages into what it proves of each text, for the site (fences.py, status.py).

evidence ──by the digest of a text──> its proof: outcome, engines, date, real images or stand-ins
history  ──by the names of its runs──┴> since when, and the nights before
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.evidence import facts
from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, StepFact
from harness.lab import engines
from harness.lab.engines import Engine
from harness.lab.lanes import weakest
from harness.night.history import ExampleName, History, Streak
from harness.site import nights
from harness.site.nights import Nights

# What is typed to use a tool that has a version of its own.
_USES = {
    "compose": re.compile(r"(?:sudo )?docker[ -]compose\b"),
    "buildx": re.compile(r"(?:sudo )?docker (?:image |builder )?(?:build|buildx)\b"),
}
_Place = tuple[PageFact, BlockFact]  # where a text was run
_NOTHING_KNOWN = History()
_NO_NIGHTS = Nights("", ())


@dataclass(frozen=True)
class Run:
    """One engine's run of a text."""

    version: str  # of the engine, as the site calls it
    outcome: Outcome
    started: str
    lane: Lane
    images: Sequence[str]  # the names of those that its page used
    steps: Sequence[StepFact]
    recording: str
    tools: Mapping[str, str]  # the versions of those that the text uses: compose, buildx
    ended: str = ""  # when upstream stopped to support the engine
    engine: str = ""  # its name
    streak: Streak | None = None  # since when the text comes out so; None where nothing is known of it
    nights: Nights = _NO_NIGHTS  # its example's, up to now


@dataclass(frozen=True)
class Proof:
    """What the evidence says about one text. `outcome` is None where there is none."""

    outcome: Outcome | None = None
    versions: tuple[str, ...] = ()  # of the engines with that outcome, newest first
    compose: tuple[str, ...] = ()  # the versions that it was run with, where the text uses it
    ended: bool = False  # upstream supports none of these engines any more
    started: str = ""  # ISO 8601: the newest run with that outcome
    images: Lane | None = None  # hub or standin; None where the page used no image
    reason: str = ""  # why it was declared unchecked
    runs: Sequence[Run] = ()  # all that was run, those with that outcome first, of them the newest engine's
    since: str = ""  # the day since which it comes out so on all these engines; empty where that isn't known


def prove(
    evidence: Sequence[PageFact], declared: Mapping[str, Engine], history: History = _NOTHING_KNOWN
) -> dict[str, Proof]:
    """The proof of every text in the evidence of pages, by the text's digest. `declared`: oldest first.

    A text proved in several places has the outcome of the worst: none of them may be shown as more than it is.
    """
    age = {engine: number for number, engine in enumerate(declared)}
    found: dict[str, list[_Place]] = {}
    for page in sorted(evidence, key=lambda page: -age.get(page.engine, len(age))):
        for block in page.blocks:
            found.setdefault(block.sha256, []).append((page, block))
    return {digest: _judge(places, declared, history) for digest, places in found.items()}


def _judge(places: Sequence[_Place], declared: Mapping[str, Engine], history: History) -> Proof:
    outcome = facts.worst(block.outcome for _, block in places)
    runs = [_run(page, block, declared, history) for page, block in places if block.outcome is not Outcome.UNCHECKED]
    runs = sorted(runs, key=lambda run: run.outcome is not outcome)
    places = [(page, block) for page, block in places if block.outcome is outcome]
    shown = [run for run in runs if run.outcome is outcome]
    return Proof(
        outcome,
        versions=tuple(dict.fromkeys(version(page, declared) for page, _ in places)),
        compose=tuple(dict.fromkeys(run.tools["compose"] for run in shown if "compose" in run.tools)),
        ended=bool(shown) and all(run.ended for run in shown),
        started=max(block.started or page.started for page, block in places),
        images=weakest(images_of(page) for page, _ in places if page.images),
        reason=next((step.reason for _, block in places for step in block.steps if step.reason), ""),
        runs=runs,
        since=_since(shown),
    )


def _since(runs: Sequence[Run]) -> str:
    streaks = [run.streak for run in runs if run.streak and run.streak.outcome is run.outcome]
    return nights.since(streaks) if len(streaks) == len(runs) else ""


def _run(page: PageFact, block: BlockFact, declared: Mapping[str, Engine], history: History) -> Run:
    engine = declared.get(page.engine)
    name = ExampleName(page.page, block.snippet, page.engine)
    return Run(
        version(page, declared),
        block.outcome,
        started=block.started or page.started,
        lane=images_of(page),
        images=list(page.images),
        steps=block.steps,
        recording=block.recording,
        tools=_used(page.tools, block.steps),
        ended=engine.support.ended if engine else "",
        engine=page.engine,
        streak=history.streak(name, block.sha256),
        nights=Nights(f"Docker {engine.label if engine else page.engine}", history.outcomes(name)),
    )


def images_of(page: PageFact) -> Lane:
    """hub only where the run took Docker Hub's images and none of them says itself that it stands in for one."""
    standins = any(image.standin for image in page.images.values())
    return Lane.HUB if page.lane is Lane.HUB and not standins else Lane.STANDIN


def _used(tools: Mapping[str, str], steps: Sequence[StepFact]) -> dict[str, str]:
    """The versions of the tools that the steps use, without what a distribution adds to them."""
    return {
        name: engines.number(tools[name])
        for name, typed in _USES.items()
        if name in tools and any(typed.match(step.command) for step in steps)
    }


def version(page: PageFact, declared: Mapping[str, Engine]) -> str:
    """What the site calls the engine that a page was run on: `28.5.2 (containerd)`."""
    engine = declared.get(page.engine)
    return engine.version_label(page.version) if engine else engines.number(page.version)
