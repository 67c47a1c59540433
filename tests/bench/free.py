"""FREE: what an output may differ in by design, and why. tests/bench/shapes.py asks for all else, and prints this.

It is written without a look at the rules of harness.shapes: a rule that frees more than is said here is seen.
"""

import errno
import os
import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import PurePosixPath

from bench.freedom import Identity, Number, Order, Text
from harness.claims.commands import parse

_AGE = re.compile(r"(?:\d+|About an?|Less than a) (?:second|minute|hour|day|week|month|year)s?")
_LONG = re.compile(r"[0-9a-f]{64}")


def _equally_old(first: str, second: str) -> bool:
    return _AGE.findall(first) == _AGE.findall(second) != []


def _neither_inside(first: str, second: str) -> bool:
    paths = [PurePosixPath(line[2:]) for line in (first, second)]
    return paths[0] not in paths[1].parents and paths[1] not in paths[0].parents


def _neither_above(first: str, second: str) -> bool:
    paths = [PurePosixPath(line.split()[-1]) for line in (first, second) if line.strip()]
    return len(paths) == 2 and paths[0] not in paths[1].parents and paths[1] not in paths[0].parents


def _in_one_folder(first: str, second: str) -> bool:
    folders = {line.split()[-1].rstrip("/").rpartition("/")[0] for line in (first, second)}
    return len(folders) == 1


def _of_two(first: str, second: str) -> bool:
    return first.split()[0] != second.split()[0]


def _of_two_things(first: str, second: str) -> bool:
    return first.split()[1] != second.split()[1]


def _of_two_ends(first: str, second: str) -> bool:
    ends = [re.search(r"(?<![\w=.-])(?:die|stop)(?![\w=.-])", line) for line in (first, second)]
    return {end[0] for end in ends if end} == {"die", "stop"}


def _of_one_verb(first: str, second: str) -> bool:
    verbs = [line.split()[0] for line in (first, second) if "..." in line]
    return len(set(verbs)) < 2


def _of_two_stages(first: str, second: str) -> bool:
    stages = [_stage(line) for line in (first, second)]
    copied = {found[1] for line in (first, second) if (found := re.search(r"--from=(\S+)", line))}
    waits = not copied.isdisjoint(stages) and not all("CACHED" in line for line in (first, second))
    return all(stages) and stages[0] != stages[1] and not waits


def _stage(line: str) -> str:
    """What stands in a step's brackets before its number; empty where nothing does."""
    return " ".join(line.partition("[")[2].split("]")[0].split()[:-1])


def _one_is_clocked(first: str, second: str) -> bool:
    return bool(re.fullmatch(_CLOCKED, first) or re.fullmatch(_CLOCKED, second))


def _one_is_chosen(first: str, second: str) -> bool:
    return not (_LONG.fullmatch(first) and _LONG.fullmatch(second))


def _one_is_made_up(first: str, second: str) -> bool:
    return bool(_LONG.search(first) or _LONG.search(second))


