"""Labs: throwaway Docker hosts, each a container on the outer engine with its own dockerd, for the runner.

A lab gets no path, socket, network or environment of the machine that starts it. Everything goes over the Engine API,
so the outer engine may be anywhere.
"""

from __future__ import annotations

import json
import posixpath
import secrets
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import docker
from docker.errors import DockerException, NotFound

from harness import faults as said
from harness.claims.shell_kinds import BASH, ShellKind
from harness.lab import engines, inventory, waiting
from harness.lab.archive import tar
from harness.lab.bounds import ASK, ASK_DISKS, Bounds, counts, full_disk, limits, out_of_memory, out_of_processes
from harness.lab.enclosures import enclosure
from harness.lab.engines import Engine
from harness.lab.host import Image, Missing, Shell, Thing
from harness.lab.mirror import OWN_NAME, Mirror, attached
from harness.lab.outer import commands
from harness.lab.outer.faults import LabError, faults
from harness.lab.outer.images import PREFIX
from harness.lab.outer.runs import labels, marked_alive, remove_container
from harness.lab.shell import COLUMNS, ROWS
from harness.lab.terminal import terminal

_USUAL = Bounds()
COURSE = Bounds(deadline=6 * 3600, disk="30g")  # of a lab that has all pages
NONCE = "etc/lab/nonce"  # what the marks of this lab's shells hold, so that no output can be taken for one
_TRIES = 5  # of a command whose output is lost
CANNOT_START = 126  # the status of a command, from the outer engine, that it could not start
GONE = said.GONE.of()
# In the lab: the outer engine does not see the lab's own root.
WRITE = ["sh", "-c", 'mkdir -p "$0" && cat > "$0/$1"']
# glibc tells a name that nobody has from a name server that doesn't answer.
RESOLVE = ["perl", "-MSocket=getaddrinfo,EAI_AGAIN", "-e", 'exit((getaddrinfo "nobody.invalid")[0] == EAI_AGAIN)']
# The entry point has made the machine ready, and the engine, if there is one, answers.
READY = "until [ -e /run/lab ]; do sleep 0.05; done; exec /usr/local/lib/lab/start-engine"


def find(name: str) -> Engine:
    """The declared engine of that name; LabError, naming those that there are."""
    known = {engine.name: engine for engine in engines.read()}
    if name not in known:
        raise LabError(f"unknown engine `{name}`; known, oldest first: {', '.join(known)}")
    return known[name]


