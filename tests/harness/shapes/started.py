"""Says what a container runs, from what the page has typed and written, for asked and fixed.

docker logs clock                   what `docker run -d --name clock busybox sh -c 'echo $RANDOM'` has started
docker run --rm dice                `CMD ["python", "roll.py"]` of the Dockerfile from which dice was built
docker compose logs dice            `command: shuf -i 1-6 -n 1` of the compose file
"""

import posixpath
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from harness.claims import yaml_text
from harness.claims.commands import Command, parse
from harness.shapes import dockerfile, inside, typed_files

_Words = tuple[str, ...]
_LOGS = frozenset({"docker logs", "docker attach"})
_PART = ("-n", "--tail", "--since", "--until")  # of a log
_START_AGAIN = frozenset({"docker restart", "docker start"})
_MAKE = frozenset({"docker run", "docker create"})
_OF_SERVICES = frozenset({"docker compose logs", "docker compose up"})
_BEFORE = r"{} +\| "  # compose writes it before each line
_MAY_RUN_AGAIN = frozenset({"deploy", "restart", "scale"})
_AT = r"\S+ "  # docker logs -t


class _Program(NamedTuple):
    """What an image or a service runs."""

    entrypoint: _Words = ()
    command: _Words = ()
    files: inside.Names = ()  # of the page
    called: str = ""  # the form of what compose calls its containers
    is_once: bool = False  # it runs in one container, and once

    def with_arguments(self, given: _Words) -> _Words:
        return (*self.entrypoint, *(given or self.command))


class Started(NamedTuple):
    """What runs in what the page has named; each as the text of a shell."""

    containers: tuple[tuple[str, str], ...] = ()
    images: tuple[tuple[str, _Program], ...] = ()
    services: tuple[tuple[str, _Program], ...] = ()
    again: frozenset[str] = frozenset()  # containers that may have run more than once


class Shown(NamedTuple):
    """What of a container's program a command shows."""

    code: str
    before: str = ""  # the form of what stands before each line
    is_once: bool = False  # the whole output of one run


def shown(command: Command, started: Started) -> Iterator[Shown]:
    """The programs whose output a command shows, where the command itself doesn't name them."""
    name, first = command.plain_name, command.arguments[:1]
    if name == "docker run" and not command.has("-d", "--detach"):
        found = (program for image, program in started.images if first == (image,))
        yield from (Shown(_run(command, program), is_once=True) for program in found)
    elif name == "docker compose run" and not command.has("-d", "--detach"):
        found = (program for service, program in started.services if first == (service,))
        yield from (Shown(_run(command, program), is_once=True) for program in found)
    elif name in _LOGS or (name == "docker start" and command.has("-a", "--attach")):
        before = _AT if command.has("-t", "--timestamps") else ""
        is_once = name == "docker logs" and started.again.isdisjoint(first) and not command.has(*_PART)
        yield from (Shown(code, before, is_once) for container, code in started.containers if first == (container,))
    elif name in _OF_SERVICES and not command.has("-d", "--detach"):
        is_mixed = command.has("--no-log-prefix")
        is_once = name == "docker compose up" and not (is_mixed or command.has("--scale"))
        for service, program in started.services:
            if not first or service in command.arguments:
                before = "" if is_mixed else _BEFORE.format(program.called) + _AT * command.has("-t", "--timestamps")
                yield Shown(shlex.join(program.with_arguments(())), before, is_once and program.is_once)


@lru_cache(maxsize=64)  # of a page until a command, whose output is compared several times
def read(commands: tuple[str, ...], files: tuple[tuple[str, str], ...]) -> Started:
    """What runs in the images that the commands build of the files, in their containers and services."""
    written = {posixpath.normpath(path): text for path, text in files}
    images: dict[str, _Program] = {}
    containers: dict[str, str] = {}
    again: set[str] = set()
    for text in commands:
        folder = "."
        for one in parse(text):
            if one.program == "cd":
                folder = posixpath.normpath((one.arguments or ("",))[0].removeprefix("~/") or ".")
            elif one.plain_name == "docker build" and one.arguments:
                tags = [name for option in ("-t", "--tag") for name in one.options.get(option, ())]
                given = one.options.get("-f", one.options.get("--file", ()))
                if "-" in (*given, one.arguments[0]):
                    program = _of_dockerfile(typed_files.document(text))
                else:
                    program = _built(posixpath.join(folder, one.arguments[0]), given, written)
                images.update(dict.fromkeys(tags, program))
            elif one.plain_name in _MAKE and one.arguments:
                program = images.get(one.arguments[0], _Program())
                names = one.options.get("--name", ())
                again.update(names if one.has("--restart") else ())
                containers.update(dict.fromkeys(names, _run(one, program)))
            elif one.plain_name in _START_AGAIN:
                again.update(one.arguments)
    services = (
        dict(_services(written, images))
        if any("docker compose" in one or "docker-compose" in one for one in commands)
        else {}
    )
    return Started(tuple(containers.items()), tuple(images.items()), tuple(services.items()), frozenset(again))