_LAYER = r"[0-9a-f]{12}: .*"
_LAYER_OF_COMPOSE = r" {1,5}\S [0-9a-f]{12} (?:Pull complete|Already exists) .*"
_STEP = r" => (?:CACHED |ERROR |CANCELED )?\[(?:(?:\S+ )?internal\]|(?:\S+ )?1/).*"
_DESIRED = "Accepted|Complete|Ready|Running|Shutdown"
_FETCHED = r"(?: => => |#\d+ )(?:extracting )?sha256:[0-9a-f]{64}(?: .*)?"
_RECORD = r"[0-9a-z]{12,25}\*? +(?P<what>[a-z.]+ )?.*(?:true|false).*|[0-9a-z]{25}\*?"
_CLOCKED = r"(?:.* container |\S* )?(?:exec_\w+|health_status|oom)\b.*"
_PROMPT = r"\S+@[0-9a-f]{12}:\S*[#$] ?"
_SHOWN_ANYWAY = r".*(?:ERRO\[|WARN:).*"
_FETCHES = "docker (?:pull|push|load|run|create|build|compose)"
_BUILDS = "docker (?:build|buildx bake|compose (?:build|up))"
_KEEPS_RECORDS = "docker (?:system (?:df|prune)|(?:builder|buildx) (?:du|prune))"
_LOGS = (
    r"docker (?:compose |service )?(?:logs|attach)|docker compose up(?!.* -d)|docker (?:run|exec) (?!.* -\w*d).*while"
)
_MENU = r"(?: *\w (?:View in Docker Desktop|View Config|(?:En|Dis)able Watch|Detach)\b *)+"
_PLACES = r" \S (?:Container|Volume|Image|Network) .*| \S \S+ Pull(?:ed|ing)\b.*|\S+ \S+ +\.\.\..*|\S+ is up-to-date"
_PLAIN_PLACES = r" (?:Container|Volume|Image|Network) \S+ .*"
_IN_ZONE = "docker (?:compose events|events|images|network inspect|ps|volume inspect)"
_CLOCK = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d"
_TERMINAL = r".*? (?:-\w*t|--tty)\b"
_SAY_SO = "cannot|can't|removing"
_ERRORS = "|".join(re.escape(os.strerror(number)) for number in errno.errorcode)
# nginx's, httpd's
_TIME_OF_ERROR = r"(?:\d{4}/\d\d/\d\d \d\d:\d\d:\d\d|\[\w{3} \w{3} \d\d \d\d:\d\d:\d\d\.\d+ \d{4}\])"
_ERROR_OF_SERVER = rf"(?:\S+ +\| |\d{{4}}-\S+Z )?{_TIME_OF_ERROR} \[[a-z_:]+\] .*"
_COMPLAINT = rf"[\w./-]+: (?:(?:{_SAY_SO}) .*|.*(?:{_ERRORS}))|[EW]: \S.*|(?:curl|wget): .*"
_OF_REGISTRY = r'time=\S+ level=info msg="'
_UNAGED = r"(?=.*--format )(?!.*(?:Status|RunningFor|CreatedAt|json))"
_INSIDE = r"docker (?:run|exec) .*\b"
_WALKS = rf"(?:{_INSIDE})?(?:find|tar -?[a-z]*c[a-z]*)\b|{_INSIDE}du (?!-\w*s)|du \| du (?!-\w*s)"

