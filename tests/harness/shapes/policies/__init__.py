"""What a tool's habit is written down as: one row of a file in dialects/, which says by what policy lines are compared.

A `Rewrite` changes a text before it is cut into tokens. A `Dialect` says of some lines that they need not come as they
stand in the sample: in any order, or as many as there was time for. Both carry the real runs that need them and the
damage that is refused all the same; a row without these doesn't load. tests/unit/test_shapes_tables.py looks at all.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from harness.shapes.keys import literal, split
from harness.shapes.lines import Line

Outputs = tuple[str, str]  # a sample, and what another run printed


class Policy(Enum):
    """How lines are compared that need not come as they stand in the sample."""

    SET = "in any order"
    REDUCED = "what counts of them, where they stand"
    ENTRIES = "entries of JSON, from the line that opens one to the line that closes it, in any order"
    LEFT_OUT = "as if they weren't there"
    LAST = "after all others"
    STREAMS = "errors of a program behind its output, each in its own order"
    ORDERED = "in the order of sort, as far as what was made up doesn't decide it"
    SORTED = "what was made up behind what was sorted beside it"
    TIED = "rows with an equal value in any order"
    WINDOW = "what both outputs saw of one stream"
    PART = "what both show of an output whose blocks come in either order"
    CUT = "what both show of an output that is cut off, where some of its lines come in any order"
    LOOP = "what comes again and again, as often as there was time for"
    TREE = "steps of a build, which run side by side"


@dataclass(frozen=True, kw_only=True, eq=False)
class Row:
    """What each row says: its name, and its examples."""

    name: str
    seen: tuple[Outputs, ...]  # outputs of two runs that are the same, and wouldn't be without this row
    damaged: tuple[tuple[str, str], ...]  # (old, new) in what the first of these printed: refused all the same
    typed: str = ""  # a command that prints them, for the examples
    history: Callable[[Sequence[str]], bool] = field(default=lambda commands: True)  # only after these, the last too

    def __post_init__(self) -> None:
        if not (self.seen and self.damaged):
            raise ValueError(f"{self.name!r} needs outputs of two real runs, and damage that it still refuses")


@dataclass(frozen=True, kw_only=True, eq=False)
class Rewrite(Row):
    """A text is the same whichever of several ways it is written in: `write` makes one of them all."""

    write: Callable[[str], str]
    sign: str = ""  # what is in every text that `write` changes
    columns: frozenset[str] = frozenset()  # only in cells of these columns; empty: in all texts
    command: Callable[[str], bool] = field(default=lambda command: True)  # only after such a command
    shown: re.Pattern[str] | None = None  # ids of which only counts whether the page has shown them before


@dataclass(frozen=True, kw_only=True, eq=False)
class Dialect(Row):
    """Lines that are compared by a policy. A line is of the first row that fits it."""

    policy: Policy
    lines: str = ""  # the form of such a line
    under: str = ""  # the form of the heading that they stand under
    columns: tuple[str, ...] = ()  # rows of a table with all of these
    without: tuple[str, ...] = ()  # and none of these
    command: Callable[[str], bool] = field(default=lambda command: True)  # that prints these lines; all, without a form
    only: Callable[[Sequence[Line], int], bool] = field(default=lambda lines, index: True)  # what its form can't say
    value: Callable[[Line], str] = field(default=lambda line: "")  # what ties, where it comes by a clock
    since: Callable[[Line, Sequence[str]], str] = field(default=lambda line, commands: "")  # and ties, by the commands
    rank: Callable[[Line], float] = field(default=lambda line: 0)  # of TIED: what never falls from row to row
    reduce: Callable[[list[Line]], list[Line]] = field(default=lambda lines: lines)  # what counts of lines in a row
    once: bool = False  # of ENTRIES: those that are the same count once
    wholes: tuple[frozenset[str], ...] = ()  # of PART: the values of all lines, in either order of the blocks

    def fits(self, line: Line) -> bool:
        """Whether the line has this row's form, or stands in its table."""
        if self.columns:
            return self.is_about(line.titles)
        return not line.titles and bool(re.fullmatch(self.lines, line.text))

    def is_about(self, titles: Sequence[str]) -> bool:
        """Whether a table with these titles is this row's."""
        return bool(self.columns) and set(self.columns) <= set(titles) and not set(self.without) & set(titles)


Found = Mapping[str, Dialect]  # rows by the text of the lines that they are about


class Forms:
    """Rows that are about lines of a form, found fast."""

    def __init__(self, rows: Iterable[Dialect]) -> None:
        self._rows = [row for row in rows if row.lines]
        self._any = re.compile("|".join(f"(?P<_{number}>{row.lines})" for number, row in enumerate(self._rows)))

    def among(self, texts: Iterable[str]) -> Found:
        """The first row whose form a line has, for those of these texts that have one."""
        found = ((text, self._any.fullmatch(text)) for text in texts)
        return {text: self._rows[int(match.lastgroup[1:])] for text, match in found if match and match.lastgroup}


def pieces_in_any_order(separator: str) -> Callable[[list[Line]], list[Line]]:
    """A `reduce` for lines in which the pieces between what the pattern `separator` finds come in any order."""
    found = re.compile(separator)
    return lambda run: [line.standing_for(tuple(sorted(split(line.key[0], found)))) for line in run]


def by_folders(path: Callable[[str], str], *, before: bool = True) -> Callable[[list[Line]], list[Line]]:
    """A `reduce` for lines that name paths: each that is not on its side of its folder as something else. A folder
    comes before what is in it; or behind that, as du says it.
    """

    def reduce(run: list[Line]) -> list[Line]:
        paths = [path(line.text) for line in run]
        places = {name: place for place, name in enumerate(paths)}
        folders = [places.get(name.rpartition("/")[0], place) for place, name in enumerate(paths)]
        return [
            line.standing_for((literal("beyond its folder"), *line.key))
            if folder != place and (folder < place) != before
            else line
            for place, (line, folder) in enumerate(zip(run, folders, strict=True))
        ]

    return reduce
