"""Turns a page and the evidence into its examples: each console block against every engine, for status.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.claims import sessions
from harness.claims.pages import Block, Page
from harness.evidence import facts
from harness.evidence.facts import BlockFact, Outcome, PageFact, StepFact
from harness.site.inputs import Project


@dataclass(frozen=True)
class Result:
    """What became of an example on one engine. `outcome` is None where nothing is known of the text as it is today."""

    outcome: Outcome | None = None
    steps: Sequence[StepFact] = ()
    sample: str = ""  # the digest of that text


@dataclass(frozen=True)
class Example:
    """A console block of a page, against every engine."""

    block: Block
    unchecked: str  # the reason, where it is declared as not runnable
    results: Mapping[str, Result] = field(default_factory=dict)  # by engine

    @property
    def command(self) -> str:
        """The first thing that is typed in it; of several lines the first."""
        commands = [step.command for step in sessions.parse(self.block.text).steps]
        return next((command.partition("\n")[0] for command in commands if command.strip()), "")

    def shown_outcome(self, engine: str) -> Outcome | None:
        """As readers are told: passed, differs, or not checked (None)."""
        outcome = self.results[engine].outcome
        return outcome if outcome and outcome.is_judged and not self.unchecked else None


def examine(page: Page, project: Project) -> list[Example]:
    """The examples of a page in its order, with what the evidence says of the text that each engine is shown today."""
    left = {engine: list(run.blocks) for engine, run in runs_of(page, project).items()}
    examples = []
    for block in filter(lambda block: block.is_session, page.blocks):
        texts = _texts(block, project)
        results = {engine: _result(texts[engine], left.get(engine, [])) for engine in project.engines}
        examples.append(Example(block, page.unchecked.get(block.snippet, ""), results))
    return examples


def runs_of(page: Page, project: Project) -> dict[str, PageFact]:
    """The runs of a page, by engine."""
    name = page.path.relative_to(project.root).as_posix()
    return {fact.engine: fact for fact in project.evidence if fact.page == name}


def _texts(block: Block, project: Project) -> dict[str, str]:
    """What each engine is shown."""
    snippet = project.root / "snippets" / block.snippet
    shown = project.samples(snippet)
    return {engine: block.text if path == snippet else project.text(path) for engine, path in shown.items()}


def _result(text: str, left: list[BlockFact]) -> Result:
    """Takes what belongs to the text out of `left`, so that the same text further down gets the next."""
    sample = facts.digest(text)
    fact = next((fact for fact in left if fact.sha256 == sample), None)
    if not fact:
        return Result(sample=sample)
    left.remove(fact)
    return Result(fact.outcome, fact.steps, sample)
