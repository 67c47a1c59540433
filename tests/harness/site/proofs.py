"""Turns the evidence on disk into what it proves of each text, for the site's fences (fences.py, status.py).

build/evidence ──by the digest of a text──> its proof: outcome, engines, date, real images or stand-ins
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]

from harness.claims import navigation, pages
from harness.claims.pages import Page, PageError
from harness.evidence import facts
from harness.evidence.facts import Outcome
from harness.lab import engines
from harness.lab.engines import Engine

# How the site says an outcome, and what it means; None: nothing was found.
SAYS = {
    Outcome.PASSED: ("확인됨", "이 명령을 실제로 실행해 같은 꼴의 출력을 얻었습니다."),
    Outcome.DIFFERS: ("달라짐", "실제로 실행했더니 출력의 꼴이 여기와 달랐습니다."),
    Outcome.BROKEN: ("확인하지 않음", "실행했지만 엔진이나 네트워크 문제로 판정하지 못했습니다."),
    Outcome.BLOCKED: ("확인하지 않음", "앞의 명령이 실패해서 실행하지 못했습니다."),
    Outcome.UNCHECKED: ("확인하지 않음", "검증 환경에서 실행할 수 없는 명령입니다."),
    None: ("확인하지 않음", "이 내용 그대로 실행한 기록이 아직 없습니다."),
}
IMAGES = {
    "standin": ("대체 이미지", "Docker Hub의 이미지 대신 같은 이름으로 만든 대체 이미지로 실행했습니다."),
    "hub": ("실제 이미지", "Docker Hub의 이미지로 실행했습니다."),
}

ENDED = "지원 종료"
# What is typed to use a tool that has a version of its own.
_USES = {
    "compose": re.compile(r"(?:sudo )?docker[ -]compose\b"),
    "buildx": re.compile(r"(?:sudo )?docker (?:image |builder )?(?:build|buildx)\b"),
}


@contextmanager
def ends_the_build(what: str) -> Iterator[None]:
    """A fault of ours in a fence ends the build: any other exception superfences swallows, and publishes the fence as
    if it were prose."""
    try:
        yield
    except Exception as error:
        raise SuperFencesException(f"{what} could not be shown: {error}") from error


@dataclass(frozen=True)
class Run:
    """One engine's run of a text."""

    version: str  # of the engine, as the site calls it
    outcome: Outcome
    started: str
    lane: str
    images: Sequence[str]  # the names of those that its page used
    steps: Sequence[Mapping[str, Any]]  # as evidence.py writes them
    recording: str
    tools: Mapping[str, str]  # the versions of those that the text uses: compose, buildx
    ended: str = ""  # when upstream stopped to support the engine


@dataclass(frozen=True)
class Proof:
    """What the evidence says about one text. `outcome` is None where there is none."""

    outcome: Outcome | None = None
    versions: tuple[str, ...] = ()  # of the engines with that outcome, newest first
    compose: tuple[str, ...] = ()  # the versions that it was run with, where the text uses it
    ended: bool = False  # upstream supports none of these engines any more
    started: str = ""  # ISO 8601: the newest run with that outcome
    images: str = ""  # hub or standin; empty where the page used no image
    reason: str = ""  # why it was declared unchecked
    runs: Sequence[Run] = ()  # all that was run, those with that outcome first, of them the newest engine's


@dataclass(frozen=True)
class Project:
    """What the site's fences have to know of the project."""

    root: Path
    declared: Mapping[str, Engine]  # by name, oldest first
    varied: Mapping[str, Path]  # the snippets that have variants, by the digest of their text
    facts: Sequence[Mapping[str, Any]]  # the evidence of the pages that are there
    proofs: Mapping[str, Proof]  # by the digest of the text

    @cached_property
    def engines(self) -> Sequence[str]:
        """The names of the engines, oldest first."""
        return list(self.declared)

    @cached_property
    def pages(self) -> Sequence[Page | PageError]:
        """The pages in the site's order; in the place of one that can't be read, what is wrong with it."""
        return [_page(path, self.root, self.engines) for path in navigation.in_order(self.root)]


_at_rest: dict[Path, Project] = {}


@contextmanager
def at_rest(root: Path) -> Iterator[None]:
    """Inside, the project at `root` is taken to stay as it is: a build would look for changes once for every page."""
    _at_rest[root] = _load(root)
    try:
        yield
    finally:
        del _at_rest[root]


