"""Turns a page and its run into the steps that a reader types in practice, for scripts.py."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from harness.claims.markdown import lines_of
from harness.claims.pages import Block, Page
from harness.site.practice.pace import Pace
from harness.site.practice.run import Answered, Run

_FIRST = "터미널 1"
_QUESTION = re.compile(r'\s*\?\?\?\+? \w+ "(.*)"')
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SENTENCE = re.compile(r"(?<=[.?]) +")
_BRIEF = 90  # letters that a reader takes in at a glance
_NO_SENTENCE = re.compile(r"\s*(?:```|#|\||!!!|<|=== |--8<--|[-*] |\d+\. )")


def terminals(page: Page) -> list[str]:
    """The names of the terminals that the page's reader has open."""
    titles = dict.fromkeys(block.title for block in page.blocks if block.is_session)
    return [title or _FIRST for title in titles]


def steps(page: Page, run: Run) -> Iterator[dict[str, Any]]:
    """What the reader does, in the page's order: what he types, and the files that he writes."""
    answered, names = list(run.blocks), terminals(page)
    lines = lines_of(page.path.read_text("utf-8"))
    for block in page.blocks:
        place = {"section": block.section, "anchor": block.anchor}
        if block.is_file:
            yield {**place, "file": block.title}
        elif block.is_session:
            place["task"] = task(lines, block)
            terminal = names.index(block.title or _FIRST)
            yield from ({**place, "terminal": terminal, **step} for step in _typed(answered.pop(0), run))


def _typed(block: Answered, run: Run) -> Iterator[dict[str, Any]]:
    """The steps of a block: prompt, command, what it prints and how fast; only what isn't empty."""
    pace = Pace(block.cast)
    for number, step in enumerate(block.session.steps):
        command, output = block.typed(number), block.printed(number)
        if not block.steps:
            command, output = run.in_run(command), run.in_run(output)
        pauses = pace.pauses(command, output) if block.cast else []
        after = block.session.prompt_after(number)
        said = {
            "prompt": run.in_run(step.prompt),
            "command": command,
            "shown": step.command if step.command != command else "",
            "output": output,
            "status": step.shown_status,
            "pauses": pauses if any(pauses) else [],
            "after": run.in_run(after or ""),
            "waits": step.interrupted_after is not None,
            "sample": bool(run.version) and not block.steps,
        }
        yield {name: value for name, value in said.items() if value}


def task(lines: Sequence[str], block: Block) -> str:
    """What the page says right above a block: the question that the block answers, or the paragraph before it."""
    above = list(lines[: block.line - 1])
    if lines[block.line - 1].startswith(" "):
        for line in reversed(above):
            if question := _QUESTION.match(line):
                return _plain(question[1])
    while above and not above[-1].strip():
        above.pop()
    start = next((at for at in range(len(above), 0, -1) if not above[at - 1].strip()), 0)
    paragraph = above[start:]
    if not paragraph or any(map(_NO_SENTENCE.match, paragraph)):
        return ""
    return _plain(" ".join(line.strip() for line in paragraph))


def _plain(text: str) -> str:
    """The first sentences of a Markdown text, without links and stress; code keeps its marks, as the script knows."""
    first, *others = _SENTENCE.split(_LINK.sub(r"\1", text).replace("**", ""))
    said = first
    for sentence in others:
        if len(said) + len(sentence) > _BRIEF:
            break
        said = f"{said} {sentence}"
    return said
