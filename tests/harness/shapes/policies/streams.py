"""STREAMS: puts what a program writes to standard error behind what it writes to standard output.

    RUN echo tuning && echo static >&2        tuning      static
                                              static      tuning

Two streams race. Each keeps its own order, as far as the code says what goes to which: where a program of another kind
writes there, only a few lines are taken for a race.
"""

import errno
import os
import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from harness.claims.commands import Command, parse, read_command
from harness.claims.shell import SimpleCommand, simple_commands
from harness.shapes import printed
from harness.shapes.lines import Line
from harness.shapes.policies.typed import CACHED

SYSTEM_ERRORS = "|".join(sorted(re.escape(os.strerror(number)) for number in errno.errorcode))
SYSTEM_ERROR = rf"[\w./-]{{1,60}}: (?:.{{1,200}}: )?(?:{SYSTEM_ERRORS})"
_A_FEW = 6  # lines of which nobody knows which stream they are of
_ANYTHING = ""  # the form of what may be any line
_EXPANDED = re.compile(r"\$\{\w+\}|\$\w+|\$\(.*?\)|`[^`]*`|%[-+ 0-9.]*[a-zA-Z]")
_OF_LANGUAGES = re.compile(r"\bstderr\b|\bSTDERR\b|\bwarn\b|\bconsole\.(?:error|warn)\b")
_OF_MAKE = r"make(?:\[\d{1,3}\])?: \*\*\* .*"
_OF_BASH = r"bash: (?:warning|line \d{1,6}): .*"  # that a locale isn't there, how a program ended
# What these say under their own name goes to standard error.
_SAY_THEIR_NAME = frozenset({"curl", "du", "find", "grep", "gzip", "id", "sed", "tar", "wget", "whoami"})
_METER_OF_CURL = r" {2}% Total .*| {20,40}Dload .*| {0,2}\d{1,3} .{30,80} (?:--|\d\d?):[-\d:]{2,5} .*"
_ASKED_BY_CURL = rf"[*<>] .*|[*<>]|[{{}}] \[\d{{1,12}} bytes data\]|{_METER_OF_CURL}"
_TRACED = r"\++ .*"


def arrange(code: str, lines: Sequence[Line], said: Callable[[Line], str] = lambda line: line.text) -> list[Line]:
    """The lines that a shell's code has printed, with its errors last. `said`: what of a line the code has printed."""
    forms = _errors(code)
    if forms is None:
        return list(lines)
    if _ANYTHING in forms and len(lines) <= _A_FEW:
        return sorted(lines, key=lambda line: line.spelled)
    form = re.compile("|".join((*(forms - {_ANYTHING}), SYSTEM_ERROR)))
    return sorted(lines, key=lambda line: bool(form.fullmatch(said(line))))


@lru_cache(maxsize=CACHED)
def code(command: str) -> str:
    """The code that a command runs in a container; empty where that is not all that it runs."""
    found = parse(command)
    inner = found[0].inner if len(found) == 1 else None
    return shlex.join(inner.words) if inner else ""


def writes_errors(code: str) -> bool:
    """Whether the code says of some lines that they go to standard error."""
    return bool(_errors(code))


@lru_cache(maxsize=CACHED)
def _errors(code: str) -> frozenset[str] | None:
    """The forms of the lines that the code writes to standard error; None where all it prints comes on one stream."""
    found = simple_commands(code)
    if any("1" in simple.joins for simple in found) or all("2" in simple.joins for simple in found):
        return None
    return frozenset(form for simple in found for form in _of_simple(simple))


def _of_simple(simple: SimpleCommand) -> Iterator[str]:
    to_errors = "2" in simple.joins or "/dev/stderr" in simple.writes
    started = read_command(simple.program).started if simple.program else None
    if to_errors:
        yield from _of_command(started) if started else (_ANYTHING,)  # a group's end
    elif started and started.code:
        yield from _errors(started.code) or ()
        if started.program == "bash":
            yield _OF_BASH
    elif started and started.program == "set" and any("x" in option for option in started.options):
        yield _TRACED
    elif started and started.program == "make":
        yield _OF_MAKE
    elif started and started.program in _SAY_THEIR_NAME:
        yield rf"{started.program}: .*"
        if started.program == "curl":
            yield _ASKED_BY_CURL if started.has("-v", "--verbose") else _METER_OF_CURL
    elif started and printed.language(started.program) and any(map(_OF_LANGUAGES.search, started.arguments)):
        yield _ANYTHING


def _of_command(command: Command) -> Iterator[str]:
    """The forms of all lines of a program that writes to standard error only."""
    words = [word for word in command.words[1:] if word not in ("-e", "-n", "-ne", "-en", "--")]
    if command.program not in ("echo", "printf"):
        yield _ANYTHING
        return
    said = " ".join(words if command.program == "echo" else words[:1])
    for line in filter(None, re.split(r"\\n|\n", said)):
        pieces = _EXPANDED.split(line)
        yield ".*".join(map(re.escape, pieces)) if any(map(str.strip, pieces)) else _ANYTHING
