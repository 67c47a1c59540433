"""What a terminal was sent -> the lines that it shows in the end: for screen.

Our own, small one: pyte raises on sequences that it doesn't know, and takes time with the square of what scrolls. Here
whatever is not known is passed over, and each step touches a bounded part of the screen, so that time grows with the
output alone. Colours, margins, modes and the alternate screen change no text here.
"""

import re
import unicodedata
from collections.abc import Callable

from harness.lab.shell import COLUMNS

ROWS = 200  # that the cursor can come back to; what scrolled out above them stays as it is
WIDEST = COLUMNS  # that the cursor can be moved to; text may go on beyond
_BLANKS = 1 << 20  # that moving the cursor may leave between texts, in all: more than any program does
_MARKS = 32  # combining characters that one cell takes

_TOKEN = re.compile(
    r"""
      (?P<text> [^\x00-\x1f\x7f-\x9f]+ )
    | (?:\x1b\[|\x9b) (?P<arguments>[0-?]*) (?P<between>[ -/]*) (?P<final>[@-~])?
    | (?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]) [^\x07\x1b\x9c]* (?:\x07|\x1b\\|\x9c)?   # titles, and other strings
    | \x1b (?P<escape>[ -/]*[0-~])?
    | (?P<control> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_WIDE = {"W", "F"}
_ZERO = {"Mn", "Me", "Cf"}  # categories of what is drawn into the cell before


class Cells:
    """A screen that has no lower end. A cell is the text in it; "" is the second half of a wide character."""

    def __init__(self) -> None:
        self._above: list[str] = []  # lines that scrolled out
        self._rows: list[list[str]] = [[]]
        self._x = self._y = 0
        self._saved = (0, 0)
        self._blanks = _BLANKS
        self._controls: dict[str, Callable[[], None]] = {
            "\n": self._down, "\x0b": self._down, "\x0c": self._down, "\x84": self._down, "\x1bD": self._down,
            "\r": self._to_left, "\b": self._back, "\t": self._tab, "\x85": self._next_line, "\x1bE": self._next_line,
            "\x8d": self._up, "\x1bM": self._up, "\x1b7": self._save, "\x1b8": self._restore, "\x1bc": self._reset,
        }  # fmt: skip
        self._sequences: dict[str, Callable[[int], None]] = {
            "@": self._insert_cells, "P": self._delete_cells, "X": self._erase_cells, "K": self._erase_in_line,
            "J": self._erase_in_display, "L": self._insert_lines, "M": self._delete_lines,
            "A": lambda count: self._move(0, -max(count, 1)), "B": lambda count: self._move(0, max(count, 1)),
            "e": lambda count: self._move(0, max(count, 1)), "C": lambda count: self._move(max(count, 1), 0),
            "a": lambda count: self._move(max(count, 1), 0), "D": lambda count: self._move(-max(count, 1), 0),
            "E": lambda count: self._move(-self._x, max(count, 1)),
            "F": lambda count: self._move(-self._x, -max(count, 1)),
            "G": lambda column: self._move(max(column, 1) - 1 - self._x, 0),
            "`": lambda column: self._move(max(column, 1) - 1 - self._x, 0),
            "d": lambda row: self._move(0, max(row, 1) - 1 - self._y),
        }  # fmt: skip

    def feed(self, text: str) -> None:
        for token in _TOKEN.finditer(text):
            if token["text"]:
                self._write(token["text"])
            elif token["final"]:
                self._sequence(token["final"], token["arguments"] + token["between"])
            elif found := self._controls.get(f"\x1b{token['escape']}" if token["escape"] else token["control"] or ""):
                found()

    def lines(self) -> list[str]:
        """The lines that are shown, without blanks at their ends."""
        return [*self._above, *("".join(row).rstrip() for row in self._rows)]

    @property
    def position(self) -> tuple[int, int]:
        """The cursor's line and column, from 0."""
        return len(self._above) + self._y, self._x

    def _sequence(self, final: str, arguments: str) -> None:
        if not re.fullmatch("[0-9;]*", arguments):
            return  # private ones: modes, questions to the terminal
        numbers = [int(number[:6] or "0") for number in arguments.split(";", 2)[:2]]
        if final in "Hf":
            row, column = (max(number, 1) - 1 for number in (*numbers, 1)[:2])
            self._move(column - self._x, row - self._y)
        elif found := self._sequences.get(final):
            found(numbers[0])

    # -- writing

    @property
    def _row(self) -> list[str]:
        while len(self._rows) <= self._y:
            self._rows.append([])
        return self._rows[self._y]

    def _write(self, text: str) -> None:
        row = self._row
        if len(row) < self._x:
            self._x = min(self._x, max(WIDEST, len(row)), len(row) + self._blanks)
            self._blanks -= self._x - len(row)
            row.extend(" " * (self._x - len(row)))
        if text.isascii():
            self._put(list(text))
            return
        for character in text:
            if unicodedata.category(character) not in _ZERO:
                wide = unicodedata.east_asian_width(character) in _WIDE
                self._put([character, ""] if wide else [character])
            elif self._x:
                self._mark(row, character)

    def _put(self, cells: list[str]) -> None:
        self._row[self._x : self._x + len(cells)] = cells
        self._x += len(cells)

    def _mark(self, row: list[str], character: str) -> None:
        cell = self._x - (1 if row[self._x - 1] or self._x < 2 else 2)
        if len(row[cell]) < _MARKS:
            row[cell] += character

    # -- moving

    def _move(self, columns: int, rows: int) -> None:
        self._x = max(min(self._x + columns, max(self._x, WIDEST)), 0)
        lowest = min(max(len(self._rows) + ROWS // 4, self._y), ROWS - 1)
        self._y = max(min(self._y + rows, lowest), 0)

    def _to_left(self) -> None:
        self._x = 0

    def _back(self) -> None:
        self._move(-1, 0)

    def _tab(self) -> None:
        self._move(8 - self._x % 8, 0)

    def _down(self) -> None:
        if self._y == ROWS - 1:
            _ = self._row
            self._above.append("".join(self._rows.pop(0)).rstrip())
        else:
            self._y += 1
        _ = self._row

    def _next_line(self) -> None:
        self._to_left()
        self._down()

    def _up(self) -> None:
        if self._y:
            self._y -= 1
        else:
            self._insert_lines(1)

    def _save(self) -> None:
        self._saved = (self._x, self._y)

    def _restore(self) -> None:
        self._x, self._y = self._saved

    def _reset(self) -> None:
        self._rows, self._x, self._y = [[]], 0, 0

    # -- erasing, inserting, deleting

    def _insert_cells(self, count: int) -> None:
        if len(self._row) <= WIDEST:  # no program edits a line that no terminal has room for
            self._row[self._x : self._x] = " " * min(max(count, 1), WIDEST) if self._x < len(self._row) else ""
            del self._row[WIDEST:]

    def _delete_cells(self, count: int) -> None:
        if len(self._row) <= WIDEST:
            del self._row[self._x : self._x + max(count, 1)]

    def _erase_cells(self, count: int) -> None:
        end = min(self._x + min(max(count, 1), WIDEST), len(self._row))
        if end > self._x:
            self._row[self._x : end] = " " * (end - self._x)

    def _erase_in_line(self, how: int) -> None:
        if how == 0:
            del self._row[self._x :]
        elif how == 1 and self._x < min(len(self._row), WIDEST):
            self._row[: self._x + 1] = " " * (self._x + 1)
        elif how in (1, 2):
            self._row.clear()

    def _erase_in_display(self, how: int) -> None:
        if how in (0, 1):
            self._erase_in_line(how)
        if how == 0:
            del self._rows[self._y + 1 :]
        elif how == 1:
            self._rows[: self._y] = [[] for _ in range(self._y)]
        elif how in (2, 3):
            self._rows = [[]]

    def _insert_lines(self, count: int) -> None:
        self._row  # noqa: B018
        self._rows[self._y : self._y] = [[] for _ in range(min(max(count, 1), ROWS - self._y))]
        del self._rows[ROWS:]
        self._to_left()

    def _delete_lines(self, count: int) -> None:
        del self._rows[self._y : self._y + max(count, 1)]
        self._to_left()
