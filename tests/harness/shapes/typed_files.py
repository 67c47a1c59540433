"""Turns a command that writes files into what stands in them then, for bindings and started.

cat > Dockerfile <<'EOF'        Dockerfile has what stands up to EOF
echo 'PORT=8080' >> .env        .env has one line more

Only a text that was typed counts: a shell puts nothing into it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from harness.claims.commands import commands_of
from harness.claims.shell import SimpleCommand, simple_commands
from harness.shapes.policies.typed import CACHED

_OPTIONS = frozenset({"-a", "-e", "-n", "-ne", "-en", "--append"})  # of tee and echo


class _Written(NamedTuple):
    """What a command puts into a file."""

    path: str
    text: str
    is_added: bool  # to what stands there


def written(command: str, files: Mapping[str, str]) -> dict[str, str]:
    """The files that a command writes, with what stands in them; `files`: those that there were before."""
    found: dict[str, str] = {}
    for path, text, is_added in _written(command) if ">" in command or "tee" in command else ():
        before = found.get(path, files.get(path)) if is_added else ""
        if before is not None:
            found[path] = before + text
    return found


def document(command: str) -> str:
    """What a program reads from the command's here-document; empty where it has none."""
    given = (one for simple in simple_commands(command) for one in simple.documents)
    return next((one.text for one in given if one.is_as_typed), "")


@lru_cache(maxsize=CACHED)
def _written(command: str) -> tuple[_Written, ...]:
    return tuple(_by_each(simple_commands(command)))


def _by_each(steps: Iterable[SimpleCommand]) -> Iterator[_Written]:
    before: str | None = None  # what the step before prints
    for simple in steps:
        text = _printed(simple, before if simple.piped else None)
        if text is not None:
            program, *words = _program(simple)
            is_added = not _OPTIONS.isdisjoint(words)
            copies = [path for path in words if path not in _OPTIONS] if program == "tee" else []
            yield from (_Written(path, text, is_added) for path in copies)
            yield from (_Written(path, text, path in simple.appends) for path in simple.writes if simple.is_written)
        before = text


def _program(simple: SimpleCommand) -> Sequence[str]:
    """What the step runs, behind `sudo`."""
    found = commands_of(simple)
    return found[0].words if len(found) == 1 else ("",)


def _printed(simple: SimpleCommand, read: str | None) -> str | None:
    """What a step prints, where that is a text that was typed, or `read` from the step before; None else."""
    program, *words = _program(simple)
    if program in ("echo", "printf"):
        return _said(program, words) if all(word.is_as_typed for word in simple.words) else None
    if not (program == "tee" or (program == "cat" and words in ([], ["-"]))):
        return None
    if not simple.documents:
        return read
    return simple.documents[-1].text if simple.documents[-1].is_as_typed else None


def _said(program: str, words: Sequence[str]) -> str | None:
    """What echo and printf print of words."""
    if program == "echo":
        text = " ".join(word for word in words if word not in _OPTIONS) + "\n" * ("-n" not in words)
        return text.replace("\\n", "\n") if "-e" in words else text
    form, *given = words or [""]
    if form == "%s\\n":
        return "".join(f"{word}\n" for word in given)
    return None if given or "%" in form else form.replace("\\n", "\n")
