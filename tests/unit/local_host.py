"""A Host that is a shell of this machine, for tests that need no Docker."""

import contextlib
import os
import pty
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from harness.claims.shell_kinds import BASH, ShellKind
from harness.lab.host import HOME, Image, Missing, Shell, Thing
from harness.lab.outer.faults import faults
from harness.lab.terminal import terminal
from harness.project import LABS

# The labs' own prompts and marks, whoever runs the tests.
BASHRC = r"""
bind 'set enable-bracketed-paste off' 2> /dev/null
PROMPT
PS1="$SIGN "
docker() { bash --rcfile "$HOME/.containerrc" -i; }  # whatever is asked of it
ash() { PYTHON "$HOME/.ash"; }  # busybox's shell; dash needs no stand-in
"""
# It edits lines in raw mode as busybox 1.35 does: each prompt ends with a question to the terminal, for the cursor's
# place, and a character is taken back by erasing to the end of the screen.
ASH = r"""
import os, subprocess, termios, tty
usual = termios.tcgetattr(0)
def line():
    tty.setraw(0)
    os.write(1, b"/ # \x1b[6n")
    text = b""
    while (key := os.read(0, 1)) not in b"\r\n":
        text = text[:-1] if key == b"\x7f" else text + key
        os.write(1, b"\b\x1b[J" if key == b"\x7f" else key)
    os.write(1, b"\r\n")
    termios.tcsetattr(0, termios.TCSANOW, usual)
    return text.decode()
while (command := line()) != "exit":
    subprocess.run(["sh", "-c", command])
"""
# A shell without marks, as in a container; bash turns bracketed paste on by itself.
CONTAINERRC = "PROMPT_COMMAND= PS0= PS1='[root@588ec8830392 \\W]# ' HISTFILE=\n"
SIGNS = {user: prompt.rstrip() for prompt, user in BASH.users.items()}


class LocalHost:
    """Files are written, and shells opened, in `home`, which stands for the reader's."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.users: list[str] = []  # of the shells that were opened
        self.wrong = ""
        self.others: list[Thing] = []  # that are there besides files
        self.has: dict[str, Image] = {}
        self.absent: list[Missing] = []
        self.nameless = False
        self.waits = False  # what runs in the foreground of its shells, for input
        home.mkdir(exist_ok=True)
        prompt = (LABS / "machine" / "prompt.bash").read_text().replace("/etc/lab/nonce", str(home / ".nonce"))
        bashrc = BASHRC.replace("PROMPT", prompt).replace("PYTHON", sys.executable)
        (home / ".nonce").write_text(secrets.token_hex(8))
        (home / ".bashrc").write_text(bashrc)
        (home / ".containerrc").write_text(CONTAINERRC)
        (home / ".ash").write_text(ASH)

    @contextlib.contextmanager
    def open_shell(self, kind: ShellKind, user: str, zero: float) -> Iterator[Shell]:
        """Host.open_shell."""
        self.users.append(user)
        with (
            local_shell(self.home, user) as connection,
            terminal(connection, zero, kind, waits=lambda: self.waits) as opened,
        ):
            yield opened

    def write_file(self, where: str, path: str, data: bytes) -> None:
        """Host.write_file."""
        file = Path(where.replace(HOME, str(self.home), 1), path)
        with faults(f"writing {path}"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def fault(self) -> str:
        """Host.fault."""
        return self.wrong

    def missing(self) -> list[Missing]:
        """Host.missing."""
        return self.absent

    def resolves(self) -> bool:
        """Host.resolves."""
        return not self.nameless

    def engine_version(self) -> str:
        """Host.engine_version."""
        return "28.5.2"

    def tools(self) -> dict[str, str]:
        """Host.tools."""
        return {"compose": "2.40.3-3"}

    def images(self) -> dict[str, Image]:
        """Host.images."""
        return self.has

    def things(self) -> list[Thing]:
        """Host.things."""
        files = [Thing("file", f"~/{path.name}") for path in self.home.iterdir() if not path.name.startswith(".")]
        return [*self.others, *files]


@contextlib.contextmanager
def local_shell(home: Path, user: str) -> Iterator[socket.socket]:
    """A bash on a terminal, behind a socket as the Engine API gives it."""
    theirs, ours = pty.openpty()
    bash = subprocess.Popen(
        ["bash", "--rcfile", str(home / ".bashrc"), "-i"],
        stdin=ours, stdout=ours, stderr=ours, start_new_session=True, cwd=home,
        env={"TERM": "xterm-256color", "HOME": str(home), "PATH": os.environ["PATH"], "SIGN": SIGNS[user]},
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


def carry(source: int | socket.socket, target: int | socket.socket) -> None:
    """Bytes from one end to the other until the shell or the harness closes."""
    near, far = (end if isinstance(end, int) else end.fileno() for end in (source, target))
    with contextlib.suppress(OSError):
        while data := os.read(near, 65536):
            os.write(far, data)
    if isinstance(target, socket.socket):
        target.shutdown(socket.SHUT_RDWR)
