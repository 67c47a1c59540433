"""Says of what takes room whether it is as good as nothing, for reading: where a command says how much that is.

0B, 1.09kB, 8.192kB     little: which of them depends on how the engine stores what is written
10.49MB                 something was written: as much as `dd bs=1M count=10` writes, where that was typed
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from harness.claims.commands import Command
from harness.shapes import spellings
from harness.shapes.policies.typed import CACHED, programs

_LITTLE = re.compile(r"(?<![\w.+])(?:\d{1,3}(?:\.\d{1,3})?B|(?:[1-5]?\d|6[0-3])(?:\.\d{1,3})?kB)(?!\w)")
_SAY_AMOUNTS = frozenset(
    {
        *("docker builder prune", "docker buildx prune", "docker container prune", "docker history"),
        *("docker image prune", "docker volume prune"),
    }
)
_AMOUNT = re.compile(r"(?<![\w.+])(\d{1,4}(?:\.\d{1,3})?)([kMGT])B(?!\w)")
_NEAR = 0.01  # folders come to what was written
_OF_BUILDER = "Build Cache"  # how much that keeps is its own affair


@lru_cache(maxsize=CACHED)
def are_said(command: str) -> bool:
    """Whether a program that is typed says of containers, layers or volumes how much they take."""
    return any(map(_says, programs(command)))


def _says(command: Command) -> bool:
    if command.plain_name == "docker system df":
        return not command.has("-v", "--verbose")
    return command.plain_name in _SAY_AMOUNTS or (command.plain_name == "docker ps" and command.has("-s", "--size"))


def typed(texts: Iterable[str]) -> tuple[int, ...]:
    """How many bytes programs write that the page has typed, or put into a file."""
    return tuple({amount for text in texts for amount in spellings.amounts(text)})


def written(text: str, known: Sequence[int]) -> str:
    """The text with one word for all amounts that are as good as nothing, and one for each that is `known`."""
    if _OF_BUILDER in text:
        return text

    def named(found: re.Match[str]) -> str:
        amount = float(found[1]) * 1000 ** ("kMGT".index(found[2]) + 1)
        near = (one for one in known if abs(amount - one) <= _NEAR * one)
        return next((f"as typed: {one}" for one in near), found[0])

    return _AMOUNT.sub(named, _LITTLE.sub("little", text))