def read(root: Path) -> Project:
    """The project at `root` as it is now; what has not changed since the last call is not read again."""
    if root in _at_rest:
        return _at_rest[root]
    patterns = ("snippets/**/*.console", "build/evidence/*/docs/**/*.json", "docs/**/*.md", "tests/labs/engines.toml")
    paths = [path for pattern in patterns for path in root.glob(pattern)]
    return _read(root, tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=1)
def _read(root: Path, stamp: tuple[tuple[Path, int], ...]) -> Project:
    return _load(root)


def _load(root: Path) -> Project:
    declared = {engine.name: engine for engine in engines.read(root / "tests" / "labs" / "engines.toml")}
    evidence = [fact for fact in facts.load(root / "build" / "evidence") if (root / fact["page"]).exists()]
    paths = (path for path in sorted((root / "snippets").rglob("*.console")) if "@" not in path.name)
    varied = {facts.digest(path.read_text("utf-8")): path for path in paths if pages.variants(path)}
    return Project(root, declared, varied, evidence, prove(evidence, declared))


def _page(path: Path, root: Path, names: Sequence[str]) -> Page | PageError:
    try:
        return pages.read(path, root, names)
    except PageError as error:
        return error


def prove(evidence: Sequence[Mapping[str, Any]], declared: Mapping[str, Engine]) -> dict[str, Proof]:
    """The proof of every text in the evidence of pages, by the text's digest. `declared`: oldest first.

    A text proved in several places has the outcome of the worst: none of them may be shown as more than it is.
    """
    age = {engine: number for number, engine in enumerate(declared)}
    found: dict[str, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for fact in sorted(evidence, key=lambda fact: -age.get(fact["engine"], len(age))):
        for block in fact["blocks"]:
            found.setdefault(block["sha256"], []).append((fact, block))
    return {digest: _judge(pieces, declared) for digest, pieces in found.items()}


def _judge(pieces: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], declared: Mapping[str, Engine]) -> Proof:
    outcomes = {Outcome(block["outcome"]) for _, block in pieces}
    outcome = Outcome.DIFFERS if Outcome.DIFFERS in outcomes else facts.worst(outcomes)
    runs = [_run(fact, block, declared) for fact, block in pieces if block["outcome"] != Outcome.UNCHECKED]
    runs = sorted(runs, key=lambda run: run.outcome != outcome)
    pieces = [(fact, block) for fact, block in pieces if block["outcome"] == outcome]
    lanes = {images_of(fact) for fact, _ in pieces if fact["images"]}
    shown = [run for run in runs if run.outcome == outcome]
    return Proof(
        outcome,
        versions=tuple(dict.fromkeys(version(fact, declared) for fact, _ in pieces)),
        compose=tuple(dict.fromkeys(run.tools["compose"] for run in shown if "compose" in run.tools)),
        ended=bool(shown) and all(run.ended for run in shown),
        started=max(block["started"] or fact["started"] for fact, block in pieces),
        images=max(lanes, default=""),  # a stand-in anywhere is said: nothing is shown as more than it is
        reason=next((step["reason"] for _, block in pieces for step in block["steps"] if step["reason"]), ""),
        runs=runs,
    )


def _run(fact: Mapping[str, Any], block: Mapping[str, Any], declared: Mapping[str, Engine]) -> Run:
    engine = declared.get(fact["engine"])
    return Run(
        version(fact, declared),
        Outcome(block["outcome"]),
        started=block["started"] or fact["started"],
        lane=images_of(fact),
        images=list(fact["images"]),
        steps=block["steps"],
        recording=block["recording"],
        tools=_used(fact["tools"], block["steps"]),
        ended=engine.ended if engine else "",
    )


def images_of(fact: Mapping[str, Any]) -> str:
    """hub only where the run took Docker Hub's images and none of them says itself that it stands in for one."""
    standins = any(image["standin"] for image in fact["images"].values())
    return "hub" if fact["lane"] == "hub" and not standins else "standin"


def _used(tools: Mapping[str, str], steps: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The versions of the tools that the steps use, without what a distribution adds to them."""
    return {
        name: engines.number(tools[name])
        for name, typed in _USES.items()
        if name in tools and any(typed.match(step["command"]) for step in steps)
    }


def version(fact: Mapping[str, Any], declared: Mapping[str, Engine]) -> str:
    """What the site calls the engine that a page was run on: `28.5.2 (containerd)`."""
    engine = declared.get(fact["engine"])
    return engine.version_label(fact["version"]) if engine else engines.number(fact["version"])
