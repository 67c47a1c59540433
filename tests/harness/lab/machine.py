"""The reader's machine: a lab that starts when it is first needed, and the terminals that the reader has open on it.

Page by page a machine is fresh; in a course one machine has all pages, and a terminal stays open from page to page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from harness.lab.labs import HOME, Lab
from harness.lab.terminal import Terminal, terminal


@dataclass
class _Open:
    terminal: Terminal
    resources: ExitStack


class Machine:
    """`open_lab` starts the lab of a kind of machine ("engine" or "no-engine")."""

    def __init__(self, open_lab: Callable[[str], AbstractContextManager[Lab]]) -> None:
        self.lab: Lab | None = None  # once it runs
        self._open_lab = open_lab
        self._resources = ExitStack()
        self._terminals: dict[str, _Open] = {}
        self._clock = time.monotonic()

    def start(self, kind: str) -> Lab:
        """The lab, started as that kind of machine unless it runs already. LabError."""
        if not self.lab:
            self.lab = self._resources.enter_context(self._open_lab(kind))
        return self.lab

    def terminal(self, title: str) -> Terminal | None:
        """The terminal of that title, where it is open."""
        return self._terminals[title].terminal if title in self._terminals else None

    def open_terminal(self, title: str, user: str) -> Terminal:
        """A new login shell of `user` in the terminal of that title. LabError, TerminalError."""
        assert self.lab
        with ExitStack() as stack:
            opened = stack.enter_context(terminal(self.lab.open_terminal(user), self._clock))
            self._terminals[title] = _Open(opened, stack.pop_all())
        return opened

    @property
    def folder(self) -> str:
        """Where the reader is: the folder of the first terminal, the home directory before there is one."""
        first = next(iter(self._terminals.values()), None)
        return (first.terminal.folder if first else "") or HOME

    def close_terminals(self, *, but_at: str = "") -> None:
        """Closes the terminals, except those whose shell waits at the prompt `but_at`."""
        for title in [title for title, opened in self._terminals.items() if opened.terminal.prompt != but_at]:
            self._terminals.pop(title).resources.close()

    def close(self) -> None:
        """Removes the lab. LabError."""
        self.close_terminals()
        self._resources.close()
