"""Says which `docker compose up` of a page has made a container, for the order in which docker ps lists them.

cd shop
docker compose up -d db      shop-db-1
docker compose up -d         shop-web-1, shop-cache-1: both newer than shop-db-1, and made side by side
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from harness.claims.commands import Command, commands_of, parse
from harness.claims.shell import SimpleCommand, simple_commands
from harness.shapes.policies.typed import CACHED

_MAKE = ("docker compose up", "docker compose create", "docker compose scale")
_MAKE_OTHERS = ("docker run", "docker create", "docker compose run", "docker service create", "docker stack deploy")
_REMOVE = ("docker compose down", "docker compose rm")
_REMOVE_OTHERS = ("docker rm", "docker container prune", "docker system prune")
_NUMBER = re.compile(r"[-_](\d{1,3})\Z")  # of the containers of one service
_NO_LETTER = re.compile(r"[^a-z0-9_-]")


class _Step(NamedTuple):
    """A command that makes or removes containers."""

    project: str = ""  # none: nobody knows
    services: tuple[str, ...] = ()  # none: all
    containers: tuple[str, ...] = ()  # that docker itself removes, by name
    removes: bool = False
    is_anew: bool = False  # it makes what is there once more
    scales: tuple[tuple[str, int], ...] = ()  # services, and how many containers each has from then on

    def is_about(self, container: str) -> bool:
        """Whether it makes or removes this container, if that is there to remove or not there yet."""
        service = _NUMBER.sub("", container)
        is_named = any(service.endswith((f"-{name}", f"_{name}")) for name in self.services)
        return (is_named or not self.services) and (container in self.containers or not self.containers)

    def most(self, container: str) -> int:
        """How many containers of its service there are from then on; 0 where that isn't said."""
        service = _NUMBER.sub("", container)
        return max((number for name, number in self.scales if service.endswith((f"-{name}", f"_{name}"))), default=0)


def makes_some(commands: Sequence[str]) -> bool:
    """Whether one of the commands makes containers of a project."""
    return any(not step.removes for step in _steps(tuple(commands)))


def are_made_at_once(commands: Sequence[str]) -> bool:
    """Whether one command has made all containers that there are, as far as the page says."""
    made = [place for place, step in enumerate(_steps(tuple(commands))) if not step.removes]
    typed = (one for text in commands for one in parse(text))
    others = (one for one in typed if one.plain_name in _MAKE_OTHERS and (one.has("-d") or not one.has("--rm")))
    return len(made) == 1 and not any(others)


def made_by(container: str, commands: Sequence[str]) -> int | None:
    """The place of the command that has made a container among all that make or remove some; None if none has."""
    steps = list(enumerate(_steps(tuple(commands))))
    mine = [(place, step) for place, step in steps if not step.project or container.startswith(step.project)] or steps
    number = _NUMBER.search(container)
    scaled = [place for place, step in mine if number and step.most(container) >= int(number[1]) > 1]
    found = None
    for place, step in mine:
        if not step.is_about(container):
            continue
        if step.removes:
            found = None
        elif (found is None or step.is_anew) and place >= min(scaled, default=0):
            found = place
    return found


@lru_cache(maxsize=CACHED)
def _steps(commands: tuple[str, ...]) -> tuple[_Step, ...]:
    return tuple(_read(commands))


def _read(commands: Sequence[str]) -> Iterator[_Step]:
    folder = ""
    for simple in (simple for text in commands for simple in _simple(text)):
        if simple.program[:1] == ("cd",):
            folder = _name_of("".join(simple.program[1:2]))
        for command in commands_of(simple):
            if command.plain_name in _MAKE:
                yield _made(command, folder)
            elif command.plain_name in _REMOVE:
                yield _Step(_project(command, folder), command.arguments, removes=True)
            elif command.plain_name in _REMOVE_OTHERS:
                is_plain = not any("$" in word for word in command.arguments)
                yield _Step(containers=command.arguments if is_plain else (), removes=True)


@lru_cache(maxsize=CACHED)
def _simple(text: str) -> tuple[SimpleCommand, ...]:
    """The commands of a text that may say something of this; most texts have none."""
    return simple_commands(text) if "cd" in text or "docker" in text else ()


def _made(command: Command, folder: str) -> _Step:
    is_scale = command.plain_name == "docker compose scale"
    given = (*command.options.get("--scale", ()), *(command.arguments if is_scale else ()))
    scales = tuple((name, int(number)) for name, _, number in (one.partition("=") for one in given) if number.isdigit())
    return _Step(
        _project(command, folder),
        tuple(name for name, _ in scales) if is_scale else command.arguments,
        is_anew=command.has("--force-recreate"),
        scales=scales,
    )


def _project(command: Command, folder: str) -> str:
    options = command.global_options
    for name in ("-p", "--project-name"):
        if name in options:
            return options[name][-1]
    if "--project-directory" in options:
        return _name_of(options["--project-directory"][-1])
    files = [path for name in ("-f", "--file") for path in options.get(name, ())]
    return _name_of(files[0].rpartition("/")[0]) if files and "/" in files[0] else folder


def _name_of(folder: str) -> str:
    """The name that compose makes of a folder's; none where that isn't known."""
    name = folder.rstrip("/").rpartition("/")[2]
    return "" if name in ("", ".", "..", "-", "~") or "$" in name else _NO_LETTER.sub("", name.lower())