FREE: tuple[Number | Order | Identity | Text, ...] = (
    Number("layers", _FETCHES, _LAYER, "how many an image has is its maker's affair"),
    Number("layers that compose pulls", "docker compose", _LAYER_OF_COMPOSE,
           "how many an image has is its maker's affair"),
    Number("build records", _KEEPS_RECORDS, _RECORD, "the builder keeps as many as it likes, of each type"),
    Number("removed layers", r"docker \w+ prune", "deleted: sha256:.*", "how many an image has is its maker's affair"),
    Number("layers of a base", _BUILDS, _FETCHED, "how many an image has, and how often it is told how far they are"),
    Number("words of the client", "docker", _SHOWN_ANYWAY, "20.10 and BuildKit print them if they have the time",
           stays="nothing"),
    Number("ports on IPv6", "docker", r".*(?:\[::\]|:::).*", "a machine without IPv6 has none", stays="nothing"),
    Number("files that can't be sent", "docker cp", r"time=\S+ level=error msg=\"Can't (?:add|close) .*",
           "the engine refuses while they are sent, or before", stays="nothing"),
    Number("a log's repetitions", _LOGS, ".*", "a loop goes round as often as there is time", stays="the same"),
    Number("events at either end", "docker events", ".*", "the window opens earlier or later",
           stays="the middle"),
    Number("events by a clock", "docker events", _CLOCKED, "a health check comes when its time has come",
           stays="nothing"),
    Number("prompts", r"docker (?:attach|run|start|exec)", _PROMPT, "a shell draws its prompt again for a new terminal",
           stays="nothing"),
    Number("menu of keys", "docker compose up(?!.* -d)", _MENU, "drawn below what the services say, wiped at the end",
           stays="nothing"),
    Order("layers", _FETCHES, _LAYER, "they come side by side", _of_two),
    Order("layers that compose pulls", "docker compose", _LAYER_OF_COMPOSE, "they come side by side", _of_two_things),
    Order("layers of a base", _BUILDS, _FETCHED, "they come side by side"),
    Order("warnings of a build", _BUILDS, r" - [A-Z]\w+: .*\(line \d+\)", "checks of instructions run side by side"),
    Order("steps of a build", _BUILDS, _STEP, "stages are begun side by side", heads=True),
    Order("steps of two stages", _BUILDS, r" => (?:[A-Z]+ )?\[\S.*", "stages and targets are built side by side",
          _of_two_stages, heads=True),
    Order("steps of a build, as they come", r".*--progress[= ]plain", r"#\d+ .*|", "stages are built side by side",
          heads=True),
    Order("events by a clock", "docker events", ".*", "a health check comes when its time has come",
          _one_is_clocked),
    Order("changed paths", "docker diff", "[ACD] /.*", "a map of Go; a folder comes before its files",
          _neither_inside),
    Order("published ports", "docker (?:compose )?port", r"\d+/(?:tcp|udp|sctp) -> .*", "a map of Go on 20.10"),
    Order("errors of a program", rf"docker (?:run|exec|start) (?!{_TERMINAL})", _COMPLAINT,
          "its output and its errors are two streams", races=True),
    Order("what curl tells", rf"docker (?:run|exec) (?!{_TERMINAL}).*\bcurl\b",
          r"[*<>](?: .*)?| *(?:\d|Dload|% Total).*",
          "its output and what it tells are two streams", races=True),
    Order("a server's errors", r"docker (?:compose |service )?logs", _ERROR_OF_SERVER,
          "it writes its accesses to another stream", races=True),
    Order("pruned volumes", "docker volume prune", r"(?!Deleted|Total)\S+", "a map of Go"),
    Order("what was pruned", r"docker (?!volume)\w+ prune", r"(?!Deleted|Total)\S+|(?:untagged|deleted): \S+",
          "a map of Go; containers come newest first", _one_is_chosen),
    Order("images", "docker images", r"(?!REPOSITORY|IMAGE).*", "equally old ones come in any order",
          _equally_old),
    Order("images, without their age", "docker images .*(?:-q|--quiet|--format)", ".*",
          "equally old ones come in any order"),
    Order("images and volumes", "docker system df .*(?:-v|--verbose)", r"""\S+ {2,}[^"]*""", "a map of Go"),
    Order("builds", "docker buildx history ls", ".*", "equally old ones come in any order", _equally_old),
    Order("a registry's parts", "docker logs", rf"{_OF_REGISTRY}(?:redis|using inmemory|Starting upload) .*",
          "they start side by side"),
    Order("build records", _KEEPS_RECORDS, _RECORD, "a map of Go"),
    Order("containers and networks", "docker compose", _PLACES, "they start and stop side by side", _of_one_verb),
    Order("containers and networks, of plain progress", "docker compose", _PLAIN_PLACES,
          "they start and stop side by side", _of_two_things),
    Order("lines of services", "docker compose", r"\S+ +\| .*|\S+ exited with code \d+",
          "two services don't wait for each other", _of_two),
    Order("lines of tasks", "docker service logs", r"\S+@\S+ +\| .*", "two tasks don't wait for each other", _of_two),
    Order("containers of a project", "docker ps", r".*[a-z0-9][-_][a-z]+[-_]\d+(?: .*)?",
          "compose starts them side by side", _equally_old),
    Order("containers of a project, without their age", f"docker ps {_UNAGED}",
          r".*[a-z0-9][-_][a-z]+[-_]\d+(?: .*)?", "compose starts them side by side, if it is told once", always=False),
    Order("what containers of a project use", "docker compose stats", r".*[a-z0-9][-_][a-z]+[-_]\d+(?: .*)?",
          "compose starts them side by side"),
    Order("registries", "docker info", r"  \S+[:/]\d+", "a map of Go"),
    Order("answers", "(?:docker (?:run|exec) .*)?nslookup", ".*", "they come as the server sends them"),
    Order("containers of a network", r"docker network inspect .*range \.Containers", ".*",
          "sorted by their ids, which are made up"),
    Order("files of an archive", r"(?:tar|docker (?:run|exec)) .*\btar -?[a-z]*t[a-z]*f", ".*/.*",
          "tar packs them as their folder keeps them", _in_one_folder),
    Order("files that are found", _WALKS, ".*", "each folder keeps them in an order of its own", _neither_above),
    Order("temporary names", rf"(?:{_INSIDE})?mktemp\b", r".*\btmp\.\w+", "they are drawn by lot"),
    Order("health checks in a log", _LOGS, r".*(?:GET|HEAD) /health.*", "they come by a clock", races=True),
    Order("mounts", r"docker inspect .*range \.Mounts", ".*", "a map of Go"),
    Order("variables", r"docker (?:run|exec|compose (?:run|exec)) .*\b(?:env|printenv)$", r"\w+=.*", "a map of Go"),
    Order("variables by a format", r"docker inspect .*\.Config\.Env\b.*", r"\w+=.*", "a map of Go"),
    Order("mixed lines", r"(?:docker (?:run|exec) .*)?\bshuf\b", ".*", "they are mixed"),
    Order("services", "docker compose config .*--(?:images|networks|services|volumes)|docker stack deploy", ".*",
          "a map of Go"),
    Order("how a container ends", "docker events", r".*\b(?:die|stop)\b.*",
          "who watches it says the one, who asked for it the other", _of_two_ends),
    Order("events of names drawn by lot", r"docker events .*\.Time\b", r"\d{10} [a-z]+_[a-z]+",
          "the time of each is made up as well", always=False),
    Order("members", r"(?:docker (?:run|exec) .*)?redis-cli (?:keys|sdiff|sinter|smembers|sunion)", r"(?! *\d+\) ).+",
          "a set has none"),
    Order("volumes", "docker volume ls", ".*", "sorted by names, and that one is made up", _one_is_made_up),
    Order("loaded images", "docker load", "Loaded image: .*", "a map of Go"),
    Identity("whether memory ran out", r"docker inspect .*OOMKilled", "(?:true|false) 137",
             "the kernel may tell too late"),
    Text("zone", _IN_ZONE, rf"(?<={_CLOCK})(?:\.\d{{1,9}})?(?:Z| ?[+-]\d\d:?\d\d(?: [A-Z]{{3,5}})?)\b",
        "docker tells these times in the zone of the machine"),
    Text("cgroups", "docker info .*CgroupVersion", r"(?<!\S)[12](?!\S)", "which of the two a machine has"),
    Text("kernel", rf"(?:{_INSIDE})?cat .*/proc/version", r"(?<=\ALinux version ).*", "each machine has its own"),
    Text("a node's name", "docker node ls", r"(?m)(?<=^[0-9a-z]{25})(?: \*)? {3,}\S+ +", "each machine has another"),
    Text("a task's node", "docker (?:node|service|stack) ps", rf"(?<=\S) {{2,}}\S+ +(?=(?:{_DESIRED})  )",
        "each machine has another name"),
    Text("inode numbers", rf"(?:{_INSIDE})?ls -\w*i", r"(?m)^ *\d+(?= )", "each file system counts them"),
    Text("processors", "docker info .*NCPU", r"(?<![\w.:-])\d{1,3}(?![\w.:-])", "how many each machine has"),
    Text("memory", "docker info .*MemTotal", r"\b\d{9,}\b", "how much each machine has"),
    Text("changes of a swarm", r"docker (?:\w+ )?inspect", r"(?<=\"Index\": )\d+", "it counts all of them"),
    Text("certificate", "docker (?:node inspect|swarm ca)", r"(?s)(?<=-----BEGIN CERTIFICATE-----).+?(?=-----END)",
         "each swarm makes its own"),
    Text("key", "docker node inspect", r"(?<=Issuer Public Key:).*", "each swarm makes its own"),
    Text("home", r"docker cp|docker compose|pwd", r"(?<![\w./-])/home/\w+", "each reader has another name"),
    Text("key", r"(?:docker .*)?redis-cli randomkey", r"\A\S+\Z", "it is drawn by lot"),
    Identity("layers", "docker", rf"{_LAYER}|.*(?:=> |extracting )sha256:.*", "of what was pulled or packed"),
)  # fmt: skip

