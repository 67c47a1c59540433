"""Turns tests/labs/engines.toml into the Docker versions that pages can be checked on: for labs, which run them, and
for the site, which says on which of them something was proved. It is the one reader of that file, and needs no Docker.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.project import LABS

FILE = LABS / "engines.toml"
WEEKLY = "Saturday"  # UTC: when the night is also on engines that upstream has ended


class Store(StrEnum):
    """Where an engine keeps its images."""

    GRAPH_DRIVERS = "graph drivers"
    CONTAINERD = "containerd"


@dataclass(frozen=True)
class Support:
    """Until when upstream supports an engine."""

    ended: str = ""  # YYYY-MM-DD; empty while it does
    source: str = ""  # the address that says so


@dataclass(frozen=True)
class Engine:
    """A Docker version that pages can be checked on."""

    name: str
    label: str  # what the site calls it
    release: str = ""  # the engine that has the numbers of this one: 28, for 28 with another image store
    store: Store = Store.GRAPH_DRIVERS
    support: Support = Support()
    suite: str = ""  # of Debian
    packages: tuple[str, ...] = ()
    image: str = "engine"  # the folder of tests/labs with its Dockerfile
    archive: str = ""  # where its packages come from, if not from Debian: building its lab needs the internet
    version: str = ""  # of its packages, where one is meant and not the newest that the archive has
    daemon: Mapping[str, object] = field(default_factory=dict, hash=False)  # its daemon.json

    @property
    def archive_host(self) -> str:
        return urlsplit(self.archive).hostname or ""

    @property
    def is_release(self) -> bool:
        """Whether it is a release by itself: 28, and not 28 with another image store."""
        return self.name == self.release

    def version_label(self, version: str) -> str:
        """What the site calls a version of it: `28.5.2`, or `28.5.2 (containerd)` where the label names the store."""
        store = f" ({self.store})"
        return number(version) + (store if self.label.endswith(store) else "")


def number(version: str) -> str:
    """The numbers of a version without what a distribution adds: `28.5.2` of 28.5.2+dfsg4, `2.40.3` of v2.40.3-3."""
    found = re.match(r"v?(\d+(?:\.\d+)*)", version)
    return found[1] if found else version


def read(file: Path = FILE) -> list[Engine]:
    """All engines, oldest first. FileNotFoundError; ValueError where an engine is not declared as the file says."""
    found: dict[str, dict[str, Any]] = {}
    for entry in _declared(file)["engine"]:
        like = entry.pop("like", "")
        own = {"label": entry["name"], "release": like or entry["name"]}
        found[entry["name"]] = {**found.get(like, {}), **own, **entry}
    return [_engine(entry, file) for entry in found.values()]


def due(day: str, file: Path = FILE) -> list[Engine]:
    """The engines that a night of that day (ISO 8601, UTC) is on; all of them where no day is given.

    One that upstream has ended doesn't change any more: what its pages print does so with the images alone.
    """
    declared = read(file)
    if not day or f"{date.fromisoformat(day):%A}" == WEEKLY:
        return declared
    return [engine for engine in declared if not engine.support.ended or day < engine.support.ended]


def fallback(file: Path = FILE) -> str:
    """The name of the engine that pages are checked on where nobody names one and the newest can't be had."""
    name: str = _declared(file)["fallback"]
    return name


def _declared(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _engine(entry: Mapping[str, Any], file: Path) -> Engine:
    try:
        return Engine(
            **{
                **entry,
                "store": Store(entry.get("store", Store.GRAPH_DRIVERS)),
                "support": Support(**entry.get("support", {})),
                "packages": tuple(entry.get("packages", ())),
            }
        )
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{file}: engine {entry['name']}: {error}; the file's first lines say what it takes"
        ) from error
