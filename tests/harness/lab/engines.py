"""The Docker versions that pages can be checked on, as tests/labs/engines.toml declares them: for labs, which run them,
and for the site, which says on which of them something was proved.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.project import LABS

FILE = LABS / "engines.toml"


@dataclass(frozen=True)
class Engine:
    """A Docker version that pages can be checked on."""

    name: str
    label: str  # what the site calls it
    release: str = ""  # the engine that has the numbers of this one: 28, for 28 with another image store
    ended: str = ""  # when upstream stopped to support it, YYYY-MM-DD; empty while it does
    source: str = ""  # the address that says so
    suite: str = ""  # of Debian
    packages: tuple[str, ...] = ()
    image: str = "engine"  # the folder of tests/labs with its Dockerfile
    archive: str = ""  # where its packages come from, if not from Debian: building its lab needs the internet
    daemon: Mapping[str, object] = field(default_factory=dict, hash=False)  # its daemon.json

    @property
    def archive_host(self) -> str:
        return urlsplit(self.archive).hostname or ""

    def version_label(self, version: str) -> str:
        """What the site calls a version of it: `28.5.2 (containerd)`, for 28.5.2+dfsg4 of `28 (containerd)`."""
        return number(version) + self.label.removeprefix(self.release)


def number(version: str) -> str:
    """The numbers of a version without what a distribution adds: `28.5.2` of 28.5.2+dfsg4, `2.40.3` of v2.40.3-3."""
    found = re.match(r"v?(\d+(?:\.\d+)*)", version)
    return found[1] if found else version


def read(file: Path = FILE) -> list[Engine]:
    """All engines, oldest first."""
    found: dict[str, dict[str, Any]] = {}
    for entry in tomllib.loads(file.read_text("utf-8"))["engine"]:
        like = entry.pop("like", "")
        own = {"label": entry["name"], "release": like or entry["name"]}
        found[entry["name"]] = {**found.get(like, {}), **own, **entry}
    return [Engine(**{**entry, "packages": tuple(entry.get("packages", ()))}) for entry in found.values()]


def fallback(file: Path = FILE) -> str:
    """The name of the engine that pages are checked on where nobody names one and the newest can't be had."""
    name: str = tomllib.loads(file.read_text("utf-8"))["fallback"]
    return name


FALLBACK = fallback()