skipped: Counter[tuple[str, str]] = Counter()  # how often a row was the reason not to ask


@cache
def _programs(command: str) -> list[str]:
    """What a command runs: names as the harness calls them, with the words that were typed."""
    return [f"{one.plain_name} | {' '.join(one.words)}" for one in parse(command)]


@cache
def _rows(command: str, kind: type) -> list[Number | Order | Identity | Text]:
    """The rows of a kind that are about a command's output; what was sorted comes in order."""
    programs = _programs(command)
    if kind is Order and programs and programs[-1].startswith("sort "):
        return []
    found = [row for row in FREE if isinstance(row, kind)]
    return [row for row in found if any(re.match(row.command, program) for program in programs)]


def _excused(found: Sequence[Number | Order | Identity | Text]) -> bool:
    for row in found[:1]:
        skipped[type(row).__name__, row.name] += 1
    return bool(found)


def may_lack(command: str, lines: Sequence[str], gone: Collection[int]) -> bool:
    """Whether these lines of the command's output may be missing, or come twice."""
    left, excused = set(gone), []
    for row in _rows(command, Number):
        if isinstance(row, Number) and (mine := row.excuses(lines, gone) & left):
            excused.append(row)
            left -= mine
    return not left and _excused(excused)


def is_optional(command: str, line: str) -> bool:
    """Whether such a line may be missing altogether, and so stand anywhere."""
    rows = (row for row in _rows(command, Number) if isinstance(row, Number) and row.stays == "nothing")
    return _excused([row for row in rows if re.fullmatch(row.line, line)])


