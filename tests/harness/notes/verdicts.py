"""Turns the facts of a note's steps into a verdict for each of its blocks, for the report and the exit status. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise, zip_longest

from harness.claims.commands import parse
from harness.claims.notes.note import Kind, Note, NoteBlock, NoteStep, Said
from harness.claims.notes.sessions import shows_output
from harness.evidence.facts import Outcome, StepFact
from harness.evidence.summary import ExitStatus

_QUOTED = re.compile(r"`([^`\n]{4,})`")
_NO_SYSTEMD = "System has not been booted with systemd"  # a lab is a container
_NEAR = 3  # lines of text around a fence that speak of it


class Verdict(StrEnum):
    """What became of a block, or of one of its commands."""

    FITS = "fits"
    DIFFERS = "differs"
    REFUSED = "refused"
    OPEN = "open"  # the note leaves a value open
    NO_COMMAND = "no command"
    FILE = "file"
    OUTPUT = "output"  # judged with the commands above it


_WORST_FIRST = (Verdict.DIFFERS, Verdict.REFUSED, Verdict.OPEN, Verdict.FITS)


@dataclass(frozen=True)
class JudgedStep:
    """A command of a note and what became of it."""

    step: NoteStep
    verdict: Verdict
    fact: StepFact | None = None  # None where it was not run
    said: Sequence[Said] = ()  # why, and what was guessed


@dataclass(frozen=True)
class JudgedBlock:
    """A block of a note and what became of it."""

    block: NoteBlock
    steps: Sequence[JudgedStep] = field(default_factory=tuple)

    @property
    def verdict(self) -> Verdict:
        if self.block.kind is not Kind.COMMANDS:
            return {Kind.FILE: Verdict.FILE, Kind.OUTPUT: Verdict.OUTPUT}.get(self.block.kind, Verdict.NO_COMMAND)
        found = {step.verdict for step in self.steps}
        return next((verdict for verdict in _WORST_FIRST if verdict in found), Verdict.NO_COMMAND)

    @property
    def has_run(self) -> bool:
        """Whether all its commands ran to their end."""
        return bool(self.steps) and all(one.verdict in (Verdict.FITS, Verdict.DIFFERS) for one in self.steps)


def judge(note: Note, facts: dict[int, Sequence[StepFact]]) -> list[JudgedBlock]:
    """The note's blocks with their verdicts; `facts` are those of the steps that were run, by the block's index."""
    judged = []
    for number, block in enumerate(note.blocks):
        left = list(facts.get(number, ()))
        steps = [_step(note, block, step, left.pop(0) if step.is_run and left else None) for step in block.steps]
        steps = [_with_any_prompt(one, below) for one, below in zip_longest(steps, block.steps[1:])]
        judged.append(JudgedBlock(block, [one for one in steps if not one.step.added]))
    return judged


def _step(note: Note, block: NoteBlock, step: NoteStep, fact: StepFact | None) -> JudgedStep:
    if step.open_value:
        return JudgedStep(step, Verdict.OPEN, said=[Said("open", step.open_value)])
    if step.refused:
        return JudgedStep(step, Verdict.REFUSED, said=[step.refused])
    if fact is None:
        return JudgedStep(step, Verdict.REFUSED, said=[Said("not-run")])
    if (misspelt := [guess for guess in step.guesses if guess.key == "misspelt"]) and fact.outcome.is_judged:
        return JudgedStep(step, Verdict.DIFFERS, fact, misspelt)  # it isn't what the note has that was run
    if fact.outcome.is_judged and (why := _unjudgeable(step, fact)):
        return JudgedStep(step, Verdict.REFUSED, fact, [why])
    if fact.outcome is Outcome.PASSED:
        said = [Said("status-only")] if not shows_output(step) and not step.inside else []
        return JudgedStep(step, Verdict.FITS, fact, said)
    if fact.outcome is Outcome.DIFFERS:
        if not shows_output(step) and (quoted := _quoted_near(note, block, step.command, fact.actual)):
            return JudgedStep(step, Verdict.FITS, fact, [Said("text-says", quoted)])
        return JudgedStep(step, Verdict.DIFFERS, fact)
    key = "hangs" if fact.outcome is Outcome.BLOCKED else "broken"
    return JudgedStep(step, Verdict.REFUSED, fact, [Said(key, fact.reason)])


def _with_any_prompt(one: JudgedStep, below: NoteStep | None) -> JudgedStep:
    """The verdict where the prompt that comes then is a guess of ours, and nothing but that may differ."""
    is_guess = below and (below.added or any(guess.key == "inside" for guess in below.guesses))
    has_opened = one.fact and one.fact.status is None and one.fact.outcome is Outcome.DIFFERS
    if is_guess and has_opened and one.step.sample is None and one.verdict is Verdict.DIFFERS and not one.said:
        return replace(one, verdict=Verdict.FITS)
    return one


def _unjudgeable(step: NoteStep, fact: StepFact) -> Said | None:
    """Why nothing can be said of a command that ended."""
    if _NO_SYSTEMD in fact.actual:
        return Said("no-systemd")
    commands = parse(step.command)
    fetching = [one.program for one, then in pairwise(commands) if then.piped and one.program in ("curl", "wget")]
    if not shows_output(step) and not fact.actual.strip() and fetching:
        return Said("hidden", fetching[0])
    return None


def _quoted_near(note: Note, block: NoteBlock, command: str, actual: str) -> str:
    """What the text around a fence quotes of its output; '' where it quotes nothing of it.

    A message has several words, and is neither what was typed nor another command.
    """
    end = block.line + len(block.fence.lines) + 1
    above = [line for line in note.lines[: block.line - 1] if line.strip()][-_NEAR:]
    below = [line for line in note.lines[end:] if line.strip()][:1]
    near = [quoted for line in (*above, *below) for quoted in _QUOTED.findall(line)]
    said = (quoted for quoted in near if " " in quoted and quoted not in command and not quoted.startswith("docker "))
    return next((quoted for quoted in said if quoted in actual), "")


def exit_status(judged: Sequence[JudgedBlock]) -> ExitStatus:
    """As a run of pages ends: with drift, or because something could not be run; well only if something was."""
    verdicts = {block.verdict for block in judged}
    if Verdict.DIFFERS in verdicts:
        return ExitStatus.DIFFERS
    if verdicts & {Verdict.REFUSED, Verdict.OPEN} or Verdict.FITS not in verdicts:
        return ExitStatus.BROKEN
    return ExitStatus.PASSED
