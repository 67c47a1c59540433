"""Turns a contributor's new samples into the lines of the files that show them; every other line stays to the byte."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from harness.claims import sessions, snippets
from harness.claims.sessions import Session, SessionError, Step
from harness.project import write

UNWRITABLE = "not recorded"  # what the reason of such a step begins with
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})\s*")


class Unwritable(Exception):
    """An output that a page can't show: a line of it would be read as something else."""

    def __init__(self, line: str, why: str) -> None:
        super().__init__(
            f"{UNWRITABLE}: the output's line `{line}` {why}; show `...` in the place of that line, "
            "or change the command so that it prints another"
        )


def check(text: str, session: Session, old: Step, new: Step) -> None:
    """Raises Unwritable where `text`, which holds `session`, would be read otherwise with `new` in the place of `old`.

    `new` has the lines of `old`.
    """
    if "```" in new.sample or "~~~" in new.sample:
        for line in filter(_FENCE.fullmatch, new.sample.split("\n")):
            raise Unwritable(line, "would end the fence that shows it")
    pressed = new.interrupted_after
    if old.interrupted_after is None and pressed is not None:
        raise Unwritable(new.sample.split("\n")[pressed], "would be read as Ctrl+C")
    _check_read_back(text, session, old, new)


def _check_read_back(text: str, session: Session, old: Step, new: Step) -> None:
    lines = text.split("\n")
    lines[old.first_line - 1 : old.last_line] = new.output_lines
    place = session.steps.index(old)
    more = len(new.output_lines) - (old.last_line - old.first_line + 1)
    wanted = [*session.steps[:place], new, *(_moved(step, more) for step in session.steps[place + 1 :])]
    wanted[place] = replace(new, last_line=old.last_line + more)
    try:
        found = sessions.parse("\n".join(lines))
    except SessionError as error:
        raise Unwritable(new.output_lines[0], f"would be read otherwise: {error}") from None
    if found == Session(tuple(wanted), session.waiting):
        return
    if found.steps[place].command != new.command:
        raise Unwritable(new.output_lines[0], "would be read as a line of the command")
    raise Unwritable(lines[min(found.steps[place].last_line, len(lines) - 1)], "would be read as a prompt")


def _moved(step: Step, lines: int) -> Step:
    return replace(step, line=step.line + lines, first_line=step.first_line + lines, last_line=step.last_line + lines)


def rewrite(source: Path, target: Path, steps: Mapping[int, Step]) -> None:
    """Writes `source` to `target` with the samples and exit statuses of `steps` in place of the old ones.

    The key is the line of the command in `source`, 1-based. A step's own `line` may count from further down: from the
    fence of a page.
    """
    lines = lines_of(source)
    for number in sorted(steps, reverse=True):  # from below, so that the lines above keep their numbers
        _replace(lines, number, steps[number])
    write(target, "".join(lines))


def lines_of(file: Path) -> list[str]:
    """The lines of a file with their ends, and cut as pages are."""
    return list(io.StringIO(file.read_bytes().decode(), newline=""))


def _replace(lines: list[str], number: int, step: Step) -> None:
    """Puts the step's sample and status below its command on line `number`, as far indented as that."""
    command = lines[number - 1]
    indent = command[: command.index(step.prompt.rstrip())]
    line_end = "\r\n" if command.endswith("\r\n") else "\n"
    first, last = (line + number - step.line for line in (step.first_line, step.last_line))
    if not lines[first - 2].endswith("\n"):  # the file ends with the command
        lines[first - 2] += line_end
    lines[first - 1 : last] = [f"{indent}{line}".rstrip() + line_end for line in step.output_lines]


def target(snippet: Path, engine: str, engines: Sequence[str], fallback: str) -> Path:
    """The file that a sample recorded on `engine` belongs in; `engines` are the known ones, oldest first.

    The snippet itself shows what the newest engine prints. That engine writes it, and so does `fallback`, on which
    pages are made where the newest can't be had. What another engine prints goes into a variant of its own.
    """
    used = snippets.sample_for(snippet, engine, engines)
    of_engine = engine if engine == engines[0] else f"until-{engine}"  # before the oldest there is none
    variant = snippet.with_name(f"{snippet.stem}@{of_engine}{snippet.suffix}")
    if used == snippet:
        return snippet if engine in (fallback, engines[-1]) else variant
    return used if used.stem.endswith((f"@{engine}", f"@until-{engine}")) else variant


def keep_older(snippet: Path, engines: Sequence[str]) -> Path | None:
    """Copies the snippet into a variant for the engines that share it, before the newest one writes it: the variant,
    None where they have one."""
    if snippets.sample_for(snippet, engines[-2], engines) != snippet:
        return None
    variant = snippet.with_name(f"{snippet.stem}@until-{engines[-2]}{snippet.suffix}")
    write(variant, snippet.read_bytes().decode())
    return variant
