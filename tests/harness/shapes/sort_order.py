"""Turns a command that sorts into the order of the lines that it prints, for the policy of lines in order.

docker images --format '{{.Repository}} {{.Size}}' | sort -k2 -hr    by the size in the second field, from high to low
docker ps --format '{{.Image}}' | sort | uniq -c                     by the text behind the count, each once
docker exec web ps aux --sort=-rss                                   by the number in a column

Words have an order of their own in each language: lines are only out of order where they are so in all of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from harness.claims.commands import Command, commands_of, read_command
from harness.claims.shell import SimpleCommand, pipelines, without_assignments
from harness.shapes.policies.typed import CACHED, keeps_order

_SILENT = frozenset({"cd", "export", "mkdir", "rm", "set", "sleep", "true"})
_BY_OTHER_VALUES = frozenset({"-M", "-R", "-V", "-c", "-C", "-m", "-z"})
_LONG = {
    "--numeric-sort": "-n", "--general-numeric-sort": "-n", "--human-numeric-sort": "-h", "--reverse": "-r",
    "--unique": "-u", "--stable": "-s", "--key": "-k", "--field-separator": "-t", "--ignore-case": "-f",
    "--dictionary-order": "-d", "--ignore-leading-blanks": "-b",
}  # fmt: skip
_OTHER_LONG = re.compile(r"--.+")
_COUNT, _LINE_NUMBER = r" *\d{1,9} ", r" *\d{1,9}\t"  # of uniq -c; of nl and cat -n
_CHANGE_LINES = {  # options with which a program doesn't print whole lines
    "cat": re.compile(".*"),
    "grep": re.compile(r"-[A-Za-z]*[bcno][A-Za-z]*|--(?:byte-offset|count|line-number|only-matching)"),
    **dict.fromkeys(("head", "tail"), re.compile("-c|--bytes")),
}
_NUMBERS = re.compile(r"nl|cat (?:-n|--number)")
_PUTS_NUMBER = re.compile(r"awk \{ ?print NR ?\"(?P<behind>[^\"\\]{1,9})\" ?\$[01] ?\}")
_PUTS_BEFORE = re.compile(r"sed s(?P<sign>[/|#,])\^(?P=sign)(?P<text>[^/|#,\\&]{1,30})(?P=sign)")
_OF_AUX = ("user", "pid", "%cpu", "%mem", "vsz", "rss")  # and what is no number
_ALIKE = {"pcpu": "%cpu", "pmem": "%mem"}
_NUMBERS_OF_PS = frozenset({"%cpu", "%mem", "etimes", "pid", "rss", "vsz"})
_POSITION = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?([bdfghinr]*)(?:,(\d{1,3})(?:\.(\d{1,3}))?([bdfghinr]*))?")
_FIELD = re.compile(r"[ \t]*[^ \t]+")
_NUMBER = re.compile(r"[ \t]*(?P<minus>-?)(?P<digits>\d{0,18}(?:\.\d{0,18})?)(?P<unit>[kKMGTPEZY]?)(?P<parted>,?)")
_UNITS = ("", "K", "M", "G", "T", "P", "E", "Z", "Y")
_NO_LETTER = re.compile(r"[\W_]+")
_BY_NUMBER, _BY_SIZE, _BY_TEXT, _BY_NOTHING = "n", "h", "", "same"


@dataclass(frozen=True)
class SortKey:
    """A part of a line by which it is sorted."""

    by: str = _BY_TEXT
    is_reversed: bool = False
    separator: str = ""  # of fields; none: blanks before each
    first: int = 1  # field
    first_sign: int = 1
    last: int = 0  # field; none: to the end of the line
    last_sign: int = 0  # of that field; none: all of it

    @property
    def is_number(self) -> bool:
        """Whether only a number counts that stands at its beginning."""
        return self.by in (_BY_NUMBER, _BY_SIZE)

    def span(self, line: str) -> tuple[int, int]:
        """Where it stands in a line."""
        if (self.first, self.first_sign, self.last) == (1, 1, 0):
            return 0, len(line)
        fields = list(islice(self._fields(line), max(self.first, self.last)))
        start = fields[self.first - 1][0] + self.first_sign - 1 if self.first <= len(fields) else len(line)
        end = len(line)
        if 0 < self.last <= len(fields):
            field_start, field_end = fields[self.last - 1]
            end = field_start + self.last_sign if self.last_sign else field_end
        start = min(start, len(line))
        return start, max(min(end, len(line)), start)

    def _fields(self, line: str) -> Iterator[tuple[int, int]]:
        if not self.separator:
            yield from (found.span() for found in _FIELD.finditer(line))
            return
        start = 0
        while (end := line.find(self.separator, start)) >= 0:
            yield start, end
            start = end + 1
        yield start, len(line)

    def compared(self, before: str, line: str) -> int | None:
        """Below 0 where `before` comes first, 0 where both are equal here; None where nobody knows."""
        one, other = (side[slice(*self.span(side))] for side in (before, line))
        if self.by == _BY_NOTHING:
            return 0 if one == other else None
        found = _by_text(one, other) if self.by == _BY_TEXT else _by_number(one, other, by_size=self.by == _BY_SIZE)
        return -found if found and self.is_reversed else found


@dataclass(frozen=True)
class Order:
    """In which order lines come."""

    keys: tuple[SortKey, ...]
    is_each_once: bool = False  # of lines whose keys are equal only one is there
    before: str = ""  # the form of what a tool has put before each line: a count, a number, a dash
    is_numbered: bool = False  # that is the number of the line
    has_titles: bool = False  # above the first line

    @property
    def sorted_by(self) -> tuple[SortKey, ...]:
        """All by which lines were sorted; nothing where they were not."""
        return tuple(key for key in self.keys if key.by != _BY_NOTHING)

    def text(self, line: str) -> str:
        """What of a line was sorted."""
        return re.sub(rf"\A{self.before}", "", line, count=1) if self.before else line

    def falls(self, before: str, line: str) -> bool:
        """Whether a line can't come right behind the one before."""
        before, line = self.text(before), self.text(line)
        for key in self.keys:
            found = key.compared(before, line)
            if found != 0:
                return found is not None and found > 0
        return self.is_each_once


