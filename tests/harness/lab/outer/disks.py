"""A size -> a disk of that size on the outer engine's machine, for the files of one lab.

A disk is a file system (ext4, as on most machines) on a loop device, of a file that grows as it fills. One container of
each run makes them, and may open all loop devices; a lab may open its own. Where no loop device can be had (rootless,
user namespaces), labs have no disk of their own.
"""

from __future__ import annotations

import docker
from docker.errors import DockerException

from harness.lab.outer import commands
from harness.lab.outer.faults import LabError
from harness.lab.outer.images import PREFIX
from harness.lab.outer.runs import labels, remove_container

_DEVICES = ["b 7:* rwm", "c 10:237 rwm"]  # loop devices, and what gives out the next one
_MAKE = "/usr/local/lib/lab/make-disk"  # tests/labs/mirror/make-disk


def start_disks(client: docker.DockerClient, image: str, run_id: str) -> bool:
    """Starts the container that makes disks, of the mirror's image; whether it can make any. DockerException."""
    config = {
        **client.api.create_host_config(network_mode="none", cap_drop=["ALL"], cap_add=["MKNOD"], auto_remove=True),
        "DeviceCgroupRules": _DEVICES,
    }
    name = _container_name(run_id)
    # bash waits for the processes that lose their parent, too.
    program = ["bash", "-c", "sleep 21600 & wait"]
    client.api.create_container(image, program, name=name, labels=labels(run_id), host_config=config)
    try:
        client.api.start(name)
        make_disk(client, run_id, "64m")
    except (DockerException, LabError):
        remove_container(client, name)
        return False
    return True


def make_disk(client: docker.DockerClient, run_id: str, size: str) -> str:
    """The number of a loop device with a new file system, as in `7:3`; it lasts as long as a lab has it mounted.

    LabError, DockerException.
    """
    status, output = commands.run(client, _container_name(run_id), [_MAKE, size], "root")
    if status != 0:
        raise LabError(f"making a disk of {size}: {output}")
    return output.strip()


def _container_name(run_id: str) -> str:
    return f"{PREFIX}-{run_id}-disks"
