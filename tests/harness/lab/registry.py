"""A program of tests/labs/hub -> a registry's container on the outer engine, answering: for the mirror."""

from __future__ import annotations

import io
import json
import tarfile
import time
from collections.abc import Mapping
from typing import Any

import docker
from docker.models.containers import Container

from harness.lab.archive import tar
from harness.lab.outer.faults import LabError
from harness.lab.outer.runs import labels
from harness.project import LABS

PATIENCE = 30  # seconds that a registry gets to answer


def container_name(run_id: str) -> str:
    """Of the run's mirror, and of the network that it is on."""
    return f"docker-note-{run_id}"


def start(
    client: docker.DockerClient,
    image: str,
    run_id: str,
    program: str,
    *,
    login: Mapping[str, str] | None = None,
    **more: Any,
) -> Container:
    """The container of a program of tests/labs/hub, with its options, on the run's network. LabError, DockerException.

    `login` is the account on Docker Hub that it is given; `more` goes to the SDK.
    """
    name = container_name(run_id)
    container = client.containers.create(
        image, **{"name": name, "hostname": "mirror", "network": name, **more},
        command=command(program), labels=labels(run_id), mem_limit="1g", pids_limit=2048,
        cap_drop=["ALL"], cap_add=["NET_BIND_SERVICE"], security_opt=["no-new-privileges"],
        sysctls={"net.ipv4.ip_forward": "0"},  # it is on the network of every lab, and no way from one to the other
    )  # fmt: skip
    container.put_archive("/", tar(programs()))
    if login:
        container.put_archive("/", tar({"etc/mirror/login.json": json.dumps(login).encode()}))
    container.start()
    wait(container)
    return container


def wait(container: Container) -> None:
    """Returns when the registry answers. LabError, with what it said, where it doesn't."""
    until = time.monotonic() + PATIENCE
    while container.exec_run(["bash", "-c", "</dev/tcp/127.0.0.1/443"]).exit_code != 0:
        if time.monotonic() > until:
            raise LabError(f"the registry mirror did not answer:\n{container.logs(tail=15).decode()}")
        time.sleep(0.1)


def programs() -> dict[str, bytes]:
    """The files of labs/hub where the mirror's image looks for them."""
    return {f"usr/local/lib/docker-note/labs/hub/{path.name}": path.read_bytes() for path in LABS.glob("hub/*.py")}


def command(program: str) -> list[str]:
    """What starts a program of labs/hub; `timeout` refuses to be a container's first process, hence a shell."""
    return ["bash", "-c", f"timeout 21600 python3 -m labs.hub.{program}; exit $?"]


def read(container: Container, path: str) -> bytes:
    """A file of a container."""
    chunks, _ = container.get_archive(path)
    with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as archive:
        file = archive.extractfile(archive.getmembers()[0])
        assert file is not None
        return file.read()
