"""Writes new samples into the files that show them, for contributors; each other line stays to the byte."""

from collections.abc import Mapping
from pathlib import Path

from harness.evidence import write
from harness.sessions import Step


def rewrite(file: Path, steps: Mapping[int, Step]) -> None:
    """Puts the samples and exit statuses of `steps` (line of the command in `file` -> step) in place of the old ones.

    A step's `line` may count from further down than the file's first line (a fence of a page); the key does not.
    """
    lines = file.read_bytes().decode().splitlines(keepends=True)  # read_text would change its line ends
    for number in sorted(steps, reverse=True):  # from below, so that the lines above keep their numbers
        step = steps[number]
        shift = number - step.line
        indent = lines[number - 1][: lines[number - 1].index(step.prompt.rstrip())]
        shown = step.sample.split("\n") if step.sample else []
        shown += [f"[{step.status}]"] if step.status else []
        if not lines[shift + step.first_line - 2].endswith("\n"):
            lines[shift + step.first_line - 2] += "\n"
        new = [f"{indent}{line}".rstrip() + "\n" for line in shown]
        lines[shift + step.first_line - 1 : shift + step.last_line] = new
    write(file, "".join(lines))
