"""Puts new samples into the files that show them, for contributors; each other line stays to the byte."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.claims import pages
from harness.claims.sessions import Step
from harness.project import write


def rewrite(source: Path, target: Path, steps: Mapping[int, Step]) -> None:
    """Writes `source` to `target` with the samples and exit statuses of `steps` in place of the old ones.

    The key is the line of the command in `source`; a step's own `line` may count from further down (a fence of a page).
    """
    lines = list(io.StringIO(source.read_bytes().decode(), newline=""))  # as pages are read, with their line ends
    for number in sorted(steps, reverse=True):  # from below, so that the lines above keep their numbers
        step = steps[number]
        shift = number - step.line
        indent = lines[number - 1][: lines[number - 1].index(step.prompt.rstrip())]
        shown = step.sample.split("\n") if step.sample else []
        shown += [f"[{step.status}]"] if step.status else []
        end = "\r\n" if lines[number - 1].endswith("\r\n") else "\n"
        if not lines[shift + step.first_line - 2].endswith("\n"):
            lines[shift + step.first_line - 2] += end
        new = [f"{indent}{line}".rstrip() + end for line in shown]
        lines[shift + step.first_line - 1 : shift + step.last_line] = new
    write(target, "".join(lines))


def target(snippet: Path, engine: str, engines: Sequence[str], fallback: str) -> Path:
    """The file that a sample recorded on `engine` belongs in.

    The snippet itself shows the newest engine. It is written by that one, and by the one on which pages are made where
    the newest can't be had, `fallback`. What another engine prints goes into its own variant.
    """
    used = pages.sample_for(snippet, engine, engines)
    variant = snippet.with_name(f"{snippet.stem}@until-{engine}{snippet.suffix}")
    if used == snippet:
        return snippet if engine in (fallback, engines[-1]) else variant
    return used if used.stem.endswith((f"@{engine}", f"@until-{engine}")) else variant


def keep_older(snippet: Path, engines: Sequence[str]) -> None:
    """Before the newest engine writes the snippet: the engines that shared it keep what it showed, as a variant."""
    if pages.sample_for(snippet, engines[-2], engines) == snippet:
        variant = snippet.with_name(f"{snippet.stem}@until-{engines[-2]}{snippet.suffix}")
        write(variant, snippet.read_bytes().decode())
