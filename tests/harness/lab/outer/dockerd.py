"""A private Docker engine for the runs on this machine, with its own socket and data.

The first run starts it, the last ends it: every run holds a shared lock while it uses the engine, and who leaves and
can have the lock alone stops it. What a killed run leaves running is found, used and stopped by the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from docker.errors import DockerException

from harness.lab.outer import bridge
from harness.lab.outer.cache import cache_folder, locked
from harness.lab.outer.client import connect
from harness.lab.outer.faults import LabError, Say, faults
from harness.lab.outer.runs import remove_all

PATIENCE = 60  # seconds that a dockerd gets to start, or to stop
LONGEST_PATH = 104  # bytes of a unix socket's path, by containerd's count
LONGEST_SOCKET = "exec/containerd/containerd-debug.sock"  # under the folder of the engine's socket
SYSTEMS_CONTAINERD = Path("/run/containerd/containerd.sock")
# None that an engine inside a lab gives by itself: where the lab's network was 172.17.0.0/16, that engine's docker0 had
# 172.18.0.1, and a reader's has 172.17.0.1.
ADDRESS_POOLS = [{"base": "10.210.0.0/16", "size": 24}, {"base": "192.168.0.0/16", "size": 24}]
ALONE = 'mount -t tmpfs tmpfs "$0" && exec "$@"'  # in a mount namespace of its own: an empty folder in the place of $0


@contextmanager
def private_engine(say: Say) -> Iterator[dict[str, str]]:
    """The environment that reaches the private engine; it runs while anybody is inside. LabError if it won't start."""
    folder = cache_folder() / "engine"
    folder.mkdir(mode=0o700, exist_ok=True)
    environment = {"DOCKER_HOST": f"unix://{socket_path(folder)}"}
    with (folder / "users.lock").open("w") as users:
        with locked(folder / "door.lock"):
            start(folder, environment, say)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield environment
        finally:
            with locked(folder / "door.lock"):
                leave(folder, environment, users.fileno())


def leave(folder: Path, environment: dict[str, str], users: int) -> None:
    """Stops the engine unless another run holds the lock. What runs that were killed left on it goes first: an engine
    that stops leaves the bridges of its networks to the machine, which has few addresses for them."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(users, fcntl.LOCK_UN)
    else:
        with suppress(DockerException, OSError), closing(connect(environment)) as client:  # it may be gone already
            remove_all(client)
        stop(folder)


def socket_path(folder: Path) -> Path:
    """Where the engine listens: in `folder`, or, where that path is too long for a socket, in the temporary folder."""
    if len(os.fsencode(folder / LONGEST_SOCKET)) <= LONGEST_PATH:
        return folder / "docker.sock"
    beside = Path(tempfile.gettempdir()) / f"docker-note-{os.geteuid()}-{short(folder)}"
    beside.mkdir(mode=0o700, exist_ok=True)
    if beside.stat().st_uid != os.geteuid() or beside.stat().st_mode & 0o077:
        raise LabError(
            f"{beside} exists and isn't this user's alone; remove it, or set XDG_CACHE_HOME to a shorter path"
        )
    return beside / "docker.sock"


def short(folder: Path) -> str:
    """A name for `folder` where there is no room for it."""
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]


def bridge_name(folder: Path) -> str:
    return f"dnote-{short(folder)}"


def answers(environment: dict[str, str]) -> bool:
    try:
        connect(environment).close()
    except DockerException:
        return False
    else:
        return True


def start(folder: Path, environment: dict[str, str], say: Say) -> None:
    """Starts dockerd unless it runs, and returns when it answers."""
    if answers(environment):
        say("using the private engine that is already running")
        return
    say(f"starting a private Docker engine (data in {folder})")
    (folder / "daemon.json").write_text(json.dumps({"default-address-pools": ADDRESS_POOLS}))
    bridge.untangled(lambda: _start(folder, environment))


def _start(folder: Path, environment: dict[str, str]) -> None:
    with faults("making the network bridge"):
        bridge.make(bridge_name(folder))
        bridge.part_networks()
    log = folder / "dockerd.log"
    pid = spawn(command(folder, environment["DOCKER_HOST"]), log)
    if not comes_up(pid, folder, environment):
        stop(folder)
        last = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise LabError(f"the private Docker engine did not start; the end of {log}:\n{last}")


def comes_up(pid: int, folder: Path, environment: dict[str, str]) -> bool:
    """Whether the engine that was started answers, in time."""
    until = time.monotonic() + PATIENCE
    while not answers(environment):
        if not is_running(pid, folder) or time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def spawn(words: list[str], log: Path) -> int:
    """Starts a process that outlives this one, as nobody's child, writing to `log`: its pid."""
    script = 'log=$1; shift; setsid "$@" < /dev/null > "$log" 2>&1 & echo $!'
    done = subprocess.run(["sh", "-c", script, "sh", str(log), *words], stdout=subprocess.PIPE, check=True, cwd="/")
    return int(done.stdout)


def command(folder: Path, host: str) -> list[str]:
    """The private dockerd: nothing of it in the places of a system's own.

    Where the system has a containerd, dockerd would make do with that: its data would lie there and stay, and it would
    not start at all where containerd was killed and left its socket's file. So it doesn't get to see that.
    """
    options = {
        "--bridge": bridge_name(folder),
        "--host": host,
        "--data-root": folder / "data",
        "--exec-root": Path(host.removeprefix("unix://")).parent / "exec",
        "--pidfile": folder / "dockerd.pid",
        "--config-file": folder / "daemon.json",  # not /etc/docker/daemon.json
    }
    alone = ["unshare", "--mount", "sh", "-c", ALONE, str(SYSTEMS_CONTAINERD.parent)]
    unseen = alone if SYSTEMS_CONTAINERD.exists() else []
    return [*unseen, "dockerd", *(f"{option}={value}" for option, value in options.items())]


def stop(folder: Path) -> None:
    """Ends the private engine by its pid file and waits until it is gone."""
    pid = pid_of(folder)
    if is_running(pid, folder):
        os.kill(pid, signal.SIGTERM)  # once: the third makes it leave without tidying up
    until = time.monotonic() + PATIENCE
    while is_running(pid, folder) and time.monotonic() < until:
        time.sleep(0.1)
    with faults("tidying up after the private Docker engine"):
        bridge.remove(bridge_name(folder))
        bridge.stop_parting_networks()
        beside = socket_path(folder).parent
        if beside != folder:
            shutil.rmtree(beside)


def pid_of(folder: Path) -> int:
    """The pid that the engine has written down; 0 where there is none."""
    try:
        return int((folder / "dockerd.pid").read_text())
    except (FileNotFoundError, ValueError):
        return 0


def is_running(pid: int, folder: Path) -> bool:
    """Whether `pid` is still the dockerd of `folder`, not another process that came to have its number."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    # In the middle of an exec a process has no words for a moment.
    return state != "Z" and (not words or f"{folder}/".encode() in words)
