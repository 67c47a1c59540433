"""Runs a note in a lab: the note becomes a page in memory, which is run and judged as pages are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.claims.misspelt import with_tags_corrected
from harness.claims.notes import reading, sessions
from harness.claims.notes.note import Kind, Note, NoteBlock, Said
from harness.claims.pages import Block, Page
from harness.claims.samples import Sample
from harness.claims.sessions import Session, SessionError
from harness.claims.shell_kinds import BASH, READER
from harness.evidence.facts import Outcome, StepFact
from harness.lab.bounds import Bounds
from harness.lab.host import Host
from harness.lab.machine import Machine
from harness.lab.supply import Supply
from harness.notes.judging import compare
from harness.notes.verdicts import JudgedBlock, judge
from harness.runner import PageRun

_AT_ONCE = 60  # words that one line asks for


@dataclass(frozen=True)
class NoteRun:
    """A note that has run, and its verdicts."""

    path: Path
    note: Note
    judged: Sequence[JudgedBlock]
    engine: str
    version: str


class Runner:
    """Runs notes on one engine. `engines` are all that are known, oldest first."""

    def __init__(self, supply: Supply, engine: str, engines: Sequence[str]) -> None:
        self.engines = engines
        self._supply, self._engine = supply, engine

    def run(self, path: Path) -> NoteRun:
        """The note at `path` in a fresh lab; once more where a misspelt tag had the rest hang on it. LabError."""
        text = text_of(path)
        ran = self._run(path, text, {})
        corrected = {
            one.step.line: better
            for block in ran.judged
            for one in block.steps
            if one.fact and one.fact.outcome is not Outcome.PASSED
            if (better := with_tags_corrected(one.step.command)) != one.step.command
        }
        return self._run(path, text, corrected) if corrected else ran

    def page_run(self, page: Page, root: Path, machine: Machine, *, recording: bool = False) -> PageRun:
        """A run of a page on this engine, judged as pages are."""
        lane = self._supply.start().mirror.lane
        return PageRun(page, root, self._engine, self.engines, lane, machine, recording=recording, renews_all=recording)

    def machine(self) -> Machine:
        """A fresh machine."""
        return self._supply.machine(self._engine, Bounds())

    def _run(self, path: Path, text: str, corrected: dict[int, str]) -> NoteRun:
        machine = self.machine()
        try:
            host = machine.start("engine")
            note = reading.read(text, programs_of(host, reading.words(text)))
            for step in (step for block in note.blocks for step in block.steps if step.line in corrected):
                if not step.added:
                    step.guesses.append(Said("misspelt", step.command))
                    step.command = corrected[step.line]
            page, samples = as_page(path, note)
            lane = self._supply.start().mirror.lane
            run = PageRun(
                page, path.parent, self._engine, self.engines, lane, machine, keep_going=True, compare=compare
            )
            run.samples = list(samples.values())
            facts: dict[int, Sequence[StepFact]] = {}
            for place, number in enumerate(samples):
                facts[number] = run.run(place).steps
            version = host.engine_version()
        finally:
            machine.close()
        return NoteRun(path, note, judge(note, facts), self._engine, version)


def text_of(path: Path) -> str:
    """A note's text; old notes in Korean may have been saved in Windows' code page."""
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp949", "replace")


def programs_of(host: Host, words: Sequence[str]) -> set[str]:
    """Those of the words that are programs on the machine. LabError."""
    found: set[str] = set()
    with host.open_shell(BASH, READER, 0) as shell:
        for first in range(0, len(words), _AT_ONCE):
            some = " ".join(words[first : first + _AT_ONCE])
            asked = f"for word in {some}; do PATH=$PATH:/usr/sbin:/sbin type -P $word > /dev/null && echo $word; done"
            found |= set(shell.run(asked, None, 30).text.split())
    return found


def as_page(path: Path, note: Note) -> tuple[Page, dict[int, Sample | None]]:
    """The note as a page in memory: what is run of it, by the index of its block in the note."""
    samples: dict[int, Sample | None] = {}
    blocks: list[Block] = []
    for number, block in enumerate(note.blocks):
        if block.kind is Kind.FILE:
            samples[number] = None
            blocks.append(_block(block, block.fence.language or "text", block.file, _text(block)))
        elif session := session_of(block):
            steps = sessions.steps_to_run(block)
            shown = sessions.text(steps, block.waiting)
            samples[number] = Sample(Path(path.name), 0, shown, session)
            blocks.append(_block(block, BASH.language, block.terminal, shown))
    return Page(path, tuple(blocks)), samples


def session_of(block: NoteBlock) -> Session | None:
    """What is run of a block; None where that is nothing. A block that can't be read says so in its steps."""
    if not (steps := sessions.steps_to_run(block)):
        return None
    try:
        return sessions.session(steps, block.waiting)
    except SessionError as error:
        for step in steps:
            step.refused = Said("unreadable", str(error))
        return None


def _text(block: NoteBlock) -> str:
    return "".join(f"{line}\n" for line in block.fence.lines)


def _block(block: NoteBlock, language: str, title: str, text: str) -> Block:
    made = Block(block.line, language, title, text, first_line=block.line + 1)
    return replace(made, in_place=True)
