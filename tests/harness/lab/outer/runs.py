"""What a run owns on the outer engine, by its labels, and the removal of that: by the run, or by the next one.

Each process of a run holds a shared lock on the run's file in the cache folder. The kernel drops it however the process
ends. So a file that can be locked exclusively, or that isn't there, belongs to a run that is over.
"""

from __future__ import annotations

import fcntl
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import docker
from docker.errors import APIError, NotFound

from harness.lab.outer.cache import cache_folder, owner

LABEL = "docker-note"  # "run" on what a run made, "cache" on the images that make the next run fast
RUN = "docker-note.run"
OWNER = "docker-note.owner"  # the cache folder whose lock files know whether the run lives
MADE = "docker-note.made"  # seconds since the epoch
_MADE, _RUN = re.compile("[0-9]{1,12}"), re.compile("[0-9A-Za-z_-]{1,80}")
FOREIGN_LIFE = 24 * 3600  # seconds; another machine's or user's locks can't be asked, but no run takes a day


def labels(run_id: str) -> dict[str, str]:
    """For everything that a run makes on the outer engine."""
    return {LABEL: "run", RUN: run_id, OWNER: owner(), MADE: str(int(time.time()))}


def lock_path(run_id: str) -> Path:
    folder = cache_folder() / "runs"
    folder.mkdir(exist_ok=True)
    return folder / f"{run_id}.lock"


@contextmanager
def marked_alive(run_id: str) -> Iterator[None]:
    """Marks the run as alive while this process is inside; enter before making anything, leave after removing it."""
    path = lock_path(run_id)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with suppress(BlockingIOError):  # another process of the run is still inside
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)


def is_over(marks: Mapping[str, str], now: float, life: float = FOREIGN_LIFE) -> bool:
    """Whether the run that put these labels on something has ended; `now` in seconds since the epoch.

    Of somebody else's it is taken to be so after `life` seconds. Labels are anybody's: what has some that no run writes
    is nobody's that we know, and stays.
    """
    made, run_id = marks.get(MADE, ""), marks.get(RUN, "")
    if not (_MADE.fullmatch(made) and _RUN.fullmatch(run_id)):
        return False
    if marks.get(OWNER) != owner():
        return now - int(made) > life
    return is_unlocked(lock_path(run_id))


def is_unlocked(path: Path) -> bool:
    """Whether nobody holds the lock of a run. Its file is removed then."""
    try:
        with path.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True


def sweep(client: docker.DockerClient) -> list[str]:
    """Removes what runs that are over left on the engine: the names of what is gone."""
    return remove_if(client, [], lambda marks: is_over(marks, time.time()))


def clear(client: docker.DockerClient, run_id: str) -> list[str]:
    """Removes everything of a run, also what a worker process of it that was killed left: the names of what is gone."""
    return remove_if(client, [f"{RUN}={run_id}"], lambda marks: True)


def remove_all(client: docker.DockerClient) -> list[str]:
    """Removes everything of all runs, which have to be over: the names of what is gone."""
    return remove_if(client, [], lambda marks: True)


def remove_if(client: docker.DockerClient, more: list[str], wanted: Callable[[Mapping[str, str]], bool]) -> list[str]:
    """Removes the containers and networks of runs that also have the labels `more`, and are `wanted`: their names."""
    # Not RUN alone: the filled mirror's image has that label too, from the container it was made of.
    filters = {"label": [f"{LABEL}=run", *more]}
    removed = []
    for container in client.api.containers(all=True, filters=filters):
        if wanted(container["Labels"]):
            remove_container(client, container["Id"])
            removed.append(container["Names"][0].lstrip("/"))
    networks = [network for network in client.api.networks(filters=filters) if wanted(network["Labels"])]
    return removed + [network["Name"] for network in networks if remove_network(client, network["Id"])]


def remove_network(client: docker.DockerClient, network: str) -> bool:
    """Whether the network is gone; it stays for the next run where another one is just removing what is on it."""
    try:
        client.api.remove_network(network)
    except NotFound:
        pass
    except APIError as error:
        if error.status_code != 403:  # it has active endpoints
            raise
        return False
    return True


def remove_container(client: docker.DockerClient, container: str) -> None:
    """Ends and removes a container with its anonymous volumes; also fine where it is already gone or going."""
    try:
        client.api.remove_container(container, v=True, force=True)
    except NotFound:
        pass
    except APIError as error:
        if error.status_code != 409:  # its removal is in progress
            raise


def remove_cache(client: docker.DockerClient) -> list[str]:
    """Removes what runs keep on the engine to be fast, images and what was pulled, whoever made it: ids and names."""
    removed = []
    for image in client.api.images(filters={"label": f"{LABEL}=cache"}):
        with suppress(NotFound):  # gone with one that was built on it
            client.api.remove_image(image["Id"], force=True)
            removed.append(image["Id"])
    for volume in client.api.volumes(filters={"label": f"{LABEL}=cache"})["Volumes"] or []:
        with suppress(APIError):  # a run has it
            client.api.remove_volume(volume["Name"])
            removed.append(volume["Name"])
    return removed