def may_swap(command: str, first: str, second: str) -> bool:
    """Whether two lines of the command's output may change places."""
    return _excused(
        [row for row in _rows(command, Order) if isinstance(row, Order) and row.holds(first, second)]
    ) or any(is_optional(command, line) for line in (first, second))


def may_be_another(command: str, line: str) -> bool:
    """Whether an id in the line may be any, or a word of it one of two."""
    rows = [row for row in _rows(command, Identity) if isinstance(row, Identity)]
    return _excused([row for row in rows if re.fullmatch(row.line, line)])


def is_same(command: str, first: str, second: str) -> bool:
    """Whether two texts of the command's output differ only in what may be another."""
    rows = [row for row in _rows(command, Text) if isinstance(row, Text)]
    return _excused([row for row in rows if re.sub(row.text, "\0", first) == re.sub(row.text, "\0", second)])


def set_of(command: str, line: str) -> Order | None:
    """What makes a line of the command's output one of several that come in any order."""
    found = (row for row in _rows(command, Order) if isinstance(row, Order) and re.fullmatch(row.line, line))
    return next(found, None)


def explain() -> str:
    """FREE as a table, with how often each row was the reason not to ask."""
    lines = ["free by design               times not asked   reason"]
    for row in FREE:
        kind = type(row).__name__
        lines.append(f"{kind.lower() + ' of ' + row.name:40} {skipped[kind, row.name]:7}   {row.reason}")
    return "\n".join(lines)
