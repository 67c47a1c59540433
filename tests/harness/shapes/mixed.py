"""Says what `shuf` and `sort -R` print of the lines that they mix, for asked and for the row of dialects/shuf.py.

shuf names.txt               every line of it, in any order
shuf -i 1-45 -n 6            six numbers from 1 to 45, none twice
shuf -i 1-9 | sort           nothing that nobody knows before
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from harness.claims.commands import Command, commands_of, read_command
from harness.claims.shell import SimpleCommand, pipelines
from harness.shapes.growing import name
from harness.shapes.line_patterns import NUMBER, between
from harness.shapes.policies.typed import CACHED, mixes

_RANGE = re.compile(r"(?:-i|--input-range=)?(\d{1,9})-(\d{1,9})")
_SEVERAL_TIMES, _NUMBER = ("-r", "--repeat"), ("-n", "--head-count")
_SOME = frozenset({"head", "tail"})  # print some of the lines that they read
_STARTED_OFTEN = frozenset({"watch", "xargs"})
_NEW_LINE = re.compile(r"\\n|\n")
_NUMBER_OF_LINES = re.compile(r" (?:-\w*n ?|--head-count[= ])(\d{1,4})(?= |\Z)")
_DELIMITER = re.compile(r" -s?d ?(.)")  # of paste
_SUBSTITUTES = re.compile(r"s(\W)(?:(?!\1).)*\1(?:(?!\1).)*\1[giI]*\Z")  # sed, on every line
_AWK = re.compile(r"\s*\{\s*print\b\s*([^{};|>]*?)\s*;?\s*\}\s*")
_OF_SEVERAL = re.compile(r"\bF?NR\b|\+\+|--|=|\b(?:getline|rand|srand|systime)\b")  # it depends on the other lines
_LINE_NUMBER = r" *\d{1,6}(?!\d)[^\w\n]{0,8}"
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
    before: str = ""  # a pattern of what stands before each


def is_all(text: str) -> bool:
    """Whether what a typed text prints are the lines that a program mixes, each once, and each changed by itself."""
    mixing, *behind = _mixing(text) or (None,)
    return mixing is not None and prints_all(mixing) and all(map(_takes_each_line, behind))


def is_numbered(text: str) -> bool:
    """Whether what a typed text prints are the lines that a program mixes, each once, behind their numbers."""
    mixing, *behind = _mixing(text) or (None,)
    return mixing is not None and prints_all(mixing) and len(behind) == 1 and _numbers(behind[0])


@lru_cache(maxsize=CACHED)
def _mixing(text: str) -> tuple[Command, ...]:
    """From the last program that mixes lines on all that work on them; empty where none does."""
    found = _programs(text)
    places = [place for place, command in enumerate(found) if mixes(command)]
    return found[places[-1] :] if places else ()


def _programs(text: str) -> tuple[Command, ...]:
    """The last programs of the pipeline that prints all of a text's output, some maybe in a container."""
    found = pipelines(text)
    behind: tuple[Command, ...] = ()
    for simple in reversed(found[0] if len(found) == 1 else ()):
        code, last = _code(simple), commands_of(simple)[-1:]
        if not code and last and last[0].inner and not last[0].has("-d", "--detach"):
            code = last[0].inner.code or shlex.join(last[0].inner.words)
        before = _programs(code) if code else tuple(last)
        if not before:
            break
        behind = (*before, *behind)
    return behind


def _code(simple: SimpleCommand) -> str:
    """What a shell is given to run: `sh -c 'seq 3 | shuf'`."""
    return read_command(simple.program or ("",)).started.code


def _takes_each_line(command: Command) -> bool:
    """Whether a program makes one line of each that it reads, whichever stand beside it."""
    if command.program == "sed":
        return not command.options and all(map(_SUBSTITUTES.match, command.arguments))
    if command.program == "tr":
        return not (command.options or _NEW_LINE.search("".join(command.arguments)))
    if command.program == "awk":
        code = _printed_by_awk(command)
        return bool(code) and not _OF_SEVERAL.search(code)
    return command.program in ("cat", "cut", "rev", "tac") and not _numbers(command)


def _numbers(command: Command) -> bool:
    """Whether a program puts its number before each line."""
    if command.program in ("cat", "grep"):
        return command.has("-n", "--number", "--line-number")
    if command.program == "awk":
        number, _, others = _printed_by_awk(command).partition("NR")
        return not number and bool(others) and not _OF_SEVERAL.search(others)
    return command.program == "nl" and not command.options


def _printed_by_awk(command: Command) -> str:
    """What awk prints of each line; empty where it does anything else."""
    found = _AWK.fullmatch("".join(command.arguments)) if not command.options else None
    return found[1] if found else ""


def forms(pipeline: Sequence[SimpleCommand], files: Mapping[str, str]) -> Iterator[Form]:
    """The forms of the lines that the programs of a pipeline mix, where something of that is to be seen."""
    for index, simple in enumerate(pipeline):
        for command in () if _code(simple) else commands_of(simple):  # a shell's code is asked for itself
            behind = [one for simple in pipeline[index + 1 :] for one in commands_of(simple)]
            of_all = list(takewhile(lambda one: one.program not in _SOME, behind))
            is_sorted = any(mixes(one) or one.program == "sort" for one in of_all)
            if mixes(command) and not (prints_all(command) and is_sorted):
                form = _form(command, simple, pipeline[:index], files)
                before = _LINE_NUMBER if any(map(_numbers, behind)) else ""
                yield form._replace(joined_by="".join(map(joins, of_all))[:1], before=before)


def joins(command: Command) -> str:
    """What a program puts between the lines that it reads; empty where they stay lines."""
    if command.program == "tr" and command.arguments[:1] in (("\\n",), ("\n",)):
        return "".join(command.arguments[1:])
    if command.program == "paste" and any("s" in name for name in command.options):
        given = _DELIMITER.search(" ".join(command.words))
        return given[1] if given else "\t"
    return " " if "xargs" in command.within or command.words == ("xargs",) else ""


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
