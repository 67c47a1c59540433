"""What a page needs of the machine it runs on: for the runner, which knows neither Docker nor what the machine is.

tests/unit/conformance.py is what every Host has to pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from harness.claims.answers import Answer
from harness.claims.shell_kinds import ShellKind

HOME = "/home/reader"


@dataclass(frozen=True)
class Ran:
    """What became of a command: its output as the screen shows it, and the shell that waits now."""

    text: str
    prompt: str
    status: int | None  # None where a container's shell waits: it can't be seen from outside


class TerminalError(Exception):
    """The command could not be followed to its end; `screen` is what the terminal showed until then."""

    def __init__(self, message: str, screen: str) -> None:
        super().__init__(message)
        self.screen = screen


class Shell(Protocol):
    """One shell of the reader's on a terminal, and whatever shells it opens in containers."""

    @property
    def prompt(self) -> str:
        """At which it waits, with the closing blank."""

    @property
    def at_host(self) -> bool:
        """Whether the reader's own shell waits, and none in a container."""

    @property
    def folder(self) -> str:
        """That the reader's own shell is in; empty where it doesn't tell."""

    @property
    def events(self) -> Sequence[tuple[float, str]]:
        """What the terminal got so far, each piece with the seconds since the recording's zero."""

    def forget(self, first: int, last: int) -> None:
        """Takes the events from `first` to before `last` out of the recording."""

    def run(
        self,
        command: str,
        next_prompt: re.Pattern[str] | None,
        timeout: float,
        interrupted_when: Callable[[str], bool] | None = None,
        answers: Sequence[Answer] = (),
    ) -> Ran:
        """Types `command` and follows it until a shell waits again: the reader's own, or one in a container.

        `next_prompt` is what a container's shell is to show then; another prompt is waited at longer, and given back.
        Ctrl+C is pressed once `interrupted_when` holds for what the screen shows of the output, or shortly before
        `timeout` seconds are over. Each of `answers` is typed when its question comes. TerminalError after the timeout,
        where the terminal closes, and where the program waits for another input.
        """


@dataclass(frozen=True)
class Image:
    """An image in a machine's engine."""

    digest: str  # of the registry; empty for one made on the machine
    standin: bool  # made here, in the place of the one of that name on Docker Hub


@dataclass(frozen=True)
class Missing:
    """An image that a machine has asked for, and that isn't there."""

    image: str  # as people write it: alpine, python:2
    why: str
    ago: float  # seconds


@dataclass(frozen=True, order=True)
class Thing:
    """What a page may leave on its machine: a container, a volume, a network, or a file or folder of the reader's."""

    kind: str
    name: str
    ports: tuple[int, ...] = ()  # of the machine's, that a container has published

    def __str__(self) -> str:
        ports = f" (port {', '.join(map(str, self.ports))})" if self.ports else ""
        return f"{self.kind} {self.name}{ports}"


class Host(Protocol):
    """A machine with, perhaps, a Docker engine. Each method raises LabError where the machine can't be asked."""

    def open_shell(self, kind: ShellKind, user: str, zero: float) -> AbstractContextManager[Shell]:
        """A login shell of `user` on a new terminal, waiting at its prompt. `zero` is its recording's, in monotonic
        seconds. TerminalError where no prompt comes."""

    def write_file(self, where: str, path: str, data: bytes) -> None:
        """Writes a file of the reader's, relative paths from the folder `where`; makes the directories above it."""

    def fault(self) -> str:
        """Why what this machine prints can't be judged; empty while all is well."""

    def missing(self) -> list[Missing]:
        """The images that it has asked for, and that are not there."""

    def resolves(self) -> bool:
        """Whether it is answered where it asks for a name, be it that nobody has that name."""

    def engine_version(self) -> str:
        """The version of its engine; empty where none is installed."""

    def tools(self) -> dict[str, str]:
        """The versions of compose and buildx as they call themselves; of those that are installed."""

    def images(self) -> dict[str, Image]:
        """The images in its engine, by name."""

    def things(self) -> list[Thing]:
        """What is on it besides images."""
