"""Turns a contributor's new samples into the lines of the files that show them; every other line stays to the byte."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.claims import snippets
from harness.claims.sessions import Step
from harness.project import write


def rewrite(source: Path, target: Path, steps: Mapping[int, Step]) -> None:
    """Writes `source` to `target` with the samples and exit statuses of `steps` in place of the old ones.

    The key is the line of the command in `source`, 1-based. A step's own `line` may count from further down: from the
    fence of a page.
    """
    lines = list(io.StringIO(source.read_bytes().decode(), newline=""))  # with their line ends, and cut as pages are
    for number in sorted(steps, reverse=True):  # from below, so that the lines above keep their numbers
        _replace(lines, number, steps[number])
    write(target, "".join(lines))


def _replace(lines: list[str], number: int, step: Step) -> None:
    """Puts the step's sample and status below its command on line `number`, as far indented as that."""
    command = lines[number - 1]
    indent = command[: command.index(step.prompt.rstrip())]
    line_end = "\r\n" if command.endswith("\r\n") else "\n"
    shown = step.sample.split("\n") if step.sample else []
    shown += [f"[{step.status}]"] if step.status else []
    first, last = (line + number - step.line for line in (step.first_line, step.last_line))
    if not lines[first - 2].endswith("\n"):  # the file ends with the command
        lines[first - 2] += line_end
    lines[first - 1 : last] = [f"{indent}{line}".rstrip() + line_end for line in shown]


def target(snippet: Path, engine: str, engines: Sequence[str], fallback: str) -> Path:
    """The file that a sample recorded on `engine` belongs in; `engines` are the known ones, oldest first.

    The snippet itself shows what the newest engine prints. That engine writes it, and so does `fallback`, on which
    pages are made where the newest can't be had. What another engine prints goes into a variant of its own.
    """
    used = snippets.sample_for(snippet, engine, engines)
    variant = snippet.with_name(f"{snippet.stem}@until-{engine}{snippet.suffix}")
    if used == snippet:
        return snippet if engine in (fallback, engines[-1]) else variant
    return used if used.stem.endswith((f"@{engine}", f"@until-{engine}")) else variant


def keep_older(snippet: Path, engines: Sequence[str]) -> None:
    """Copies the snippet into a variant for the engines that share it, before the newest one writes it."""
    if snippets.sample_for(snippet, engines[-2], engines) == snippet:
        variant = snippet.with_name(f"{snippet.stem}@until-{engines[-2]}{snippet.suffix}")
        write(variant, snippet.read_bytes().decode())
