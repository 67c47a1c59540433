"""The Docker on this machine, as its own `docker version` names it -> the engines to run pages on for its user.

An engine of the same release comes first, then the nearest; of these, one with the same image store.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harness.lab.engines import Engine, Store, number
from harness.lab.outer.faults import LabError

MINE = "mine"  # asked for in the place of an engine's name
_PATIENCE = 20  # seconds in which `docker` has to answer
_OLDEST = 17  # the year of the first releases whose number is one: 17.03
_OF_CONTAINERD = "io.containerd.snapshotter"  # what `docker info` says of its images then
_WAY_OUT = "or name an engine: --engine 28"


@dataclass(frozen=True)
class Installed:
    """A Docker that somebody uses."""

    client: str  # its version
    server: str = ""  # its engine's version; empty where no engine answers
    store: Store = Store.GRAPH_DRIVERS

    def __str__(self) -> str:
        """As in the report that its user writes, in Korean."""
        engine = f"{self.server} ({self.store})" if self.server else "답하지 않음"
        return f"클라이언트 {self.client}, 엔진 {engine}"

    @property
    def version(self) -> str:
        """That of the engine, which prints most of what a page shows; else the client's."""
        return self.server or self.client

    @property
    def release(self) -> str:
        """`28` of 28.5.2, `20.10` of 20.10.24."""
        first, second, *_ = [*number(self.version).split("."), ""]
        return f"{first}.{second}" if int(first) <= 20 else first


def installed() -> Installed:
    """The Docker on this machine. LabError where there is none."""
    if not shutil.which("docker"):
        raise LabError(
            f"`--engine {MINE}` asks `docker version`, and there is no `docker` here: install it, {_WAY_OUT}"
        )
    said = _asked("docker", "version", "--format", "{{json .}}")
    client, server = (str((said.get(part) or {}).get("Version", "")) for part in ("Client", "Server"))
    major = re.match(r"v?(\d+)\.", server or client)
    if not major or int(major[1]) < _OLDEST:
        named = f"`{server or client}`, which is no version of Docker's" if server or client else "no version"
        raise LabError(f"`docker version` names {named}: look at what it prints, {_WAY_OUT}")
    info = _asked("docker", "info", "--format", "{{json .}}") if server else {}
    is_containerd = _OF_CONTAINERD in json.dumps(info.get("DriverStatus"))
    return Installed(client, server, Store.CONTAINERD if is_containerd else Store.GRAPH_DRIVERS)


def _asked(*command: str) -> dict[str, Any]:
    """What a command prints as JSON; {} where that is none. Where no engine answers, docker still tells of itself."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        said = json.loads(ran.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    return said if isinstance(said, dict) else {}


def nearest(found: Installed, declared: Sequence[Engine]) -> list[Engine]:
    """The engines in the order in which they are to be tried; `declared` are all, oldest first."""
    asked = _major(found.release)

    def distance(engine: Engine) -> tuple[bool, int, bool, int]:
        is_other = engine.release != found.release
        return is_other, abs(_major(engine.release) - asked), engine.store != found.store, -declared.index(engine)

    return sorted(declared, key=distance)


def _major(release: str) -> int:
    return int(release.partition(".")[0])
