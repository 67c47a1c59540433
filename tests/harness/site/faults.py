"""Turns a fault of ours in a custom fence into the end of the build."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]


@contextmanager
def ends_the_build(what: str) -> Iterator[None]:
    """Inside, any exception ends the build: superfences swallows others, and publishes the fence as prose."""
    try:
        yield
    except SuperFencesException:
        raise  # it says what
    except Exception as error:
        raise SuperFencesException(f"{what} could not be shown: {error}") from error
