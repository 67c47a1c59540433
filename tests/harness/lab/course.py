"""Pages one after the other on one machine, as one reader goes through them -> what each has left there.

So the runner can say which page left the thing that a later one finds in its way.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

from harness.lab.host import Thing
from harness.lab.machine import Machine


class Course:
    """One machine, and what the pages so far have left on it."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._before: set[Thing] = set()
        self._left: dict[Thing, str] = {}  # by which page

    def begin(self) -> None:
        """A page begins. LabError."""
        self._before = self._things()

    def end(self, page: str) -> list[Thing]:
        """The page has ended: what it has left on the machine, for good or until somebody removes it. LabError."""
        there = self._things()
        self._left = {thing: by for thing, by in self._left.items() if thing in there}
        left = sorted(there - self._before)
        self._left |= dict.fromkeys(left, page)
        return left

    def in_the_way(self, text: str) -> str:
        """What a step may have met of what earlier pages have left, each thing with its page; empty without any.

        `text` is the step's command and output. It decides by the names in it; where it names none, all are told.
        """
        named = {thing: by for thing, by in self._left.items() if _names(text, thing)}
        return "; ".join(f"{thing} was left by {by}" for thing, by in (named or self._left).items())

    def _things(self) -> set[Thing]:
        return set(self.machine.host.things()) if self.machine.host else set()


def removal_commands(things: Iterable[Thing]) -> str:
    """The commands that remove what a page has left."""
    by_kind: dict[str, list[str]] = {}
    for thing in things:
        by_kind.setdefault(thing.kind, []).append(_for_shell(thing.name))
    ways = {
        "container": "docker rm -f",
        "volume": "docker volume rm",
        "network": "docker network rm",
        "file": "rm -r",
    }
    return "; ".join(f"{way} {' '.join(by_kind[kind])}" for kind, way in ways.items() if kind in by_kind)


def _for_shell(name: str) -> str:
    """A name as a shell takes it; `~` before a path stays the reader's home."""
    home = "~/" if name.startswith("~/") else ""
    return home + shlex.quote(name.removeprefix(home))


def _names(text: str, thing: Thing) -> bool:
    named = re.search(rf"(?<![\w.-]){re.escape(thing.name.rpartition('/')[2])}(?![\w-])", text)
    return bool(named) or any(re.search(rf":{port}\b", text) for port in thing.ports)