@dataclass
class Lab:
    """A running lab: a Host."""

    engine: Engine
    client: docker.DockerClient
    container: str  # id on the outer engine
    mirror: Mirror
    bounds: Bounds = _USUAL
    began: float = field(default_factory=time.monotonic, init=False)
    _told: Counter[str] = field(default_factory=Counter, init=False)  # how often it had run into a bound when asked
    _asked: float = field(default=0, init=False)  # when the outer engine was, by its clock
    connections: list[commands.Connection] = field(default_factory=list)  # of its terminals

    def exec(self, *command: str, user: str = "root") -> tuple[int, str]:
        """A command without a terminal -> its exit status and what it printed. LabError if it can't be asked for."""
        with faults(f"running {command[0]} in the lab"):
            return commands.run(self.client, self.container, command, user)

    def write_file(self, where: str, path: str, data: bytes) -> None:
        """Host.write_file."""
        folder, name = posixpath.split(posixpath.join(where, path))
        with faults(f"writing {path} in the lab"):
            status, output = commands.run(self.client, self.container, [*WRITE, folder, name], "reader", data)
        if status != 0:
            raise LabError(f"writing {path} in the lab: {output.strip()}")

    def open_shell(self, kind: ShellKind, user: str, zero: float) -> AbstractContextManager[Shell]:
        """Host.open_shell."""
        opened = self._open_terminal(user, kind)
        return terminal(opened.socket, zero, kind, waits=lambda: self._waits_for_input(opened.process))

    def _waits_for_input(self, shell: int) -> bool:
        """Whether what is in the foreground of that shell waits for input; False where the lab can't say."""
        with suppress(LabError):
            status, answer = self.exec(*waiting.ASK)
            return status == 0 and waiting.wait_for_input(shell, answer)
        return False

    def open_terminal(
        self, user: str, kind: ShellKind = BASH, *, size: tuple[int, int] = (COLUMNS, ROWS), folder: str = ""
    ) -> socket.socket:
        """A login shell of `user` on a new terminal of that size (columns, rows), at home or in `folder`: a socket of
        raw bytes. Starts with the first prompt's mark."""
        return self._open_terminal(user, kind, size, folder).socket

    def _open_terminal(
        self, user: str, kind: ShellKind, size: tuple[int, int] = (COLUMNS, ROWS), folder: str = ""
    ) -> commands.Connection:
        home = "/root" if user == "root" else f"/home/{user}"
        variables = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "USER": user, "LOGNAME": user, "HOME": home}
        with faults("opening a terminal in the lab"):
            made = commands.open_terminal(self.client, self.container, kind.program, variables, size, folder)
        self.connections.append(made)
        return made

    def fault(self) -> str:
        """Host.fault. An engine that was stopped in good order is no fault: a page may do that."""
        try:
            found = self._trouble()
        except LabError as error:
            found = str(error)
        return found and (self._loss() or found)

    def _trouble(self) -> str:
        status, output = self.exec("bash", "-c", ASK)
        counted = counts(output)
        risen, self._told = counted - self._told, counted
        if risen["memory"] or (counted["uncounted"] and self._ran_out_of_memory()):
            return out_of_memory(self.bounds)
        if risen["processes"]:
            return out_of_processes(self.bounds)
        if counted["ended"]:
            return said.ENDED.of(counted["ended"])
        disks = self.exec(*ASK_DISKS)[1]
        full = full_disk(disks, self.bounds, has_own=self.mirror.settings.has_disks)
        found = full or self._ask_mirror("refusals")
        return found or (f"the lab can't say how it is: {output.strip()}" if status else "")

    def _ran_out_of_memory(self) -> bool:
        """Whether the outer engine has said so since it was last asked."""
        with faults("asking the outer engine what became of the lab"):
            now = datetime.fromisoformat(self.client.info()["SystemTime"]).timestamp()
            asked = {"container": self.container, "event": "oom"}
            # The types know whole seconds only, and this second counts.
            events = self.client.api.events(self._asked, now, asked)  # type: ignore[call-overload]
            self._asked = now
            return bool(list(events))

    def missing(self) -> list[Missing]:
        """Host.missing."""
        return inventory.missing(self._ask_mirror("missing"), self.mirror.lane)

    def resolves(self) -> bool:
        """Host.resolves."""
        return self.exec(*RESOLVE)[0] == 0

    def refuse_other_images(self) -> None:
        """LabError where the engine begins with an image that isn't the mirror's of that name."""
        here = self.images()
        if here and (found := inventory.unexpected(here, self._ask_mirror("named"))):
            raise LabError(found)

    def _ask_mirror(self, what: str) -> str:
        """What the mirror knows of this lab. LabError."""
        status, output = self.exec("curl", "--silent", "--max-time", "10", f"https://{OWN_NAME}/{what}")
        if status == CANNOT_START:  # while the outer engine still takes a lab that was ended for a running one
            raise LabError(GONE)
        if status != 0:
            raise LabError(f"the registry mirror does not answer (curl ended with {status})")
        return output

    def _loss(self) -> str:
        """Why the lab can't be reached any more; empty where it can."""
        try:
            running = self.client.api.inspect_container(self.container)["State"]["Running"]
        except NotFound:
            running = False
        except (DockerException, OSError):
            return said.SILENT.of()
        if running:
            return ""
        is_over = time.monotonic() - self.began >= self.bounds.deadline
        return f"the lab's time was over ({self.bounds.deadline} s)" if is_over else GONE

    def engine_version(self) -> str:
        """Host.engine_version."""
        return inventory.version(self._ask("version"))

    def tools(self) -> dict[str, str]:
        """Host.tools."""
        return inventory.tools(self.exec("sh", "-c", inventory.ASK_TOOLS)[1])

    def images(self) -> dict[str, Image]:
        """Host.images."""
        return inventory.images(self._ask("images/json"))

    def things(self) -> list[Thing]:
        """Host.things."""
        return [
            *inventory.containers(self._ask("containers/json?all=1")),
            *inventory.volumes(self._ask("volumes")),
            *inventory.networks(self._ask("networks")),
            *inventory.files(self._answer(*inventory.LIST_FILES)),
        ]

    def _ask(self, path: str) -> str:
        """What the lab's engine answers; empty where there is none. Every page ends with this, and the docker client
        takes longer to start than the engine to answer."""
        socket = "/var/run/docker.sock"
        return self._answer("curl", "--silent", "--fail", "--unix-socket", socket, f"http://docker/{path}")

    def _answer(self, *command: str) -> str:
        """What a command prints that never prints nothing; empty where it fails. On a busy machine the outer engine may
        lose what a command prints as it ends (moby/moby#20951): then it is asked again.
        """
        for _ in range(_TRIES):
            status, output = self.exec(*command)
            if status != 0:
                return ""
            if output:
                return output
        raise LabError(f"what {command[0]} printed in the lab was lost {_TRIES} times")


