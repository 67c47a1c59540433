"""A lab that is to start -> what it has to itself: a disk and, on cgroup v1, a group around its own: for the labs.

Root in a lab can write to the lab's own cgroup: it has to make groups in it for its containers. On cgroup v2 the limits
of the group at the top are not among what it may write (cgroup namespaces, `nsdelegate`). On v1 they are, and so is the
list of devices; there the lab's group is put into that of another container, the guard, which the lab can't see.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import docker

from harness.lab.bounds import Bounds, limits
from harness.lab.outer.client import ContainerSettings
from harness.lab.outer.disks import make_disk
from harness.lab.outer.runs import labels, remove_container
from harness.lab.outer.walls import DEVICES

SPARE = 64  # MiB, and processes, that a guard has beyond its lab, which meets its own limits first
PARENT = "/docker"  # of the guards' cgroups: where Docker has those of all containers
VOLUME = {"/var/lib/docker": ""}  # a tmpfs, in place of the volume that a lab's image asks for


@dataclass(frozen=True)
class Enclosure:
    """What one lab has to itself."""

    disk: str  # the number of its device, as in `7:3`; empty where it has none
    config: dict[str, object]  # the part of its HostConfig


@contextmanager
def enclosure(
    client: docker.DockerClient, image: str, name: str, run_id: str, settings: ContainerSettings, bounds: Bounds
) -> Iterator[Enclosure]:
    """For the lab `name`, while inside. LabError, DockerException."""
    disk = make_disk(client, run_id, bounds.disk) if settings.has_disks else ""
    devices = [*DEVICES, f"b {disk} rwm"] if disk else DEVICES
    config: dict[str, object] = {"DeviceCgroupRules": devices, **({"Tmpfs": VOLUME} if disk else {})}
    if not settings.guarded:
        yield Enclosure(disk, config)
        return
    guard = _start_guard(client, image, f"{name}-guard", run_id, {**limits(bounds, SPARE), **config}, bounds.deadline)
    try:
        yield Enclosure(disk, {**config, "CgroupParent": f"{PARENT}/{guard}"})
    finally:
        remove_container(client, guard)


def _start_guard(
    client: docker.DockerClient, image: str, name: str, run_id: str, config: dict[str, object], deadline: int
) -> str:
    """The id of a container that only sleeps, longer than its lab."""
    usual = client.api.create_host_config(network_mode="none", cap_drop=["ALL"], auto_remove=True)
    made = client.api.create_container(
        image,
        ["sleep", str(deadline + SPARE)],
        name=name,
        labels=labels(run_id),
        host_config={**usual, **config, "CgroupParent": PARENT, "Tmpfs": VOLUME},
    )["Id"]
    client.api.start(made)
    return str(made)
