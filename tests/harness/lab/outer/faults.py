"""What goes wrong with the machine, the engine, the network or the registry -> one error, in words: for all of lab/."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from docker.errors import DockerException

Say = Callable[[str], None]  # one line to whoever started the run


class LabError(Exception):
    """A fault of the machine, the engine, the network or the registry: never of the page."""


@contextmanager
def faults(doing: str) -> Iterator[None]:
    """Turns what the Docker SDK and the operating system raise into a LabError that says what was being done."""
    try:
        yield
    except (DockerException, OSError) as error:  # those of requests are OSErrors
        reason = getattr(error, "explanation", None) or error
        raise LabError(f"{doing}: {reason}") from error
