"""A command in a container of the outer engine -> its output, or the terminal that it runs on: over the Engine API.

Each command waits for a line before it starts: what it prints at once would get lost with the HTTP answer (docker 7.2).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import docker
from docker.utils.socket import frames_iter

WAIT = ["sh", "-c", 'read -r _; exec "$@" < /dev/null', "sh"]
FEED = ["sh", "-c", 'read -r size; head -c "$size" | "$@"', "sh"]  # `read` takes a line byte by byte, and no more
_TO_BEGIN = 30  # seconds
_NUMBER = re.compile(rb"(\d+)\r?\n")


@dataclass(frozen=True)
class Connection:
    """The terminal of a command that runs in a container."""

    stream: Any  # what the SDK gave, which would close the socket if it were collected
    socket: socket.socket  # of raw bytes
    process: int  # of the command, as the container numbers it; 0 where it didn't start

    def close(self) -> None:
        close(self.stream)
        self.socket.close()


def run(
    client: docker.DockerClient, container: str, command: Sequence[str], user: str, data: bytes | None = None
) -> tuple[int, str]:
    """The exit status of a command without a terminal, and what it printed; `data` is what it reads. DockerException,
    OSError."""
    begin, wait = (b"\n", WAIT) if data is None else (f"{len(data)}\n".encode() + data, FEED)
    made = client.api.exec_create(container, [*wait, *command], user=user, stdin=True)["Id"]
    stream = client.api.exec_start(made, socket=True)
    try:
        raw_socket(stream).sendall(begin)
        frames = frames_iter(stream, tty=False)  # type: ignore[no-untyped-call]
        output = b"".join(data for _, data in frames)
    finally:
        close(stream)
    status: int = client.api.exec_inspect(made)["ExitCode"]
    return status, output.decode(errors="replace")


def open_terminal(
    client: docker.DockerClient,
    container: str,
    program: str,
    variables: Mapping[str, str],
    size: tuple[int, int],
    folder: str = "",
) -> Connection:
    """`program` on a new terminal of `size` (columns, rows), as the user USER, in HOME or `folder`. DockerException,
    OSError.

    The terminal has its size before the program looks: a resize would make a shell draw its prompt again.
    """
    columns, rows = size
    user = variables["USER"]
    wait = f"stty rows {rows} cols {columns} -echo; read -r _; stty echo; chown {user} $(tty); echo $$"
    # The engine would look the user's groups up in the image; a page may have changed them since.
    become = f"exec setpriv --reuid={user} --regid={user} --init-groups {program}"
    made = client.api.exec_create(
        container,
        ["bash", "-c", f"{wait}; {become}"],
        stdin=True,
        tty=True,
        user="root",
        environment=dict(variables),
        workdir=folder or variables["HOME"],
        # Else the outer engine takes ctrl-p ctrl-q for itself, which a reader types to leave a container.
        detach_keys="ctrl-^,ctrl-^,ctrl-^",
    )["Id"]
    stream = client.api.exec_start(made, tty=True, socket=True)
    raw = raw_socket(stream)
    raw.sendall(b"\n")
    return Connection(stream, raw, _number(raw))


def _number(raw: socket.socket) -> int:
    """The line of digits that a terminal begins with, behind the echo of what was sent; 0 where none comes. Byte by
    byte: what stands behind it is left."""
    came, usual = b"", raw.gettimeout()
    raw.settimeout(_TO_BEGIN)
    with suppress(OSError):
        while not (found := _NUMBER.search(came)) and (byte := raw.recv(1)):
            came += byte
    raw.settimeout(usual)
    return int(found[1]) if found else 0


def raw_socket(stream: Any) -> socket.socket:
    """The socket under what the SDK gives: over unix and TCP a SocketIO around it, over TLS and ssh itself."""
    found: socket.socket = getattr(stream, "_sock", stream)
    return found


def close(stream: Any) -> None:
    """Closes what the SDK gives, with the HTTP answer that it came with."""
    getattr(stream, "_response", stream).close()
    stream.close()
