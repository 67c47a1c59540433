"""Keeps a lab after a run of its page, so that the next run goes on in it: for proving.

A lab has a log of what was typed in it and what came. The next run gets from that log what it would type again, and
judges it against what the page says now; at the log's end the lab goes on as it stands. Where the run would type
something else than the log has, the lab is past that place, and the run needs another one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn

from harness.claims.answers import Answer
from harness.lab.bounds import Bounds
from harness.lab.host import Host, Ran, Shell
from harness.lab.machine import Machine

_CTRL_C = "^C"
_TIME = 600  # seconds that a page may take
_NOTHING = Ran("", "", None)  # of what isn't a command


class Parted(Exception):
    """The page would type something else here than was typed in this lab."""


@dataclass(frozen=True)
class _Waiting:
    """A shell between two commands."""

    prompt: str
    at_host: bool
    folder: str


@dataclass(frozen=True)
class Entry:
    """Something that was done in a lab, and what came of it."""

    asked: tuple[object, ...]
    ran: Ran
    waiting: _Waiting
    events: Sequence[tuple[float, str]]  # of its terminal, as if the lab had never waited for the next run
    started: str
    seconds: float


class KeptLab:
    """A lab and the log of all that was done in it."""

    def __init__(self, machine: Machine, kind: str, bounds: Bounds) -> None:
        self.kind, self.bounds = kind, bounds
        self.log: list[Entry] = []
        self.is_lost = False  # nobody knows its state: something could not be followed to its end
        self.machine = machine
        self.rested = 0.0  # seconds that it has waited for runs, in all
        self._made = self._ended = time.monotonic()  # ended: the last thing done

    def fits(self, kind: str, bounds: Bounds) -> bool:
        """Whether it is a machine of that kind in these bounds, in a state that is known, and has time for a page."""
        is_old = time.monotonic() - self._made > self.bounds.deadline - _TIME
        return (self.kind, self.bounds) == (kind, bounds) and not (self.is_lost or is_old)

    def do(self, asked: tuple[object, ...], shell: Callable[[], Shell | None], act: Callable[[], Ran]) -> Entry:
        """Does something that the log hasn't yet, and puts it there. Raises what goes wrong: the lab is lost then."""
        began, started = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
        self.rested += began - self._ended if self.log else 0
        terminal = shell()
        before = len(terminal.events) if terminal else 0
        try:
            ran = act()
        except BaseException:
            self.is_lost = True
            raise
        finally:
            self._ended = time.monotonic()
        waiting, events = _Waiting("", True, ""), []
        if terminal := shell():
            waiting = _Waiting(terminal.prompt, terminal.at_host, terminal.folder)
            events = [(seconds - self.rested, text) for seconds, text in terminal.events[before:]]
        entry = Entry(asked, ran, waiting, events, started, round(self._ended - began, 3))
        self.log.append(entry)
        return entry

    def close(self) -> None:
        """Removes the lab. LabError."""
        self.is_lost = True
        self.machine.close()


class Replayed(Machine):
    """The machine of one more run of the page in a kept lab. What the log has is not done again."""

    def __init__(self, lab: KeptLab) -> None:
        super().__init__(lambda kind: _refuse())
        self.lab = lab
        self.at = 0  # how much of the log this run has used
        self.has_parted = False
        self.rested = 0.0  # seconds that the lab had waited when this run went on in it; 0 while it hasn't
        self._known = len(lab.log)
        self._shells: dict[str, ReplayedShell] = {}

    @property
    def began_with_a_log(self) -> bool:
        """Whether anything had been done in the lab before this run."""
        return self._known > 0

    @property
    def is_replaying(self) -> bool:
        """Whether all so far came from the log."""
        return self.at <= self._known

    def start(self, kind: str) -> Host:
        """Machine.start."""
        self.host = self.lab.machine.start(kind)
        return self.host

    def shell(self, title: str) -> Shell | None:
        """Machine.shell."""
        return self._shells.get(title)

    def open_shell(self, title: str, prompt: str) -> Shell:
        """Machine.open_shell."""

        def act() -> Ran:
            self.lab.machine.open_shell(title, prompt)
            return _NOTHING

        entry = self.next(("open", title, prompt), title, act)
        self._shells[title] = ReplayedShell(self, title, entry)
        return self._shells[title]

    def may_type_again(self) -> bool:
        """Machine.may_type_again: while all comes from the log only what was typed once more then."""
        if not self.is_replaying:
            return True
        last, *following = self.lab.log[self.at - 1 : self.at + 1]
        return any(entry.asked == last.asked for entry in following)

    def write_file(self, path: str, data: bytes) -> None:
        """Machine.write_file."""

        def act() -> Ran:
            self.lab.machine.write_file(path, data)
            return _NOTHING

        self.next(("write", path, data), None, act)

    def close(self) -> None:
        """The lab stays."""

    def next(self, asked: tuple[object, ...], title: str | None, act: Callable[[], Ran]) -> Entry:
        """What came of this in the log, or of `act` at its end. Parted where the log goes on with something else."""
        if self.at == len(self.lab.log):
            before = self.lab.rested
            entry = self.lab.do(asked, lambda: None if title is None else self.lab.machine.shell(title), act)
            self.rested = max(self.rested, self.lab.rested - before if self._known == self.at else 0)
        else:
            entry = self.lab.log[self.at]
            if entry.asked != asked:
                raise self.parted()
        self.at += 1
        return entry

    def parted(self) -> Parted:
        """To raise: this run has nothing more to say."""
        self.has_parted = True
        return Parted("the page types something else here than was typed in the lab that was kept")


class ReplayedShell:
    """A Shell in a kept lab."""

    def __init__(self, machine: Replayed, title: str, opened: Entry) -> None:
        self._machine, self._title, self._waiting = machine, title, opened.waiting
        self.events: list[tuple[float, str]] = list(opened.events)

    @property
    def prompt(self) -> str:
        """Shell.prompt."""
        return self._waiting.prompt

    @property
    def at_host(self) -> bool:
        """Shell.at_host."""
        return self._waiting.at_host

    @property
    def folder(self) -> str:
        """Shell.folder."""
        return self._waiting.folder

    def forget(self, first: int, last: int) -> None:
        """Shell.forget, for this run's recording: the log keeps all."""
        del self.events[first:last]

    def run(
        self,
        command: str,
        next_prompt: re.Pattern[str] | None,
        timeout: float,
        interrupted_when: Callable[[str], bool] | None = None,
        answers: Sequence[Answer] = (),
    ) -> Ran:
        """Shell.run. Of the prompt to come only counts whether one is awaited: the log says which one came."""

        def act() -> Ran:
            shell = self._machine.lab.machine.shell(self._title)
            assert shell
            return shell.run(command, next_prompt, timeout, interrupted_when, answers)

        is_pressed = interrupted_when is not None
        asked = ("type", self._title, command, next_prompt is not None, is_pressed, tuple(answers))
        entry = self._machine.next(asked, self._title, act)
        came = entry.ran.text.partition(_CTRL_C)[0].rstrip("\n")
        if interrupted_when and self._machine.is_replaying and not interrupted_when(came):
            raise self._machine.parted()  # the page waits for more now before it presses the key
        self._waiting = entry.waiting
        self.events.extend(entry.events)
        return entry.ran


def _refuse() -> NoReturn:
    raise AssertionError("a kept lab is started by its own machine")
