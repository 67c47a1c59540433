"""Labs: throwaway Docker hosts, each a container on the outer engine with its own dockerd, for the runner.

A lab gets no path, socket, network or environment of the machine that starts it. Everything goes over the Engine API,
so the outer engine may be anywhere.
"""

from __future__ import annotations

import json
import posixpath
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docker
from docker.errors import DockerException, NotFound
from docker.utils.socket import frames_iter

from harness.lab import engines
from harness.lab.engines import FALLBACK as FALLBACK
from harness.lab.engines import Engine as Engine
from harness.lab.mirror import OWN_NAME, STANDIN, Mirror, attached, tar
from harness.lab.outer.client import PRIVILEGED, UNCONFINED
from harness.lab.outer.faults import LabError as LabError
from harness.lab.outer.faults import Say, faults
from harness.lab.outer.images import PREFIX, base_image, base_image_there, build, is_there, reference
from harness.lab.outer.runs import labels, living, remove_container
from harness.lab.shell import COLUMNS, ROWS
from harness.project import LABS

DEADLINE = 3600  # seconds after which a lab ends by itself
COURSE_DEADLINE = 6 * 3600  # of one that has all pages
MEMORY = "3g"  # for the lab and all its containers, swap included
PROCESSES = 4096
PERIOD = 100_000  # microseconds of the scheduler's
PROCESSORS = 2
HOME = "/home/reader"
EXERCISES = "docker-note"  # in HOME: each page has a folder there
NETWORKS = ("bridge", "host", "none")  # that every engine has
GONE = "the lab is gone: its container or the outer engine was ended, or its time was over"
# What the tools beside the engine call themselves, a line each. Compose 1 is a program of its own.
TOOLS = """
echo compose=$(docker compose version --short 2> /dev/null || docker-compose version --short 2> /dev/null)
echo buildx=$(docker buildx version 2> /dev/null | cut -d ' ' -f 2)
"""
# The entry point has made the machine ready, and the engine, if there is one, answers.
READY = "until [ -e /run/lab ]; do sleep 0.05; done; exec /usr/local/lib/lab/start-engine"


def declared_engines() -> list[Engine]:
    """All engines, oldest first."""
    return engines.read()


def find(name: str) -> Engine:
    """The declared engine of that name; LabError, naming those that there are."""
    known = {engine.name: engine for engine in declared_engines()}
    if name not in known:
        raise LabError(f"unknown engine `{name}`; known, oldest first: {', '.join(known)}")
    return known[name]


def build_lab_image(client: docker.DockerClient, engine: Engine, machine: str, say: Say, given: str = "") -> str:
    """The image for labs of this engine and machine ("engine" or "no-engine"), built where it is missing. LabError.

    `given` is an image with this engine that the outer engine has. A machine without an engine is plain: Debian's own
    packages make its engine run there. Where the engine isn't Debian's, its programs stand in for those packages.
    """
    if machine == "no-engine" and not given and not engine.archive:
        return _build_machine(client, engine, say)
    image = given or _build_engine(client, engine, say)
    if not is_there(client, image):
        raise LabError(f"the outer engine has no image `{image}`, which is to be the lab of engine {engine.name}")
    if machine == "no-engine":
        return build(client, f"no-engine-{engine.name}", LABS / "no-engine", {"BASE": image}, say)
    return image


def has_lab_image(client: docker.DockerClient, engine: Engine) -> bool:
    """Whether the labs of this engine can start with nothing to be built or fetched."""
    with faults("looking for lab images"):
        base = base_image_there(client, engine.suite)
        machine = base and reference(client, *_machine(engine, base))
        if not machine or not is_there(client, machine):
            return False
        return is_there(client, reference(client, *_engine(engine, machine)))


def _build_machine(client: docker.DockerClient, engine: Engine, say: Say) -> str:
    return build(client, *_machine(engine, base_image(client, engine.suite, say)), say)


def _build_engine(client: docker.DockerClient, engine: Engine, say: Say) -> str:
    machine = _build_machine(client, engine, say)
    try:
        return build(client, *_engine(engine, machine), say)
    except LabError as error:
        if not engine.archive:
            raise
        raise LabError(
            f"engine {engine.name} is only declared here: building its lab needs the internet ({engine.archive_host}); "
            f"an image of it that the outer engine has can be given instead\n{error}"
        ) from error


# The images that labs are made of: name, folder, and what they are built with.


def _machine(engine: Engine, base: str) -> tuple[str, Path, dict[str, str]]:
    return f"machine-{engine.suite}", LABS / "machine", {"BASE": base}


def _engine(engine: Engine, machine: str) -> tuple[str, Path, dict[str, str]]:
    made_with = {"BASE": machine, "PACKAGES": " ".join(engine.packages), "ARCHIVE": engine.archive}
    arguments = {name: value for name, value in made_with.items() if value}
    return f"{engine.image}-{engine.suite}", LABS / engine.image, arguments


