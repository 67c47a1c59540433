"""Turns drifts into their causes, for the night's report and its issues.

Differences that are the same once names, ids and numbers are taken out have one cause, however many pages show it:

    docker cp: line too many: Successfully copied 2.05kB to web:/etc/motd
    docker cp: line too many: Successfully copied <size> to <name>
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from harness import shapes
from harness.claims.commands import Command, parse
from harness.evidence.facts import PageFact, StepFact, digest
from harness.night.findings import Drift
from harness.shapes.difference import Difference

_MOST = 1000  # of a difference's characters that tell it, and of a step's differences
_PATH = re.compile(r"(?<![\w/])[~.]{0,2}/[\w./-]*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAMES = re.compile(r"<name>(?:[:@/=]*<name>)+")
_PART = re.compile(r"[\w.-]*[A-Za-z][\w.-]*")  # of what was typed, that may be met by itself


@dataclass(frozen=True)
class Cause:
    """A difference as far as it is not a page's own, with the drifts that show it, on the engines where they do."""

    key: str
    drifts: Sequence[Drift]


def causes(drifts: Sequence[Drift]) -> list[Cause]:
    """The causes of drifts, in the order in which pages show them."""
    found: dict[str, list[Drift]] = {}
    for drift in drifts:
        for key in dict.fromkeys(seen.cause for seen in drift.engines.values()):
            engines = {name: seen for name, seen in drift.engines.items() if seen.cause == key}
            found.setdefault(key, []).append(replace(drift, engines=engines))
    return [Cause(key, shown) for key, shown in found.items()]


def cause_of(page: PageFact, step: StepFact) -> str:
    """The key of what made a step of this page differ."""
    names = _names(tuple(other.command for _, other in page.steps()))
    found = {_without_names(one.difference, names) for one in step.differences[:_MOST]}
    return digest("\n".join([", ".join(_programs(step.command)), *sorted(found)]))[:8]


def _programs(command: str) -> list[str]:
    """The commands that a step runs: those of docker, where it runs any."""
    names = list(dict.fromkeys(one.plain_name for one in parse(command)))
    return [name for name in names if name.partition(" ")[0] == "docker"] or names


def _without_names(difference: Difference, names: re.Pattern[str]) -> str:
    sides = (_bare(text, names) for text in (difference.expected, difference.found))
    return "\0".join([difference.where, *sides])


def _bare(text: str, names: re.Pattern[str]) -> str:
    bare = shapes.with_kinds(text[:_MOST], lambda written: _literal(written, names))
    return _NAMES.sub("<name>", " ".join(bare.split()))


def _literal(text: str, names: re.Pattern[str]) -> str:
    return _NUMBER.sub("<number>", _PATH.sub("<name>", names.sub("<name>", text)))


@lru_cache(maxsize=64)  # pages, each asked for its every difference
def _names(typed: tuple[str, ...]) -> re.Pattern[str]:
    """What these commands give names to: their arguments, the values of their options, and the parts of both."""
    found = {name for command in typed for one in parse(command) for name in _named(one)}
    longest_first = sorted(found, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])" if found else r"(?!)")


def _named(command: Command) -> Iterator[str]:
    values = (value for given in command.options.values() for value in given)
    for word in (*command.arguments, *values):
        yield from (part for part in (word, *_PART.findall(word)) if len(part) > 1)
