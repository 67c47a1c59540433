"""The reader's machine: a host that starts when it is first needed, and the terminals that the reader has open on it.

Page by page a machine is fresh; in a course one machine has all pages, and a terminal stays open from page to page.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from harness.claims import prompts, shell_kinds
from harness.lab.host import HOME, Host, Shell


@dataclass
class _Terminal:
    shell: Shell
    resources: ExitStack


class Machine:
    """`open_host` starts a host of a kind of machine ("engine" or "no-engine")."""

    def __init__(self, open_host: Callable[[str], AbstractContextManager[Host]]) -> None:
        self.host: Host | None = None  # once it runs
        self._open_host = open_host
        self._resources = ExitStack()
        self._terminals: dict[str, _Terminal] = {}
        self._folders: dict[str, str] = {}  # that closed terminals were in
        self._zero = time.monotonic()  # of the recordings

    def start(self, kind: str) -> Host:
        """The host, started as that kind of machine unless it runs already. LabError."""
        if not self.host:
            self.host = self._resources.enter_context(self._open_host(kind))
        return self.host

    def shell(self, title: str) -> Shell | None:
        """The shell in the terminal of that title, where it is open."""
        return self._terminals[title].shell if title in self._terminals else None

    def open_shell(self, title: str, prompt: str) -> Shell:
        """A new login shell in the terminal of that title, of the kind and the user that `prompt` says; the machine
        runs. LabError, TerminalError."""
        assert self.host
        kind = shell_kinds.shell_at(prompt)
        user = shell_kinds.user_at(prompt) or shell_kinds.user_at(prompts.plain(prompt)) or shell_kinds.READER
        with ExitStack() as stack:
            shell = stack.enter_context(self.host.open_shell(kind, user, self._zero))
            if folder := self._folders.pop(title, ""):
                shell.run(f"cd {shlex.quote(folder)}", None, 10)
            self._terminals[title] = _Terminal(shell, stack.pop_all())
        return shell

    def may_type_again(self) -> bool:
        """Whether the last command may be typed once more as it was."""
        return True

    def write_file(self, path: str, data: bytes) -> None:
        """Writes a file of the reader's; the machine runs. A relative path begins in the folder of the first terminal,
        at home before there is one. LabError."""
        assert self.host
        first = next(iter(self._terminals.values()), None)
        self.host.write_file((first.shell.folder if first else "") or HOME, path, data)

    def close_terminal(self, title: str) -> None:
        """Closes that terminal; the next of its title begins in its folder."""
        if terminal := self._terminals.pop(title, None):
            self._folders[title] = terminal.shell.folder
            terminal.resources.close()

    def close_terminals(self, *, keep_idle: bool = False) -> None:
        """Closes the terminals; with `keep_idle` not those whose shell waits at the reader's own prompt."""
        for title, terminal in list(self._terminals.items()):
            is_readers = shell_kinds.user_at(terminal.shell.prompt) == shell_kinds.READER
            if not (keep_idle and terminal.shell.at_host and is_readers):
                self._terminals.pop(title).resources.close()

    def close(self) -> None:
        """Removes the host. LabError."""
        self.close_terminals()
        self._resources.close()
