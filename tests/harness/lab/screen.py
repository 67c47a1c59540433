"""Turns what a terminal was sent into the text that its screen shows in the end."""

import re
from collections.abc import Sequence

from harness.lab.cells import Cells

# What moves the cursor or is no text: with any of it in an output, a terminal has to be asked what it shows.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[^\r\n]\r[^\n]")
_HOME = re.compile(rb"\x1b\[[01]?(?:;[01]?)?[Hf]")
_LONGEST_LINE = 8192  # bytes at the end of the output in which the last line is looked for


def screen_text(output: bytes) -> str:
    """The lines that a terminal shows in the end for `output`; a line that the terminal would have wrapped is one.

    Wide enough for any line: only programs break lines at the 200 columns they are told.
    """
    text = output.decode("utf-8", "replace")
    if not _CONTROL.search(text):
        return "\n".join(line.rstrip() for line in text.replace("\r", "").expandtabs().split("\n")).rstrip("\n")
    cells = Cells()
    cells.feed(text)
    return "\n".join(cells.lines()).rstrip("\n")


def with_typed(output: bytes, typed: Sequence[tuple[int, str]]) -> str:
    """What a terminal shows in the end, with what was typed where the cursor stood then, as (bytes of the output that
    had come, text): a program that doesn't let the terminal show its keys hides that. Behind Enter a line begins."""
    lines = screen_text(output).split("\n")
    for came, text in reversed(typed):
        cells = Cells()
        cells.feed(output[:came].decode("utf-8", "replace"))
        row, column = cells.position
        lines += [""] * (row + 1 - len(lines))
        before, behind = lines[row][:column].ljust(column), lines[row][column:]
        shown = text if behind else text.rstrip("\n")
        lines[row] = f"{before}{shown}{behind}"
    return "\n".join(lines)


def last_line(output: bytes | bytearray) -> str:
    """What the screen shows behind the last line's end: where a prompt or a question stands."""
    tail = bytes(output[-_LONGEST_LINE:])
    return screen_text(tail[tail.rfind(b"\n") + 1 :])


def begins_anew(output: bytes | bytearray) -> bool:
    """Whether the screen is drawn from its upper end, as programs do that show it over and over."""
    return bool(_HOME.search(output))


def without_redraws(text: str, prompt: str, command: str = "") -> str:
    """`docker attach`, and a change of the window's size, draw the prompt anew, now and then after an empty line, and
    what is typed behind it: that is no output, which begins behind the last of them."""
    drawn = {prompt.strip(), f"{prompt}{command}".strip()}
    lines = text.split("\n")
    last = 0
    for number, line in enumerate(lines, 1):
        if line.strip() in drawn:
            last = number
        elif line.strip():
            break
    return "\n".join(lines[last:])
