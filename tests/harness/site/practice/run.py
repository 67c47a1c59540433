"""Turns a page and the evidence into the run that practice answers from: the engine's that proved most of the page as
its texts are today, the newest of several. What it didn't prove is answered by the page's own sample.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.claims import sessions
from harness.claims.pages import Block, Page
from harness.claims.sessions import Session
from harness.evidence import facts
from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, StepFact
from harness.site.examples import runs_of
from harness.site.inputs import Project
from harness.site.proofs import images_of, version

_SHORT = 12  # digits of an id as docker shows it
_ID = re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b")


@dataclass(frozen=True)
class Answered:
    """A console block, and what was printed there; without steps, what the page shows answers."""

    block: Block
    session: Session
    steps: Sequence[StepFact] = ()
    cast: str = ""

    def typed(self, number: int) -> str:
        """The command of a step, with the run's ids."""
        return self.steps[number].typed if self.steps else self.session.steps[number].command

    def printed(self, number: int) -> str:
        return self.steps[number].actual if self.steps else self.session.steps[number].sample


@dataclass(frozen=True)
class Run:
    """What answers on a page. `version` is empty where nothing was run."""

    engine: str
    blocks: Sequence[Answered]
    version: str = ""
    started: str = ""
    standin: bool = False

    @cached_property
    def ids(self) -> dict[str, str]:
        """The ids that the page shows -> the run's, as far as a reader types or sees them; each by its short form."""
        pairs = {ours[:_SHORT]: theirs[:_SHORT] for block in self.blocks for ours, theirs in _pairs(block)}
        return {ours: theirs for ours, theirs in pairs.items() if ours != theirs}

    @cached_property
    def names(self) -> dict[str, str]:
        """The containers' ids that the run has shown -> the containers' names; empty where it didn't show one."""
        printed = [block.printed(number) for block in self.blocks for number in range(len(block.session.steps))]
        found = {shown[:_SHORT]: "" for text in printed for shown in _ID.findall(text)}
        return found | {shown: name for text in printed for shown, name in _listed(text)}

    def in_run(self, text: str) -> str:
        """What the page shows, with the run's ids."""
        return _ID.sub(lambda shown: self._run_id(shown[0]), text)

    def _run_id(self, shown: str) -> str:
        return self.ids.get(shown[:_SHORT], shown[:_SHORT]) + shown[_SHORT:]


def shown_run(page: Page, project: Project) -> Run:
    """The run that practice answers from on a page."""
    found = runs_of(page, project)
    runs = [_run(page, project, found[engine]) for engine in reversed(project.engines) if engine in found]
    best = max(runs, key=lambda run: sum(bool(block.steps) for block in run.blocks), default=None)
    if best and any(block.steps for block in best.blocks):
        return best
    newest = project.engines[-1]
    return Run(newest, [Answered(block, sessions.parse(block.text)) for block in page.blocks if block.is_session])


def _run(page: Page, project: Project, fact: PageFact) -> Run:
    """The page's blocks as an engine answered them."""
    left, blocks = list(fact.blocks), []
    for block in filter(lambda block: block.is_session, page.blocks):
        path = project.samples(project.root / "snippets" / block.snippet)[fact.engine]
        text = project.text(path)
        run = next((one for one in left if one.sha256 == facts.digest(text)), None)
        if run:
            left.remove(run)
        blocks.append(_answered(block, sessions.parse(text), run, project))
    standin = bool(fact.images) and images_of(fact) is not Lane.HUB
    return Run(fact.engine, blocks, version(fact, project.declared), fact.started, standin)


def _answered(block: Block, session: Session, run: BlockFact | None, project: Project) -> Answered:
    if not run or run.outcome is not Outcome.PASSED or len(run.steps) != len(session.steps):
        return Answered(block, session)
    return Answered(block, session, run.steps, project.casts.get(run.recording, ""))


def _pairs(block: Answered) -> Iterator[tuple[str, str]]:
    """The page's ids with the run's: in commands, in outputs of as many words, in prompts."""
    for step, ran in zip(block.session.steps, block.steps, strict=False):
        for ours, theirs in ((step.command, ran.typed), (ran.sample, ran.actual)):
            ids = _ID.findall(ours), _ID.findall(theirs)
            if len(ids[0]) == len(ids[1]):
                yield from zip(*ids, strict=True)
    for prompt in {step.prompt for step in block.session.steps} | {block.session.waiting or ""}:
        if shown := _ID.search(prompt):
            before, after = prompt[: shown.start()], prompt[shown.end() :].rstrip()
            form = re.escape(before) + r"([0-9a-f]{12})" + re.escape(after)
            yield from ((shown[0], found) for found in re.findall(form, block.cast)[:1])


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """The ids and names in the table of `docker ps`."""
    head, *rows = text.split("\n")
    if head.startswith("CONTAINER ID") and head.rstrip().endswith("NAMES"):
        yield from ((row.split()[0], row.split()[-1]) for row in rows if row.strip())
