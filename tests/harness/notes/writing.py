"""Writes a note that has run as a page and snippets into a folder, records them on the engine, and verifies that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from harness import project
from harness.claims import pages
from harness.evidence.facts import Outcome, PageFact
from harness.notes.pages import page_of
from harness.notes.run import NoteRun, Runner
from harness.notes.texts import Texts

_MOST = 200  # characters of a reason


def write(ran: NoteRun, folder: Path, runner: Runner, texts: Texts) -> str:
    """Writes docs/NAME.md and snippets/NAME/ below `folder`; what became of them, and how they are verified."""
    folder = folder.resolve()
    name = re.sub(r"[^\w.-]+", "-", ran.path.stem)
    page = folder / "docs" / f"{name}.md"
    if page.exists() or (folder / "snippets" / name).exists():
        return texts.word("in-the-way", page)
    written = page_of(name, ran.note.lines, ran.judged, texts)
    for snippet, text in written.snippets.items():
        project.write(folder / "snippets" / snippet, text)
    project.write(page, written.page)
    try:
        _run(page, folder, runner, recording=True)
        failed = list(_failed(_run(page, folder, runner, recording=False)))
    except pages.PageError as error:
        failed = str(error).split("\n")
    verdict = texts.word("fails" if failed else "verified", _how(page, folder))
    return "\n".join([texts.word("written", page), *failed, verdict])


def _run(page: Path, folder: Path, runner: Runner, *, recording: bool) -> PageFact:
    read = pages.read(page, folder, runner.engines)
    machine = runner.machine()
    run = runner.page_run(read, folder, machine, recording=recording)
    try:
        for number in range(len(read.blocks)):
            run.run(number)
        if run.rewriter:
            run.rewriter.write()
    finally:
        machine.close()
    return run.fact


def _failed(fact: PageFact) -> Iterator[str]:
    for block, step in fact.steps():
        if step.outcome not in (Outcome.PASSED, Outcome.UNCHECKED):
            why = step.reason or "; ".join(one.text for one in step.differences)
            yield f"  {block.file}:{step.line}: {step.command.partition(chr(10))[0]}: {step.outcome}: {why[:_MOST]}"


def _how(page: Path, folder: Path) -> str:
    """The command that verifies the page."""
    if folder == project.ROOT:
        return f"python3 noxfile.py -s verify -- {page.relative_to(folder)}"
    return f"python3 noxfile.py -s verify -- --rootdir={folder} {page}"
