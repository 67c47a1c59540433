"""What a machine's engine and shell answer -> the images, things and tools that are on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from harness.faults import NO_STANDIN, NOT_ON_HUB
from harness.lab.host import HOME, Image, Missing, Thing
from harness.lab.lanes import Lane
from harness.lab.packing import STANDIN

EXERCISES = f"{HOME}/docker-note"  # each page has a folder there
NETWORKS = ("bridge", "host", "none")  # that every engine has
# What the tools beside the engine call themselves, a line each. Compose 1 is a program of its own.
ASK_TOOLS = """
echo compose=$(docker compose version --short 2> /dev/null || docker-compose version --short 2> /dev/null)
echo buildx=$(docker buildx version 2> /dev/null | cut -d ' ' -f 2)
"""
# The reader's home, what is in it, and what is among the exercises; no other folder is opened.
LIST_FILES = (
    *("find", HOME, "-name", ".*", "-prune"),
    *("-o", "(", "-path", HOME, "-o", "-path", EXERCISES, "-o", "-prune", ")", "-print"),
)


def missing(answer: str, lane: Lane) -> list[Missing]:
    """The mirror's /missing -> the images that a lab has asked for, and why they are not there."""
    return [_missing(image, ago, lane) for image, ago in json.loads(answer)]


def _missing(image: str, ago: float, lane: Lane) -> Missing:
    shown = image.removeprefix("library/").removesuffix(":latest")
    name = shown.partition("@")[0].partition(":")[0]
    if lane is Lane.HUB:
        return Missing(shown, NOT_ON_HUB.of(shown), ago)
    return Missing(shown, f"{NO_STANDIN.of(shown)} or tests/labs/standins/{name}", ago)


def unexpected(here: Mapping[str, Image], named: str) -> str:
    """Which image on a machine isn't the mirror's of that name, by the mirror's /named; empty where none is."""
    for image, digest in json.loads(named).items():
        name = image.removeprefix("library/")
        if name in here and here[name].digest != digest:
            found = here[name].digest or "one that was made or loaded there"
            return f"the image {name} of this lab is {found}, expected {digest}: use a lab image without it"
    return ""


def version(answer: str) -> str:
    """The Engine API's `version` -> the engine's; empty for an empty answer."""
    return str(json.loads(answer or "{}").get("Version", ""))


def tools(printed: str) -> dict[str, str]:
    """What ASK_TOOLS prints -> the versions of the tools that are there."""
    found = (line.partition("=") for line in printed.splitlines())
    return {name: version for name, _, version in found if version}


def images(answer: str) -> dict[str, Image]:
    """The Engine API's `images/json` -> each image that has a name, by all of its names."""
    found: dict[str, Image] = {}
    for listed in json.loads(answer or "[]"):
        digests = [digest.partition("@")[2] for digest in listed["RepoDigests"] or []]
        image = Image(digests[0] if digests else "", STANDIN in (listed["Labels"] or {}))
        names = [name for name in listed["RepoTags"] or [] if name != "<none>:<none>"]  # 20.10 says so
        found |= dict.fromkeys(names, image)
    return found


def containers(answer: str) -> Iterator[Thing]:
    """The Engine API's `containers/json?all=1` -> containers, with the ports that they publish."""
    for listed in json.loads(answer or "[]"):
        yield Thing("container", listed["Names"][0].removeprefix("/"), _ports(listed))


def _ports(container: dict[str, Any]) -> tuple[int, ...]:
    return tuple(sorted({port["PublicPort"] for port in container["Ports"] if "PublicPort" in port}))


def volumes(answer: str) -> Iterator[Thing]:
    """The Engine API's `volumes` -> volumes."""
    for listed in json.loads(answer or "{}").get("Volumes") or []:
        yield Thing("volume", listed["Name"])


def networks(answer: str) -> Iterator[Thing]:
    """The Engine API's `networks` -> those that somebody made."""
    for listed in json.loads(answer or "[]"):
        if listed["Name"] not in NETWORKS:
            yield Thing("network", listed["Name"])


def files(printed: str) -> Iterator[Thing]:
    """What LIST_FILES prints -> the files and folders that the reader sees at home and among the exercises."""
    for path in printed.splitlines():
        if path not in (HOME, EXERCISES):
            yield Thing("file", f"~{path.removeprefix(HOME)}")
