"""What is made once on an engine -> made by one run at a time, whoever's: a container's name there is the lock.

A name can be taken once; the container is made of an image without content, and never started. A run of the same cache
folder that was killed is known to be over; of another user's nobody knows, and after a while its lock is taken away.
"""

from __future__ import annotations

import io
import secrets
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import docker
from docker.errors import APIError, ImageNotFound, NotFound

from harness.lab.outer.faults import Say, faults
from harness.lab.outer.runs import LABEL, is_over, labels, marked_alive, remove_container

EMPTY = "docker-note/lock:1"
TAKES = 1800  # seconds that whoever holds a lock may take, at most
_PAUSE = 0.5  # seconds between two looks


@contextmanager
def to_make(client: docker.DockerClient, name: str, is_there: Callable[[], bool], say: Say) -> Iterator[bool]:
    """Whether something is to be made on the engine; inside, nobody else makes what goes by that name. LabError."""
    if is_there():
        yield False
        return
    holder = secrets.token_hex(4)
    with marked_alive(holder):
        with faults(f"locking {name} on the engine"):
            container = _take(client, f"docker-note-lock-{name}", holder, say)
        try:
            yield not is_there()
        finally:
            with faults(f"unlocking {name} on the engine"):
                remove_container(client, container)


def _take(client: docker.DockerClient, name: str, holder: str, say: Say) -> str:
    """The id of the container that is the lock."""
    has_waited = False
    while True:
        try:
            return str(client.api.create_container(EMPTY, ["-"], name=name, labels=labels(holder))["Id"])
        except ImageNotFound:
            _import_empty(client)
        except APIError as error:
            if error.status_code != 409:  # the name is taken
                raise
            if not has_waited:
                say(f"waiting for another run on this engine (if there is none: docker rm {name})")
            has_waited = True
            _remove_left(client, name)
            time.sleep(_PAUSE)


def _import_empty(client: docker.DockerClient) -> None:
    """Makes the image that locks are made of."""
    nothing = io.BytesIO()
    tarfile.open(fileobj=nothing, mode="w").close()
    repository, _, tag = EMPTY.partition(":")
    client.api.import_image_from_data(
        nothing.getvalue(), repository=repository, tag=tag, changes=[f"LABEL {LABEL}=cache"]
    )


def _remove_left(client: docker.DockerClient, name: str) -> None:
    """Removes a lock whose holder is over."""
    with suppress(NotFound):  # it was given back meanwhile
        found = client.api.inspect_container(name)
        if is_over(found["Config"]["Labels"], time.time(), TAKES):
            remove_container(client, found["Id"])