@dataclass(frozen=True, order=True)
class Thing:
    """What a page may leave on its machine: a container, a volume, a network, or a file or folder of the reader's."""

    kind: str
    name: str
    ports: tuple[int, ...] = ()  # of the machine's, that a container has published

    def __str__(self) -> str:
        ports = f" (port {', '.join(map(str, self.ports))})" if self.ports else ""
        return f"{self.kind} {self.name}{ports}"


@dataclass
class Lab:
    """A running throwaway Docker host."""

    engine: Engine
    client: docker.DockerClient
    container: str  # id on the outer engine
    registry: str  # where the mirror says what Docker Hub did not give this lab
    # Of each terminal what the SDK gave, which would close the socket if it were collected, and the socket.
    streams: list[tuple[Any, socket.socket]] = field(default_factory=list)

    def exec(self, *command: str, user: str = "root") -> tuple[int, str]:
        """Runs a command, without a terminal: its exit status and what it printed. LabError if it can't be asked for.

        It waits for a line before it starts: what it prints at once would get lost with the HTTP answer (docker 7.2).
        """
        wait = ["sh", "-c", 'read -r _; exec "$@" < /dev/null', "sh"]
        with faults(f"running {command[0]} in the lab"):
            made = self.client.api.exec_create(self.container, [*wait, *command], user=user, stdin=True)["Id"]
            stream = self.client.api.exec_start(made, socket=True)
            try:
                raw_socket(stream).sendall(b"\n")
                frames = frames_iter(stream, tty=False)  # type: ignore[no-untyped-call]
                output = b"".join(data for _, data in frames)
            finally:
                close(stream)
            status = self.client.api.exec_inspect(made)["ExitCode"]
        return status, output.decode(errors="replace")

    def write_file(self, where: str, path: str, data: bytes) -> None:
        """Writes a file of `reader`'s, relative paths from the folder `where`; makes the directories above it."""
        folder, name = posixpath.split(posixpath.join(where, path))
        status, output = self.exec("mkdir", "-p", folder, user="reader")
        if status != 0:
            raise LabError(f"writing {path} in the lab: {output}")
        with faults(f"writing {path} in the lab"):
            self.client.api.put_archive(self.container, folder, tar({name: data}, owner=1000))

    def open_terminal(self, user: str) -> socket.socket:
        """A login shell of `user` on a new terminal: a socket of raw bytes. Starts with the first prompt's mark.

        The shell waits for a line before it starts, so that nothing it prints can get lost with the HTTP answer, and
        the terminal has its size before the shell looks: a resize would make it redraw its prompt.
        """
        home = "/root" if user == "root" else f"/home/{user}"
        wait = f"stty rows {ROWS} cols {COLUMNS} -echo; read -r _; stty echo; exec bash --login"
        variables = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "USER": user, "LOGNAME": user, "HOME": home}
        with faults("opening a terminal in the lab"):
            made = self.client.api.exec_create(
                self.container,
                ["bash", "-c", wait],
                stdin=True,
                tty=True,
                user=user,
                environment=variables,
                workdir=home,
                # Else the outer engine takes ctrl-p ctrl-q for itself, which a reader types to leave a container.
                detach_keys="ctrl-^,ctrl-^,ctrl-^",
            )["Id"]
            stream = self.client.api.exec_start(made, tty=True, socket=True)
            raw = raw_socket(stream)
            self.streams.append((stream, raw))
            raw.sendall(b"\n")
        return raw

    def fault(self) -> str:
        """Why what this lab prints can't be judged; '' while all is well.

        An engine that was stopped in good order is no fault: a page may do that.
        """
        try:
            found = self._trouble()
        except LabError as error:
            found = str(error)
        return found and (self._loss() or found)

    def _trouble(self) -> str:
        status, ended = self.exec("cat", "/run/lab.ended")
        if status == 0 and ended.strip() not in ("", "0"):
            return f"the engine in the lab ended with status {ended.strip()}"
        status, refusals = self.exec("curl", "--silent", "--max-time", "10", self.registry)
        return f"the registry mirror does not answer (curl ended with {status})" if status else refusals

    def _loss(self) -> str:
        """Why the lab can't be reached any more; '' where it can."""
        try:
            running = self.client.api.inspect_container(self.container)["State"]["Running"]
        except NotFound:
            return GONE
        except (DockerException, OSError):
            return "the outer engine does not answer"
        return "" if running else GONE

    def engine_version(self) -> str:
        """The version of the engine in the lab; '' where none is installed."""
        return str(json.loads(self._ask("version") or "{}").get("Version", ""))

    def tools(self) -> dict[str, str]:
        """The versions of compose and buildx as they call themselves; of those that are installed."""
        _, output = self.exec("sh", "-c", TOOLS)
        found = (line.partition("=") for line in output.splitlines())
        return {name: version for name, _, version in found if version}

    def images(self) -> dict[str, dict[str, object]]:
        """The images in the lab's engine: name -> `digest` (of the registry, '' for one made in the lab), `standin`."""
        return named_images(self._ask("images/json"))

    def things(self) -> list[Thing]:
        """What is on the machine besides images: containers, volumes, networks, and what the reader sees in the home
        directory and in its folder of exercises. LabError."""
        containers = json.loads(self._ask("containers/json?all=1") or "[]")
        volumes = json.loads(self._ask("volumes") or "{}").get("Volumes") or []
        networks = json.loads(self._ask("networks") or "[]")
        _, files = self.exec(
            "find", HOME, f"{HOME}/{EXERCISES}", "-mindepth", "1", "-maxdepth", "1", "!", "-name", ".*"
        )
        return [
            *(
                Thing("container", container["Names"][0].removeprefix("/"), _ports(container))
                for container in containers
            ),
            *(Thing("volume", volume["Name"]) for volume in volumes),
            *(Thing("network", network["Name"]) for network in networks if network["Name"] not in NETWORKS),
            *(
                Thing("file", f"~{path.removeprefix(HOME)}")
                for path in files.splitlines()
                if path.startswith(HOME) and path != f"{HOME}/{EXERCISES}"
            ),
        ]

    def _ask(self, path: str) -> str:
        """What the lab's engine answers; '' where there is none. Every page ends with this, and the docker client takes
        longer to start than the engine to answer."""
        socket = "/var/run/docker.sock"
        status, output = self.exec("curl", "--silent", "--fail", "--unix-socket", socket, f"http://docker/{path}")
        return output if status == 0 else ""


