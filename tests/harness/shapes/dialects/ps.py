"""docker ps and docker stats: the newest containers come first, and those that compose starts side by side are equally
old.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from harness.claims.commands import parse
from harness.shapes.compose_ups import are_made_at_once, made_by, makes_some
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy
from harness.shapes.policies.typed import CACHED, Typed

_PROJECT = re.compile(r"(?<![\w.-])([a-z0-9]+)[-_][a-z0-9._-]*[-_]\d{1,3}(?![\w.-])")  # of `onair-cache-1`
_ASK = frozenset({"docker compose up", "docker inspect", "docker ps", "docker stats"})
_LABEL = "com.docker.compose.project"
_TABLE = "NAMES               STATUS                    PORTS\n{}\n{}\n{}"
_SITE = "onair-site-1        Up 11 seconds             0.0.0.0:8108->80/tcp"
_ANNOUNCER = "onair-announcer-1   Up 14 seconds             8000/tcp"
_CACHE = "onair-cache-1       Up 14 seconds (healthy)   6379/tcp"
_PORTS = "NAMES               PORTS\n{}\n{}"
_UP = "cd onair; docker compose up -d; docker ps"
_USE = "NAME                CPU %     PIDS\n{}\n{}"
_USE_OF_SITE = "onair-site-1        0.27%     6"
_USE_OF_CACHE = "onair-cache-1       0.08%     2"


def _is_of_one_project(command: str) -> bool:
    """Whether a command asks for the containers of one project, whoever has made them."""
    return Typed("docker ps", word=_LABEL)(command) or Typed("docker compose stats")(command)


def _made_by(line: Line, commands: Sequence[str]) -> str:
    """Which command has made a container: those that one makes come side by side."""
    found = _PROJECT.search(_name(line))
    return str(made_by(found[0], commands)) if found else ""


def _measures_all(text: str) -> bool:
    """Whether docker stats names no containers, in whose order they come, but those of `$(docker ps -q)`."""
    return any(
        one.plain_name in ("docker stats", "docker compose stats")
        and all(argument.startswith("$(docker ps ") for argument in one.arguments)
        for one in parse(text)
    )


@lru_cache(maxsize=CACHED)
def _lists(text: str) -> bool:
    """Whether lines come in the order of docker ps, also of what is asked for the ids that it prints."""
    found = [one.plain_name for one in parse(text) if one.program == "docker"]
    is_asked = "docker ps" in found and _ASK.issuperset(found)
    return (is_asked or _measures_all(text)) and not any(one.program == "sort" for one in parse(text))


def _lists_in_lines(text: str) -> bool:
    """Whether docker ps itself prints a line for each container, in a format of the reader's."""
    return Typed("docker ps", ("--format",))(text) and _lists(text) and not _measures_all(text)


def _name(line: Line) -> str:
    return line.cell("NAMES") or line.cell("NAME") or line.text


def _is_of_compose(lines: Sequence[Line], index: int) -> bool:
    return bool(_PROJECT.search(_name(lines[index])))


def _ages(line: Line) -> Iterator[str]:
    """How old it is: where that isn't shown, since when it is up."""
    parts = [part for part in line.parts if part.where == "CREATED"] or line.parts
    yield from (token.text for part in parts for token in part.tokens if token.kind.startswith("age"))


def _project(line: Line) -> str:
    found = _PROJECT.search(_name(line))
    return " ".join([found[1] if found else "", *_ages(line)])


_of_one_up = partial(
    Dialect,
    policy=Policy.TIED,
    history=lambda commands: makes_some(commands) or _is_of_one_project("".join(commands[-1:])),
    only=_is_of_compose,
    value=_project,
    since=_made_by,
)

ROWS = (
    _of_one_up(
        name="containers of compose, of one age or without it",
        columns=("NAMES",),
        seen=(
            (_TABLE.format(_SITE, _ANNOUNCER, _CACHE), _TABLE.format(_SITE, _CACHE, _ANNOUNCER)),
            (
                _PORTS.format("onair-announcer-1   8000/tcp", "onair-cache-1       6379/tcp"),
                _PORTS.format("onair-cache-1       6379/tcp", "onair-announcer-1   8000/tcp"),
            ),
        ),
        damaged=(("onair-cache-1 ", "onair-cash-1  "), ("6379", "6380"), (f"{_SITE}\n{_CACHE}", f"{_CACHE}\n{_SITE}")),
        typed=f"{_UP}; docker compose up -d; docker ps",
    ),
    _of_one_up(
        name="containers of compose, with what they use",
        columns=("NAME", "CPU %"),
        command=_measures_all,
        seen=((_USE.format(_USE_OF_SITE, _USE_OF_CACHE), _USE.format(_USE_OF_CACHE, _USE_OF_SITE)),),
        damaged=(("onair-cache-1 ", "onair-cash-1  "), ("0.08%", "0.08x")),
        typed="docker compose up -d; docker stats --no-stream --format 'table {{.Name}}\\t{{.CPUPerc}}\\t{{.PIDs}}'",
    ),
    _of_one_up(
        name="containers of compose, of one age or without it, in a format of the reader's",
        lines=".*",
        command=_lists,
        seen=(
            (
                "onair-cache-1: Up 2 seconds\nonair-announcer-1: Up 2 seconds",
                "onair-announcer-1: Up 4 seconds\nonair-cache-1: Up 4 seconds",
            ),
            ("onair-cache-1\nonair-announcer-1", "onair-announcer-1\nonair-cache-1"),
        ),
        damaged=(
            ("cache", "cash"),
            ("onair-announcer-1: Up", "onair-announcer-1: Created"),
            ("onair-announcer-1\n", ""),
        ),
        typed="docker ps -a --filter label=com.docker.compose.project=onair --format '{{.Names}}: {{.Status}}'",
    ),
    Dialect(
        name="containers of compose, without their names",
        lines=".*",
        policy=Policy.TIED,
        command=_lists_in_lines,
        history=are_made_at_once,
        only=lambda lines, index: not _is_of_compose(lines, index),
        value=lambda line: " ".join(_ages(line)),
        seen=(("redis\nnginx", "nginx\nredis"),),
        damaged=(("redis", "radish"), ("\nredis", "")),
        typed="cd onair; docker compose up -d; docker ps --format '{{.Image}}'",
    ),
)
