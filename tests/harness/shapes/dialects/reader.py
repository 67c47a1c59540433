"""Where the reader's files are, and in which zone the reader lives, in what docker gives back of the machine."""

import re
from collections.abc import Sequence

from harness.claims.commands import parse
from harness.shapes.policies import Rewrite

_HOME = re.compile(r"(?<![\w./-])(?:/home|/Users)/[A-Za-z_][\w.-]{0,31}(?=/|\s|\Z)")
_WITH_PATHS = frozenset({"docker cp", "docker compose ls", "docker compose config", "pwd"})
_ZONE = re.compile(r"(?: ?[+-]\d\d:?\d\d(?: (?:[A-Z]{3,5}|[+-]\d\d))?|Z)\Z")
_TIME = re.compile(
    r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: ?[+-]\d\d:?\d\d(?: (?:[A-Z]{3,5}|[+-]\d\d))?|Z)(?![\w:])"
)
_IN_ZONE = frozenset(
    {
        *("docker compose events", "docker events", "docker images", "docker network inspect", "docker ps"),
        "docker volume inspect",
    }
)


def _runs(names: frozenset[str], command: str) -> bool:
    return any(one.plain_name in names for one in parse(command))


def _names_no_home(commands: Sequence[str]) -> bool:
    return not any(_HOME.search(command) for command in commands)


def _in_utc(time: re.Match[str]) -> str:
    return _ZONE.sub("Z" if time[0][10] == "T" else " +0000 UTC", time[0])


ROWS = (
    Rewrite(
        name="the reader's own folder",
        sign="/",
        write=lambda text: _HOME.sub("/home/reader", text),
        command=lambda command: _runs(_WITH_PATHS, command),
        history=_names_no_home,
        seen=(("to /home/reader/note/.", "to /Users/minji/note/."),),
        damaged=(("/note", "/vote"), ("/Users/minji", "/srv"), ("to", "from")),
        typed="docker cp web:/note.txt .",
    ),
    Rewrite(
        name="the zone of the reader's machine",
        sign=":",
        write=lambda text: _TIME.sub(_in_utc, text),
        command=lambda command: _runs(_IN_ZONE, command),
        seen=(
            ('"CreatedAt": "2026-11-24T11:28:58Z",', '"CreatedAt": "2026-12-01T20:28:58+09:00",'),
            ("2026-11-24 11:28:58 +0000 UTC", "2026-12-01 20:28:58 +0900 KST"),
            ('{"CreatedAt":"2026-11-24 11:28:58 +0000 UTC"}', '{"CreatedAt":"2026-12-01 05:28:58 -0700 PDT"}'),
        ),
        damaged=(("2026-12", "2O26-12"),),
        typed="docker volume inspect data",
    ),
)
