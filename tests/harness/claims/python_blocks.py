"""The lines below a command at Python's prompt -> how many of them it goes on with: for sessions and the terminal.

>>> for name in ["one"]:
...     print(name)
...                         the blank line with which the block ends
one                         output
"""

import codeop
import warnings
from collections.abc import Sequence
from itertools import takewhile

PROMPT, CONTINUATION = ">>> ", "... "
_BLANK = CONTINUATION.rstrip()  # alone it may also be lines left out
_LONGEST = 10_000  # characters: nobody types more


def lines_of(command: str, below: Sequence[str]) -> tuple[str, ...]:
    """The lines below `command` that go on with it, without their `... `."""
    block = tuple(takewhile(lambda line: line.startswith(CONTINUATION) or line == _BLANK, below))
    lines = tuple(line[len(CONTINUATION) :] for line in block)
    if block[:1] == (_BLANK,) and is_complete(command):
        return ()
    return lines[:-1] if block[-1:] == (_BLANK,) and is_complete("\n".join([command, *lines[:-1]])) else lines


def is_complete(source: str) -> bool:
    """Whether Python asks for no more lines, be it that it refuses these."""
    if len(source) > _LONGEST:
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return codeop.compile_command(source) is not None
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
        return True
