"""Turns a command into its lines with all that is made up in them, for the text tools that cut pieces off: for asked.

docker inspect web | grep Pid | awk '{print $2}'             of `"Pid": 4242,` (4242),
docker inspect -f '{{.Id}}' web | cut -c1-7                  of 64 digits (588ec88)
ps aux | awk '/nginx/ {print $2}'                            of a row of a table (4242)

As long as a line is whole its words and forms tell what is made up in it, see kinds.py.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from harness.claims.commands import Command
from harness.shapes.line_patterns import (
    ANYTHING,
    ARCHITECTURE,
    DECIMAL,
    KERNEL,
    NUMBER,
    PROCESS,
    LineForm,
    joined_forms,
)
from harness.shapes.line_pieces import columns
from harness.shapes.templates import FIELDS, of_things


class Dumped(NamedTuple):
    """A line of an output."""

    form: LineForm
    name: str = ""  # what a tool has to name, to print this line and no other
    is_row: bool = False  # its title tells what a cell is, and may be left out
    is_cut: bool = False  # by the template


_COMMIT = r"([0-9a-f]{7,40}|\d{1,3}\.\d{1,4}\S{0,80})"
_API = r"(\d{1,2}\.\d{1,3})(?: \(minimum version (\d{1,2}\.\d{1,3})\))?"
_OF_INFO = {
    "CPUs": NUMBER, "Kernel Version": KERNEL, "Operating System": r"(\S.*?)", "Architecture": ARCHITECTURE,
    "Name": r"(\S+?)", "Cgroup Driver": "(cgroupfs|systemd)", "Cgroup Version": "([12])",
}  # fmt: skip
_OF_VERSION = {"API version": _API, "Git commit": _COMMIT}
_NAMED: Mapping[str, Mapping[str, str]] = {"docker info": _OF_INFO, "docker version": _OF_VERSION}

_DIGITS = r"([0-9a-f]{64})"
_ID = LineForm(("", ""), (_DIGITS,))
_SWARM_IDS = ("([0-9a-z]{25})", "([0-9a-z]{12})")
_SHORT_ID = LineForm(("", ""), ("([0-9a-f]{12})",))
_TWO = r"(\d{2})"
_CLOCK = (_TWO, _TWO, _TWO, r"(\d{1,9})")
_TIME = LineForm(("", "-", "-", "T", ":", ":", ".", "Z"), (r"(\d{4})", _TWO, _TWO, *_CLOCK))
_MAC = LineForm(("", *(":",) * 5, ""), ("([0-9a-f]{2})",) * 6)
_UUID = LineForm(("", *("-",) * 4, ""), tuple(f"([0-9a-f]{{{width}}})" for width in (8, 4, 4, 4, 12)))
_ADDRESS = LineForm(("", ".", ".", ".", ""), (r"(\d{1,3})",) * 4)
_PERCENTAGE = LineForm(("", "%"), (DECIMAL,))
_UNIT = r"([kMGT]?i?B)"
_SIZE = LineForm(("", "", ""), (r"(\d{1,4}(?:\.\d{1,3})?)", _UNIT))
_AGO = (r"(\d{1,2}|About|Less)", "((?:second|minute|hour|day|week|month|year)s?|(?:an?|than).*)", "ago")
_AGE = LineForm(("", " ", " ago"), _AGO[:2])
_THINGS = {  # by the last field of what a template asks for
    **dict.fromkeys((".Id", ".ID", ".SandboxID", ".EndpointID", ".NetworkID"), _ID),
    **dict.fromkeys((".Image", ".Digest", ".Layers"), LineForm(("sha256:", ""), (_DIGITS,))),
    ".RepoDigests": LineForm(("", "@sha256:", ""), (r"\S+?", _DIGITS)),
    ".HostPort": LineForm(("", ""), (r"(\d{5})",)),
    **dict.fromkeys(
        (".HostnamePath", ".HostsPath", ".LogPath", ".ResolvConfPath"),
        LineForm(("/var/lib/docker/containers/", "/", ""), (_DIGITS, r"\S+")),
    ),
    **dict.fromkeys(
        (".MergedDir", ".UpperDir", ".WorkDir"), LineForm(("/var/lib/docker/overlay2/", "/", ""), (_DIGITS, r"\S+"))
    ),
    **dict.fromkeys((".Hostname", ".Container"), _SHORT_ID),
    **dict.fromkeys((".Created", ".CreatedAt", ".StartedAt", ".FinishedAt", ".UpdatedAt", ".LastTagTime"), _TIME),
    **dict.fromkeys((".IPAddress", ".Gateway"), _ADDRESS),
    ".MacAddress": _MAC,
    **dict.fromkeys((".MemUsage", ".NetIO", ".BlockIO"), joined_forms([_SIZE, _SIZE], " / ")),
    **dict.fromkeys((".CPUPerc", ".MemPerc"), _PERCENTAGE),
    **dict.fromkeys((".Size", ".SharedSize", ".UniqueSize", ".Reclaimable"), _SIZE),
}
_PATH = re.compile(r"[^,(){}\"]*(?P<field>\.\w+)(?:\[\d*\])?(?:\[(?P<start>\d{0,2}):(?P<end>\d{0,2})\])?")
_IN_LISTS = {
    **_THINGS,
    **dict.fromkeys((".RunningFor", ".CreatedSince"), _AGE),
    ".Status": LineForm(("Up ", " ", ""), _AGO[:2]),
}
_OF_A_SWARM = [{**_IN_LISTS, ".ID": LineForm(("", ""), (form,))} for form in _SWARM_IDS]
_OF_AN_IMAGE = {**_THINGS, ".Id": _THINGS[".Image"], ".ID": _THINGS[".Image"]}

_WORD, _MEASURE = r"\S+", r"(-|\d{1,20}(?:[.,]\d{1,3})?(?:[KMGTP]i?)?)"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_START, _TOOK = rf"(\d\d:\d\d|{_MONTH}\d\d)", r"(\d{1,4}:\d\d(?:[.:]\d\d)?)"
_STATE = r"([RSDZTtIXW][<NLsl+]{0,4})"
_OF_PS_EF = (_WORD, PROCESS, PROCESS, NUMBER, _START, _WORD, _TOOK, ANYTHING)
_OF_PS_AUX = (_WORD, PROCESS, DECIMAL, DECIMAL, NUMBER, NUMBER, _WORD, _STATE, _START, _TOOK, ANYTHING)
_PART = r"(\d{1,3}|-)%"
_OF_DF = (_WORD, _MEASURE, _MEASURE, _MEASURE, _PART, ANYTHING)
_OF_FREE = ("(?:Mem|Swap|Total):", *(_MEASURE,) * 6)
_OF_IMAGES = (_WORD, _WORD, _WORD, *_AGO, r"(\d[\d.]{0,6}[kMGT]?B)")
_OF_STATS = (
    _WORD, _WORD, r"(\d[\d.]{0,6})%", *(r"(\d[\d.]{0,8}[kMGT]?i?B)", "/", _WORD), r"(\d[\d.]{0,6})%",
    *(r"(\d[\d.]{0,8}[kMGT]?B)", "/", r"(\d[\d.]{0,8}[kMGT]?B)") * 2, NUMBER,
)  # fmt: skip
_OF_LS = (r"-[-rwxsStT]{9}\S?", _WORD, _WORD, _WORD, _WORD, f"({_MONTH})", r"(\d{1,2})", r"(\S+)", ANYTHING)
_OF_HISTORY = (_WORD, *_AGO, ANYTHING)
_OF_DOCKER = {
    **dict.fromkeys(("docker stats", "docker compose stats"), (_OF_STATS,)),
    "docker compose top": ((_WORD, _WORD, *_OF_PS_EF),),
}
# All of whose cells their own form tells.
_TOLD_IN_ROWS = {"docker history": _OF_HISTORY, "docker images": _OF_IMAGES}
_DATE = LineForm((*_TIME.texts[:3], ""), _TIME.between[:3])
_OF_DAY = LineForm(("", ":", ":", ""), _CLOCK[:3])
_OF_UPTIME = LineForm(
    (" ", ":", ":", " up ", "load average: ", ", ", ", ", ""), (*(_TWO,) * 3, ANYTHING, *(DECIMAL,) * 3)
)
_SECONDS, _LOAD = r"(\d{1,12})", r"(\d{1,4})"
_OF_FILES = {
    re.compile(r"/etc/hostname"): _SHORT_ID,
    re.compile(r"/etc/hosts"): joined_forms([_ADDRESS, _SHORT_ID], "\t"),
    re.compile(r"/sys/class/net/\w+/address"): _MAC,
    re.compile(r"/proc/sys/kernel/random/uuid"): _UUID,
    re.compile(r"/proc/uptime"): LineForm(("", ".", " ", ".", ""), (_SECONDS, _TWO) * 2),
    re.compile(r"/proc/loadavg"): LineForm(
        ("", *(".", " ") * 3, "/", " ", ""), (*(_LOAD, _TWO) * 3, NUMBER, NUMBER, NUMBER)
    ),
    re.compile(r"/proc/meminfo"): LineForm(("", ": ", " kB"), (_WORD, NUMBER)),
}
_INET, _PREFIX = LineForm.of_text(" inet "), LineForm(("/", ""), (ANYTHING,))
_OF_INTERFACE = LineForm(("", ": ", " inet "), (r"\d{1,5}", _WORD))
_REST = LineForm((" ", ""), (ANYTHING,))
_OF_LOGS = (_TIME, LineForm(("", "/", "/", " ", ":", ":", ""), (r"(\d{4})", *(_TWO,) * 5)))  # docker's, nginx's
_TO_SECONDS = LineForm((*_TIME.texts[:6], ""), _TIME.between[:6])
_TOLD_BY_FORM = (_MAC, _UUID, _TIME, _TO_SECONDS, _OF_DAY, _DATE, _ADDRESS, _ID, _SHORT_ID, _AGE)
_LONG = re.compile(r"-[A-Za-z1]*l[A-Za-z1]*")
_BSD, _COLUMNS_FOLLOW = re.compile(r"[A-Za-z]*u[A-Za-z]*"), re.compile(r"-[A-Za-z]*o")


def lines(command: Command) -> Iterator[Dumped]:
    """The lines of what the command prints."""
    inspects = command.plain_name.endswith(" inspect")
    templates = [one for option in ("-f", "--format") for one in command.options.get(option, ()) if "{{" in one]
    for template in templates[:1]:
        of_command = (_THINGS, _OF_AN_IMAGE) if inspects else (_IN_LISTS,)
        for things in _OF_A_SWARM if _is_of_swarm(command) else of_command:
            yield from (Dumped(form, is_cut=is_changed) for form, is_changed in of_things(template, things))
        return
    if inspects:
        for name in (field.removeprefix(".") for field in FIELDS):
            yield Dumped(LineForm((f' "{name}": ', ","), (PROCESS if name == "Pid" else NUMBER,)), name)
        for field, thing in (*_THINGS.items(), *_OF_AN_IMAGE.items()):
            name = field.removeprefix(".")
            yield Dumped(joined_forms([LineForm.of_text(f' "{name}": "'), thing, LineForm.of_text('",')]), name)
    for name, form in _NAMED.get(command.plain_name, {}).items():
        yield Dumped(LineForm((f" {name}: ", ""), (form,)), name)
    yield from (Dumped(form) for path, form in _OF_FILES.items() if any(map(path.fullmatch, command.arguments)))
    if command.program == "jq":
        yield from _of_jq(command)
    if command.program == "uptime":
        yield Dumped(_OF_UPTIME)
    if command.program in ("env", "printenv"):
        is_one = command.arguments == ("HOSTNAME",)
        yield Dumped(_SHORT_ID if is_one else joined_forms([LineForm.of_text("HOSTNAME="), _SHORT_ID]))
    if command.program == "hostname":
        yield Dumped(_ADDRESS if command.has("-i", "-I", "--ip-address", "--all-ip-addresses") else _SHORT_ID)
    if command.program == "ip" and any(word[:1] == "a" for word in command.words[1:]):
        yield Dumped(joined_forms([_OF_INTERFACE if command.has("-o", "-oneline") else _INET, _ADDRESS, _PREFIX]))
    if command.plain_name == "docker logs":
        yield from (Dumped(joined_forms([time, _REST])) for time in _OF_LOGS)
    if _is_of_swarm(command) and (command.has("-q", "--quiet") or command.subcommand[-1:] == ("create",)):
        yield from (Dumped(LineForm(("", ""), (form,))) for form in _SWARM_IDS)
    elif command.plain_name == "docker commit" or (
        command.plain_name == "docker build" and command.has("-q", "--quiet")
    ):
        yield Dumped(_THINGS[".Image"])
    elif _prints_new_ids(command):
        yield Dumped(_ID)
    elif command.program == "docker" and command.has("-q", "--quiet"):
        yield Dumped(_ID if command.has("--no-trunc") else _SHORT_ID)
    yield from (Dumped(_row(cells), is_row=True) for cells in _rows(command))
    if cells := _TOLD_IN_ROWS.get(command.plain_name):
        yield Dumped(_row(cells))


def _of_jq(command: Command) -> Iterator[Dumped]:
    """What `jq -r '.[0].State.StartedAt[11:16]'` prints."""
    path = _PATH.fullmatch("".join(command.arguments[:1]))
    thing = _THINGS.get(path["field"]) if path else None
    if path and thing:
        is_cut = bool(path["start"] or path["end"])
        form = columns(thing, int(path["start"] or 0), int(path["end"] or 0)) if is_cut else thing
        quote = LineForm.of_text("" if command.has("-r", "--raw-output") else '"')
        yield Dumped(joined_forms([quote, form, quote]), is_cut=is_cut)


def _is_of_swarm(command: Command) -> bool:
    return command.subcommand[:1] in (("config",), ("node",), ("secret",), ("service",), ("stack",))


def _prints_new_ids(command: Command) -> bool:
    is_run = command.plain_name == "docker run" and command.has("-d", "--detach")
    is_volume = command.plain_name == "docker volume create" and not command.arguments
    return is_run or is_volume or command.plain_name in ("docker create", "docker network create")


def left_whole(form: LineForm) -> LineForm:
    """The line, in which what no tool has cut is none of what is made up: its own form tells it."""
    texts, between = list(form.texts), list(form.between)
    for thing in _TOLD_BY_FORM:
        inside = list(thing.texts[1:-1])
        for place in range(len(between) - len(thing.between), -1, -1):
            end = place + len(thing.between)
            is_whole = between[place:end] == list(thing.between) and texts[place + 1 : end] == inside
            # `2026-11-24T11` is neither a date nor a time.
            if is_whole and not (texts[end][:1].isalnum() or texts[place][-1:].isalnum()):
                texts[place + 1 : end], between[place:end] = [], [ANYTHING]
    return LineForm(tuple(texts), tuple(between))


def _rows(command: Command) -> Iterator[tuple[str, ...]]:
    """The rows of the tables that programs print."""
    if command.program == "ps" or (command.plain_name == "docker top" and command.arguments):
        letters = command.words[1 if command.program == "ps" else command.words.index(command.arguments[0]) + 1 :]
        if not any(map(_COLUMNS_FOLLOW.fullmatch, letters)):
            yield _OF_PS_AUX if any(map(_BSD.fullmatch, letters)) else _OF_PS_EF
    elif command.program == "df":
        yield _OF_DF
    elif command.program == "free":
        yield _OF_FREE
    elif command.program == "ls" and any(map(_LONG.fullmatch, command.words)):
        yield _OF_LS
    yield from _OF_DOCKER.get(command.plain_name, ())


def _row(cells: tuple[str, ...]) -> LineForm:
    return LineForm(("", *(" ",) * (len(cells) - 1), ""), cells)
