"""Turns the verdicts of a note into what its author reads in the terminal: block by block, with what differs. Pure."""

from collections import Counter
from collections.abc import Iterator

from harness.claims.characters import visible
from harness.evidence.differences import step_side_by_side
from harness.notes.run import NoteRun
from harness.notes.texts import Texts
from harness.notes.verdicts import JudgedBlock, JudgedStep, Verdict

_COLOURS = {
    Verdict.FITS: "\x1b[32m",
    Verdict.DIFFERS: "\x1b[31m",
    Verdict.REFUSED: "\x1b[33m",
    Verdict.OPEN: "\x1b[33m",
}
_MOST = 12  # lines of an output for which the note has none


def report(run: NoteRun, texts: Texts, *, colour: bool = False) -> str:
    """A note's report."""
    lines: list[str] = []
    for judged in run.judged:
        lines += _block(run, judged, texts, colour)
    return "\n".join([*lines, summary(run, texts)])


def summary(run: NoteRun, texts: Texts) -> str:
    """The blocks of a note by their verdicts."""
    counts = Counter(judged.verdict for judged in run.judged)
    counted = ", ".join(f"{texts.word(verdict)} {counts[verdict]}" for verdict in Verdict if counts[verdict])
    return f"{run.path}: {counted} (engine {run.version or run.engine})"


def _block(run: NoteRun, judged: JudgedBlock, texts: Texts, colour: bool) -> Iterator[str]:
    block = judged.block
    verdict = texts.word(judged.verdict)
    painted = f"{_COLOURS[judged.verdict]}{verdict}\x1b[0m" if colour and judged.verdict in _COLOURS else verdict
    yield visible(f"{run.path}:{block.line}: ") + painted + visible(_title(judged, texts))
    if block.reason:
        yield _indented(texts.said(block.reason))
    for step in judged.steps:
        for line in _step(judged, step, texts, colour):
            yield _indented(line)
    told = {said for step in judged.steps for said in step.said}
    for guess in (guess for guess in block.said() if guess not in told):
        yield _indented(f"{texts.word('guess')}: {visible(texts.said(guess))}")


def _title(judged: JudgedBlock, texts: Texts) -> str:
    if judged.block.file:
        return f"  {judged.block.file}"
    if not judged.steps:
        first = next((line.strip() for line in judged.block.fence.lines if line.strip()), "")
        return f"  {first[:60]}"
    more = len(judged.steps) - 1
    return f"  {_command(judged.steps[0])}" + (f"  ({texts.word('more', more)})" if more else "")


def _command(judged: JudgedStep) -> str:
    return judged.step.as_noted.partition("\n")[0]


def _step(judged: JudgedBlock, one: JudgedStep, texts: Texts, colour: bool) -> Iterator[str]:
    is_only = len(judged.steps) == 1
    said = [said for said in one.said if said.key != "status-only"] or list(one.said) * is_only
    head = "" if is_only else f"{one.step.line}: {visible(_command(one))}: "
    for reason in said:
        word = "" if is_only or one.verdict is Verdict.FITS else f"{texts.word(one.verdict)}. "
        yield f"{head}{word}{visible(texts.said(reason))}"
    if one.verdict is Verdict.DIFFERS and one.fact and one.fact.differences:
        if not is_only:
            yield f"{head}{texts.word('differs')}"
        if one.step.sample is None:
            yield f"{texts.word('status', one.fact.status)}; {texts.word('printed')}:"
            yield from (f"+ {visible(line)}" for line in one.fact.actual.split("\n")[:_MOST])
        else:
            yield from step_side_by_side(one.fact, colour=colour).split("\n")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