@lru_cache(maxsize=CACHED)
def order_of(text: str) -> Order | None:
    """The order of all lines that a command prints; None where it has none, or where nobody knows it."""
    printing = [pipeline for pipeline in pipelines(text) if not _is_silent(pipeline)]
    if len(printing) != 1:
        return None
    (steps,) = printing
    code = _code(read_command(steps[0].program).started) if len(steps) == 1 and steps[0].program else ""
    return order_of(code) if code else _of_steps(steps)


def _code(command: Command) -> str:
    """What a shell runs whose output is all that a command prints, maybe in a container."""
    if command.program == "watch" or command.has("-d", "--detach"):
        return ""
    return command.inner.code if command.inner else command.code


def _is_silent(pipeline: Sequence[SimpleCommand]) -> bool:
    last = pipeline[-1]
    has_program = bool(without_assignments(last.texts))
    return last.is_written or not has_program or bool(_SILENT.intersection(last.program[:1]))


def _of_steps(steps: Sequence[SimpleCommand]) -> Order | None:
    order = None
    for simple in steps:
        found = commands_of(simple)
        command = found[0].at_work[-1] if len(found) == 1 else None
        if command is None or "xargs" in command.within:
            order = None
        elif command.program == "sort":
            order = _of_sort(command)
        elif command.program == "uniq":
            order = _of_uniq(command, order)
        elif command.program == "ps":
            order = _of_ps(command)
        elif not _keeps_lines(command):
            order = _with_numbers(command, order) if order and not order.before else None
    return order


def _with_numbers(command: Command, order: Order) -> Order | None:
    """The order of lines before which a tool puts something; None where it does anything else."""
    words = " ".join(command.words)
    if _NUMBERS.fullmatch(words):
        return replace(order, before=_LINE_NUMBER, is_numbered=True)
    if put := _PUTS_NUMBER.fullmatch(words):
        return replace(order, before=rf"\d{{1,9}}{re.escape(put['behind'])}", is_numbered=True)
    put = _PUTS_BEFORE.fullmatch(words)
    return replace(order, before=re.escape(put["text"])) if put else None


