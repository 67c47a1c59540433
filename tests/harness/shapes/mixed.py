"""Says what `shuf` and `sort -R` print of the lines that they mix, for asked and for the row of dialects/shuf.py.

shuf names.txt               every line of it, in any order
shuf -i 1-45 -n 6            six numbers from 1 to 45, none twice
shuf -i 1-9 | sort           nothing that nobody knows before
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from harness.claims.commands import Command, commands_of, read_command
from harness.claims.shell import SimpleCommand, pipelines
from harness.shapes.growing import name
from harness.shapes.line_patterns import NUMBER, between
from harness.shapes.policies.typed import CACHED, mixes

_RANGE = re.compile(r"(?:-i|--input-range=)?(\d{1,9})-(\d{1,9})")
_SEVERAL_TIMES, _NUMBER = ("-r", "--repeat"), ("-n", "--head-count")
_STARTED_OFTEN = frozenset({"watch", "xargs"})
_NEW_LINE = re.compile(r"\\n|\n")
_NUMBER_OF_LINES = re.compile(r" (?:-\w*n ?|--head-count[= ])(\d{1,4})(?= |\Z)")
_DELIMITER = re.compile(r" -s?d ?(.)")  # of paste
_MOST = 1000  # lines that are told one by one


def prints_all(command: Command) -> bool:
    """Whether a program mixes lines, and prints each of them once."""
    return mixes(command) and _is_once(command) and not command.has("-o", "--output", *_NUMBER)


class Form(NamedTuple):
    """What each line looks like that is mixed."""

    pattern: str  # a group
    is_once: bool  # no two lines are the same
    number: int = 0  # of lines; 0 where nobody knows
    joined_by: str = ""  # what stands between them, where they become one line


def is_all(text: str) -> bool:
    """Whether what a typed text prints are the lines that its last program mixes, each once."""
    last = _last(text)
    return last is not None and prints_all(last)


@lru_cache(maxsize=CACHED)
def _last(text: str) -> Command | None:
    """The program that prints all of the output, maybe in a container; None where several do."""
    found = pipelines(text)
    if len(found) != 1:
        return None
    if code := read_command(found[0][-1].program or ("",)).started.code:
        return _last(code)
    last = commands_of(found[0][-1])[-1:]
    if last and last[0].inner and not last[0].has("-d", "--detach"):
        return _last(last[0].inner.code or shlex.join(last[0].inner.words))
    return last[0] if last else None


def forms(pipeline: Sequence[SimpleCommand], files: Mapping[str, str]) -> Iterator[Form]:
    """The forms of the lines that the programs of a pipeline mix, where something of that is to be seen."""
    for index, simple in enumerate(pipeline):
        for command in commands_of(simple):
            behind = list(_behind(pipeline, index))
            is_sorted = any(mixes(one) or one.program == "sort" for one in behind)
            if mixes(command) and not (prints_all(command) and is_sorted):
                form = _form(command, simple, pipeline[:index], files)
                yield form._replace(joined_by="".join(map(_joins, behind))[:1])


def _behind(pipeline: Sequence[SimpleCommand], index: int) -> Iterator[Command]:
    """The programs that read all the lines of one in a pipeline."""
    for simple in pipeline[index + 1 :]:
        for command in commands_of(simple):
            if command.program in ("head", "tail"):
                return
            yield command


def _joins(command: Command) -> str:
    """What a program puts between the lines that it reads; empty where they stay lines."""
    if command.program == "tr" and command.arguments[:1] in (("\\n",), ("\n",)):
        return "".join(command.arguments[1:])
    if command.program == "paste" and any("s" in name for name in command.options):
        given = _DELIMITER.search(" ".join(command.words))
        return given[1] if given else "\t"
    return " " if "xargs" in command.within else ""


def _range(command: Command) -> re.Match[str] | None:
    return next(filter(None, map(_RANGE.fullmatch, command.words)), None) if command.program == "shuf" else None


def _form(command: Command, simple: SimpleCommand, before: Sequence[SimpleCommand], files: Mapping[str, str]) -> Form:
    if given := _range(command):
        return Form(between(int(given[1]), int(given[2])), _is_once(command), _number(command))
    if command.program == "shuf" and command.has("-e", "--echo"):
        words = zip(command.words[1:], command.words, strict=False)
        lines = [word for word, option in words if option not in _NUMBER and word[:1] != "-"]
    else:
        paths = [one for one in command.arguments if not one.isdecimal()]  # the number of -n is none
        lines = list(_lines([*paths, *simple.reads], before, files))
    lines = [line for line in map(str.strip, lines) if line]
    if not 0 < len(lines) <= _MOST or any("$" in line or "`" in line for line in lines):
        return Form(NUMBER, is_once=False)
    is_once = len(set(lines)) == len(lines) and _is_once(command)
    number = _number(command) or (len(lines) if is_once else 0)
    return Form(f"({'|'.join(map(re.escape, lines))})", is_once, number)


def _number(command: Command) -> int:
    """How many lines it is told to print; 0 where it isn't."""
    found = _NUMBER_OF_LINES.search(" ".join(command.words))
    return int(found[1]) if found and _STARTED_OFTEN.isdisjoint(command.within) else 0


def _is_once(command: Command) -> bool:
    return not command.has(*_SEVERAL_TIMES) and _STARTED_OFTEN.isdisjoint(command.within)


def _lines(paths: Sequence[str], before: Sequence[SimpleCommand], files: Mapping[str, str]) -> Iterator[str]:
    """The lines that are mixed; none where nobody knows them."""
    for text in (files.get(name(path), "") for path in paths):
        yield from text.split("\n")
    source = [command for simple in before for command in commands_of(simple)]
    if paths or len(source) != 1:
        return
    program, words = source[0].program, source[0].arguments
    if program == "cat":
        yield from _lines([*words, *before[0].reads], (), files)
    elif program == "printf" and words:
        yield from words[1:] if "%" in words[0] else _NEW_LINE.split(words[0])
    elif program == "echo":
        yield from _NEW_LINE.split(" ".join(words))
    elif program == "seq" and len(words) in (1, 2) and all(map(str.isdecimal, words)):
        first, last = (1, *map(int, words))[-2:]
        yield from map(str, range(first, min(last, first + _MOST) + 1))
