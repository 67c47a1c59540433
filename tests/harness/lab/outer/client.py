"""The environment that reaches the outer engine -> a client of it, and what it allows and gives its containers."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import docker
from docker.errors import APIError, DockerException
from docker.utils import parse_host

from harness.lab.outer.disks import start_disks
from harness.lab.outer.faults import LabError, faults
from harness.lab.outer.runs import labels, remove_container
from harness.lab.outer.walls import needs_guard, refusal, unbounded, walls

CERTIFICATE_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


PATIENCE = 10  # seconds that an engine gets to say its version
# An apt-get in a build may be silent for longer than the SDK's 60 seconds.
SILENCE = 600


class WrongAddress(LabError):
    """The address of an engine can't be read; the message names it, and the way out."""


def check_address(name: str, host: str) -> None:
    """WrongAddress where `host`, that `name` gives, is no engine's address."""
    try:
        parts = urlsplit(host)
        bare = parts._replace(path="") if parts.scheme == "ssh" else parts  # the SDK knows no path behind ssh
        parse_host(bare.geturl(), is_win32=False, tls=False)
        if parts.port == 0 or (parts.scheme == "ssh" and not parts.hostname):
            raise ValueError("it names no host and port")  # noqa: TRY301
    except (DockerException, ValueError) as error:
        raise WrongAddress(
            f"{name} is no address of an engine: `{host}` ({error})\n"
            "write unix:///var/run/docker.sock, tcp://HOST:PORT or ssh://USER@HOST, or unset it"
        ) from error


def connect(environment: Mapping[str, str]) -> docker.DockerClient:
    """A client, to be closed, of the engine that `environment` names. DockerException where none answers in time."""
    host = environment["DOCKER_HOST"]
    if host.startswith("unix://"):
        try_socket(host.removeprefix("unix://"))
    # requests takes REQUESTS_CA_BUNDLE of the environment before the engine's own DOCKER_CERT_PATH.
    with environment_without(*CERTIFICATE_VARIABLES):
        client = asked_for_its_version(environment)
    client.api.timeout = SILENCE
    client.api.trust_env = False
    return client


def asked_for_its_version(environment: Mapping[str, str]) -> docker.DockerClient:
    """A client of an engine that has answered. DockerException."""
    try:
        return docker.DockerClient.from_env(environment=dict(environment), timeout=PATIENCE)
    except DockerException as error:
        if "timed out" in str(error):
            raise DockerException(f"did not answer within {PATIENCE} s") from error
        raise


def try_socket(path: str) -> None:
    """Connects to a socket before the SDK does, which (7.2) leaves its own open where it can't. DockerException."""
    try:
        with socket.socket(socket.AF_UNIX) as trial:
            trial.connect(path)
    except OSError as error:
        raise DockerException(error.strerror) from error


@contextmanager
def environment_without(*names: str) -> Iterator[None]:
    """This process's environment without these variables, for a moment."""
    saved = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(saved)


@dataclass(frozen=True)
class ContainerSettings:
    """What the engine allows and gives a container; plain values only."""

    walls: dict[str, object]  # what a lab may do, as fields of a HostConfig
    guarded: bool  # whether a lab needs another container around it
    has_disks: bool  # whether a lab has a disk of its own
    resolv_conf: str  # the text of a container's /etc/resolv.conf, on the engine's default network


# A lab has to make cgroups for its containers. On cgroup v1 each controller has a folder, and runc needs that one.
_TRY = """
    cgroup=/sys/fs/cgroup; [ -e $cgroup/cgroup.controllers ] || cgroup=$cgroup/devices
    mount -o remount,bind,rw $cgroup && mkdir $cgroup/tried && echo $$ > $cgroup/tried/cgroup.procs || exit
    cat /etc/resolv.conf
"""


def container_settings(client: docker.DockerClient, image: str, run_id: str) -> ContainerSettings:
    """Asks, and tries it with a container of `image`, which has to have `mount`. LabError where a lab may not start."""
    with faults("trying what the outer engine allows"):
        info = client.info()
        if reason := unbounded(info):
            raise LabError(reason)
        allowed = walls(info)
        try:
            resolv = resolv_conf(client, image, run_id, allowed)
        except APIError as error:
            raise LabError(f"the outer engine refuses what a lab needs: {error.explanation}") from error
    return ContainerSettings(allowed, needs_guard(info), start_disks(client, image, run_id), resolv)


def resolv_conf(client: docker.DockerClient, image: str, run_id: str, allowed: dict[str, object]) -> str:
    """/etc/resolv.conf of a container that may do what is allowed. APIError where it may not start, LabError where it
    may make no cgroup."""
    config = {**client.api.create_host_config(network_mode="bridge"), **allowed}
    command = ["sh", "-c", _TRY]
    made = client.api.create_container(image, command, labels=labels(run_id), host_config=config)["Id"]
    try:
        client.api.start(made)
        status = client.api.wait(made)["StatusCode"]
        if status != 0:
            raise LabError(refusal(client.api.logs(made).decode()))
        return client.api.logs(made).decode()
    finally:
        remove_container(client, made)
