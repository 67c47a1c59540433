"""Turns a note that has run into a page and snippets of the project's form: its prose stays, guesses become comments.

Pure. What stands in the snippets then is what the note shows; recording (notes.writing) makes it what is printed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from harness.claims.front_matter import front_matter
from harness.claims.notes import sessions
from harness.claims.notes.note import Kind, NoteStep
from harness.claims.sessions import INTERRUPT
from harness.claims.settings import KEYS
from harness.claims.shell_kinds import BASH
from harness.notes.texts import Texts
from harness.notes.verdicts import JudgedBlock, JudgedStep, Verdict

_MARK = "notes"  # what each comment for the author begins with
_PREFIX = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")
_RAN = (Verdict.FITS, Verdict.DIFFERS)


@dataclass
class Written:
    """A page, and its snippets by their names below snippets/."""

    page: str = ""
    snippets: dict[str, str] = field(default_factory=dict)


def page_of(name: str, lines: Sequence[str], judged: Sequence[JudgedBlock], texts: Texts) -> Written:
    """The page that is called `name`."""
    written = Written()
    begin, shown = _front_matter(lines)
    at = begin
    for block in judged:
        first, last = block.block.line - 1, block.block.line + len(block.block.fence.lines)
        shown += lines[at:first]
        prefix = _PREFIX.match(lines[first])
        opening = prefix[0] if prefix else ""
        indent = re.sub(r"[^\s>]", " ", opening)
        body = list(_fence(name, block, lines[first : last + 1], indent, written, texts))
        if opening != indent and body:  # the fence begins a list's item
            body.sort(key=lambda line: line.lstrip(" >").startswith("<!--"))
            body[0] = opening + body[0][len(indent) :]
        shown += body
        at = last + 1
    written.page = "\n".join([*shown, *lines[at:]]).rstrip("\n") + "\n"
    return written


def _front_matter(lines: Sequence[str]) -> tuple[int, list[str]]:
    """Where the text begins, and the lines of what a page may say of itself."""
    front = front_matter(lines)
    if not front.is_mapping or not front.end:
        return 0, []
    kept = [f"{key}: {front.values[key]!r}" for key in ("title", "description") if key in front.values]
    lost = sorted(str(key) for key in front.values.keys() - set(KEYS))
    comment = [_comment(f"front matter: {', '.join(lost)}")] if lost else []
    return front.end, [*(["---", *kept, "---"] if kept else []), *comment]


def _fence(
    name: str, judged: JudgedBlock, lines: Sequence[str], indent: str, written: Written, texts: Texts
) -> Iterator[str]:
    block = judged.block
    if block.kind is Kind.OUTPUT:
        return
    comments = [texts.said(guess) for guess in block.said()] + ([texts.said(block.reason)] if block.reason else [])
    left_out = [one for one in judged.steps if one.verdict not in _RAN]
    comments += [f"{one.step.line}: {texts.said(said)}" for one in left_out for said in one.said]
    comments += [
        f"{one.step.line}: {texts.word(one.verdict)}" for one in judged.steps if one.verdict is Verdict.DIFFERS
    ]
    if block.kind is not Kind.NO_COMMAND:
        yield from (f"{indent}{_comment(comment)}" for comment in dict.fromkeys(comments))
    if block.kind is Kind.FILE:
        snippet = _file_snippet(name, block.file)
        yield from _shown(indent, f'{block.fence.language or "text"} title="{block.file}"', snippet)
        written.snippets[snippet] = "".join(f"{line}\n" for line in block.fence.lines)
    elif steps := list(_kept(judged)):
        snippet = f"{name}/{1 + sum(one.endswith('.console') for one in written.snippets):02}.console"
        title = f' title="{block.terminal}"' if block.terminal else ""
        waiting = "" if left_out and left_out[-1].step is block.steps[-1] else block.waiting
        yield from _shown(indent, f"{BASH.language}{title}", snippet)
        written.snippets[snippet] = sessions.text(steps, waiting)
        if left_out:
            yield ""
            yield from (indent + line for line in ["``` text", *(one.step.command for one in left_out), "```"])
    else:
        yield re.sub(r"console", "text", lines[0]) if block.fence.language == BASH.language else lines[0]
        yield from lines[1:]
        if not block.fence.closed:
            yield indent + block.fence.ticks


def _file_snippet(name: str, file: str) -> str:
    """The snippet for a file: below the page's own folder, whatever the note calls it."""
    return "/".join([name, *(part.lstrip(".") for part in file.split("/") if part.strip("."))])


def _kept(judged: JudgedBlock) -> Iterator[NoteStep]:
    """The steps that ran, those that were added with the ones above them; outputs that the note lacks are empty."""
    by_step = {id(one.step): one for one in judged.steps}
    keeps = False
    for step in judged.block.steps:
        one = by_step.get(id(step))
        keeps = one.verdict in _RAN if one else keeps
        if keeps:
            yield _as_written(step, one)


def _as_written(step: NoteStep, one: JudgedStep | None) -> NoteStep:
    """The step with its output: what was printed where Ctrl+C ends it, as recording keeps the place of that."""
    stopped = any(guess.key == "stopped" for guess in step.guesses)
    if stopped and step.sample is None and one and one.fact:
        printed = one.fact.actual.partition(INTERRUPT)[0].rstrip("\n")
        return replace(step, sample=printed.split("\n") if printed else [])
    return replace(step, sample=step.sample or [])


def _shown(indent: str, info: str, snippet: str) -> list[str]:
    return [f"{indent}``` {info}", f'{indent}--8<-- "{snippet}"', f"{indent}```"]


def _comment(text: str) -> str:
    said = " ".join(text.split()).replace("-->", "-- >")
    return f"<!-- {_MARK}: {said} -->"