def _ports(container: dict[str, Any]) -> tuple[int, ...]:
    return tuple(sorted({port["PublicPort"] for port in container["Ports"] if "PublicPort" in port}))


def raw_socket(stream: Any) -> socket.socket:
    """The socket under what the SDK gives: over unix and TCP a SocketIO around it, over TLS and ssh itself."""
    found: socket.socket = getattr(stream, "_sock", stream)
    return found


def close(stream: Any) -> None:
    """Closes what the SDK gives, with the HTTP answer that it came with."""
    getattr(stream, "_response", stream).close()
    stream.close()


def named_images(listed: str) -> dict[str, dict[str, object]]:
    """The Engine API's list of images -> what `Lab.images` gives."""
    found: dict[str, dict[str, object]] = {}
    for image in json.loads(listed or "[]"):
        digests = [digest.partition("@")[2] for digest in image["RepoDigests"] or []]
        entry = {"digest": digests[0] if digests else "", "standin": STANDIN in (image["Labels"] or {})}
        names = [name for name in image["RepoTags"] or [] if name != "<none>:<none>"]  # 20.10 says so
        found |= dict.fromkeys(names, entry)
    return found


@contextmanager
def lab(
    client: docker.DockerClient, engine: Engine, image: str, mirror: Mirror, run_id: str, deadline: int = DEADLINE
) -> Iterator[Lab]:
    """A fresh lab on an image of `build_lab_image`, its engine (if any) answering. Removed at the end. LabError."""
    with living(run_id):
        name = f"{PREFIX}-lab-{run_id}-{secrets.token_hex(3)}"
        streams: list[tuple[Any, socket.socket]] = []
        with faults("the network of a lab"), attached(client, mirror, name, run_id) as reached:
            try:
                with faults("starting a lab"):
                    container = start(client, image, name, engine, reached, run_id, deadline)
                started = Lab(engine, client, container, f"https://{OWN_NAME}/refusals", streams)
                status, output = started.exec("bash", "-c", READY)
                if status != 0:
                    raise LabError(f"engine {engine.name} in the lab: {output}")
                yield started
            finally:
                with faults("removing a lab"):
                    # First, or the engine waits for what nobody reads any more.
                    for stream, raw in streams:
                        close(stream)
                        raw.close()
                    remove_container(client, name)


def start(
    client: docker.DockerClient, image: str, name: str, engine: Engine, mirror: Mirror, run_id: str, deadline: int
) -> str:
    """The id of the lab's container, started, with the files that differ from lab to lab."""
    hosts = [f"{host}:{address}" for host, address in mirror.hosts().items()]
    config = client.api.create_host_config(
        network_mode=mirror.network, extra_hosts=hosts, mem_limit=MEMORY, memswap_limit=MEMORY, pids_limit=PROCESSES,
        cpu_period=PERIOD, cpu_quota=PROCESSORS * PERIOD, auto_remove=True,
    )  # fmt: skip
    config |= PRIVILEGED if mirror.privileged else UNCONFINED
    made = client.api.create_container(
        image, name=name, hostname="docker-note", labels=labels(run_id), host_config=config
    )
    client.api.put_archive(made["Id"], "/", tar(lab_files(engine, mirror, deadline)))
    client.api.start(made["Id"])
    return str(made["Id"])


def lab_files(engine: Engine, mirror: Mirror, deadline: int = DEADLINE) -> dict[str, bytes]:
    """What a lab is handed before it starts; tests/labs/machine/entry says what for."""
    files = {
        "etc/lab/resolv.conf": mirror.resolv.encode(),
        "etc/lab/deadline": str(deadline).encode(),
        "usr/local/share/ca-certificates/lab.crt": mirror.certificate.encode(),
    }
    if engine.daemon:
        files["etc/docker/daemon.json"] = json.dumps(engine.daemon, indent=2).encode() + b"\n"
    return files
