"""Turns a block of a note into a session of the project's form, with the note's lines: to be run, or to be written."""

from collections.abc import Sequence
from dataclasses import replace

from harness.claims import sessions
from harness.claims.notes.note import NoteBlock, NoteStep
from harness.claims.notes.samples import GAP
from harness.claims.sessions import INTERRUPT, Session

_STOPPED = "stopped"


def steps_to_run(block: NoteBlock) -> list[NoteStep]:
    return [step for step in block.steps if step.is_run]


def text(steps: Sequence[NoteStep], waiting: str = "") -> str:
    """The session's text: a command whose output the note doesn't show may print anything."""
    lines: list[str] = []
    for step in steps:
        sign = step.prompt
        for line in step.command.split("\n"):
            lines.append(f"{sign}{line}".rstrip() if not line else f"{sign}{line}")
            sign = "> "
        lines += sample(step)
    lines += [waiting.rstrip()] if waiting else []
    return "".join(f"{line}\n" for line in lines)


def sample(step: NoteStep) -> list[str]:
    """The lines that a step is held to."""
    shown = [GAP] if step.sample is None else step.sample
    return [*shown, INTERRUPT] if any(guess.key == _STOPPED for guess in step.guesses) else list(shown)


def shows_output(step: NoteStep) -> bool:
    """Whether the note shows something that the step has printed; else its status decides."""
    return any(line != GAP for line in step.sample or ())


def session(steps: Sequence[NoteStep], waiting: str = "") -> Session:
    """The session, its lines being the note's. Raises SessionError where the project's form has no way to say it."""
    parsed = sessions.parse(text(steps, waiting))
    if [step.command for step in parsed.steps] != [step.command for step in steps]:
        line = next(
            (step.line for step, found in zip(steps, parsed.steps, strict=False) if step.command != found.command),
            steps[-1].line,
        )
        raise sessions.SessionError(line, "what stands there would be read otherwise in a session")
    return Session(
        tuple(_in_note(found, step) for found, step in zip(parsed.steps, steps, strict=True)), parsed.waiting
    )


def _in_note(found: sessions.Step, step: NoteStep) -> sessions.Step:
    first = step.first_line or step.line + 1
    length = found.last_line - found.first_line + 1
    return replace(
        found,
        line=step.line,
        first_line=first,
        last_line=first + length - 1,
        any_status=shows_output(step),
    )