def _run(command: Command, program: _Program) -> str:
    """What a command that starts a container runs in it."""
    entry = tuple(value for value in command.options.get("--entrypoint", ())[-1:] if value)
    given = command.arguments[1:]
    return shlex.join((*entry, *given) if entry else program.with_arguments(given))


# -- Dockerfiles


def _built(context: str, given: Sequence[str], written: Mapping[str, str]) -> _Program:
    """What an image runs that is built so; nothing where the page has not written its Dockerfile."""
    paths = [posixpath.normpath(path) for path in given[-1:]] or [posixpath.normpath(f"{context}/Dockerfile")]
    text = next((written[path] for path in paths if path in written), "")
    files = inside.of_dockerfile(text, posixpath.normpath(context), frozenset(written))
    return _of_dockerfile(text)._replace(files=files)


@lru_cache(maxsize=64)
def _of_dockerfile(text: str) -> _Program:
    """What the last stage of a Dockerfile runs; a script by the name that it has among the page's files."""
    stages: dict[str, dict[str, _Words]] = {}
    found: dict[str, _Words] = {}
    copied: dict[str, str] = {}
    for one in dockerfile.instructions(text):
        if one.name == "FROM":
            image = one.words  # what it is, and perhaps `AS base`
            found = dict(stages.get("".join(image[:1]), {}))
            stages.update(dict.fromkeys(image[2:], found))
        elif one.name == "ENTRYPOINT":
            found.update(ENTRYPOINT=_words(one.text), CMD=())
        elif one.name == "CMD":
            found.update(CMD=_words(one.text))
        elif one.name in ("ADD", "COPY") and len(one.words) == 2:
            source, target = map(posixpath.basename, one.words)
            copied[target] = source
    entrypoint, command = (
        tuple(_called(word, copied) for word in found.get(name, ())) for name in ("ENTRYPOINT", "CMD")
    )
    return _Program(entrypoint, command)


def _called(word: str, copied: Mapping[str, str]) -> str:
    return word if " " in word else copied.get(posixpath.basename(word), word)


def _words(rest: str) -> _Words:
    words = dockerfile.words(rest)
    return ("sh", "-c", rest) if words is None else words


# -- compose files


def _services(written: Mapping[str, str], images: Mapping[str, _Program]) -> Iterator[tuple[str, _Program]]:
    for path, text in written.items():
        if not path.endswith((".yaml", ".yml")):
            continue
        found = _of_compose(text)
        for name, service in _services_of(found):
            program = images.get(yaml_text.text(service.get("image")), _Program())
            if build := service.get("build"):
                parts = build if isinstance(build, dict) else {"context": build}
                context = posixpath.join(posixpath.dirname(path), yaml_text.text(parts.get("context", ".")))
                file = [posixpath.join(context, yaml_text.text(parts["dockerfile"]))] if "dockerfile" in parts else []
                program = _built(context, file, written)
            entrypoint = tuple(_typed(service.get("entrypoint")))
            program = program._replace(entrypoint=entrypoint, command=()) if entrypoint else program
            mounted = inside.of_service(service, found, posixpath.dirname(path), frozenset(written))
            command = tuple(_typed(service.get("command"))) or program.command
            called = re.escape(yaml_text.text(service.get("container_name"))) or rf"{re.escape(name)}[-_]\d+"
            yield (
                name,
                program._replace(
                    command=command,
                    files=(*program.files, *mounted),
                    called=called,
                    is_once=_MAY_RUN_AGAIN.isdisjoint(service),
                ),
            )


@lru_cache(maxsize=64)
def _of_compose(text: str) -> Mapping[str, Any]:
    """What stands in a compose file; nothing where the text is something else."""
    try:
        found = yaml_text.load(text)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _services_of(found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    services = found.get("services")
    items: Iterable[tuple[Any, Any]] = services.items() if isinstance(services, dict) else ()
    yield from ((yaml_text.text(name), service) for name, service in items if isinstance(service, dict))


def _typed(value: object) -> list[str]:
    """The words of `command:`, in which `$$` is a dollar."""
    if isinstance(value, list):
        return [yaml_text.text(word).replace("$$", "$") for word in value]
    try:
        return shlex.split(value.replace("$$", "$")) if isinstance(value, str) else []
    except ValueError:
        return []
