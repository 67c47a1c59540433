"""Compares an output with what a note shows for it: as on a page, but that a note's author may have had the image.

`docker run` on a fresh machine pulls first, which notes mostly don't show. Pure.
"""

from collections.abc import Iterator

from harness import shapes
from harness.claims.commands import parse
from harness.shapes import Bindings, Difference
from harness.shapes.dialects.pull import FIRST_TIME


def compare(sample: str, actual: str, bindings: Bindings) -> list[Difference]:
    """How they differ; empty where they fit."""
    found = shapes.compare(sample, actual, bindings)
    if not found:
        return []
    for less in (_without_blank_ends, _without_pulls if _may_pull(bindings) else _without_blank_ends):
        shown, printed = less(sample), less(actual)
        if (shown, printed) != (sample, actual) and not shapes.compare(shown, printed, bindings):
            return []
    return found


def _may_pull(bindings: Bindings) -> bool:
    """Whether a command pulls by the way, and not because that is what it is for."""
    return any(found.plain_name in ("docker run", "docker create", "docker build") for found in parse(bindings.command))


def _without_blank_ends(text: str) -> str:
    return text.strip("\n")


def _without_pulls(text: str) -> str:
    return "\n".join(_kept(text.split("\n"))).strip("\n")


def _kept(lines: list[str]) -> Iterator[str]:
    is_of_pull = False
    for line in lines:
        is_of_pull = bool(FIRST_TIME.fullmatch(line)) or (is_of_pull and not line)
        if not is_of_pull:
            yield line
