"""Turns commands and outputs, which are data, into Markdown that shows them as they are, for the night's report.

They stand in code spans and fences that they cannot end, and hold nothing that a terminal would obey. What is listed
is read back from there.
"""

import re
from collections.abc import Iterator

from harness.claims.characters import printable

_FENCE = re.compile(r"(`{3,})\w*")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?P<text>.*?[^`])\1(?!`)")
_LINES = 40  # of a difference that are shown
_CHARACTERS = 200  # of a command or a reason that are shown


def code(text: str) -> str:
    """A code span on one line that shows the text as it is."""
    short = shortened(text)
    ticks = "`" * (max(_backticks(short), default=0) + 1)
    space = " " if short.startswith("`") or short.endswith("`") else ""
    return f"{ticks}{space}{short}{space}{ticks}" if short else ""


def shortened(text: str) -> str:
    """What a code span shows of the text."""
    words = printable(" ".join(text.split()))
    return words if len(words) <= _CHARACTERS else words[: _CHARACTERS - 1] + "…"


def word(text: str) -> str:
    """A name, a number or a date in a sentence: a sign stands for all that could be markup there."""
    return re.sub(r"[^\w.,:+ -]", "\N{REPLACEMENT CHARACTER}", text)


def fence(text: str, language: str) -> str:
    """A fenced block that shows the text as it is, as far down as is worth reading."""
    lines = [printable(line) for line in text.split("\n")]
    lines[_LINES:] = [f"… {len(lines) - _LINES} lines more, in the evidence"] if len(lines) > _LINES else []
    ticks = "`" * max(3, 1 + max(_backticks("\n".join(lines)), default=0))
    return "\n".join([f"{ticks}{language}", *lines, ticks])


def outside_fences(markdown: str) -> Iterator[str]:
    """The lines of a Markdown text that stand in none of its fenced blocks."""
    ticks = ""
    for line in markdown.split("\n"):
        fence = _FENCE.fullmatch(line)
        if ticks:
            ticks = "" if line == ticks else ticks
        elif fence:
            ticks = fence[1]
        else:
            yield line


def items(line: str) -> tuple[str, ...]:
    """What the code spans of a line show that is an item of a list; nothing where it is none."""
    return tuple(match["text"].strip(" ") for match in _SPAN.finditer(line)) if line.startswith("- ") else ()


def _backticks(text: str) -> Iterator[int]:
    return (len(run) for run in re.findall("`+", text))
