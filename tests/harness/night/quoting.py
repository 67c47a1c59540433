"""Turns commands and outputs, which are data, into Markdown that shows them as they are, for the night's report.

They stand in code spans and fences that they cannot end, and hold nothing that a terminal would obey.
"""

import re
from collections.abc import Iterator

from harness.claims.characters import printable

_LINES = 40  # of a difference that are shown
_CHARACTERS = 200  # of a command or a reason that are shown


def code(text: str) -> str:
    """A code span on one line that shows the text as it is."""
    words = printable(" ".join(text.split()))
    short = words if len(words) <= _CHARACTERS else words[: _CHARACTERS - 1] + "…"
    ticks = "`" * (max(_backticks(short), default=0) + 1)
    space = " " if short.startswith("`") or short.endswith("`") else ""
    return f"{ticks}{space}{short}{space}{ticks}" if short else ""


def word(text: str) -> str:
    """A name, a number or a date in a sentence: a sign stands for all that could be markup there."""
    return re.sub(r"[^\w.,:+ -]", "\N{REPLACEMENT CHARACTER}", text)


def fence(text: str, language: str) -> str:
    """A fenced block that shows the text as it is, as far down as is worth reading."""
    lines = [printable(line) for line in text.split("\n")]
    lines[_LINES:] = [f"… {len(lines) - _LINES} lines more, in the evidence"] if len(lines) > _LINES else []
    ticks = "`" * max(3, 1 + max(_backticks("\n".join(lines)), default=0))
    return "\n".join([f"{ticks}{language}", *lines, ticks])


def _backticks(text: str) -> Iterator[int]:
    return (len(run) for run in re.findall("`+", text))
