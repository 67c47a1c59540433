"""An engine behind ssh, as DOCKER_HOST=ssh://USER@HOST:PORT says it, becomes a socket on this machine.

One forwarding for the whole run: its processes need neither keys nor a Python library for ssh.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE
from urllib.parse import urlsplit

from docker.errors import DockerException

PATIENCE = 10  # seconds that ssh gets to connect


@contextmanager
def tunnel(host: str) -> Iterator[dict[str, str]]:
    """The environment that reaches the engine behind `host` while inside. DockerException if ssh does not connect."""
    with tempfile.TemporaryDirectory(prefix="docker-note-") as folder:
        socket = Path(folder) / "docker.sock"
        with subprocess.Popen(command(host, socket), stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, text=True) as process:
            try:
                wait(process, socket)
                yield {"DOCKER_HOST": f"unix://{socket}"}
            finally:
                process.terminate()


def command(host: str, socket: Path) -> list[str]:
    """ssh that forwards `socket` to the engine's and fails rather than asks."""
    parts = urlsplit(host)
    user = f"{parts.username}@" if parts.username else ""
    port = ["-p", str(parts.port)] if parts.port else []
    behind = parts.path if parts.path not in ("", "/") else "/var/run/docker.sock"
    options = ["-nNT", "-o", "BatchMode=yes", "-o", "ExitOnForwardFailure=yes"]
    return ["ssh", *options, *port, "-L", f"{socket}:{behind}", "--", f"{user}{parts.hostname}"]


def wait(process: subprocess.Popen[str], socket: Path) -> None:
    """Returns when the socket is there."""
    until = time.monotonic() + PATIENCE
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > until:
            process.terminate()
            assert process.stderr is not None
            raise DockerException(f"ssh does not connect: {process.stderr.read().strip()}")
        time.sleep(0.05)
