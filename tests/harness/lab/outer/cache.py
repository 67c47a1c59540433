"""The folder where this machine keeps what outlives a run, and the locks in it by which runs wait for each other."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder() -> Path:
    """`docker-note` in the user's cache folder (XDG_CACHE_HOME, else ~/.cache); it exists afterwards."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "docker-note"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone with `path`, waiting for whoever holds it."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def owner() -> str:
    """A name for this cache folder that no other one has."""
    path = cache_folder() / "owner"
    with locked(cache_folder() / "owner.lock"):
        if not path.exists():
            path.write_text(uuid.uuid4().hex)
        return path.read_text()
