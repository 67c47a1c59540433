"""A shell of this machine in place of a lab's, and a server of it, for tests that need no Docker."""

import contextlib
import http.server
import os
import pty
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.lab.terminal import Terminal, terminal

BASHRC = r"""
bind 'set enable-bracketed-paste off' 2>/dev/null
PS0='\e]133;C\a'
PS1='\[\e]133;D;$?\a\e]7;file://lab$PWD\a\]$ '
PS2='> '
HISTFILE=
docker() { bash --rcfile "$HOME/containerrc" -i; }  # whatever is asked of it
"""
# A shell without marks, as in a container; bash turns bracketed paste on by itself.
CONTAINERRC = "PS0= PS1='[root@588ec8830392 \\W]# ' HISTFILE=\n"


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[[], socket.socket]]:
    """Opens a bash on a terminal, behind a socket as the Engine API gives it."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "bashrc").write_text(BASHRC)
    (home / "containerrc").write_text(CONTAINERRC)
    with contextlib.ExitStack() as open_shells:
        yield lambda: open_shells.enter_context(local_shell(home))


@pytest.fixture
def shell(connect: Callable[[], socket.socket]) -> Iterator[Terminal]:
    with terminal(connect(), time.monotonic()) as opened:
        yield opened


@contextlib.contextmanager
def local_shell(home: Path) -> Iterator[socket.socket]:
    theirs, ours = pty.openpty()
    bash = subprocess.Popen(
        ["bash", "--rcfile", str(home / "bashrc"), "-i"],
        stdin=ours, stdout=ours, stderr=ours, start_new_session=True, cwd=home,
        env={"TERM": "xterm-256color", "HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
    )  # fmt: skip
    os.close(ours)
    near, far = socket.socketpair()
    threads = [threading.Thread(target=carry, args=arguments) for arguments in ((theirs, far), (far, theirs))]
    for thread in threads:
        thread.start()
    try:
        yield near
    finally:
        near.close()
        bash.kill()
        bash.wait()
        for thread in threads:
            thread.join()
        far.close()
        os.close(theirs)


@contextlib.contextmanager
def served(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server of this machine's, while inside."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def carry(source: int | socket.socket, target: int | socket.socket) -> None:
    """Bytes from one end to the other until the shell or the harness closes."""
    near, far = (end if isinstance(end, int) else end.fileno() for end in (source, target))
    with contextlib.suppress(OSError):
        while data := os.read(near, 65536):
            os.write(far, data)
    if isinstance(target, socket.socket):
        target.shutdown(socket.SHUT_RDWR)
