"""What a page printed on a version -> how that differs from the sample that the newest version is judged by. Pure.

A version is judged by a sample of its own, a variant, where it has one. So what it printed is compared once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.claims.commands import parse
from harness.claims.pages import Page
from harness.claims.samples import Sample
from harness.claims.sessions import Step
from harness.evidence import facts
from harness.evidence.facts import BlockFact, DifferenceFact, Outcome, PageFact, StepFact
from harness.judge import judge
from harness.lab.host import Ran
from harness.night.causes import cause_of
from harness.shapes import Bindings, Difference, compare

Samples = Sequence[Sample | None]  # of the blocks of a page; None of one that is no session


@dataclass(frozen=True)
class Printed:
    """What an example printed on a version."""

    version: str  # as the engine calls itself
    difference: str  # the first from the sample, in words; empty where there is none
    key: str  # of that difference, the same where versions differ alike


@dataclass(frozen=True)
class NotRun:
    """That an example could not be run on a version."""

    reason: str


def printed(page: Page, number: int, wanted: Samples, seen: PageFact) -> Printed | NotRun:
    """How block `number` came out beside its sample in `wanted`, whatever sample it was judged by."""
    sample, block = wanted[number], seen.blocks[number]
    assert sample
    if facts.digest(sample.text) == block.sha256:
        return _told(seen, sample, block.steps)
    bindings = Bindings()
    for earlier, judged_by, fact in list(zip(page.blocks, wanted, seen.blocks, strict=False))[:number]:
        if earlier.is_file:
            bindings.write_file(earlier.title, earlier.text)
        if judged_by:
            _compared(judged_by, fact, bindings)
    return _told(seen, sample, _compared(sample, block, bindings))


def is_proved(page: Page, number: int, own: Samples, seen: PageFact) -> bool:
    """Whether evidence is of the page as it is now, up to block `number`, and that block was judged."""
    texts = [sample.text if sample else block.text for block, sample in zip(page.blocks, own, strict=True)]
    judged = [block.sha256 for block in seen.blocks[: number + 1]]
    is_now = judged == [facts.digest(text) for text in texts[: number + 1]]
    return is_now and isinstance(printed(page, number, own, seen), Printed)


def _told(page: PageFact, sample: Sample, steps: Sequence[StepFact]) -> Printed | NotRun:
    """By the first step that did not fit."""
    for step in steps:
        if step.outcome is Outcome.DIFFERS:
            first = step.differences[0]
            return Printed(page.version, f"{sample.file}:{first.line}: {first.text}", cause_of(page, step))
        if step.outcome is not Outcome.PASSED:
            return NotRun(step.reason)
    return Printed(page.version, "", "")


def _compared(sample: Sample, block: BlockFact, bindings: Bindings) -> list[StepFact]:
    """The steps of a block, judged by another sample."""
    steps = sample.session.steps
    judged = [_step(sample, step, fact, bindings) for step, fact in zip(steps, block.steps, strict=False)]
    if len(steps) != len(block.steps):
        commands = Difference(0, str(len(steps)), str(len(block.steps)), "number of commands")
        judged.append(_differing(judged[-1], [DifferenceFact(sample.line(steps[-1]), commands)]))
    return judged


def _step(sample: Sample, step: Step, fact: StepFact, bindings: Bindings) -> StepFact:
    if not fact.outcome.is_judged:
        return fact
    compare(step.command, fact.typed, bindings)  # an id that is typed is the one that was
    bindings.resolve(step.command)
    found = list(judge(step, None, Ran(fact.actual, step.prompt, fact.status), bindings).differences)
    if _programs(step.command) != _programs(fact.command):
        found = [Difference(0, step.command, fact.command, "command")]
    differences = [DifferenceFact(sample.line(step, one.line), one) for one in found]
    return _differing(replace(fact, command=step.command), differences)


def _differing(fact: StepFact, differences: Sequence[DifferenceFact]) -> StepFact:
    outcome = Outcome.DIFFERS if differences else Outcome.PASSED
    return replace(fact, outcome=outcome, differences=differences)


def _programs(command: str) -> list[str]:
    return [one.plain_name for one in parse(command)]
