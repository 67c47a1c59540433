"""The registry that labs pull from, as a container on the outer engine: they take it for Docker Hub itself.

Its names lead there, and its certificate is one that only labs trust, so that commands and error messages are the
real ones, and nothing is asked of Docker Hub behind its back. No port of it is published: only labs reach it.

    standin     labs/hub/hub.py: images built here of tests/labs/standins answer under the names they stand for
    hub         labs/hub/cache.py: what Docker Hub has, fetched once, and kept between runs in a volume
    rehearsal   the lane hub, with labs/hub/hub.py in the place of Docker Hub, and with a volume of its own
"""

from __future__ import annotations

import io
import json
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import docker
import docker.auth
from docker.errors import APIError, DockerException, NotFound
from docker.models.containers import Container

from harness.lab.outer.cache import owner
from harness.lab.outer.client import container_settings
from harness.lab.outer.faults import LabError, Say, faults
from harness.lab.outer.images import base_image, build
from harness.lab.outer.runs import LABEL, OWNER, clear, labels, living, remove_container, sweep
from harness.lab.standins import STANDIN as STANDIN
from harness.lab.standins import SUITE, filled_image
from harness.lab.standins import tar as tar
from harness.project import LABS

LANES = ("hub", "standin", "rehearsal")
OWN_NAME = "docker-note-mirror"
HUB_NAMES = ("registry-1.docker.io", "auth.docker.io")  # what labs ask for images, and for the right to have them
BLOB_HOST = "production.cloudflare.docker.com"  # where Docker Hub sends who asks for a blob
PATIENCE = 30  # seconds that the registry gets to answer


@dataclass(frozen=True)
class Mirror:
    """A running mirror; strings only, so that it can be handed to a worker process."""

    network: str  # where it is reached; its container has the name of the run's own
    lane: str  # one of LANES
    address: str  # IP
    certificate: str  # PEM, for the names in `hosts`
    privileged: bool  # of the outer engine, as is `resolv`: asked once, for all labs of the run
    resolv: str  # its containers' resolv.conf

    def hosts(self) -> dict[str, str]:
        """Names that labs must look for here."""
        return dict.fromkeys((OWN_NAME, *HUB_NAMES), self.address)


@dataclass(frozen=True)
class Rehearsal:
    """How Docker Hub is played."""

    limit: int = 100  # pulls that it gives
    gone: bool = False  # it can't be reached


@contextmanager
def mirror(
    client: docker.DockerClient, run_id: str, say: Say, lane: str | None = None, played: Rehearsal | None = None
) -> Iterator[Mirror]:
    """A mirror for one run, and what dead runs left is gone. LabError.

    Without `lane`: hub where Docker Hub answers or images of it are kept, else standin. `played` is for a rehearsal.
    """
    with living(run_id):
        with faults("removing what earlier runs left"):
            for name in sweep(client):
                say(f"removed what a run that was ended left: {name}")
        empty = mirror_image(client, say)
        name = f"docker-note-{run_id}"
        try:
            with ThreadPoolExecutor(1) as meanwhile, faults("starting the registry mirror"):
                allowed = meanwhile.submit(container_settings, client, empty, run_id)
                client.networks.create(name, labels=labels(run_id))
                if lane == "rehearsal":
                    play(client, empty, run_id, say, played or Rehearsal())
                container = None if lane == "standin" else cache(client, empty, lane, run_id, say)
                if container is None:
                    lane = "standin"
                    container = start(client, filled_image(client, empty, run_id, say), run_id, "hub")
                    say("images come from stand-ins built here")
                container.reload()
                address = container.attrs["NetworkSettings"]["Networks"][name]["IPAddress"]
                certificate = read(container, "/etc/mirror/cert.pem").decode()
            settings = allowed.result()
            yield Mirror(name, lane or "hub", address, certificate, settings.privileged, settings.resolv_conf)
            if lane == "rehearsal" and not (played and played.gone):
                with faults("asking what was rehearsed"):
                    say(asked(client.containers.get(f"{name}-hub")))
        finally:
            with faults("removing the registry mirror"):
                clear(client, run_id)


@contextmanager
def attached(client: docker.DockerClient, mirror: Mirror, name: str, run_id: str) -> Iterator[Mirror]:
    """The mirror as a lab reaches it, on a network with nobody else: labs can't reach each other."""
    made = client.networks.create(name, labels=labels(run_id))
    try:
        made.connect(mirror.network)
        made.reload()
        [member] = made.attrs["Containers"].values()
        yield replace(mirror, network=name, address=member["IPv4Address"].partition("/")[0])
    finally:
        with suppress(NotFound):
            with suppress(NotFound):  # the mirror may have gone
                made.disconnect(mirror.network, force=True)
            made.remove()


def mirror_image(client: docker.DockerClient, say: Say) -> str:
    """The mirror's image, with nothing kept in it."""
    return build(client, "mirror", LABS / "mirror", {"BASE": base_image(client, SUITE, say)}, say)