@contextmanager
def lab(
    client: docker.DockerClient, engine: Engine, image: str, mirror: Mirror, run_id: str, bounds: Bounds = _USUAL
) -> Iterator[Lab]:
    """A fresh lab on an image of `build_lab_image`, its engine (if any) answering. Removed at the end. LabError."""
    with marked_alive(run_id):
        name = f"{PREFIX}-lab-{run_id}-{secrets.token_hex(3)}"
        connections: list[commands.Connection] = []
        with faults("what is around a lab"), ExitStack() as around:
            with ThreadPoolExecutor(1) as meanwhile:
                enclosing = enclosure(client, image, name, run_id, mirror.settings, bounds)
                enclosed = meanwhile.submit(around.enter_context, enclosing)
                reached = around.enter_context(attached(client, mirror, name, run_id))
            try:
                with faults("starting a lab"):
                    own = enclosed.result()
                    config = {**host_config(client, reached, bounds), **own.config}
                    files = lab_files(engine, reached, bounds.deadline, own.disk)
                    container = start(client, image, name, run_id, config, files)
                started = Lab(engine, client, container, reached, bounds, connections)
                status, output = started.exec("bash", "-c", READY)
                if status != 0:
                    raise LabError(f"engine {engine.name} in the lab: {output}")
                started.refuse_other_images()
                yield started
            finally:
                with faults("removing a lab"):
                    # First, or the engine waits for what nobody reads any more.
                    for connection in connections:
                        connection.close()
                    remove_container(client, name)


def start(
    client: docker.DockerClient, image: str, name: str, run_id: str, config: dict[str, object], files: dict[str, bytes]
) -> str:
    """The id of a lab's container, started."""
    made = client.api.create_container(
        image, name=name, hostname="docker-note", labels=labels(run_id), host_config=config
    )
    client.api.put_archive(made["Id"], "/", tar({**files, NONCE: secrets.token_hex(8).encode()}))
    client.api.start(made["Id"])
    return str(made["Id"])


def host_config(client: docker.DockerClient, mirror: Mirror, bounds: Bounds) -> dict[str, object]:
    """What a lab may do and have, and where it finds the mirror."""
    hosts = [f"{host}:{address}" for host, address in mirror.hosts().items()]
    config = client.api.create_host_config(network_mode=mirror.network, extra_hosts=hosts, auto_remove=True)
    return {**config, **mirror.settings.walls, **limits(bounds)}


def lab_files(engine: Engine, mirror: Mirror, deadline: int = _USUAL.deadline, disk: str = "") -> dict[str, bytes]:
    """What a lab is handed before it starts; tests/labs/machine/entry says what for."""
    files = {
        "etc/lab/resolv.conf": mirror.settings.resolv_conf.encode(),
        "etc/lab/deadline": str(deadline).encode(),
        "usr/local/share/ca-certificates/lab.crt": mirror.certificate.encode(),
    }
    if disk:
        files["etc/lab/disk"] = disk.encode()
    if engine.daemon:
        files["etc/docker/daemon.json"] = json.dumps(engine.daemon, indent=2).encode() + b"\n"
    return files
