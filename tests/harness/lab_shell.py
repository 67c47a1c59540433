"""The lab of a page that has just gone wrong -> a shell on it at the contributor's own terminal: for the plugin."""

from __future__ import annotations

import os
import select
import shlex
import shutil
import socket
import sys
import termios
import tty
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from harness.claims import shell_kinds
from harness.lab.host import HOME
from harness.lab.labs import Lab
from harness.lab.machine import Machine

_SET_UP = ".lab-shell"
_AT_ONCE = 65536  # bytes


def has_terminal() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())


def open_shell(machine: Machine, title: str, typed: Sequence[str]) -> None:
    """Joins this terminal to a new shell of the page's reader, in the folder of the terminal `title`, until it ends.

    What the page has `typed` is its history. LabError.
    """
    lab, shell = machine.host, machine.shell(title)
    assert isinstance(lab, Lab)
    user = (shell and shell_kinds.user_at(shell.prompt)) or shell_kinds.READER
    history = "".join(f"history -s -- {shlex.quote(command)}\n" for command in typed)
    lab.write_file(HOME, _SET_UP, f". /etc/profile\n{history}".encode())
    kind = replace(shell_kinds.BASH, program=f"bash --rcfile {HOME}/{_SET_UP}")
    columns, rows = shutil.get_terminal_size()
    folder = (shell.folder if shell else "") or HOME
    with lab.open_terminal(user, kind, size=(columns, rows), folder=folder) as terminal:
        join(terminal)


def join(terminal: socket.socket) -> None:
    """Carries what is typed here to `terminal` and what that shows back, until it is closed at the other end."""
    typing, screen, lab = 0, 1, terminal.fileno()
    with _raw(typing):
        while True:
            ready, _, _ = select.select([typing, lab], [], [])
            if lab in ready:
                shown = terminal.recv(_AT_ONCE)
                if not shown:
                    return
                os.write(screen, shown)
            if typing in ready:
                terminal.sendall(os.read(typing, _AT_ONCE))


@contextmanager
def _raw(descriptor: int) -> Iterator[None]:
    """Hands every key on as it is, Ctrl+C too."""
    before = termios.tcgetattr(descriptor)
    try:
        tty.setraw(descriptor)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
