"""What goes wrong with the machine, the engine, the network or the registry -> one error, in words: for all of lab/."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from docker.errors import DockerException

Say = Callable[[str], None]  # one line to whoever started the run

_NO_NETWORK = re.compile(r"address pool")  # the engine's words, old and new; by default it has 31 networks to give
_MORE_NETWORKS = (
    "; wait for other runs to end, remove networks that nobody uses (`docker network prune`), or give the engine more "
    "(`default-address-pools` in its daemon.json)"
)


class LabError(Exception):
    """A fault of the machine, the engine, the network or the registry: never of the page."""


@contextmanager
def faults(doing: str) -> Iterator[None]:
    """Turns what the Docker SDK and the operating system raise into a LabError that says what was being done."""
    try:
        yield
    except (DockerException, OSError) as error:  # those of requests are OSErrors
        reason = getattr(error, "explanation", None) or error
        way_out = _MORE_NETWORKS if _NO_NETWORK.search(str(reason)) else ""
        raise LabError(f"{doing}: {reason}{way_out}") from error
