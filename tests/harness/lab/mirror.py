"""The registry that labs pull from, as a container on the outer engine: they take it for Docker Hub itself.

Its names lead there, and its certificate is one that only labs trust, so that commands and error messages are the
real ones, and nothing is asked of Docker Hub behind its back. No port of it is published: only labs reach it.

    standin     labs/hub/hub.py: images built here of tests/labs/standins answer under the names they stand for
    hub         labs/hub/cache.py: what Docker Hub has, fetched once, and kept between runs in a volume
    rehearsal   the lane hub, with labs/hub/hub.py in the place of Docker Hub, and with a volume of its own
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import docker
from docker.errors import NotFound
from docker.models.containers import Container
from docker.models.networks import Network

from harness.lab import hub, registry
from harness.lab.hub import HUB_NAMES, Rehearsal
from harness.lab.lanes import Lane
from harness.lab.outer.bridge import OURS, untangled
from harness.lab.outer.client import ContainerSettings, container_settings
from harness.lab.outer.faults import LabError, Say, faults
from harness.lab.outer.images import base_image, build
from harness.lab.outer.runs import clear, labels, marked_alive, sweep
from harness.lab.standins import SUITE, filled_image
from harness.project import LABS

OWN_NAME = "docker-note-mirror"


@dataclass(frozen=True)
class Mirror:
    """A running mirror; plain values only, so that it can be handed to a worker process."""

    network: str  # where it is reached; its container has the name of the run's own
    lane: Lane
    address: str  # IP
    certificate: str  # PEM, for the names in `hosts`
    settings: ContainerSettings  # of the outer engine: asked once, for all labs of the run

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Mirror:
        """What `asdict` made, come back from JSON."""
        settings = ContainerSettings(**fields["settings"])
        return cls(**{**fields, "lane": Lane(fields["lane"]), "settings": settings})

    def hosts(self) -> dict[str, str]:
        """Names that labs must look for here."""
        return dict.fromkeys((OWN_NAME, *HUB_NAMES), self.address)


@contextmanager
def mirror(
    client: docker.DockerClient, run_id: str, say: Say, lane: Lane | None = None, rehearsal: Rehearsal | None = None
) -> Iterator[Mirror]:
    """A mirror for one run, and what dead runs left is gone. LabError.

    Without `lane`: hub where Docker Hub answers or images of it are kept, else standin.
    """
    rehearsal = rehearsal or Rehearsal()
    with marked_alive(run_id):
        with faults("removing what earlier runs left"):
            for name in sweep(client):
                say(f"removed what a run that was ended left: {name}")
        image = mirror_image(client, say)
        try:
            with faults("starting the registry mirror"):
                started = _start(client, image, run_id, say, lane, rehearsal)
            yield started
            if started.lane is Lane.REHEARSAL and not rehearsal.gone:
                with faults("asking what was rehearsed"):
                    say(hub.rehearsal_summary(client.containers.get(f"{started.network}-hub")))
        finally:
            with faults("removing the registry mirror"):
                clear(client, run_id)


def mirror_image(client: docker.DockerClient, say: Say) -> str:
    """The mirror's image, with nothing kept in it."""
    return build(client, "mirror", LABS / "mirror", {"BASE": base_image(client, SUITE, say)}, say)


def _start(
    client: docker.DockerClient, image: str, run_id: str, say: Say, lane: Lane | None, rehearsal: Rehearsal
) -> Mirror:
    name = registry.container_name(run_id)
    with ThreadPoolExecutor(1) as meanwhile:
        asked = meanwhile.submit(container_settings, client, image, run_id)
        network(client, name, run_id)
        if lane is Lane.REHEARSAL:
            hub.start_played_hub(client, image, run_id, say, rehearsal)
        container = None if lane is Lane.STANDIN else hub.cache(client, image, lane, run_id, say)
        if container:
            lane = lane or Lane.HUB
        else:
            lane = Lane.STANDIN
            container = _standins(client, image, run_id, say)
        container.reload()
        address = container.attrs["NetworkSettings"]["Networks"][name]["IPAddress"]
        certificate = registry.read(container, "/etc/mirror/cert.pem").decode()
    return Mirror(name, lane, address, certificate, asked.result())


def _standins(client: docker.DockerClient, image: str, run_id: str, say: Say) -> Container:
    """The registry that has the stand-ins."""
    container = registry.start(client, filled_image(client, image, run_id, say), run_id, "hub")
    say("images come from stand-ins built here")
    return container


@contextmanager
def attached(client: docker.DockerClient, mirror: Mirror, name: str, run_id: str) -> Iterator[Mirror]:
    """The mirror as a lab reaches it, on a network with nobody else: labs can't reach each other. DockerException."""
    made = network(client, name, run_id)
    try:
        yield replace(mirror, network=name, address=_join(made, mirror))
    finally:
        with suppress(NotFound):
            with suppress(NotFound):  # the mirror may have gone
                made.disconnect(mirror.network, force=True)
            made.remove()


def network(client: docker.DockerClient, name: str, run_id: str) -> Network:
    """A network of the run. Its bridge has a name that the private engine's rules know."""
    options = {"com.docker.network.bridge.name": f"{OURS}{secrets.token_hex(4)}"}
    return untangled(lambda: client.networks.create(name, options=options, labels=labels(run_id)))


def _join(network: Network, mirror: Mirror) -> str:
    """The mirror's address on a network that it joins. LabError where it is gone, DockerException."""
    with suppress(NotFound):
        network.connect(mirror.network)
    network.reload()
    members = list(network.attrs["Containers"].values())
    if not members:
        raise LabError("the registry mirror is gone: its container was ended")
    return str(members[0]["IPv4Address"]).partition("/")[0]
