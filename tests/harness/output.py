"""The standard output -> the same, though nobody may read it any more: for whatever ends with a status that counts.

`nox -s verify | head` closes the pipe after ten lines; the pages still run, and their verdict stays.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Forgiving(io.FileIO):
    """What nobody reads any more is dropped."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return memoryview(data).nbytes


def forgiving(output: TextIO) -> TextIO:
    """What writes where `output` does and raises nothing where that is closed at the other end."""
    try:
        descriptor = output.fileno()
    except (OSError, ValueError):
        return output  # it is no file
    output.flush()
    raw = _Forgiving(descriptor, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=output.encoding, errors=output.errors, line_buffering=True)


def forgive() -> None:
    """From now on, for this process's standard output."""
    sys.stdout = forgiving(sys.stdout)
