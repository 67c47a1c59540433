"""Docker Hub -> the cache of it that the mirror is in the lane `hub`, and what plays Docker Hub in a rehearsal."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import docker
import docker.auth
from docker.errors import APIError, DockerException
from docker.models.containers import Container

from harness.lab import registry
from harness.lab.lanes import Lane
from harness.lab.outer.cache import owner
from harness.lab.outer.faults import LabError, Say
from harness.lab.outer.runs import LABEL, OWNER, remove_container
from harness.lab.standins import filled_image

HUB_NAMES = ("registry-1.docker.io", "auth.docker.io")  # what labs ask for images, and for the right to have them
BLOB_HOST = "production.cloudflare.docker.com"  # where Docker Hub sends who asks for a blob


@dataclass(frozen=True)
class Rehearsal:
    """How Docker Hub is played."""

    limit: int = 100  # pulls that it gives
    gone: bool = False  # it can't be reached


def cache(client: docker.DockerClient, image: str, lane: Lane | None, run_id: str, say: Say) -> Container | None:
    """The cache of Docker Hub, answering. LabError.

    None where Docker Hub can't be reached, nothing of it is kept, and nobody asked for this lane.
    """
    volume = client.volumes.create(volume_name(lane), labels={LABEL: "cache", OWNER: owner()}).name
    rehearsed = lane is Lane.REHEARSAL
    container = registry.start(
        client, image, run_id, "cache", volumes={volume: {"bind": "/var/lib/mirror", "mode": "rw"}},
        login=None if rehearsed else account(),
        # The one thing that a rehearsal changes here: what plays Docker Hub has this certificate.
        environment={"SSL_CERT_FILE": "/etc/mirror/cert.pem"} if rehearsed else {},
    )  # fmt: skip
    found = state(container)
    if not found["unreachable"] or found["images"]:
        say(origin(found))
        return container
    if lane is not None:
        raise LabError(
            f"Docker Hub can't be reached ({found['unreachable']}), and nothing of it is kept here; "
            "`--lane standin` takes images built here"
        )
    remove_container(client, str(container.id))
    with suppress(APIError):  # another run has it
        client.api.remove_volume(volume)
    return None


def state(container: Container) -> dict[str, Any]:
    """What the cache says of itself: `unreachable` (why Docker Hub is, or empty), how many `images`, `since` when."""
    said = container.exec_run(["python3", "-m", "labs.hub.cache", "--state"])
    output = said.output if isinstance(said.output, bytes) else b""
    if said.exit_code != 0:
        raise LabError(f"the registry mirror can't say what it has:\n{output.decode()}")
    found: dict[str, Any] = json.loads(output)
    return found


def origin(state: dict[str, Any]) -> str:
    """Where images come from, said to whoever started the run; `state` is the cache's."""
    if state["unreachable"]:
        why = f"Docker Hub can't be reached now ({state['unreachable']})"
        return f"images come from Docker Hub, kept since {state['since']} ({state['images']}); {why}"
    kept = f"; {state['images']} are kept here since {state['since']}" if state["images"] else ""
    return f"images come from Docker Hub{kept}"


def volume_name(lane: Lane | None) -> str:
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


def start_played_hub(client: docker.DockerClient, empty: str, run_id: str, say: Say, rehearsal: Rehearsal) -> None:
    """Starts what answers for Docker Hub in a rehearsal: on the run's network, under Docker Hub's names."""
    say("rehearsal: a server here plays Docker Hub, with stand-ins: this says nothing of Docker Hub's images")
    if rehearsal.gone:
        return
    network = registry.container_name(run_id)
    names = client.api.create_endpoint_config(aliases=[*HUB_NAMES, BLOB_HOST])
    registry.start(
        client, filled_image(client, empty, run_id, say), run_id, f"hub --rehearse --limit {rehearsal.limit}",
        name=f"{network}-hub", hostname="hub", networking_config={network: names},
    )  # fmt: skip


def rehearsal_summary(hub: Container) -> str:
    """What was asked of the server that played Docker Hub, in one line."""
    manifests = Counter(re.findall(r"^GET \S+?/v2/(\S+/manifests/\S+) 200$", hub.logs().decode(), re.MULTILINE))
    tags = {name: times for name, times in manifests.items() if "sha256:" not in name}
    most = max(manifests.values(), default=0)
    return (
        f"rehearsal: {len(tags)} tags and {len(manifests) - len(tags)} manifests were fetched, none more than {most}x"
    )
