"""Says of what takes room whether it is as good as nothing, for reading: where a command says how much that is.

0B, 1.09kB, 8.192kB     little: which of them depends on how the engine stores what is written
10.49MB                 something was written: as much as `dd bs=1M count=10` writes, where that was typed
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from harness.claims.commands import Command
from harness.shapes import spellings
from harness.shapes.keys import LineKey
from harness.shapes.kinds import SIZE
from harness.shapes.policies.typed import CACHED, programs
from harness.shapes.tokens import Token

_NAMED = "amount: "  # what the kinds begin with
_LITTLE = re.compile(r"\d{1,3}(?:\.\d{1,3})?B|(?:[1-5]?\d|6[0-3])(?:\.\d{1,3})?kB")
_SAY_AMOUNTS = frozenset(
    {
        *("docker builder prune", "docker buildx prune", "docker container prune", "docker history"),
        *("docker image prune", "docker volume prune"),
    }
)
_AMOUNT = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)([kMGT])B")
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


def named(found: Iterable[Token], text: str, known: Sequence[int]) -> Iterator[Token]:
    """The tokens of a text, in which a size is little, or as much as is `known`, or any other."""
    is_of_builder = _OF_BUILDER in text
    for token in found:
        is_amount = token.kind == SIZE and not is_of_builder
        yield Token(_kind(token.text, known), token.text) if is_amount else token


def _kind(size: str, known: Sequence[int]) -> str:
    if _LITTLE.fullmatch(size):
        return f"{_NAMED}little"
    found = _AMOUNT.fullmatch(size)
    amount = float(found[1]) * 1000 ** ("kMGT".index(found[2]) + 1) if found else 0
    near = (one for one in known if abs(amount - one) <= _NEAR * one)
    return next((f"{_NAMED}{one}" for one in near), SIZE)


def unnamed(keys: LineKey) -> LineKey:
    """A line's keys, in which an amount is a size as any other."""
    return tuple(
        tuple(Token(SIZE, "") if kind.startswith(_NAMED) else Token(kind, text) for kind, text in key) for key in keys
    )