def start(client: docker.DockerClient, image: str, run_id: str, program: str, **more: Any) -> Container:
    """A registry's container on the run's network, answering: a program of labs/hub with its options. `login` among
    `more` is for its file."""
    name = f"docker-note-{run_id}"
    login = more.pop("login", None)
    container = client.containers.create(
        image, **{"name": name, "hostname": "mirror", "network": name, **more},
        command=command(program), labels=labels(run_id), mem_limit="1g", pids_limit=2048,
    )  # fmt: skip
    container.put_archive("/", tar(programs()))
    if login:
        container.put_archive("/", tar({"etc/mirror/login.json": json.dumps(login).encode()}))
    container.start()
    until = time.monotonic() + PATIENCE
    while container.exec_run(["bash", "-c", "</dev/tcp/127.0.0.1/443"]).exit_code != 0:
        if time.monotonic() > until:
            raise LabError(f"the registry mirror did not answer:\n{container.logs(tail=15).decode()}")
        time.sleep(0.1)
    return container


def programs() -> dict[str, bytes]:
    """The files of labs/hub where the mirror's image looks for them."""
    return {f"usr/local/lib/docker-note/labs/hub/{path.name}": path.read_bytes() for path in LABS.glob("hub/*.py")}


def command(program: str) -> list[str]:
    """What starts a program of labs/hub; `timeout` refuses to be a container's first process, hence a shell."""
    return ["bash", "-c", f"timeout 21600 python3 -m labs.hub.{program}; exit $?"]


def cache(client: docker.DockerClient, image: str, lane: str | None, run_id: str, say: Say) -> Container | None:
    """The cache of Docker Hub, answering; None where there is nothing to have of it and nobody asked for it."""
    volume = client.volumes.create(volume_name(lane), labels={LABEL: "cache", OWNER: owner()}).name
    played = lane == "rehearsal"
    container = start(
        client, image, run_id, "cache", volumes={volume: {"bind": "/var/lib/mirror", "mode": "rw"}},
        login=None if played else account(),
        # The one thing that a rehearsal changes here: what plays Docker Hub has this certificate.
        environment={"SSL_CERT_FILE": "/etc/mirror/cert.pem"} if played else {},
    )  # fmt: skip
    said = container.exec_run(["python3", "-m", "labs.hub.cache", "--state"])
    output = said.output if isinstance(said.output, bytes) else b""
    if said.exit_code != 0:
        raise LabError(f"the registry mirror can't say what it has:\n{output.decode()}")
    state = json.loads(output)
    if state["unreachable"] and not state["images"]:
        if lane is not None:
            raise LabError(
                f"Docker Hub can't be reached ({state['unreachable']}), and nothing of it is kept here; "
                "`--lane standin` takes images built here"
            )
        remove_container(client, str(container.id))
        with suppress(APIError):  # another run has it
            client.api.remove_volume(volume)
        return None
    say(origin(state))
    return container


def origin(state: dict[str, Any]) -> str:
    """Where images come from, said to whoever started the run; `state` is labs/hub/cache.py's."""
    if state["unreachable"]:
        why = f"Docker Hub can't be reached now ({state['unreachable']})"
        return f"images come from Docker Hub, kept since {state['since']} ({state['images']}); {why}"
    kept = f"; {state['images']} are kept here since {state['since']}" if state["images"] else ""
    return f"images come from Docker Hub{kept}"


def volume_name(lane: str | None) -> str:
    """Of what is kept between runs. What was rehearsed is never taken for Docker Hub's."""
    return f"docker-note-{'rehearsal' if lane == 'rehearsal' else 'hub'}-{owner()[:12]}"


def account() -> dict[str, str] | None:
    """The account that `docker login` left on this machine, which may pull more; the cache is handed it, no lab is."""
    try:
        found = docker.auth.load_config().resolve_authconfig()
    except (DockerException, OSError):  # of a credential helper
        return None
    if not found or not found.get("username") or not found.get("password"):
        return None
    return {"username": found["username"], "password": found["password"]}


def play(client: docker.DockerClient, empty: str, run_id: str, say: Say, played: Rehearsal) -> None:
    """What answers for Docker Hub in a rehearsal: on the run's network under Docker Hub's names."""
    say("rehearsal: a server here plays Docker Hub, with stand-ins: this says nothing of Docker Hub's images")
    if played.gone:
        return
    network = f"docker-note-{run_id}"
    names = client.api.create_endpoint_config(aliases=[*HUB_NAMES, BLOB_HOST])
    start(
        client, filled_image(client, empty, run_id, say), run_id, f"hub --rehearse --limit {played.limit}",
        name=f"{network}-hub", hostname="hub", networking_config={network: names},
    )  # fmt: skip


def asked(hub: Container) -> str:
    """What was asked of the server that played Docker Hub, in one line."""
    manifests = Counter(re.findall(r"^GET \S+?/v2/(\S+/manifests/\S+) 200$", hub.logs().decode(), re.MULTILINE))
    tags = {name: times for name, times in manifests.items() if "sha256:" not in name}
    most = max(manifests.values(), default=0)
    return (
        f"rehearsal: {len(tags)} tags and {len(manifests) - len(tags)} manifests were fetched, none more than {most}x"
    )


def read(container: Container, path: str) -> bytes:
    """A file of a container."""
    chunks, _ = container.get_archive(path)
    with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as archive:
        file = archive.extractfile(archive.getmembers()[0])
        assert file is not None
        return file.read()