def _of_ps(command: Command) -> Order | None:
    """The order of processes, by a number in a column."""
    (by,) = command.options.get("--sort", ())[-1:] or ("",)
    listed = [name for value in command.options.get("-o", ()) for name in value.split(",")]
    columns = listed or (_OF_AUX if "aux" in command.words else ())
    name = _ALIKE.get(by.lstrip("+-"), by.lstrip("+-"))
    if name not in _NUMBERS_OF_PS or name not in columns:
        return None
    place = columns.index(name) + 1
    return Order(
        (SortKey(_BY_NUMBER, by.startswith("-"), first=place, last=place),),
        has_titles=not command.has("--no-headers", "--no-heading"),
    )


def _keeps_lines(command: Command) -> bool:
    changes = _CHANGE_LINES.get(command.program)
    return keeps_order(command) and not (changes and any(map(changes.fullmatch, command.options)))


def _of_sort(command: Command) -> Order | None:
    options = {_LONG.get(name, name): values for name, values in command.options.items()}
    if not _BY_OTHER_VALUES.isdisjoint(options) or any(map(_OTHER_LONG.fullmatch, options)):
        return None
    letters = "".join(name[1:] for name in options if name in ("-n", "-g", "-h", "-r"))
    separator = (options["-t"][-1] or "=").replace("\\t", "\t") if "-t" in options else ""
    positions = [_POSITION.fullmatch(value) for value in options.get("-k", ())]
    keys = [_key(position, letters, separator) for position in positions if position]
    if len(keys) < len(positions) or len(separator) > 1:
        return None
    keys = keys or [SortKey(_by(letters), "r" in letters)]
    is_by_line = not ("-s" in options or "-u" in options)  # where all keys are equal
    return Order((*keys, *[SortKey(is_reversed="r" in letters)] * is_by_line), "-u" in options)


def _key(position: re.Match[str], letters: str, separator: str) -> SortKey:
    own = position[3] + (position[6] or "")
    letters = own or letters
    first, first_sign, last, last_sign = (int(position[group] or 0) for group in (1, 2, 4, 5))
    return SortKey(_by(letters), "r" in letters, separator, max(first, 1), max(first_sign, 1), last, last_sign)


def _by(letters: str) -> str:
    return _BY_SIZE if "h" in letters else _BY_NUMBER if {*letters} & {"n", "g"} else _BY_TEXT


def _of_uniq(command: Command, before: Order | None) -> Order | None:
    options = command.options.keys() - {"-c", "--count"}
    if options or len(command.arguments) > 1 or (before and before.before):
        return None
    keys = before.keys if before else ()
    return Order(
        (*keys, SortKey(_BY_NOTHING)), is_each_once=True, before=_COUNT if command.has("-c", "--count") else ""
    )


def _by_text(one: str, other: str) -> int | None:
    """A language's order passes over signs, and over the case of letters; that of octets doesn't."""
    found, spoken = (_signum(*map(of, (one, other))) for of in (str, lambda text: _NO_LETTER.sub("", text).casefold()))
    return found if found == spoken else None


def _by_number(one: str, other: str, *, by_size: bool) -> int | None:
    first, second = (_number(text, by_size=by_size) for text in (one, other))
    return None if first is None or second is None else _signum(first, second)


def _number(text: str, *, by_size: bool) -> tuple[int, float] | None:
    """What a text is as a number of sort, with its unit; None where what parts thousands may belong to it."""
    found = _NUMBER.match(text)
    if not found or found["parted"]:
        return None
    number = float(found["digits"] if found["digits"].strip(".") else 0)
    unit = _UNITS.index(found["unit"].upper()) if by_size and number else 0
    return (-unit, -number) if found["minus"] else (unit, number)


def _signum(one: str | tuple[int, float], other: str | tuple[int, float]) -> int:
    return (one > other) - (one < other)  # type: ignore[operator]  # both are of one type
