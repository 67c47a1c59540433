"""What is the reader's own in what is printed of the machine: the folder, the disk, the zone."""

import re
from collections.abc import Sequence

from harness.claims.commands import parse
from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import programs

_HOME = re.compile(r"(?<![\w./-])(?:/home|/Users)/[A-Za-z_][\w.-]{0,31}(?=/|\s|\Z)")
_WITH_PATHS = frozenset({"docker cp", "pwd"})
_OF_CONTAINERS = frozenset(f"docker compose {one}" for one in ("attach", "exec", "logs", "run"))
_DEVICE = re.compile(
    r"(?<![\w/])/dev/(?:(?:sd|vd|xvd)[a-z]\d{0,2}|nvme\d{1,2}n\d(?:p\d{1,2})?|mapper/[\w.-]{1,60}|dm-\d{1,3}|root)(?![\w/])"
)
_SHOW_DEVICES = frozenset({"df", "findmnt", "mount"})
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


def _says_paths(command: str) -> bool:
    """Whether docker or a shell says where the reader's files are; what a container prints has its own."""
    return any(
        one.plain_name in _WITH_PATHS
        or (one.plain_name.startswith("docker compose ") and one.plain_name not in _OF_CONTAINERS)
        for one in parse(command)
    )


def _shows_devices(command: str) -> bool:
    return any(
        one.program in _SHOW_DEVICES or any(word.startswith("/proc/") and "mount" in word for word in one.arguments)
        for one in programs(command)
    )


def _names_no_device(commands: Sequence[str]) -> bool:
    return not any(_DEVICE.search(command) for command in commands)


def _at_home(text: str) -> str:
    return text if " | " in text else _HOME.sub("/home/reader", text)  # not what a service says


def _names_no_home(commands: Sequence[str]) -> bool:
    return not any(_HOME.search(command) for command in commands)


def _in_utc(time: re.Match[str]) -> str:
    return _ZONE.sub("Z" if time[0][10] == "T" else " +0000 UTC", time[0])


ROWS = (
    Rewrite(
        name="the reader's own folder",
        sign="/",
        write=_at_home,
        command=_says_paths,
        history=_names_no_home,
        seen=(("to /home/reader/note/.", "to /Users/minji/note/."),),
        damaged=(("/note", "/vote"), ("/Users/minji", "/srv"), ("to", "from")),
        typed="docker cp web:/note.txt .",
    ),
    Rewrite(
        name="the disk of the reader's machine",
        sign="/dev/",
        write=lambda text: _DEVICE.sub("/dev/disk", text),
        command=_shows_devices,
        history=_names_no_device,
        seen=(("/dev/sda1 on /data type ext4 (rw)", "/dev/nvme0n1p2 on /data type ext4 (rw)"),),
        damaged=(("(rw)", "(ro)"), ("/data", "/date"), ("/dev/nvme0n1p2", "overlay")),
        typed="docker exec web mount",
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
