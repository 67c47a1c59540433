"""Where the images of a run come from."""

from collections.abc import Iterable
from enum import StrEnum


class Lane(StrEnum):
    """The lanes of a run, the one first that proves least of Docker Hub's images."""

    STANDIN = "standin"  # built here, under the names they stand for
    REHEARSAL = "rehearsal"  # the same, from a server that answers as Docker Hub does
    HUB = "hub"  # Docker Hub


def weakest(lanes: Iterable[Lane]) -> Lane | None:
    """The lane of several runs together: the one that proves least. None where there is none."""
    return min(lanes, key=list(Lane).index, default=None)
