"""A block of a page and an engine -> the sample that the block is judged by on that engine: for the runner."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.claims import prompts, sessions, snippets
from harness.claims.pages import Block, Page
from harness.claims.sessions import Session, Step


@dataclass(frozen=True)
class Sample:
    """A text, its session, and where a person edits it."""

    file: Path  # relative to the project, where it is inside
    offset: int  # lines of that file before the text
    text: str
    session: Session

    def line(self, step: Step, number: int = 0) -> int:
        """The file's line of line `number` of the step's sample (1-based; 0 for the step's command); at most one below
        it, where the next prompt stands, if one does."""
        is_last = step.line == self.session.steps[-1].line and not self.session.waiting
        number = min(number, step.last_line - step.first_line + (1 if is_last else 2))
        return self.offset + (step.first_line - 1 + number if number else step.line)


def sample(page: Page, block: Block, root: Path, engine: str, engines: Sequence[str]) -> Sample | None:
    """What a block is judged by on `engine`, one of `engines` (all, oldest first); None where it is no session."""
    if not block.is_session:
        return None
    if not block.snippet:
        return Sample(shown(page.path, root), block.first_line - 1, block.text, sessions.parse(block.text))
    file = snippets.sample_for(root / "snippets" / block.snippet, engine, engines)
    text = file.read_text("utf-8")
    return Sample(file.relative_to(root), 0, text, sessions.parse(text))


def prompt_after(
    page: Page, samples: Sequence[Sample | None], passed_over: Container[str], number: int, index: int
) -> str | None:
    """The prompt that the page shows on its terminal once step `index` of block `number` has ended; None where it
    shows none. `samples` are the blocks'; the snippets `passed_over` are not run."""
    judged_by = samples[number]
    assert judged_by
    if (prompt := judged_by.session.prompt_after(index)) is not None:
        return prompt
    shown = page.blocks[number]
    prompts_below = {
        block.line: later.session.first_prompt
        for block, later in list(zip(page.blocks, samples, strict=True))[number + 1 :]
        if later and block.title == shown.title and block.snippet not in passed_over
    }
    for wrong in page.wrong:  # what can't be run shows all the same at which prompt it would have been typed
        if wrong.session and wrong.line > shown.line and wrong.session.title == shown.title:
            first = wrong.session.text.lstrip("\n").partition("\n")[0]
            if prompt := prompts.prompt_of(first, (), "", first=True):
                prompts_below[wrong.line] = prompt
    return prompts_below[min(prompts_below)] if prompts_below else None


def shown(path: Path, root: Path) -> Path:
    """How a file is named to people: from the project's root, where it is inside."""
    return path.relative_to(root) if path.is_relative_to(root) else path
